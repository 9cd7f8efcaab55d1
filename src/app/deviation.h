/* SPDX-License-Identifier: Apache-2.0
 * deviation - what an accountable SOP wants explained: a missed time, requirement or output is recorded by itself, with
 * who held the report; that one gives an account, the coordinator of the agency accepts it or wants a better one.
 *
 * Recorded in the transaction of what brought it about; never removed.
 */
#ifndef APP_DEVIATION_H
#define APP_DEVIATION_H

#include "app/ctx.h"
#include "core/deviation.h"

struct deviation_in {
	struct report_id report;
	int64_t seq;                 /* of the event it goes with */
	struct sop_id sop;
	size_t step;                 /* index */
	enum deviation_kind kind;
	const char *what;            /* the word of the missing task; "" for a time */
	struct instant due_at;       /* 0: none */
	struct agency_id agency;     /* the node that held it */
	struct account_id account;   /* who had taken it; 0: nobody */
};

/* Internal: in the caller's transaction; tells the person, or the node when nobody had taken it. */
CHECKED enum rc deviation_record(struct ctx *c, const struct deviation_in *in);
/* The row alone, for what happened long ago. */
CHECKED enum rc deviation_insert(struct ctx *c, const struct deviation_in *in, struct instant noticed_at);
/* For the job: a step's clock passed; seq and rule: its own. Nothing when the SOP is not accountable. */
CHECKED enum rc deviation_missed(struct ctx *c, struct report_id report, int64_t seq, const char *rule,
				 struct instant due);

#define DEVIATION_TEXT_MAX 2000
/*
 * The account: why, and what is done about it. By the one who held it, officers of that node when nobody had taken it,
 * and the admin of the agency. Asked and returned ones; RC_NOT_FOUND for who may not see it.
 */
CHECKED enum rc deviation_account(struct ctx *c, struct deviation_id id, const char *cause, const char *correction);
/* By the coordinator of the agency: accepted, or returned with a text (needed then). Accounted ones. */
CHECKED enum rc deviation_review(struct ctx *c, struct deviation_id id, bool is_accepted, const char *text);

#endif
