/* SPDX-License-Identifier: Apache-2.0 */
#include "app/intake_move.h"

#include "app/holidays.h"
#include "core/clock.h"
#include "core/sop_run.h"
#include "query_counter.h"

/* What an event does: the way it goes, and the time there. */
struct outcome {
	struct intake_way way;
	struct intake_place place;
};

enum rc intake_move_lock(struct ctx *c, struct intake_id id, struct intake_move *ret)
{
	enum rc rc;

	*ret = (struct intake_move){ .c = c };
	rc = q_intake_lock(c->db, c->a, id, &ret->row);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	ret->book = sop_shelf_find(c->sops, ret->row.sop_id);
	return RC_OK;
}

enum rc intake_move_load(struct ctx *c, const char *number, int64_t seen_version, struct intake_move *ret)
{
	struct intake_id_of_number_row id;
	enum rc rc;

	TRY(holidays_confirm(c));
	rc = q_intake_id_of_number(c->db, c->a, number, &id);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	TRY(intake_move_lock(c, id.id, ret));
	if (!intake_is_seen(ret->row.level, ret->row.state, c->who.role, ret->row.agency_id.v == c->who.agency.v))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	if (seen_version >= 0 && seen_version != ret->row.version)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	return RC_OK;
}

/* The last moment of the month that many months after the one of t. */
static struct instant end_of_month(const struct ctx *c, struct instant t, int months)
{
	struct civil v = instant_civil(t, calendar_zone(c->calendar));
	int n = v.year * 12 + v.month - 1 + months + 1;

	return calendar_end_of_day(c->calendar, day_add(day_from_civil(n / 12, n % 12 + 1, 1), -1));
}

struct instant intake_move_due(const struct ctx *c, const struct sop_step *step, struct instant since)
{
	struct limit limit = sop_run_limit(step);

	if (step->in_force.every_months > 0)
		return end_of_month(c, since, step->in_force.every_months);
	return limit.n > 0 ? clock_due(c->calendar, limit, since, 0) : (struct instant){ 0 };
}

struct intake_place intake_move_first(const struct ctx *c, const struct sop *sop, struct instant received)
{
	if (!sop || sop->step_n == 0)
		return (struct intake_place){ SOP_END, received, { 0 } };
	return (struct intake_place){ 0, received, intake_move_due(c, &sop->steps[0], received) };
}

static size_t step_of(const struct intake_move *m)
{
	return m->book && m->row.sop_step > 0 ? (size_t)m->row.sop_step - 1 : SOP_END;
}

/* Once it is a report, that was received when it was entered. */
static struct sop_moments moments_of(const struct intake_move *m, const struct intake_deed *d)
{
	bool is_entered = m->row.state == INTAKE_WATCHED || d->act.action == ACT_SUBMIT || d->act.action == ACT_SETTLE;
	struct instant now = m->c->now;

	return (struct sop_moments){
		.received = is_entered ? now : m->row.received_at,
		.disposed = d->act.action == ACT_DISPOSE ? now : (struct instant){ 0 },
	};
}

/* The time of the step entered now; without one, a new state is all there is. */
static struct intake_place place_of(const struct intake_move *m, const struct intake_deed *d, const struct intake_way *w)
{
	struct intake_place same = { w->step, m->row.step_since_at, m->row.due_at }, p = { w->step, m->c->now, { 0 } };
	struct sop_moments moments = moments_of(m, d);
	const struct sop_step *step;

	if (!w->was_left && (w->step != SOP_END || w->to == m->row.state))
		return same;
	if (w->step == SOP_END)
		return p;
	step = &m->book->sop->steps[w->step];
	p.since = sop_run_start(m->book->sop, step_of(m), w->step, &moments, m->c->now);
	/* Its time begins with the disposition: until then nobody is late (SOP tjt-25#5). */
	if (step->start != SOP_START_DISPOSED || instant_is_set(moments.disposed))
		p.due = intake_move_due(m->c, step, p.since);
	return p;
}

