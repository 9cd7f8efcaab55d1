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
#include "app/deviation.h"
#include "app/notice.h"
#include "core/access.h"
#include "core/clock.h"
#include "core/project.h"
#include "core/rules.h"

#define CHANGE_CLOCKS_MAX 28
#define CHANGE_DEVIATIONS_MAX 16

struct change_clock {
	struct clock k;
	int64_t seq;         /* the event that started it */
	int warned;
	bool was_missed;
	bool is_new, is_changed;
	bool is_missed_now;  /* was_missed was found by this change, not by the job */
	bool is_done;        /* of a step: it ended because what it asks for was done */
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
	struct agency_id asked;     /* what it names; of a SUBMIT the agency (level instansi) of that */
	uint64_t did_actions, did_tasks; /* in this report before, bits by number; loaded when its SOP asks */
	/* what was decided */
	const struct rule *rule;
	const char *reason;         /* in->reason, or the default of the action */
	struct agency_id to;        /* new holder, 0 when it stays */
	enum level to_level;
	const char *public_title, *public_body; /* new ones, or NULL */
	struct agency_id agency;    /* a SETTLE: the agency above the OPD */
	enum class_ class;          /* in->class, or what it is taken to be */
	struct sop_id sop;          /* by which SOP it goes on */
	/* what it leaves behind */
	struct chain_event e;
	struct projection after;
	struct change_clock clocks[CHANGE_CLOCKS_MAX];
	size_t n_clocks;
	unsigned ran, late;         /* clocks that ran, and were late, when it happened: bits 1 << kind */
	struct instant due_at;
	struct deviation_in deviations[CHANGE_DEVIATIONS_MAX];
	size_t n_deviations;
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
void change_clocks_end(struct change *ch, struct change_clock *x);
void change_clocks_add_step(struct change *ch, struct limit limit, const char *rule, struct instant start);
/* change_sop.c: what was done in the report, when its SOP asks for it. */
CHECKED enum rc change_sop_load(struct change *ch);
bool change_sop_did(void *arg, struct sop_act act); /* arg: struct change */
/* Does the SOP in force name it for this person, and do its gates let it pass? After rule and reason are known. */
CHECKED enum rc change_sop_check(struct change *ch);
/* Decides sop from where the report goes. */
void change_sop_bind(struct change *ch);
/* The clocks of steps: after the national ones. Pure. */
void change_sop_apply(struct change *ch);
/* Counts the steps that ended and records what deviates. */
CHECKED enum rc change_sop_record(struct change *ch);
CHECKED enum rc change_sop_count(struct change *ch, const struct change_clock *x);
/* The node and the person who owe this step: of its roles the one who has the report, else the first. */
void change_sop_owner(const struct projection *p, const struct sop *s, size_t step, struct agency_id *ret_agency,
		      struct account_id *ret_account);
/* change_notices.c. lang: enum lang; the same event and recipient once only, whatever the notice. */
CHECKED enum rc change_notices_write(struct change *ch);
CHECKED enum rc change_notices_add(struct change *ch, enum notice n, const char *to, int lang);
/* change_sop_notices.c */
CHECKED enum rc change_sop_notices_write(struct change *ch);
/* change_transfer.c: sent around too often, and what was decided then. */
bool change_transfer_is_stuck(const struct change *ch, const struct projection *p);
CHECKED enum rc change_transfer_check(struct change *ch);
/* change_settle.c: who may enter a report with its answer, and with what. */
CHECKED enum rc change_settle_check_right(struct change *ch);
CHECKED enum rc change_settle_check(struct change *ch);
/* change_reasons.c: is this word in the list of the action? */
bool change_reason_is_known(enum action action, const char *word);

#endif
