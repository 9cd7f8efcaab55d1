/* SPDX-License-Identifier: Apache-2.0 */
#include "core/intake.h"

#include <stdio.h>

#include "core/sop_run.h"

#define AT(s) (1U << INTAKE_##s)

const char *intake_state_word(enum intake_state s)
{
	static const char *const words[] = {
#define INTAKE(n, v, w) [v] = (w),
#include "core/intake.def"
#undef INTAKE
	};

	return (size_t)s < ARRAY_LEN(words) ? words[s] : NULL;
}

bool intake_state_is_open(enum intake_state s)
{
	return s != INTAKE_NONE && s != INTAKE_DONE && s != INTAKE_REFUSED;
}

enum role intake_team(enum level level)
{
	return level == LEVEL_AGENCY ? ROLE_INTAKE : level == LEVEL_OPD ? ROLE_OPD_INTAKE : ROLE_NONE;
}

enum role intake_enterer(enum level level)
{
	return level == LEVEL_AGENCY ? ROLE_AGENCY_ADMIN : level == LEVEL_OPD ? ROLE_LIAISON : ROLE_NONE;
}

bool intake_concerns(enum level level, enum action action, enum role by)
{
	/* The disposition that is waited for comes from the level above: SOP tjt-21#5, tjt-22#5. */
	enum role above = level == LEVEL_AGENCY ? ROLE_NATIONAL_ADMIN : ROLE_AGENCY_ADMIN;

	switch ((int)action) {
	case ACT_DISPOSE:
		return by == above;
	case ACT_FOLLOW_UP:
	case ACT_ANSWER:
	case ACT_CLOSE:
	case ACT_ARCHIVE:
	case ACT_EXPIRE:
	case ACT_WITHDRAW:
		return true;
	default:
		return false;
	}
}

/* Who may do what, from where, to where. Roles are those of the level. */
static const struct {
	struct sop_act act;
	unsigned from;
	bool by_team, by_enterer;
	enum intake_state to;
} rules[] = {
	{ { .task = SOP_TASK_INTAKE_RECEIVE }, AT(NONE), true, false, INTAKE_RECEIVED },
	{ { .task = SOP_TASK_INTAKE_VERIFY }, AT(RECEIVED), true, false, INTAKE_VERIFIED },
	{ { .task = SOP_TASK_INTAKE_HAND_OVER }, AT(VERIFIED), true, false, INTAKE_HANDED_OVER },
	{ { .action = ACT_ARCHIVE }, AT(RECEIVED) | AT(VERIFIED), true, false, INTAKE_REFUSED },
	{ { .action = ACT_ARCHIVE }, AT(HANDED_OVER), false, true, INTAKE_REFUSED },
	{ { .action = ACT_SUBMIT }, AT(HANDED_OVER), false, true, INTAKE_WATCHED },
	{ { .action = ACT_SETTLE }, AT(HANDED_OVER), false, true, INTAKE_DONE },
	{ { .task = SOP_TASK_RECAP }, AT(WATCHED), false, true, INTAKE_DONE },
};

static bool is_same(struct sop_act a, struct sop_act b)
{
	return a.action == b.action && a.task == b.task;
}

enum intake_state intake_next(enum level level, enum intake_state from, struct sop_act act, enum role by)
{
	if (by == ROLE_NONE)
		return INTAKE_NONE;
	if (from == INTAKE_WATCHED && act.action != ACT_NONE)
		return intake_concerns(level, act.action, by) ? INTAKE_DONE : INTAKE_NONE;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (is_same(rules[i].act, act) && rules[i].from & 1U << from &&
		    ((rules[i].by_team && by == intake_team(level)) ||
		     (rules[i].by_enterer && by == intake_enterer(level))))
			return rules[i].to;
	return INTAKE_NONE;
}

/* It ends as nobody wanted, or nobody waits any more: the SOP's steps are not done. */
static bool ends_all(enum intake_state next, enum action action)
{
	return next == INTAKE_REFUSED || (next == INTAKE_DONE && (action == ACT_CLOSE || action == ACT_ARCHIVE ||
								  action == ACT_EXPIRE || action == ACT_WITHDRAW));
}

struct intake_way intake_go(enum level level, const struct sop *sop, enum intake_state from, size_t step,
			    struct sop_act act, enum role by)
{
	struct intake_way w = { .to = intake_next(level, from, act, by), .step = SOP_END };
	struct sop_move move;

	if (w.to == INTAKE_NONE || !sop || step == SOP_END)
		return w;
	if (ends_all(w.to, act.action)) {
		w.was_left = true;
		return w;
	}
	sop_run_next(sop, step, &(struct sop_event){ .act = act, .by = by, .is_moved = w.to == INTAKE_HANDED_OVER }, &move);
	w.step = move.step;
	w.was_left = move.was_left || move.step != step;
	w.was_done = move.was_done;
	/* While the SOP has another step for it, it is watched on. */
	if (w.to == INTAKE_DONE && w.step != SOP_END)
		w.to = INTAKE_WATCHED;
	return w;
}

bool intake_is_legal(enum level level, enum intake_state from, struct sop_act act, enum role by, enum intake_state to)
{
	enum intake_state next = intake_next(level, from, act, by);

	return next != INTAKE_NONE && (to == next || (next == INTAKE_DONE && to == INTAKE_WATCHED));
}

bool intake_is_seen(enum level level, enum intake_state s, enum role by, bool is_own_node)
{
	if (!is_own_node || by == ROLE_NONE || s == INTAKE_NONE)
		return false;
	if (by == intake_team(level))
		return true;
	/* What was refused is the team's matter again. */
	return by == intake_enterer(level) && (s == INTAKE_HANDED_OVER || s == INTAKE_WATCHED || s == INTAKE_DONE);
}

void intake_number_make(int year, int64_t n, char ret[INTAKE_NUMBER_MAX + 1])
{
	BUG_ON(year < 1900 || year > 9999 || n < 1 || n > INT64_C(9999999999));
	snprintf(ret, INTAKE_NUMBER_MAX + 1, "P-%04d-%05lld", year, (long long)n);
}
