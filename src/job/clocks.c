/* SPDX-License-Identifier: Apache-2.0
 * clocks - reminders and ends of clocks. Whether a clock is still due is asked again with the report locked, so that a
 * reply that came in meanwhile wins.
 */
#include "job/work.h"

#include "app/act.h"
#include "app/deviation.h"
#include "app/holidays.h"
#include "core/remind.h"
#include "query_clock.h"
#include "query_report.h"

enum step { STEP_NOTHING, STEP_REMINDED, STEP_CLOSED, STEP_EXPIRED, STEP_ESCALATED, STEP_MISSED };

struct item {
	struct report_id report;
	int64_t seq;
	enum clock_kind kind;
	const char *rule;
	enum step did;
};

static enum rc act(struct ctx *c, const struct item *it, enum action action, const char *reason)
{
	const struct act_in in = { .action = action, .seen_version = -1, .reason = reason };
	struct act_out out;

	return act_by_id(c, it->report, &in, &out);
}

/* E8: a suggestion is never archived; what was not completed is answered with what is known. */
static enum rc expire(struct ctx *c, struct item *it, const struct report_lock_row *r)
{
	bool is_aspiration = r->class == CLASS_ASPIRATION || (r->class == CLASS_NONE && r->kind == KIND_ASPIRATION);

	it->did = STEP_EXPIRED;
	return is_aspiration ? act(c, it, ACT_COMPLETE, "not_completed") : act(c, it, ACT_EXPIRE, "not_completed");
}

static enum rc at_end(struct ctx *c, struct item *it, const struct report_lock_row *r)
{
	switch (it->kind) {
	case CLOCK_REPLY: /* SOP magetan#7, tjt-20#5 */
		it->did = STEP_CLOSED;
		return act(c, it, ACT_CLOSE, "no_reply");
	case CLOCK_PENDING:
		return expire(c, it, r);
	case CLOCK_OMBUDSMAN: /* SOP tjt-20#4, lumajang#3, magetan#5 */
		it->did = STEP_ESCALATED;
		return act(c, it, ACT_ESCALATE, NULL);
	case CLOCK_NONE:
	case CLOCK_VERIFY:
	case CLOCK_AGENCY:
	case CLOCK_FOLLOW_UP:
	case CLOCK_COMPLETE:
	case CLOCK_STEP:
		break;
	}
	it->did = STEP_MISSED;
	return RC_OK;
}

static enum rc remind(struct ctx *c, struct item *it)
{
	it->did = STEP_REMINDED;
	return act(c, it, ACT_REMIND, it->kind == CLOCK_REPLY	? "reply" :
				      it->kind == CLOCK_PENDING ? "pending" : "ombudsman");
}

static struct clock clock_of(const struct clock_claim_row *row, enum clock_kind kind)
{
	return (struct clock){ .kind = kind, .started_at = row->started_at,
			       .limit = { (int)row->limit_n, row->limit_unit }, .rule = row->rule,
			       .due_at = row->due_at, .paused_at = row->paused_at,
			       .paused_wd = (int)row->paused_wd };
}

/* The clock goes on: to its next reminder, or, missed, to nothing more. */
static enum rc keep(struct ctx *c, const struct item *it, const struct ruleset *rules, const struct clock *k,
		    bool is_missed)
{
	int warned = remind_count_at(rules, c->calendar, k, c->now);

	return q_clock_update(c->db, &(struct clock_update_args){
		.report_id = it->report, .seq = it->seq, .kind = it->kind, .rule = it->rule, .due_at = k->due_at,
		.paused_wd = k->paused_wd, .warned = warned, .was_missed = is_missed,
		.next_at = remind_next_at(rules, c->calendar, k, warned, is_missed) }, NULL);
}

static enum rc run_item(struct ctx *c, void *arg)
{
	struct item *it = arg;
	struct report_lock_row r;
	struct clock_claim_row row;

	it->did = STEP_NOTHING;
	TRY(holidays_confirm(c));
	TRY(q_report_lock(c->db, c->a, it->report, &r));
	enum rc rc = q_clock_claim(c->db, c->a, &(struct clock_claim_args){
		.report_id = it->report, .seq = it->seq, .kind = it->kind, .rule = it->rule, .now = c->now }, &row);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	const struct ruleset *rules = rules_by_id(r.ruleset);
	struct clock k = clock_of(&row, it->kind);
	bool is_over = remind_is_reporters(it->kind) ? c->now.ms >= k.due_at.ms : c->now.ms > k.due_at.ms;
	if (!rules)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "unknown rule set %s", r.ruleset);
	TRY(is_over ? at_end(c, it, &r) : remind(c, it));
	/* The reporter's clocks were ended by what happened. */
	if (is_over && remind_is_reporters(it->kind))
		return RC_OK;
	TRY(keep(c, it, rules, &k, is_over));
	return is_over && it->kind == CLOCK_STEP ? deviation_missed(c, it->report, it->seq, it->rule, k.due_at) : RC_OK;
}

static void count(struct job_tally *t, enum step did)
{
	switch (did) {
	case STEP_NOTHING: break;
	case STEP_REMINDED: t->reminders++; break;
	case STEP_CLOSED: t->closed++; break;
	case STEP_EXPIRED: t->expired++; break;
	case STEP_ESCALATED: t->escalated++; break;
	case STEP_MISSED: t->missed++; break;
	}
}

static void run_rows(struct work *w, const struct clock_due_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct item it = { .report = rows[i].report_id, .seq = rows[i].seq, .kind = rows[i].kind,
				   .rule = rows[i].rule };
		struct arena_mark mark = arena_mark(w->c->a);
		enum rc rc = work_write(w, run_item, &it);

		if (rc == RC_OK)
			count(w->tally, it.did);
		else
			work_failed(w, "clock of report", it.report.v, rc);
		arena_rewind(w->c->a, mark);
	}
}

enum rc clocks_run(struct work *w)
{
	struct clock_due_args args = { .now = w->c->now, .max_rows = WORK_BATCH };
	size_t n;

	do {
		struct clock_due_row *rows;
		struct arena_mark mark = arena_mark(w->c->a);

		TRY(q_clock_due(w->c->db, w->c->a, &args, &rows, &n));
		run_rows(w, rows, n);
		if (n > 0) {
			args.after_at = rows[n - 1].next_at;
			args.after_report = rows[n - 1].report_id;
			args.after_kind = rows[n - 1].kind;
		}
		arena_rewind(w->c->a, mark);
	} while (n == WORK_BATCH);
	return RC_OK;
}
