/* SPDX-License-Identifier: Apache-2.0
 * check_report - replays the events of every report and compares: hash chain, state columns, clocks.
 */
#include "cmd/check.h"

#include "base/hash.h"
#include "core/figure.h"
#include "core/remind.h"
#include "query_check.h"

#include <stdio.h>
#include <string.h>

#define PAGE_REPORTS 500

/* The rows of one page and how far each list has been used. */
struct page {
	struct check_reports_row *reports;
	struct check_events_row *events;
	struct check_clocks_row *clocks;
	size_t n_reports, n_events, n_clocks, event, clock;
};

/* One report with its slices of the page. */
struct one {
	const struct check_reports_row *r;
	const struct check_events_row *events;
	const struct check_clocks_row *clocks;
	size_t n_events, n_clocks;
	bool *counted;           /* clocks whose step was tallied */
};

static enum level level_of(const struct check *k, struct agency_id id)
{
	return id.v > 0 && id.v < k->n_levels ? k->levels[id.v] : LEVEL_NONE;
}

static struct chain_event event_of(const struct check_events_row *e)
{
	return (struct chain_event){
		.report = e->report_id, .seq = e->seq, .at = e->at, .action = e->action, .role = e->role,
		.account = e->account_id, .agency = e->agency_id, .from = e->from_state, .to = e->to_state,
		.to_agency = e->to_agency_id, .audience = e->audience, .reason = e->reason, .note = e->note,
		.data = e->data,
	};
}

/* Which clocks ran when the event happened, and which of them were late then. */
static void clocks_at(const struct one *x, const struct chain_event *e, unsigned *ret_ran, unsigned *ret_late)
{
	*ret_ran = *ret_late = 0;
	for (size_t i = 0; i < x->n_clocks; i++) {
		const struct check_clocks_row *c = &x->clocks[i];
		bool ended_by_it = c->ended_at.ms == e->at.ms;

		if (c->seq >= e->seq || (instant_is_set(c->ended_at) && c->ended_at.ms < e->at.ms))
			continue;
		*ret_ran |= 1U << c->kind;
		/* One that ran on and was missed later was not late yet. */
		if (ended_by_it ? c->was_missed : c->due_at.ms < e->at.ms)
			*ret_late |= 1U << c->kind;
	}
}

static void tally_event(struct check *k, const struct one *x, const struct chain_event *e,
			const struct projection *before, const struct projection *after)
{
	const struct calendar *cal = k->s->c.calendar;
	struct day on = instant_day(e->at, calendar_zone(cal));
	struct figure_input in = { .before = before, .after = after, .e = e };
	const int64_t dimensions[3] = { 0, after->opd.v, -after->category.v };
	struct figure list[FIGURES_MAX];

	clocks_at(x, e, &in.ran, &in.late);
	if (instant_is_set(after->disposed_at))
		in.follow_up_wd = calendar_count_workdays(cal, instant_day(after->disposed_at, calendar_zone(cal)), on);
	size_t n = figure_list(&in, list);
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < 3; d++)
			if (d == 0 || dimensions[d] != 0)
				check_tally_add(&k->figures, (struct tally_key){ on, list[i].name, dimensions[d] },
						list[i].n);
}

/* The step's clock that this event ended: the newest before it, should several end in one millisecond. */
static void tally_step(struct check *k, const struct one *x, const struct chain_event *e, const struct sop_book *book,
		       size_t step)
{
	const struct calendar *cal = k->s->c.calendar;
	struct day on = instant_day(e->at, calendar_zone(cal));
	int64_t key = check_step_key(book->id, (int64_t)step + 1);
	char rule[SOP_RUN_RULE_MAX];

	sop_run_rule(book->sop, book->version, step, rule);
	for (size_t i = x->n_clocks; i-- > 0;) {
		const struct check_clocks_row *c = &x->clocks[i];
		const struct clock ran = { .started_at = c->started_at, .paused_at = c->paused_at,
					   .paused_wd = (int)c->paused_wd, .ended_at = c->ended_at };

		if (c->kind != CLOCK_STEP || c->seq >= e->seq || c->ended_at.ms != e->at.ms || x->counted[i] ||
		    strcmp(c->rule, rule) != 0)
			continue;
		x->counted[i] = true;
		check_tally_add(&k->steps, (struct tally_key){ on, "done", key }, 1);
		check_tally_add(&k->steps, (struct tally_key){ on, "late", key }, c->was_missed);
		check_tally_add(&k->steps, (struct tally_key){ on, "minutes", key }, clock_ran_minutes(&ran, cal));
		return;
	}
}

static void tally_steps(struct check *k, const struct one *x, const struct chain_event *e,
			const struct projection *before, const struct projection *after)
{
	struct sop_move m;
	const struct sop_book *book = project_move(before, after, e, k->s->c.sops, &m);

	if (!book)
		return;
	if (m.was_done && before->sop_step > 0)
		tally_step(k, x, e, book, (size_t)before->sop_step - 1);
	for (size_t i = 0; i < m.end_n; i++)
		tally_step(k, x, e, book, m.ends[i]);
}

