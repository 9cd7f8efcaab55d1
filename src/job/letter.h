/* SPDX-License-Identifier: Apache-2.0
 * letter - the words of a message: a number and a link, and nothing else about the report.
 */
#ifndef JOB_LETTER_H
#define JOB_LETTER_H

#include "app/notice.h"
#include "app/settings.h"
#include "base/arena.h"
#include "base/lang.h"

struct letter {
	const char *subject, *text; /* in the arena */
};

/* number: for everyone; code: of the report, used for the reporter's link only. */
struct letter letter_write(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			   const char *number, const char *code);
/* For a group: title, number and the desk's link, in one text. */
const char *letter_short(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			 const char *number);

#endif
