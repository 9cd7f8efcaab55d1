/* SPDX-License-Identifier: Apache-2.0
 * letter - the words of a message: a number and a link, and nothing else about the report; of what was
 * refused before it became one, the reason.
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

/* What it is about. */
struct letter_about {
	const char *number;  /* of the report, or of the intake */
	const char *code;    /* of the report, for the reporter's link only */
	const char *reason;  /* a word of core/reason.def: why an intake was refused, as there is no page that says it */
	const char *path;    /* where the link leads when it is about something else (number names that), or NULL */
};
struct letter letter_write(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			   const struct letter_about *about);
/* For a group: title, number and the desk's link, in one text. */
const char *letter_short(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			 const char *number);

#endif
