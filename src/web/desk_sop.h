/* SPDX-License-Identifier: Apache-2.0
 * desk_sop - the SOP on the report page: desk_sop.c says where the report is in it, desk_task.c offers and takes tasks.
 */
#ifndef WEB_DESK_SOP_H
#define WEB_DESK_SOP_H

#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "view/desk_sop.h"
#include "web/desk_report.h"

/* The SOP in force, NULL: none; ret_at: the index of the step, SOP_END at none. */
const struct sop *desk_sop_of(const struct ctx *c, const struct desk_report_row *r, size_t *ret_at);
/* May this person do this task of the SOP in this report now? */
bool desk_sop_allows(const struct ctx *c, const struct desk_loaded *l, enum sop_task task);
/* The newest such event since the report came to its step (any: since ever), or NULL. */
const struct desk_events_row *desk_sop_done(const struct desk_loaded *l, struct sop_act act, bool any);
/* Fills p->sop; after desk_offer_forms, since parts lead to their forms. */
CHECKED enum rc desk_sop_fill(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
			      struct desk_report *p);
/* How a clock of a step is called: "Langkah 4: Tanggapi laporan"; NULL when it is none. */
const char *desk_sop_clock_name(struct ctx *c, const struct clock *k);
/* What an answer may begin with: the newest draft, what the unit handed in, or minutes approved; NULL: nothing. */
CHECKED enum rc desk_sop_draft(struct ctx *c, const struct desk_loaded *l, enum action action, const char **ret);

/* desk_task.c: the tasks this person may do now. */
CHECKED enum rc desk_task_offer(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
				struct desk_sop *s);

#endif