/* The chain holds: no gap, each step goes on where the one before ended, the hashes fit. */
static void replay(struct check *k, const struct one *x, struct projection *p)
{
	struct hash previous = { 0 };

	for (size_t i = 0; i < x->n_events; i++) {
		struct chain_event e = event_of(&x->events[i]);
		struct projection before = *p;
		struct hash h = chain_hash(i > 0 ? &previous : NULL, &e);

		if (e.seq != (int64_t)i + 1)
			check_find(k, "%s: event %zu has number %lld", x->r->number, i + 1, (long long)e.seq);
		if (e.from != p->state)
			check_find(k, "%s: event %lld starts from %s, the report was %s", x->r->number, (long long)e.seq,
				   state_word(e.from), state_word(p->state));
		if (x->events[i].hash.n != HASH_BYTES || !hash_equal_bytes(h.b, x->events[i].hash.p, HASH_BYTES))
			check_find(k, "%s: event %lld was changed after it was written (hash)", x->r->number,
				   (long long)e.seq);
		previous = h;
		project_event(p, &e, level_of(k, e.to_agency), k->s->c.sops);
		tally_event(k, x, &e, &before, p);
		tally_steps(k, x, &e, &before, p);
	}
}

static void compare(struct check *k, const struct one *x, const char *column, int64_t stored, int64_t expected)
{
	if (stored != expected)
		check_find(k, "%s: %s is %lld, its events say %lld", x->r->number, column, (long long)stored,
			   (long long)expected);
}

static void compare_row(struct check *k, const struct one *x, const struct projection *p)
{
	const struct check_reports_row *r = x->r;

	compare(k, x, "version", r->version, p->version);
	compare(k, x, "state", r->state, p->state);
	compare(k, x, "resume_state", r->resume_state, p->resume_state);
	compare(k, x, "queue", r->queue, p->queue);
	compare(k, x, "is_open", r->is_open, p->is_open);
	compare(k, x, "needs_action", r->needs_action, p->needs_action);
	compare(k, x, "holder_id", r->holder_id.v, p->holder.v);
	compare(k, x, "agency_id", r->agency_id.v, p->agency.v);
	compare(k, x, "opd_id", r->opd_id.v, p->opd.v);
	compare(k, x, "unit_id", r->unit_id.v, p->unit.v);
	compare(k, x, "taken_by", r->taken_by.v, p->taken_by.v);
	compare(k, x, "class", r->class, p->class);
	compare(k, x, "category_id", r->category_id.v, p->category.v);
	compare(k, x, "visibility", r->visibility, p->visibility);
	compare(k, x, "is_public", r->is_public, p->is_public);
	compare(k, x, "is_blocked", r->is_blocked, p->is_blocked);
	compare(k, x, "is_escalated", r->is_escalated, p->is_escalated);
	compare(k, x, "transfers", r->transfers, p->transfers);
	compare(k, x, "closer", r->closer, p->closer);
	compare(k, x, "rating", r->rating, p->rating);
	compare(k, x, "is_arbitrated", r->is_arbitrated, p->is_arbitrated);
	compare(k, x, "sop_id", r->sop_id.v, p->sop.v);
	compare(k, x, "sop_step", r->sop_step, p->sop_step);
}

static void compare_times(struct check *k, const struct one *x, const struct projection *p)
{
	const struct check_reports_row *r = x->r;

	compare(k, x, "held_since_at", r->held_since_at.ms, p->held_since_at.ms);
	compare(k, x, "verified_at", r->verified_at.ms, p->verified_at.ms);
	compare(k, x, "disposed_at", r->disposed_at.ms, p->disposed_at.ms);
	compare(k, x, "first_follow_up_at", r->first_follow_up_at.ms, p->first_follow_up_at.ms);
	compare(k, x, "answered_at", r->answered_at.ms, p->answered_at.ms);
	compare(k, x, "closed_at", r->closed_at.ms, p->closed_at.ms);
	compare(k, x, "changed_at", r->changed_at.ms, p->changed_at.ms);
	compare(k, x, "step_since_at", r->step_since_at.ms, p->step_since_at.ms);
}

/* The time of a step is the SOP's. */
static void check_step_clock(struct check *k, const struct one *x, const struct check_clocks_row *c)
{
	const struct sop_book *book;
	struct limit limit;
	size_t step;

	if (c->kind != CLOCK_STEP)
		return;
	book = sop_shelf_by_rule(k->s->c.sops, c->rule, &step);
	if (!book) {
		check_find(k, "%s: there is no such step: %s", x->r->number, c->rule);
		return;
	}
	limit = sop_run_limit(&book->sop->steps[step]);
	if (limit.n != c->limit_n || limit.unit != c->limit_unit)
		check_find(k, "%s: the limit of %s is %lld, the SOP says %d", x->r->number, c->rule,
			   (long long)c->limit_n, limit.n);
}

