/* SPDX-License-Identifier: Apache-2.0
 * change_sop - the SOP of a report as it goes on: which version it is bound to, the clocks of its steps, how long they
 * took, what deviates from an accountable one. Where it stands is a projection (core/project.h).
 */
#include "app/change.h"

#include <string.h>

#include "query_counter.h"
#include "query_event.h"

/* ---- what was done */

static void note_act(struct change *ch, enum action action, const char *reason)
{
	enum sop_task task;

	ch->did_actions |= UINT64_C(1) << action;
	if (action == ACT_TASK && reason && sop_task_parse(reason, &task))
		ch->did_tasks |= UINT64_C(1) << task;
}

bool change_sop_did(void *arg, struct sop_act act)
{
	const struct change *ch = arg;

	return act.task != SOP_TASK_NONE ? (ch->did_tasks >> act.task) & 1 : (ch->did_actions >> act.action) & 1;
}

static bool asks(const struct sop *s)
{
	for (size_t i = 0; i < s->step_n; i++)
		if (s->steps[i].need_n > 0)
			return true;
	return s->gate_n > 0;
}

enum rc change_sop_load(struct change *ch)
{
	const struct sop_book *book = sop_shelf_find(ch->c->sops, ch->before.sop);
	struct event_acts_row *rows;
	size_t n;

	if (!book || !asks(book->sop))
		return RC_OK;
	TRY(q_event_acts(ch->c->db, ch->c->a, ch->report, &rows, &n));
	for (size_t i = 0; i < n; i++)
		note_act(ch, rows[i].action, rows[i].reason);
	return RC_OK;
}

/* ---- what it lets happen */

/* The system does what a message has done, for whichever role the SOP names it. */
static bool is_named(const struct change *ch, const struct sop *s, size_t at, struct sop_act act)
{
	if (ch->c->who.role != ROLE_SYSTEM)
		return sop_run_allows(s, at, act, ch->c->who.role);
	return act.task != SOP_TASK_NONE && sop_has_task(s, act.task);
}

static enum rc check_gates(struct change *ch, const struct sop *s, size_t at, struct sop_act act)
{
	struct ctx *c = ch->c;
	enum sop_refusal why;
	const struct sop_gate *g;

	if (c->who.role == ROLE_SYSTEM || c->who.role == ROLE_CITIZEN)
		return RC_OK;
	g = sop_run_gate(s, at, act, c->who.role, change_sop_did, ch, &why);
	if (!g)
		return RC_OK;
	c->why = arena_strdup(c->a, g->why);
	return why == SOP_NOT_BY ? err_set(&c->err, RC_DENIED, REFUSE_sop_gate_role, "%s", g->why) :
				   err_set(&c->err, RC_CONFLICT, REFUSE_sop_gate_after, "%s", g->why);
}

enum rc change_sop_check(struct change *ch)
{
	const struct sop_book *book = sop_shelf_find(ch->c->sops, ch->before.sop);
	size_t at = ch->before.sop_step > 0 ? (size_t)ch->before.sop_step - 1 : SOP_END;
	struct sop_act act = { .action = ch->in->action };
	struct ctx *c = ch->c;

	if (ch->in->action == ACT_TASK) {
		act.action = ACT_NONE;
		if (!ch->reason || !sop_task_parse(ch->reason, &act.task))
			return ctx_refuse(c, RC_INVALID, not_in_sop);
	}
	if ((ch->rule->effects & FX_BY_SOP) && (!book || !is_named(ch, book->sop, at, act)))
		return ctx_refuse(c, RC_CONFLICT, not_in_sop);
	return book ? check_gates(ch, book->sop, at, act) : RC_OK;
}

/* ---- binding */

/* The agency that has it after this change; 0: it does not come to another one. */
static struct agency_id comes_to(const struct change *ch)
{
	switch ((int)ch->in->action) {
	case ACT_SUBMIT:
		return ch->asked;
	case ACT_IMPORT:
		return ch->agency;
	case ACT_SETTLE:
		return ch->agency.v ? ch->agency : ch->to;
	case ACT_DISPOSE: case ACT_REDISPOSE: case ACT_ARBITRATE:
		return ch->to_level == LEVEL_AGENCY ? ch->to : (struct agency_id){ 0 };
	default:
		return (struct agency_id){ 0 };
	}
}

