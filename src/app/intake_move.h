/* SPDX-License-Identifier: Apache-2.0
 * intake_move - one event of an intake: locks the row, decides, finds the step of its SOP and that step's time, writes row
 * and event. Internal to app, in the caller's transaction.
 */
#ifndef APP_INTAKE_MOVE_H
#define APP_INTAKE_MOVE_H

#include "app/intake.h"
#include "query_intake.h"

struct intake_move {
	struct ctx *c;
	struct intake_lock_row row;
	const struct sop_book *book;    /* NULL: it runs by no SOP */
};

/* Where it stands in its SOP, and until when. */
struct intake_place {
	size_t step;                    /* SOP_END: at none */
	struct instant since, due;
};

struct intake_deed {
	struct sop_act act;
	enum role by;
	struct account_id account;
	const char *reason, *note;
};

/* seen_version -1: whatever it is. RC_NOT_FOUND when this person does not see it. */
CHECKED enum rc intake_move_load(struct ctx *c, const char *number, int64_t seen_version, struct intake_move *ret);
CHECKED enum rc intake_move_lock(struct ctx *c, struct intake_id id, struct intake_move *ret);
/* RC_CONFLICT when it cannot be. m->row is what it is afterwards. */
CHECKED enum rc intake_move_do(struct intake_move *m, const struct intake_deed *d);
/* Would it change anything? For what happens elsewhere: the report's events, the recapitulation. */
bool intake_move_matters(const struct intake_move *m, const struct intake_deed *d);
/* The place of something just received, its first step beginning with the reception. */
struct intake_place intake_move_first(const struct ctx *c, const struct sop *sop, struct instant received);
/* Until when a step runs that began then; 0: it has no time. */
struct instant intake_move_due(const struct ctx *c, const struct sop_step *step, struct instant since);

#endif
