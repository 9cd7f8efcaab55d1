/* SPDX-License-Identifier: Apache-2.0 */
#include "app/recount.h"

#include "app/intake.h"
#include "app/periodic.h"
#include "core/remind.h"
#include "query_clock.h"
#include "query_recount.h"

#define PAGE_ROWS 500

static bool counts_for_inbox(const struct clock_running_row *r)
{
	return !instant_is_set(r->paused_at) && !remind_is_reporters(r->kind) && r->kind != CLOCK_OMBUDSMAN;
}

static enum rc move_clock(struct ctx *c, struct report_id report, const struct ruleset *rules,
			  const struct clock_running_row *r, struct instant due)
{
	const struct clock k = {
		.kind = r->kind, .started_at = r->started_at, .limit = { (int)r->limit_n, r->limit_unit },
		.rule = r->rule, .due_at = due, .paused_at = r->paused_at, .paused_wd = (int)r->paused_wd,
	};

	return q_clock_update(c->db, &(struct clock_update_args){
		.report_id = report, .seq = r->seq, .kind = r->kind, .rule = r->rule, .due_at = due,
		.paused_at = r->paused_at, .paused_wd = r->paused_wd, .warned = r->warned,
		.next_at = remind_next_at(rules, c->calendar, &k, (int)r->warned, r->was_missed),
		.was_missed = r->was_missed,
	}, NULL);
}

static enum rc recount_report(struct ctx *c, const struct recount_open_row *report, int64_t *moved)
{
	const struct ruleset *rules = rules_by_id(report->ruleset);
	struct instant earliest = { 0 };
	struct clock_running_row *rows;
	size_t n;

	TRY(q_clock_running(c->db, c->a, report->id, &rows, &n));
	for (size_t i = 0; i < n && rules; i++) {
		const struct clock_running_row *r = &rows[i];
		struct limit limit = { (int)r->limit_n, r->limit_unit };
		struct instant due = remind_due(c->calendar, r->kind, limit, r->started_at, (int)r->paused_wd);

		if (due.ms != r->due_at.ms) {
			TRY(move_clock(c, report->id, rules, r, due));
			(*moved)++;
		}
		if (counts_for_inbox(r) && (!instant_is_set(earliest) || due.ms < earliest.ms))
			earliest = due;
	}
	if (!rules || earliest.ms == report->due_at.ms)
		return RC_OK;
	return q_recount_due(c->db, &(struct recount_due_args){ .id = report->id, .due_at = earliest }, NULL);
}

enum rc recount_deadlines(struct ctx *c, int64_t *ret_moved)
{
	struct report_id after = { 0 };
	int64_t moved = 0;
	size_t n;

	do {
		struct arena_mark mark = arena_mark(c->a);
		struct recount_open_row *rows;

		TRY(q_recount_open(c->db, c->a, &(struct recount_open_args){ after, PAGE_ROWS }, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(recount_report(c, &rows[i], &moved));
			after = rows[i].id;
		}
		arena_rewind(c->a, mark);
	} while (n == PAGE_ROWS);
	TRY(intake_recount(c, &moved));
	TRY(periodic_recount(c));
	*ret_moved = moved;
	return RC_OK;
}