void change_sop_bind(struct change *ch)
{
	const struct ctx *c = ch->c;
	struct agency_id agency = comes_to(ch);
	const struct sop_book *book;

	ch->sop = ch->before.sop;
	/* It keeps the version it began with, also when it comes back to the same agency. */
	if (agency.v == 0 || !c->sops || (ch->sop.v && sop_shelf_is_used(c->sops, agency, ch->sop)))
		return;
	book = sop_shelf_for(c->sops, agency, SOP_COVERS_REPORT, instant_day(c->now, calendar_zone(c->calendar)));
	ch->sop = book ? book->id : (struct sop_id){ 0 };
}

/* ---- who owes a step */

static struct agency_id node_of(const struct projection *p, enum level level)
{
	switch (level) {
	case LEVEL_AGENCY: return p->agency;
	case LEVEL_OPD: return p->opd;
	case LEVEL_UNIT: return p->unit;
	case LEVEL_NONE: case LEVEL_NATIONAL: break;
	}
	return (struct agency_id){ 0 };
}

void change_sop_owner(const struct projection *p, const struct sop *s, size_t step, struct agency_id *ret_agency,
		      struct account_id *ret_account)
{
	struct agency_id first = { 0 };

	*ret_agency = p->holder;
	for (size_t i = 0; i < s->steps[step].by_n; i++) {
		struct agency_id node = node_of(p, role_level(s->actors[s->steps[step].by[i]].role));

		if (node.v && node.v == p->holder.v)
			first = node;
		else if (node.v && first.v == 0)
			first = node;
	}
	if (first.v)
		*ret_agency = first;
	*ret_account = ret_agency->v == p->holder.v ? p->taken_by : (struct account_id){ 0 };
}

/* ---- clocks */

static const char *rule_of(const struct change *ch, const struct sop_book *book, size_t step)
{
	char rule[SOP_RUN_RULE_MAX];

	sop_run_rule(book->sop, book->version, step, rule);
	return arena_strdup(ch->c->a, rule);
}

/* The step's clock that ran when this change began, also when a national effect has just ended it. False: none ran. */
static bool end_step(struct change *ch, const struct sop_book *book, size_t step, bool is_done)
{
	char rule[SOP_RUN_RULE_MAX];
	bool ran = false;

	sop_run_rule(book->sop, book->version, step, rule);
	for (size_t i = 0; i < ch->n_clocks; i++) {
		struct change_clock *x = &ch->clocks[i];

		if (x->k.kind != CLOCK_STEP || x->is_new || strcmp(x->k.rule, rule) != 0)
			continue;
		if (!instant_is_set(x->k.ended_at))
			change_clocks_end(ch, x);
		x->is_done = is_done;
		ran = true;
	}
	return ran;
}

static void end_all(struct change *ch)
{
	for (size_t i = 0; i < ch->n_clocks; i++)
		if (ch->clocks[i].k.kind == CLOCK_STEP && !instant_is_set(ch->clocks[i].k.ended_at))
			change_clocks_end(ch, &ch->clocks[i]);
}

static void start_step(struct change *ch, const struct sop_book *book, size_t step, struct instant start)
{
	struct limit limit = sop_run_limit(&book->sop->steps[step]);

	if (limit.n > 0 && !sop_run_waits(&book->sop->steps[step]))
		change_clocks_add_step(ch, limit, rule_of(ch, book, step), start);
}

/* It was received and sent when it came to the one who has it; verified by him, when he did that. */
static struct sop_moments moments(const struct change *ch)
{
	const struct projection *p = &ch->after;
	bool is_own = p->verified_at.ms >= p->held_since_at.ms;

	return (struct sop_moments){
		.received = p->held_since_at, .disposed = p->held_since_at, .answered = p->answered_at,
		.verified = ch->e.action != ACT_VERIFY && is_own ? p->verified_at : ch->e.at,
	};
}

/* ---- deviations */

static void deviates(struct change *ch, const struct sop_book *book, size_t step, enum deviation_kind kind,
		     const char *what, struct instant due)
{
	struct deviation_in *d;

	if (!book->sop->is_accountable || ch->n_deviations == CHANGE_DEVIATIONS_MAX)
		return;
	d = &ch->deviations[ch->n_deviations++];
	*d = (struct deviation_in){ .sop = book->id, .step = step, .kind = kind, .what = what, .due_at = due };
	change_sop_owner(&ch->before, book->sop, step, &d->agency, &d->account);
}

