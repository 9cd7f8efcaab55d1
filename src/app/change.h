/* SPDX-License-Identifier: Apache-2.0
 * change - one transition on its way through the use cases: what it starts from, what was decided, what
 * it leaves behind. Internal to app: pages and jobs call act.h and submit.h.
 *
 * Steps: load (lock) - check (pure but for looking up the target) - project - write the row - record (event,
 * clocks, counters, messages). All in the caller's transaction.
 */
#ifndef APP_CHANGE_H
#define APP_CHANGE_H

#include "app/act.h"
#include "app/notice.h"
#include "core/access.h"
#include "core/clock.h"
#include "core/project.h"
#include "core/rules.h"

#define CHANGE_CLOCKS_MAX 12

struct change_clock {
	struct clock k;
	int64_t seq;         /* the event that started it */
	int warned;
	bool was_missed;
	bool is_new, is_changed;
};

struct change {
	struct ctx *c;
	const struct act_in *in;
	bool knows_code;
	/* what it starts from */
	struct report_id report;
	enum kind kind;
	struct reporter_id reporter;
	struct instant received_at;
	const struct ruleset *rules;
	struct projection before;
	/* what was decided */
	const struct rule *rule;
	const char *reason;         /* in->reason, or the default of the action */
	struct agency_id to;        /* new holder, 0 when it stays */
	enum level to_level;
	const char *public_title, *public_body; /* new ones, or NULL */
	/* what it leaves behind */
	struct chain_event e;
	struct projection after;
	struct change_clock clocks[CHANGE_CLOCKS_MAX];
	size_t n_clocks;
	unsigned ran, late;         /* clocks that ran, and were late, when it happened: bits 1 << kind */
	struct instant due_at;
};

CHECKED enum rc change_load(struct change *ch, struct report_id id);
/* Refuses, or fills rule, reason, to, to_level, public texts. */
CHECKED enum rc change_check(struct change *ch);
/* Fills e, after, clocks, due_at from what was decided. */
CHECKED enum rc change_project(struct change *ch);
/* The row of a report that exists; RC_CONFLICT when its version moved. */
CHECKED enum rc change_write_row(struct change *ch);
/* Event, clocks, counters, messages. The row is there. */
CHECKED enum rc change_record(struct change *ch);

/* change_clocks.c */
void change_clocks_apply(struct change *ch);
CHECKED enum rc change_clocks_load(struct change *ch);
CHECKED enum rc change_clocks_store(struct change *ch);
/* change_notices.c. lang: enum lang; the same event and recipient once only, whatever the notice. */
CHECKED enum rc change_notices_write(struct change *ch);
CHECKED enum rc change_notices_add(struct change *ch, enum notice n, const char *to, int lang);
/* change_sop_notices.c */
CHECKED enum rc change_sop_notices_write(struct change *ch);
/* change_reasons.c: is this word in the list of the action? */
bool change_reason_is_known(enum action action, const char *word);

#endif