static struct outcome decide(const struct intake_move *m, const struct intake_deed *d)
{
	struct outcome o = { .way = intake_go(m->row.level, m->book ? m->book->sop : NULL, m->row.state, step_of(m),
					      d->act, d->by) };

	if (o.way.to != INTAKE_NONE)
		o.place = place_of(m, d, &o.way);
	return o;
}

bool intake_move_matters(const struct intake_move *m, const struct intake_deed *d)
{
	struct outcome o = decide(m, d);

	if (o.way.to == INTAKE_NONE)
		return false;
	/* The disposition that was waited for is part of the story even where the SOP waits for more. */
	return o.way.to != m->row.state || o.way.was_left || d->act.action == ACT_DISPOSE;
}

static enum rc write_event(struct intake_move *m, const struct intake_deed *d, const struct outcome *o)
{
	struct ctx *c = m->c;
	const struct intake_lock_row *r = &m->row;
	bool ended = o->way.was_left && r->sop_step > 0, done = ended && o->way.was_done;

	return q_intake_event_insert(c->db, &(struct intake_event_insert_args){
		.intake_id = r->id, .seq = r->version + 1, .at = c->now, .task = d->act.task,
		.action = d->act.action, .role = d->by, .account_id = d->account, .to_state = o->way.to,
		.reason = d->reason, .note = d->note && *d->note ? d->note : NULL,
		.sop_step = done ? r->sop_step : 0,
		.minutes = done ? calendar_count_office_minutes(c->calendar, r->step_since_at, c->now) : 0,
		.was_late = ended && instant_is_set(r->due_at) && c->now.ms > r->due_at.ms }, NULL);
}

/* How the SOP's steps go, beside those of reports. */
static enum rc count_step(const struct intake_move *m, const struct outcome *o)
{
	const struct intake_lock_row *r = &m->row;
	struct ctx *c = m->c;

	if (!o->way.was_done || r->sop_step == 0)
		return RC_OK;
	return q_sop_figure_add(c->db, &(struct sop_figure_add_args){
		.sop_id = r->sop_id, .step = r->sop_step, .on_day = instant_day(c->now, calendar_zone(c->calendar)), .done = 1,
		.late = instant_is_set(r->due_at) && c->now.ms > r->due_at.ms,
		.minutes = calendar_count_office_minutes(c->calendar, r->step_since_at, c->now) }, NULL);
}

static enum rc write_row(struct intake_move *m, const struct outcome *o)
{
	const struct intake_place *p = &o->place;
	struct intake_lock_row *r = &m->row;
	bool is_open = intake_state_is_open(o->way.to);
	struct ctx *c = m->c;
	int64_t changed;

	TRY(q_intake_moved(c->db, &(struct intake_moved_args){
		.id = r->id, .before = r->version, .state = o->way.to, .version = r->version + 1, .is_open = is_open,
		.sop_step = p->step == SOP_END ? 0 : (int64_t)p->step + 1, .step_since_at = p->since,
		.due_at = p->due, .sort_at = instant_is_set(p->due) ? p->due : p->since,
		.closed_at = is_open ? (struct instant){ 0 } : c->now }, &changed));
	if (changed != 1)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	r->version++;
	r->state = o->way.to;
	r->sop_step = p->step == SOP_END ? 0 : (int64_t)p->step + 1;
	r->step_since_at = p->since;
	r->due_at = p->due;
	return RC_OK;
}

enum rc intake_move_do(struct intake_move *m, const struct intake_deed *d)
{
	struct outcome o = decide(m, d);

	if (o.way.to == INTAKE_NONE)
		return ctx_refuse(m->c, RC_CONFLICT, not_possible_now);
	TRY(write_event(m, d, &o));
	TRY(count_step(m, &o));
	return write_row(m, &o);
}