static void find_late(struct change *ch)
{
	for (size_t i = 0; i < ch->n_clocks; i++) {
		const struct change_clock *x = &ch->clocks[i];
		const struct sop_book *book;
		size_t step;

		if (x->k.kind != CLOCK_STEP || !x->is_missed_now)
			continue;
		book = sop_shelf_by_rule(ch->c->sops, x->k.rule, &step);
		if (book)
			deviates(ch, book, step, DEVIATION_TIME, "", x->k.due_at);
	}
}

/* What a step needs, when it went on; not while it stays there, nor when it goes back because it is somebody else's. */
static void find_missing(struct change *ch, const struct sop_book *book, size_t at, const struct sop_move *m)
{
	const struct sop_step *step = &book->sop->steps[at];

	for (size_t i = 0; i < step->need_n && m->step > at; i++)
		if (!change_sop_did(ch, step->needs[i]))
			deviates(ch, book, at, DEVIATION_REQUIREMENT, step->needs[i].task != SOP_TASK_NONE ?
				 sop_task_word(step->needs[i].task) : action_word(step->needs[i].action),
				 (struct instant){ 0 });
}

/* Left by the one who had it, without what it gives; what others took away or ended is not his. */
static bool is_left_behind(const struct change *ch)
{
	return ch->after.is_open && ch->c->who.agency.v != 0 && ch->c->who.agency.v == ch->before.holder.v;
}

static void leave(struct change *ch, const struct sop_book *book, size_t at, const struct sop_move *m)
{
	/* Its time was over before: what it gives was given then. */
	bool was_given = !end_step(ch, book, at, m->was_done) && sop_run_limit(&book->sop->steps[at]).n > 0;

	if (m->was_done)
		find_missing(ch, book, at, m);
	else if (is_left_behind(ch) && !was_given)
		deviates(ch, book, at, DEVIATION_OUTPUT, "", (struct instant){ 0 });
}

void change_sop_apply(struct change *ch)
{
	const struct projection *b = &ch->before;
	size_t at = b->sop.v == ch->after.sop.v && b->sop_step > 0 ? (size_t)b->sop_step - 1 : SOP_END;
	struct sop_moments when = moments(ch);
	const struct sop_book *book;
	struct sop_move m;

	note_act(ch, ch->e.action, ch->e.reason);
	if (b->sop.v != ch->after.sop.v)
		end_all(ch);
	book = project_move(b, &ch->after, &ch->e, ch->c->sops, &m);
	if (book) {
		if (m.was_left)
			leave(ch, book, at, &m);
		for (size_t i = 0; i < m.end_n; i++)
			end_step(ch, book, m.ends[i], true);
		for (size_t i = 0; i < m.drop_n; i++)
			end_step(ch, book, m.drops[i], false);
		if (m.is_entered)
			start_step(ch, book, m.step, sop_run_start(book->sop, at, m.step, &when, ch->e.at));
		for (size_t i = 0; i < m.begin_n; i++) {
			end_step(ch, book, m.begins[i], false);
			start_step(ch, book, m.begins[i], ch->e.at);
		}
	}
	find_late(ch);
}

/* ---- recording */

enum rc change_sop_count(struct change *ch, const struct change_clock *x)
{
	const struct calendar *cal = ch->c->calendar;
	const struct sop_book *book;
	size_t step;

	if (x->k.kind != CLOCK_STEP || !x->is_done || !instant_is_set(x->k.ended_at))
		return RC_OK;
	book = sop_shelf_by_rule(ch->c->sops, x->k.rule, &step);
	if (!book)
		return RC_OK;
	return q_sop_figure_add(ch->c->db, &(struct sop_figure_add_args){
		.sop_id = book->id, .step = (int64_t)step + 1, .on_day = instant_day(x->k.ended_at, calendar_zone(cal)),
		.done = 1, .late = x->was_missed, .minutes = clock_ran_minutes(&x->k, cal) }, NULL);
}

enum rc change_sop_record(struct change *ch)
{
	for (size_t i = 0; i < ch->n_clocks; i++)
		TRY(change_sop_count(ch, &ch->clocks[i]));
	for (size_t i = 0; i < ch->n_deviations; i++) {
		ch->deviations[i].report = ch->report;
		ch->deviations[i].seq = ch->e.seq;
		TRY(deviation_record(ch->c, &ch->deviations[i]));
	}
	return RC_OK;
}
