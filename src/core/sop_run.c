/* SPDX-License-Identifier: Apache-2.0
 * sop_run - positions, starts, gates and rules of a running SOP.
 */
#include "core/sop_run.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"

static bool is_by(const struct sop *s, const size_t *by, size_t n, enum role role)
{
	for (size_t i = 0; i < n; i++)
		if (s->actors[by[i]].role == role)
			return true;
	return false;
}

static bool has_state(const struct sop_step *step, enum state state)
{
	return (step->states & (1U << state)) != 0;
}

size_t sop_run_whole(const struct sop *s, size_t at)
{
	while (at > 0 && at < s->step_n && sop_step_is_part(&s->steps[at]))
		at--;
	return at;
}

/* The first step after the last part of this one: parts of at are in (at, end). */
static size_t end_of(const struct sop *s, size_t at)
{
	for (at++; at < s->step_n && sop_step_is_part(&s->steps[at]); at++)
		;
	return at;
}

static size_t first_main(const struct sop *s)
{
	return s->step_n == 0 ? SOP_END : s->steps[0].is_beside ? sop_step_next(s, 0) : 0;
}

/* The first step bound to this state. */
static size_t step_of_state(const struct sop *s, enum state state)
{
	for (size_t i = first_main(s); i != SOP_END; i = sop_step_next(s, i))
		if (has_state(&s->steps[i], state))
			return i;
	return SOP_END;
}

static const struct sop_branch *find_branch(const struct sop *s, size_t at, struct sop_act act)
{
	size_t end = end_of(s, at);

	for (size_t i = at; i < end; i++)
		for (size_t k = 0; k < s->steps[i].branch_n; k++)
			if (sop_acts_have(s->steps[i].branches[k].on, s->steps[i].branches[k].on_n, act))
				return &s->steps[i].branches[k];
	return NULL;
}

enum way { WAY_NONE, WAY_DONE, WAY_BRANCH };

/* Where the acts alone lead. */
static size_t follow(const struct sop *s, size_t at, struct sop_act act, enum way *ret)
{
	const struct sop_branch *branch = find_branch(s, at, act);

	*ret = WAY_BRANCH;
	if (branch)
		return branch->to == SOP_END ? SOP_END : sop_run_whole(s, branch->to);
	*ret = sop_acts_have(s->steps[at].done, s->steps[at].done_n, act) ? WAY_DONE : WAY_NONE;
	return *ret == WAY_DONE ? sop_step_next(s, at) : at;
}

/* The place that the new state allows: this one, where it was, the first one bound to the state, one that is bound to none. */
static size_t agree(const struct sop *s, size_t at, size_t to, enum state state)
{
	size_t bound;

	if (state == STATE_NONE || (to != SOP_END && has_state(&s->steps[to], state)))
		return to;
	/* The end of the SOP is not the end of the report: it stays as long as its state belongs there. */
	if (to == SOP_END && at != SOP_END && has_state(&s->steps[at], state))
		return at;
	bound = step_of_state(s, state);
	return bound == SOP_END && to != SOP_END && s->steps[to].states == 0 ? to : bound;
}

/* Is this what a time counts from? */
static bool is_start(enum sop_start start, struct sop_act act)
{
	switch (start) {
	case SOP_START_RECEIVED:
		return act.action == ACT_SUBMIT || act.task == SOP_TASK_INTAKE_RECEIVE;
	case SOP_START_VERIFIED:
		return act.action == ACT_VERIFY || act.action == ACT_SETTLE || act.task == SOP_TASK_INTAKE_VERIFY;
	case SOP_START_DISPOSED:
		return act.action == ACT_DISPOSE || act.action == ACT_REDISPOSE || act.action == ACT_ARBITRATE;
	case SOP_START_ANSWERED:
		return act.action == ACT_ANSWER || act.action == ACT_SETTLE;
	case SOP_START_NONE: case SOP_START_PREVIOUS: case SOP_START_PERIOD_END:
		return false;
	}
	return false;
}

/* What came to another holder was received there. */
static bool starts_anew(enum sop_start start, const struct sop_event *e)
{
	return is_start(start, e->act) ||
	       (start == SOP_START_RECEIVED && e->is_moved && is_start(SOP_START_DISPOSED, e->act));
}

static void add(size_t *list, size_t *n, size_t step)
{
	if (*n < SOP_RUN_BESIDE_MAX)
		list[(*n)++] = step;
}

/* The main step before a step beside. */
static size_t main_before(const struct sop *s, size_t beside)
{
	size_t last = SOP_END;

	for (size_t i = first_main(s); i < beside; i = sop_step_next(s, i))
		last = i;
	return last;
}

static bool begins_beside(const struct sop *s, size_t at, size_t i, const struct sop_event *e, const struct sop_move *m)
{
	const struct sop_step *step = &s->steps[i];
	bool is_past = m->step > i && (m->step != at || m->is_entered);
	bool is_there = step->states ? has_state(step, e->to) : is_past;

	if (step->start == SOP_START_PREVIOUS)
		return m->was_done && at != SOP_END && at == main_before(s, i) &&
		       (step->states == 0 || has_state(step, e->to));
	return is_start(step->start, e->act) && is_there;
}

static void run_beside(const struct sop *s, size_t at, const struct sop_event *e, struct sop_move *m)
{
	for (size_t i = 0; i < s->step_n; i++) {
		const struct sop_step *step = &s->steps[i];
		bool is_done;

		if (!step->is_beside)
			continue;
		is_done = step->done_n ? sop_acts_have(step->done, step->done_n, e->act) :
					 sop_acts_have(step->acts, step->act_n, e->act);
		if (is_done)
			add(m->ends, &m->end_n, i);
		else if (begins_beside(s, at, i, e, m))
			add(m->begins, &m->begin_n, i);
		else if (at != SOP_END && m->step < i && i < at)
			add(m->drops, &m->drop_n, i);
	}
}

