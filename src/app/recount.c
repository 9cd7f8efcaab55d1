/* SPDX-License-Identifier: Apache-2.0
 * recount - walks over the open reports once, in the transaction of the new calendar.
 */
#include "app/recount.h"

#include "app/act.h"
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

/* ---- what moved them */

#define NAMED_MAX 5

struct recount {
	struct ctx *c;
	const struct calendar *old;
	struct instant from, to;  /* of the report at hand: what its moved clocks span */
	int64_t moved;
};

static void widen(struct recount *r, struct instant start, struct instant due, struct instant old_due)
{
	struct instant end = due.ms > old_due.ms ? due : old_due;

	if (!instant_is_set(r->from) || start.ms < r->from.ms)
		r->from = start;
	if (end.ms > r->to.ms)
		r->to = end;
}

/* "2026-12-24 Cuti bersama Natal": the days that are free now and were not, or the other way round. */
static const char *changed_days(const struct recount *r)
{
	const struct calendar *new = r->c->calendar;
	struct day last = instant_day(r->to, calendar_zone(new));
	const char *text = NULL;
	int n = 0;

	for (struct day d = instant_day(r->from, calendar_zone(new)); d.n <= last.n && n < NAMED_MAX; d = day_add(d, 1)) {
		bool is_free = !calendar_is_workday(new, d);
		const struct holiday *h = calendar_holiday(is_free ? new : r->old, d);
		char on[11];

		if (calendar_is_workday(r->old, d) != is_free)
			continue;
		day_format(d, on);
		text = arena_printf(r->c->a, "%s%s%s %s%s", text ? text : "", text ? "; " : "", on, h ? h->name : "",
				    is_free ? "" : " (tidak lagi libur)");
		n++;
	}
	return text;
}

/* An event of its own; it also brings the row's deadline up to date. */
static enum rc tell_history(struct recount *r, struct report_id report)
{
	const struct act_in in = { .action = ACT_RECOUNT, .seen_version = -1, .note = changed_days(r) };
	const struct who who = r->c->who;
	struct act_out out;
	enum rc rc = act_by_id(r->c, report, &in, &out);

	r->c->who = who;
	return rc;
}

/* ---- counting anew */

static enum rc recount_report(struct recount *w, const struct recount_open_row *report)
{
	const struct ruleset *rules = rules_by_id(report->ruleset);
	struct clock_running_row *rows;
	struct instant earliest = { 0 };
	struct ctx *c = w->c;
	size_t n;

	w->from = w->to = (struct instant){ 0 };
	TRY(q_clock_running(c->db, c->a, report->id, &rows, &n));
	for (size_t i = 0; i < n && rules; i++) {
		const struct clock_running_row *r = &rows[i];
		struct limit limit = { (int)r->limit_n, r->limit_unit };
		struct instant due = remind_due(c->calendar, r->kind, limit, r->started_at, (int)r->paused_wd);

		if (due.ms != r->due_at.ms) {
			TRY(move_clock(c, report->id, rules, r, due));
			w->moved++;
			/* A paused one is counted when it goes on: nothing that anybody sees has moved. */
			if (!instant_is_set(r->paused_at))
				widen(w, r->started_at, due, r->due_at);
		}
		if (counts_for_inbox(r) && (!instant_is_set(earliest) || due.ms < earliest.ms))
			earliest = due;
	}
	if (instant_is_set(w->to))
		return tell_history(w, report->id);
	if (!rules || earliest.ms == report->due_at.ms)
		return RC_OK;
	return q_recount_due(c->db, &(struct recount_due_args){ .id = report->id, .due_at = earliest }, NULL);
}

enum rc recount_deadlines(struct ctx *c, const struct calendar *old, int64_t *ret_moved)
{
	struct recount w = { .c = c, .old = old };
	struct report_id after = { 0 };
	size_t n;

	do {
		struct arena_mark mark = arena_mark(c->a);
		struct recount_open_row *rows;

		TRY(q_recount_open(c->db, c->a, &(struct recount_open_args){ after, PAGE_ROWS }, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(recount_report(&w, &rows[i]));
			after = rows[i].id;
		}
		arena_rewind(c->a, mark);
	} while (n == PAGE_ROWS);
	TRY(intake_recount(c, &w.moved));
	TRY(periodic_recount(c));
	*ret_moved = w.moved;
	return RC_OK;
}
