/* SPDX-License-Identifier: Apache-2.0
 * change_clocks - starts, pauses, resumes and ends the clocks of a report as the effects of a transition say. Applying
 * is pure; loading and storing are apart from it.
 */
#include "app/change.h"

#include "app/settings.h"
#include "core/remind.h"
#include "query_clock.h"

enum rc change_clocks_load(struct change *ch)
{
	struct clock_running_row *rows;
	struct ctx *c = ch->c;
	size_t n;

	TRY(q_clock_running(c->db, c->a, ch->report, &rows, &n));
	if (n > CHANGE_CLOCKS_MAX / 2)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "too many running clocks");
	for (size_t i = 0; i < n; i++) {
		const struct clock_running_row *r = &rows[i];
		ch->clocks[i] = (struct change_clock){
			.k = { .kind = r->kind, .started_at = r->started_at,
			       .limit = { (int)r->limit_n, r->limit_unit }, .rule = r->rule, .due_at = r->due_at,
			       .paused_at = r->paused_at, .paused_wd = (int)r->paused_wd },
			.seq = r->seq, .warned = (int)r->warned, .was_missed = r->was_missed,
		};
	}
	ch->n_clocks = n;
	return RC_OK;
}

static bool is_late(const struct change_clock *x, struct instant now)
{
	return x->was_missed || (!instant_is_set(x->k.paused_at) && now.ms > x->k.due_at.ms);
}

static bool is_running(const struct change_clock *x)
{
	return !instant_is_set(x->k.ended_at);
}

static struct change_clock *find_running(struct change *ch, enum clock_kind kind)
{
	for (size_t i = 0; i < ch->n_clocks; i++)
		if (ch->clocks[i].k.kind == kind && is_running(&ch->clocks[i]))
			return &ch->clocks[i];
	return NULL;
}

/* What was late when it ended or when a pause began stays late. */
static void judge(struct change *ch, struct change_clock *x)
{
	bool is_missed = !remind_is_reporters(x->k.kind) && is_late(x, ch->c->now);

	x->is_missed_now |= is_missed && !x->was_missed;
	x->was_missed = is_missed;
}

void change_clocks_end(struct change *ch, struct change_clock *x)
{
	judge(ch, x);
	x->k.ended_at = ch->c->now;
	x->is_changed = true;
}

/* kinds: bits 1 << kind. */
static void end_kinds(struct change *ch, unsigned kinds)
{
	for (size_t i = 0; i < ch->n_clocks; i++)
		if (is_running(&ch->clocks[i]) && (kinds & (1U << ch->clocks[i].k.kind)))
			change_clocks_end(ch, &ch->clocks[i]);
}

static struct change_clock *add_one(struct change *ch, struct clock k)
{
	struct change_clock *x;

	BUG_ON(ch->n_clocks >= CHANGE_CLOCKS_MAX);
	x = &ch->clocks[ch->n_clocks++];
	*x = (struct change_clock){ .k = k, .seq = ch->e.seq, .is_new = true };
	x->k.due_at = remind_due(ch->c->calendar, k.kind, k.limit, k.started_at, k.paused_wd);
	return x;
}

static struct change_clock *add_clock(struct change *ch, enum clock_kind kind, struct instant start, int paused_wd)
{
	const char *what = kind == CLOCK_COMPLETE && ch->after.class != CLASS_NONE ? class_word(ch->after.class) :
										     clock_kind_word(kind);

	return add_one(ch, (struct clock){
		.kind = kind, .started_at = start, .limit = rules_limit(ch->rules, kind, ch->after.class),
		.paused_wd = paused_wd, .rule = arena_printf(ch->c->a, "%s:%s", ch->rules->id, what) });
}

void change_clocks_add_step(struct change *ch, struct limit limit, const char *rule, struct instant start)
{
	add_one(ch, (struct clock){ .kind = CLOCK_STEP, .started_at = start, .limit = limit, .rule = rule });
}

/* keep: one that runs already goes on; else it ends and a new one begins. */
static void start_kind(struct change *ch, enum clock_kind kind, bool keep)
{
	if (find_running(ch, kind)) {
		if (keep)
			return;
		end_kinds(ch, 1U << kind);
	}
	add_clock(ch, kind, ch->c->now, 0);
}

static void start_complete(struct change *ch)
{
	start_kind(ch, CLOCK_COMPLETE, true);
	/* 60 working days without any follow-up: once there was one, the Ombudsman's clock is over for good. */
	if (!instant_is_set(ch->after.first_follow_up_at) && !ch->after.is_escalated)
		start_kind(ch, CLOCK_OMBUDSMAN, true);
}

/* What a contested report goes back to: its step begins anew. */
static void start_for_state(struct change *ch)
{
	enum clock_kind kind = transition_clock(ch->after.state);

	if (kind == CLOCK_NONE)
		return;
	start_kind(ch, kind, false);
	if (!remind_is_reporters(kind) && instant_is_set(ch->after.verified_at))
		start_complete(ch);
}

