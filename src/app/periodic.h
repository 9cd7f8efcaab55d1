/* SPDX-License-Identifier: Apache-2.0
 * periodic - the periodic report to the regent: opened when its period is over, compiled, filled in, and brought up
 * office by office until it is signed, delivered and archived (SOP tjt-24).
 *
 * Every text is a version that is never changed; every deed is an event of a chain that covers the digest of the text it
 * was done to. What is possible is core/periodic.def; the figures are app/periodic_count.h.
 */
#ifndef APP_PERIODIC_H
#define APP_PERIODIC_H

#include "app/ctx.h"
#include "core/periodic.h"
#include "core/periodic_form.h"

/* How many months a report of this agency covers: its SOPs say, else the settings (E14). */
int periodic_months(const struct ctx *c, struct agency_id agency);
/* Did its SOPs of that day, the last of a period, ask for a report of it? */
bool periodic_is_asked(const struct ctx *c, struct agency_id agency, struct day last);
/* The SOP that it runs by; NULL: the built-in way. */
const struct sop *periodic_sop(const struct ctx *c, struct sop_id id);

/* In the caller's transaction. Opens it unless it is there; ret_made may be NULL. By its admin, or the system. */
CHECKED enum rc periodic_open(struct ctx *c, struct agency_id agency, struct day first, struct day last,
			      struct periodic_id *ret, bool *ret_made);
/* The last period of the agency that is over: by its admin's hand. */
CHECKED enum rc periodic_open_last(struct ctx *c, struct periodic_id *ret);

struct periodic_in {
	enum sop_task task;
	int64_t seen_seq;            /* of the report the person looked at; -1 skips */
	struct periodic_words words; /* FORM; texts that are NULL stay */
	const char *number;          /* COVER: of the letter */
	const char *note;            /* COVER: the letter; RETURN: why (needed); else a remark or NULL */
};
struct periodic_out {
	enum periodic_state state;
	int64_t seq, version;
	int64_t voided;              /* initials that it cancelled */
};
/*
 * In the caller's transaction, as c->who. Only the offices of its agency; others do not know that it exists
 * (RC_NOT_FOUND). RC_CONFLICT: it moved since seen_seq (a reminder is no change).
 */
CHECKED enum rc periodic_act(struct ctx *c, struct periodic_id id, const struct periodic_in *in,
			     struct periodic_out *ret);
/* May this person see it? The regent from the day it is delivered. */
bool periodic_may_see(const struct who *who, struct agency_id agency, enum periodic_state state);

/* For the job: the step's time is over and was not said yet. RC_OK also when somebody was faster. */
CHECKED enum rc periodic_remind(struct ctx *c, struct periodic_id id, bool *ret_reminded);
/* For the job: opens what is due now; ret_made: how many. */
CHECKED enum rc periodic_open_due(struct ctx *c, struct agency_id agency, bool *ret_made);
/* Holidays changed: deadlines that still run, counted anew. In the caller's transaction. */
CHECKED enum rc periodic_recount(struct ctx *c);

#endif
