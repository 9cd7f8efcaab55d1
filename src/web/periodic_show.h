/* SPDX-License-Identifier: Apache-2.0
 * periodic_show - what the pages of the periodic report are made of: the name of a period, the paper of a version.
 */
#ifndef WEB_PERIODIC_SHOW_H
#define WEB_PERIODIC_SHOW_H

#include "app/periodic.h"
#include "query_periodic.h"
#include "view/periodic.h"

/* "Triwulan IV 2026", "November 2026", "Januari sampai Juni 2026" */
const char *periodic_show_period(struct ctx *c, struct day first, struct day last);

/* Everything that happened, in order, and what it makes. */
struct periodic_story {
	struct periodic_events_row *rows;
	size_t n;
	struct periodic_projection now;
};
CHECKED enum rc periodic_show_story(struct ctx *c, struct periodic_id id, struct periodic_story *ret);

/* version: one of the report's; RC_NOT_FOUND when there is none. The marks are those of that version. */
CHECKED enum rc periodic_show_paper(struct ctx *c, const struct periodic_read_row *r, const struct periodic_story *story,
				    int64_t version, struct periodic_paper *ret);

/* The name of the task on a button, and of an address: "paraf". NULL: no such task. */
const char *periodic_show_word(enum sop_task task);
bool periodic_show_word_parse(const char *word, enum sop_task *ret);
/* What may be done now by this person. */
size_t periodic_show_deeds(const struct ctx *c, const struct periodic_read_row *r,
			   struct periodic_deed ret[PERIODIC_DEEDS_MAX]);

#endif
