/* SPDX-License-Identifier: Apache-2.0
 * archive - how a yearly archive is known: a database of its own that says which year and installation it is of.
 */
#ifndef APP_ARCHIVE_H
#define APP_ARCHIVE_H

#include "store/db.h"

/* The setting by which an archive says which one it is: "2023 WORD". */
#define ARCHIVE_SETTING "archive"
#define ARCHIVE_WORD_MAX 40

struct archive_name {
	int year;
	char word[ARCHIVE_WORD_MAX]; /* as the main database knows it */
};
/* RC_INVALID: it is none, or has another version than this program; err says what to do. */
CHECKED enum rc archive_look(struct db *db, struct archive_name *ret, struct err *err);

/* The years for which reports left, newest first. */
struct archive_years {
	size_t n;
	const int *p;
};

#endif