/* Running clocks are due when their rule says; a finished report has none; the row shows the earliest. */
static void check_clocks(struct check *k, const struct one *x)
{
	struct instant earliest = { 0 };

	for (size_t i = 0; i < x->n_clocks; i++) {
		const struct check_clocks_row *c = &x->clocks[i];
		struct limit limit = { (int)c->limit_n, c->limit_unit };
		struct instant due;

		k->clocks++;
		check_step_clock(k, x, c);
		if (instant_is_set(c->ended_at))
			continue;
		if (!x->r->is_open)
			check_find(k, "%s: the clock %s still runs, the report is finished", x->r->number,
				   clock_kind_word(c->kind));
		due = remind_due(k->s->c.calendar, c->kind, limit, c->started_at, (int)c->paused_wd);
		if (due.ms != c->due_at.ms)
			check_find(k, "%s: the clock %s is due at %lld, start, limit and pauses say %lld", x->r->number,
				   clock_kind_word(c->kind), (long long)c->due_at.ms, (long long)due.ms);
		if (instant_is_set(c->paused_at) || remind_is_reporters(c->kind) || c->kind == CLOCK_OMBUDSMAN)
			continue;
		if (!instant_is_set(earliest) || c->due_at.ms < earliest.ms)
			earliest = c->due_at;
	}
	compare(k, x, "due_at", x->r->due_at.ms, earliest.ms);
}

static void check_one(struct check *k, const struct one *x)
{
	struct projection p = { 0 };

	k->reports++;
	k->events += (int64_t)x->n_events;
	if (x->n_events == 0) {
		check_find(k, "%s: no event explains it", x->r->number);
		return;
	}
	replay(k, x, &p);
	compare_row(k, x, &p);
	compare_times(k, x, &p);
	check_clocks(k, x);
	if (p.queue != QUEUE_NONE)
		check_tally_add(&k->queues, (struct tally_key){ { 0 }, queue_word(p.queue), p.holder.v }, 1);
}

/* Cuts the next report's events and clocks out of the page. */
static struct one next_one(struct check *k, struct page *g, size_t i)
{
	struct one x = { .r = &g->reports[i] };
	int64_t id = x.r->id.v;

	for (; g->event < g->n_events && g->events[g->event].report_id.v < id; g->event++)
		check_find(k, "event %lld of report id %lld: there is no such report",
			   (long long)g->events[g->event].seq, (long long)g->events[g->event].report_id.v);
	x.events = g->events + g->event;
	for (; g->event < g->n_events && g->events[g->event].report_id.v == id; g->event++)
		x.n_events++;
	for (; g->clock < g->n_clocks && g->clocks[g->clock].report_id.v < id; g->clock++)
		check_find(k, "a clock of report id %lld: there is no such report",
			   (long long)g->clocks[g->clock].report_id.v);
	x.clocks = g->clocks + g->clock;
	for (; g->clock < g->n_clocks && g->clocks[g->clock].report_id.v == id; g->clock++)
		x.n_clocks++;
	x.counted = arena_new_many(k->page, bool, x.n_clocks + 1);
	return x;
}

static enum rc load_page(struct check *k, struct report_id after, int64_t max, struct page *g)
{
	struct db *db = k->s->db;

	TRY(q_check_reports(db, k->page, &(struct check_reports_args){ after, max }, &g->reports,
			    &g->n_reports));
	if (g->n_reports == 0)
		return RC_OK;
	struct report_id first = { after.v + 1 }, last = g->reports[g->n_reports - 1].id;
	TRY(q_check_events(db, k->page, &(struct check_events_args){ first, last }, &g->events, &g->n_events));
	return q_check_clocks(db, k->page, &(struct check_clocks_args){ first, last }, &g->clocks, &g->n_clocks);
}

enum rc check_report_all(struct check *k)
{
	struct report_id after = { 0 };

	for (;;) {
		struct page g = { 0 };

		arena_reset(k->page);
		TRY(load_page(k, after, PAGE_REPORTS, &g));
		if (g.n_reports == 0)
			return RC_OK;
		for (size_t i = 0; i < g.n_reports; i++) {
			struct one x = next_one(k, &g, i);
			check_one(k, &x);
		}
		after = g.reports[g.n_reports - 1].id;
		if (k->reports % 50000 < PAGE_REPORTS)
			fprintf(stderr, "\rlapor check: %lld reports", (long long)k->reports);
	}
}

enum rc check_report_one(struct check *k, struct report_id id)
{
	struct page g = { 0 };

	arena_reset(k->page);
	TRY(load_page(k, (struct report_id){ id.v - 1 }, 1, &g));
	if (g.n_reports == 0 || g.reports[0].id.v != id.v)
		return RC_NOT_FOUND;
	struct one x = next_one(k, &g, 0);
	check_one(k, &x);
	return RC_OK;
}
