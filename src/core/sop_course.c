/* SPDX-License-Identifier: Apache-2.0
 * sop_course - the checks, one function each; what may happen in a state is asked of the transition table.
 */
#include "core/sop_course.h"

#include <stdio.h>

#include "core/transition.h"

struct course {
	struct arena *a;
	const struct sop *s;
	struct sop_findings *found;
};

#define ERROR(c, thing, ...) \
	sop_lint_add((c)->a, (c)->found, (struct sop_finding){ true, (thing)->line, (thing)->column, 0, NULL }, __VA_ARGS__)

#define STATE_BIT(s) (1u << (s))

static const char *act_name(struct sop_act act)
{
	return act.task != SOP_TASK_NONE ? sop_task_word(act.task) : action_word(act.action);
}

/* The steps of one number: from its first one to behind its last part. */
struct family {
	size_t first, end;
};

static struct family family_of(const struct sop *s, size_t at)
{
	struct family f = { at, at + 1 };

	while (f.first > 0 && sop_step_is_part(&s->steps[f.first]))
		f.first--;
	while (f.end < s->step_n && sop_step_is_part(&s->steps[f.end]))
		f.end++;
	return f;
}

static bool family_names(const struct sop *s, struct family f, struct sop_act act)
{
	for (size_t i = f.first; i < f.end; i++)
		if (sop_acts_have(s->steps[i].acts, s->steps[i].act_n, act))
			return true;
	return false;
}

static size_t family_branches(const struct sop *s, struct family f)
{
	size_t n = 0;

	for (size_t i = f.first; i < f.end; i++)
		n += s->steps[i].branch_n;
	return n;
}

/* May anybody (by: ROLE_NONE), or this role, do it to a report in one of these states? */
static bool can_happen(unsigned states, enum action action, enum role by)
{
	for (size_t i = 0; i < transition_rule_count; i++) {
		const struct rule *r = &transition_rules[i];

		if (r->action == action && (by == ROLE_NONE || r->by == by) && (states & STATE_BIT(r->from)))
			return true;
	}
	return false;
}

/* ---- steps */

static void check_states(struct course *c, const struct sop_step *step)
{
	static const struct sop_act submit = { .action = ACT_SUBMIT };

	if (c->s->covers != SOP_COVERS_REPORT && step->states != 0)
		ERROR(c, step, "step %s: only the steps of a report have states (while)", step->id);
	/* What makes the report happens before it has a state. */
	if (c->s->covers == SOP_COVERS_REPORT && step->states == 0 && !step->is_beside &&
	    !sop_acts_have(step->acts, step->act_n, submit))
		ERROR(c, step, "step %s: it has no states (while), so no report is ever at it", step->id);
}

static void check_end(struct course *c, const struct sop_step *step, struct family f)
{
	if (step->is_beside && (step->done_n == 0 || step->start == SOP_START_NONE))
		ERROR(c, step, "step %s runs beside the others and %s", step->id,
		      step->start == SOP_START_NONE ? "nothing begins it (from)" : "nothing ends it (done)");
	else if (c->s->covers != SOP_COVERS_REPORT && step->done_n + family_branches(c->s, f) == 0)
		ERROR(c, step, "step %s: nothing ends it (done or branches)", step->id);
	for (size_t i = 0; i < step->done_n && step->states != 0; i++)
		if (step->done[i].action != ACT_NONE && !can_happen(step->states, step->done[i].action, ROLE_NONE))
			ERROR(c, step, "step %s: %s, which should end it, cannot happen in its states", step->id,
			      act_name(step->done[i]));
}

static bool somebody_does(const struct sop *s, struct sop_act act)
{
	return act.task == SOP_TASK_NONE || family_names(s, (struct family){ 0, s->step_n }, act);
}

static void check_needs(struct course *c, const struct sop_step *step)
{
	for (size_t i = 0; i < step->need_n; i++)
		if (!somebody_does(c->s, step->needs[i]))
			ERROR(c, step, "step %s needs %s, which nobody does", step->id, act_name(step->needs[i]));
}

/* The officers do what the step names; the reporter and the clock do what they may, also while it is pending. */
static bool can_take(const struct sop *s, struct family f, struct sop_act act)
{
	unsigned states = s->steps[f.first].states | STATE_BIT(STATE_PENDING);

	if (family_names(s, f, act))
		return true;
	return s->covers == SOP_COVERS_REPORT && act.action != ACT_NONE &&
	       (can_happen(states, act.action, ROLE_CITIZEN) || can_happen(states, act.action, ROLE_SYSTEM));
}