static bool is_over(enum state state)
{
	return state == STATE_CLOSED || state == STATE_ARCHIVED;
}

void sop_run_next(const struct sop *s, size_t at, const struct sop_event *e, struct sop_move *ret)
{
	/* What has no states begins with its first step, and with what is done there. */
	size_t from = at == SOP_END && e->to == STATE_NONE ? first_main(s) : at;
	enum way way = WAY_NONE;
	size_t to = SOP_END;

	*ret = (struct sop_move){ .step = at };
	if (e->to != STATE_PENDING) {
		if (from != SOP_END)
			to = follow(s, from, e->act, &way);
		ret->step = is_over(e->to) ? SOP_END : agree(s, from, to, e->to);
		bool is_same = ret->step == at && at != SOP_END;
		bool is_anew = is_same && (starts_anew(s->steps[at].start, e) ||
					   (way == WAY_BRANCH && to == at && e->is_moved));
		ret->is_entered = ret->step != SOP_END && (!is_same || is_anew);
		ret->was_left = at != SOP_END && (!is_same || is_anew || (way != WAY_NONE && to == SOP_END));
		/* A way that the state did not follow was not taken. */
		ret->was_done = ret->was_left && way != WAY_NONE && (to == ret->step || to == SOP_END);
	}
	run_beside(s, at, e, ret);
}

struct instant sop_run_start(const struct sop *s, size_t from, size_t to, const struct sop_moments *m,
			     struct instant now)
{
	struct instant start = now;

	if (to >= s->step_n || from == SOP_END || to <= from)
		return now;
	switch (s->steps[to].start) {
	case SOP_START_RECEIVED: start = m->received; break;
	case SOP_START_VERIFIED: start = m->verified; break;
	case SOP_START_DISPOSED: start = m->disposed; break;
	case SOP_START_ANSWERED: start = m->answered; break;
	case SOP_START_PERIOD_END: start = m->period_end; break;
	case SOP_START_PREVIOUS: case SOP_START_NONE: break;
	}
	return instant_is_set(start) && start.ms < now.ms ? start : now;
}

struct limit sop_run_limit(const struct sop_step *step)
{
	if (!sop_time_is_given(step->in_force))
		return (struct limit){ 0, LIMIT_WORKDAYS };
	return (struct limit){ step->in_force.max, step->in_force.unit };
}

bool sop_run_waits(const struct sop_step *step)
{
	return (step->clock == CLOCK_REPLY || step->clock == CLOCK_PENDING) &&
	       (step->in_force.unit == LIMIT_WORKDAYS || step->in_force.unit == LIMIT_DAYS);
}

bool sop_run_names(const struct sop *s, size_t at, struct sop_act act, enum role by)
{
	size_t end = at == SOP_END ? s->step_n : end_of(s, at);

	for (size_t i = at == SOP_END ? 0 : at; i < end; i++)
		if (sop_acts_have(s->steps[i].acts, s->steps[i].act_n, act) && is_by(s, s->steps[i].by, s->steps[i].by_n, by))
			return true;
	return false;
}

bool sop_run_allows(const struct sop *s, size_t at, struct sop_act act, enum role by)
{
	bool is_last = at == SOP_END || sop_step_next(s, at) == SOP_END;

	for (size_t i = 0; i < s->step_n; i = end_of(s, i)) {
		bool is_open = at == SOP_END || i <= at || (s->steps[i].is_beside ? is_last : s->steps[i].states == 0);

		if (is_open && sop_run_names(s, i, act, by))
			return true;
	}
	return false;
}

const struct sop_gate *sop_run_gate(const struct sop *s, size_t at, struct sop_act act, enum role by,
				    bool (*did)(void *arg, struct sop_act act), void *arg, enum sop_refusal *ret_why)
{
	*ret_why = SOP_FREE;
	for (size_t i = 0; i < s->gate_n; i++) {
		const struct sop_gate *g = &s->gates[i];
		bool has_after = g->after.action != ACT_NONE || g->after.task != SOP_TASK_NONE;

		if (g->action != act.action || g->task != act.task || (g->at != SOP_END && g->at != at))
			continue;
		if (g->by_n > 0 && !is_by(s, g->by, g->by_n, by))
			*ret_why = SOP_NOT_BY;
		else if (has_after && !did(arg, g->after))
			*ret_why = SOP_NOT_YET;
		if (*ret_why != SOP_FREE)
			return g;
	}
	return NULL;
}

void sop_run_rule(const struct sop *s, int version, size_t step, char ret[SOP_RUN_RULE_MAX])
{
	BUG_ON(step >= s->step_n);
	snprintf(ret, SOP_RUN_RULE_MAX, "%.*s@%d#%s", SOP_RUN_WORD_MAX - 1, s->id, version, s->steps[step].id);
}

bool sop_run_rule_parse(const char *rule, char ret_word[SOP_RUN_WORD_MAX], int *ret_version, const char **ret_step_id)
{
	size_t word = strcspn(rule, "@"), version;
	int64_t n;

	if (rule[word] != '@' || word == 0 || word >= SOP_RUN_WORD_MAX)
		return false;
	version = strcspn(rule + word + 1, "#");
	if (rule[word + 1 + version] != '#' || !parse_int_n(rule + word + 1, version, 1, INT32_MAX, &n) ||
	    !sop_step_id_is_valid(rule + word + 1 + version + 1))
		return false;
	memcpy(ret_word, rule, word);
	ret_word[word] = '\0';
	*ret_version = (int)n;
	*ret_step_id = rule + word + 1 + version + 1;
	return true;
}