static void end_by_effects(struct change *ch, unsigned fx)
{
	if (fx & FX_END_ALL)
		end_kinds(ch, ~0U);
	if (fx & FX_END_STEP)
		end_kinds(ch, 1U << CLOCK_VERIFY | 1U << CLOCK_AGENCY | 1U << CLOCK_FOLLOW_UP);
	if (fx & FX_END_FOLLOW_UP)
		end_kinds(ch, 1U << CLOCK_FOLLOW_UP | 1U << CLOCK_OMBUDSMAN);
	if (fx & FX_END_COMPLETE)
		end_kinds(ch, 1U << CLOCK_COMPLETE);
	if (fx & FX_END_REPLY)
		end_kinds(ch, 1U << CLOCK_REPLY);
	if (fx & FX_END_PENDING)
		end_kinds(ch, 1U << CLOCK_PENDING);
}

static void pause_or_resume(struct change *ch, unsigned fx)
{
	for (size_t i = 0; i < ch->n_clocks; i++) {
		struct change_clock *x = &ch->clocks[i];
		if (!is_running(x) || remind_is_reporters(x->k.kind))
			continue;
		if ((fx & FX_PAUSE) && !instant_is_set(x->k.paused_at)) {
			judge(ch, x);
			clock_pause(&x->k, ch->c->now);
			x->is_changed = true;
		} else if ((fx & FX_RESUME) && instant_is_set(x->k.paused_at)) {
			clock_resume(&x->k, ch->c->calendar, ch->c->now);
			x->is_changed = true;
		}
	}
}

/* Another class, another limit, counted from the same start. */
static void relimit(struct change *ch)
{
	struct change_clock *old = find_running(ch, CLOCK_COMPLETE), *x;

	if (!old || ch->after.class == ch->before.class || old->is_new)
		return;
	old->k.ended_at = ch->c->now;
	old->is_changed = true;
	x = add_clock(ch, CLOCK_COMPLETE, old->k.started_at, old->k.paused_wd);
	x->k.paused_at = old->k.paused_at;
}

static void start_by_effects(struct change *ch, unsigned fx)
{
	if (fx & FX_CLOCK_VERIFY)
		start_kind(ch, CLOCK_VERIFY, false);
	if (fx & FX_CLOCK_AGENCY)
		start_kind(ch, CLOCK_AGENCY, false);
	if (fx & FX_CLOCK_FOLLOW_UP)
		start_kind(ch, CLOCK_FOLLOW_UP, false);
	if (fx & FX_RELIMIT)
		relimit(ch);
	if (fx & FX_CLOCK_COMPLETE)
		start_complete(ch);
	if (fx & FX_CLOCK_REPLY)
		start_kind(ch, CLOCK_REPLY, false);
	if (fx & FX_CLOCK_PENDING)
		start_kind(ch, CLOCK_PENDING, false);
	if (fx & FX_CLOCK_STATE)
		start_for_state(ch);
}

/* The earliest running clock of an officer; 0 when none runs. */
static struct instant earliest_due(const struct change *ch)
{
	struct instant due = { 0 };

	for (size_t i = 0; i < ch->n_clocks; i++) {
		const struct change_clock *x = &ch->clocks[i];
		if (!is_running(x) || instant_is_set(x->k.paused_at) || remind_is_reporters(x->k.kind) ||
		    x->k.kind == CLOCK_OMBUDSMAN)
			continue;
		if (!instant_is_set(due) || x->k.due_at.ms < due.ms)
			due = x->k.due_at;
	}
	return due;
}

void change_clocks_apply(struct change *ch)
{
	unsigned fx = ch->rule->effects;

	for (size_t i = 0; i < ch->n_clocks; i++) {
		ch->ran |= 1U << ch->clocks[i].k.kind;
		if (is_late(&ch->clocks[i], ch->c->now))
			ch->late |= 1U << ch->clocks[i].k.kind;
	}
	end_by_effects(ch, fx);
	pause_or_resume(ch, fx);
	start_by_effects(ch, fx);
	change_sop_apply(ch);
	ch->due_at = earliest_due(ch);
}

static enum rc store_one(struct change *ch, const struct change_clock *x)
{
	const struct clock *k = &x->k;
	struct instant next = remind_next_at(ch->rules, ch->c->calendar, k, x->warned, x->was_missed);

	if (!x->is_new)
		return q_clock_update(ch->c->db, &(struct clock_update_args){
			.report_id = ch->report, .seq = x->seq, .kind = k->kind, .rule = k->rule,
			.due_at = k->due_at, .paused_at = k->paused_at, .paused_wd = k->paused_wd, .warned = x->warned,
			.next_at = next, .ended_at = k->ended_at, .was_missed = x->was_missed }, NULL);
	return q_clock_insert(ch->c->db, &(struct clock_insert_args){
		.report_id = ch->report, .seq = x->seq, .kind = k->kind, .started_at = k->started_at,
		.limit_n = k->limit.n, .limit_unit = k->limit.unit, .rule = k->rule,
		.calendar = ch->c->settings->region_code, .due_at = k->due_at, .paused_at = k->paused_at,
		.paused_wd = k->paused_wd, .warned = x->warned, .next_at = next,
		.was_missed = x->was_missed }, NULL);
}

enum rc change_clocks_store(struct change *ch)
{
	for (size_t i = 0; i < ch->n_clocks; i++)
		if (ch->clocks[i].is_new || ch->clocks[i].is_changed)
			TRY(store_one(ch, &ch->clocks[i]));
	return RC_OK;
}
