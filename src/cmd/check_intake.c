/* SPDX-License-Identifier: Apache-2.0
 * check_intake - what did not come by LAPOR!, against its events: each is played again through core/intake.h, deadlines are
 * counted again, and names and contacts are not kept twice.
 */
#include "app/intake_move.h"
#include "cmd/check.h"
#include "query_intake.h"

#define PAGE_ROWS 200

struct one {
	const struct intake_check_rows_row *r;
	const struct intake_check_events_row *events;
	size_t n_events;
	const struct sop *sop;
};

static void compare(struct check *k, const struct one *x, const char *column, int64_t stored, int64_t expected)
{
	if (stored != expected)
		check_find(k, "%s: %s is %lld, its events say %lld", x->r->number, column, (long long)stored,
			   (long long)expected);
}

static void tally_step(struct check *k, const struct one *x, const struct intake_check_events_row *e)
{
	const int64_t key = check_step_key(x->r->sop_id, e->sop_step);
	struct day on = instant_day(e->at, calendar_zone(k->s->c.calendar));

	if (e->sop_step == 0)
		return;
	check_tally_add(&k->steps, (struct tally_key){ on, "done", key }, 1);
	check_tally_add(&k->steps, (struct tally_key){ on, "late", key }, e->was_late);
	check_tally_add(&k->steps, (struct tally_key){ on, "minutes", key }, e->minutes);
}

/* The row as its events make it: state and step. */
static void replay(struct check *k, const struct one *x)
{
	enum intake_state state = INTAKE_NONE;
	size_t step = x->sop ? 0 : SOP_END;
	bool is_entered = false;

	for (size_t i = 0; i < x->n_events; i++) {
		const struct intake_check_events_row *e = &x->events[i];
		const struct sop_act act = { .action = e->action, .task = e->task };
		struct intake_way w = intake_go(x->r->level, x->sop, state, step, act, e->role);

		if (e->seq != (int64_t)i + 1)
			check_find(k, "%s: event %zu has number %lld", x->r->number, i + 1, (long long)e->seq);
		if (w.to == INTAKE_NONE || w.to != e->to_state)
			check_find(k, "%s: event %lld cannot lead to %s", x->r->number, (long long)e->seq,
				   intake_state_word(e->to_state));
		if (e->sop_step != (w.was_done && step != SOP_END ? (int64_t)step + 1 : 0))
			check_find(k, "%s: event %lld ends step %lld", x->r->number, (long long)e->seq,
				   (long long)e->sop_step);
		tally_step(k, x, e);
		is_entered |= e->action == ACT_SUBMIT || e->action == ACT_SETTLE;
		state = e->to_state;
		step = w.step;
	}
	compare(k, x, "version", x->r->version, (int64_t)x->n_events);
	compare(k, x, "state", x->r->state, state);
	compare(k, x, "is_open", x->r->is_open, intake_state_is_open(state));
	compare(k, x, "sop_step", x->r->sop_step, step == SOP_END ? 0 : (int64_t)step + 1);
	compare(k, x, "report_id is set", x->r->report_id.v != 0, is_entered);
}

static void check_times(struct check *k, const struct one *x)
{
	const struct intake_check_rows_row *r = x->r;
	struct instant sort = instant_is_set(r->due_at) ? r->due_at : r->step_since_at;
	struct instant last = x->n_events ? x->events[x->n_events - 1].at : (struct instant){ 0 };

	compare(k, x, "sort_at", r->sort_at.ms, sort.ms);
	compare(k, x, "closed_at", r->closed_at.ms, r->is_open ? 0 : last.ms);
	if (x->sop && r->is_open && r->sop_step > 0 && instant_is_set(r->due_at))
		compare(k, x, "due_at", r->due_at.ms,
			intake_move_due(&k->s->c, &x->sop->steps[r->sop_step - 1], r->step_since_at).ms);
}

static void check_one(struct check *k, const struct one *x)
{
	const struct intake_check_rows_row *r = x->r;

	k->events += (int64_t)x->n_events;
	if (r->sop_id.v && !x->sop)
		check_find(k, "%s: its SOP is not there", r->number);
	if (x->sop && r->sop_step > (int64_t)x->sop->step_n) {
		check_find(k, "%s: its SOP has no step %lld", r->number, (long long)r->sop_step);
		return;
	}
	replay(k, x);
	check_times(k, x);
	if (r->report_id.v && (r->name || r->email || r->phone))
		check_find(k, "%s: name or contact are kept beside its report's", r->number);
}

static enum rc check_page(struct check *k, struct intake_id *after, int64_t max, bool *ret_more)
{
	struct intake_check_events_row *events;
	struct intake_check_rows_row *rows;
	struct db *db = k->s->db;
	size_t n, n_events, at = 0;

	arena_reset(k->page);
	TRY(q_intake_check_rows(db, k->page, &(struct intake_check_rows_args){ *after, max }, &rows, &n));
	*ret_more = n > 0;
	if (n == 0)
		return RC_OK;
	TRY(q_intake_check_events(db, k->page, &(struct intake_check_events_args){ rows[0].id, rows[n - 1].id }, &events,
				  &n_events));
	for (size_t i = 0; i < n; i++) {
		const struct sop_book *book = sop_shelf_find(k->s->c.sops, rows[i].sop_id);
		struct one x = { .r = &rows[i], .events = &events[at], .sop = book ? book->sop : NULL };

		while (at < n_events && events[at].intake_id.v == rows[i].id.v)
			at++;
		x.n_events = (size_t)(&events[at] - x.events);
		check_one(k, &x);
	}
	*after = rows[n - 1].id;
	return RC_OK;
}

static enum rc check_numbers(struct check *k)
{
	struct intake_check_counters_row *rows;
	size_t n;

	TRY(q_intake_check_counters(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		check_tally_add(&k->intakes, (struct tally_key){ { 0 }, "intake", rows[i].year }, rows[i].last_number - rows[i].n);
	return RC_OK;
}

enum rc check_intake_all(struct check *k)
{
	struct intake_check_messages_row messages;
	struct intake_id after = { 0 };
	bool more = true;

	while (more)
		TRY(check_page(k, &after, PAGE_ROWS, &more));
	TRY(check_numbers(k));
	TRY(q_intake_check_messages(k->s->db, k->s->a, &messages));
	if (messages.n > 0)
		check_find(k, "%lld messages belong to no event of their intake", (long long)messages.n);
	return RC_OK;
}

enum rc check_intake_one(struct check *k, struct intake_id id)
{
	struct intake_id after = { id.v - 1 };
	bool more;

	return check_page(k, &after, 1, &more);
}