static void check_branches(struct course *c, const struct sop_step *step, struct family f)
{
	for (size_t i = 0; i < step->branch_n; i++) {
		const struct sop_branch *b = &step->branches[i];
		bool is_taken = false;

		for (size_t k = 0; k < b->on_n; k++)
			is_taken |= can_take(c->s, f, b->on[k]);
		if (!is_taken)
			ERROR(c, step, "step %s: %s takes the branch to %s, and nobody does that here", step->id,
			      act_name(b->on[0]), b->to_id);
		if (b->to != SOP_END && c->s->steps[b->to].is_beside)
			ERROR(c, step, "step %s: a branch leads to %s, which runs beside the others", step->id, b->to_id);
	}
}

static void check_steps(struct course *c)
{
	for (size_t i = 0; i < c->s->step_n; i++) {
		const struct sop_step *step = &c->s->steps[i];
		struct family f = family_of(c->s, i);

		check_branches(c, step, f);
		if (sop_step_is_part(step))
			continue;
		check_states(c, step);
		check_end(c, step, f);
		check_needs(c, step);
	}
}

/* ---- states that the way passes */

static bool does(const struct sop *s, const struct sop_step *step, enum role by)
{
	for (size_t i = 0; i < step->by_n; i++)
		if (s->actors[step->by[i]].role == by)
			return true;
	return false;
}

/* The states that the acts of a step lead to from its own. */
static unsigned states_after(const struct sop *s, const struct sop_step *step, unsigned from)
{
	unsigned after = 0;

	for (size_t i = 0; i < transition_rule_count; i++) {
		const struct rule *r = &transition_rules[i];

		if ((from & STATE_BIT(r->from)) && does(s, step, r->by) &&
		    sop_acts_have(step->acts, step->act_n, (struct sop_act){ .action = r->action }))
			after |= STATE_BIT(r->to);
	}
	return after;
}

static void check_passed(struct course *c)
{
	/* Between the agency and the answer; before and after it the national way stands in. */
	static const unsigned inside = STATE_BIT(STATE_AT_AGENCY) | STATE_BIT(STATE_AGENCY_VERIFIED) |
		STATE_BIT(STATE_AT_OPD) | STATE_BIT(STATE_AT_UNIT) | STATE_BIT(STATE_IN_PROGRESS);
	unsigned bound = 0;

	for (size_t i = 0; i < c->s->step_n; i++)
		bound |= c->s->steps[i].states;
	for (size_t i = 0; i < c->s->step_n && c->s->covers == SOP_COVERS_REPORT; i++) {
		const struct sop_step *step = &c->s->steps[i];
		unsigned lost = states_after(c->s, step, c->s->steps[family_of(c->s, i).first].states) & inside & ~bound;

		for (enum state st = STATE_AT_AGENCY; lost != 0 && st <= STATE_IN_PROGRESS; st++)
			if (lost & STATE_BIT(st))
				ERROR(c, step, "step %s leads to %s, and no step has that state", step->id, state_word(st));
	}
}

/* ---- gates */

/* Is there one left who may? */
static bool gate_opens(const struct sop *s, const struct sop_gate *g)
{
	struct sop_act act = { .action = g->action, .task = g->task };

	for (size_t k = 0; k < g->by_n; k++) {
		enum role by = s->actors[g->by[k]].role;

		if (g->action != ACT_NONE && can_happen(~0u, g->action, by))
			return true;
		for (size_t i = 0; i < s->step_n && g->task != SOP_TASK_NONE; i++)
			if (sop_acts_have(s->steps[i].acts, s->steps[i].act_n, act) && does(s, &s->steps[i], by))
				return true;
	}
	return g->by_n == 0;
}

static void check_gates(struct course *c)
{
	for (size_t i = 0; i < c->s->gate_n; i++) {
		const struct sop_gate *g = &c->s->gates[i];
		struct sop_act act = { .action = g->action, .task = g->task };

		if (!gate_opens(c->s, g))
			ERROR(c, g, "the gate leaves nobody who may %s", act_name(act));
		if ((g->after.action != ACT_NONE || g->after.task != SOP_TASK_NONE) && !somebody_does(c->s, g->after))
			ERROR(c, g, "%s waits for %s, which nobody does", act_name(act), act_name(g->after));
		if (g->by_n == 0 && g->after.action == ACT_NONE && g->after.task == SOP_TASK_NONE)
			ERROR(c, g, "the gate on %s forbids nothing: it has neither by nor after", act_name(act));
	}
}

void sop_course_check(struct arena *a, const struct sop *s, struct sop_findings *found)
{
	struct course c = { a, s, found };

	check_steps(&c);
	check_passed(&c);
	check_gates(&c);
}
