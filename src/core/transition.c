/* SPDX-License-Identifier: Apache-2.0
 * transition - looks things up in transition.def. It decides what is possible; who holds a report and
 * may see it is access's question, what a transition brings with it is carried out by app/change_*.
 */
#include "core/transition.h"

const struct rule transition_rules[] = {
#define RULE(action, from, by, to, effects) \
	{ ACT_##action, STATE_##from, ROLE_##by, STATE_##to, (unsigned)(effects) },
#include "core/transition.def"
#undef RULE
};
const size_t transition_rule_count = ARRAY_LEN(transition_rules);

const struct rule *transition_find(enum action action, enum state from, enum role by)
{
	for (size_t i = 0; i < transition_rule_count; i++) {
		const struct rule *r = &transition_rules[i];

		if (r->action == action && r->from == from && r->by == by)
			return r;
	}
	return NULL;
}

enum state transition_target(const struct rule *rule, enum state resume)
{
	if (rule->effects & FX_RESUME_STATE && resume != STATE_NONE)
		return resume;
	return rule->to;
}

static bool can_be_kept(enum state s)
{
	for (size_t i = 0; i < transition_rule_count; i++)
		if (transition_rules[i].from == s && transition_rules[i].effects & FX_KEEP_STATE)
			return true;
	return false;
}

bool transition_is_legal(enum action action, enum state from, enum role by, enum state to)
{
	const struct rule *r = transition_find(action, from, by);

	if (action == ACT_IMPORT)
		return from == STATE_NONE && by == ROLE_SYSTEM && to != STATE_NONE;
	if (!r)
		return false;
	return to == r->to || (r->effects & FX_RESUME_STATE && can_be_kept(to));
}

uint64_t transition_actions(enum state from, enum role by)
{
	uint64_t set = 0;

	for (size_t i = 0; i < transition_rule_count; i++)
		if (transition_rules[i].from == from && transition_rules[i].by == by)
			set |= UINT64_C(1) << transition_rules[i].action;
	return set;
}

enum clock_kind transition_clock(enum state s)
{
	switch (s) {
	case STATE_RECEIVED:
	case STATE_VERIFIED: return CLOCK_VERIFY;
	case STATE_AT_AGENCY:
	case STATE_AGENCY_VERIFIED: return CLOCK_AGENCY;
	case STATE_AT_OPD:
	case STATE_AT_UNIT:
	case STATE_IN_PROGRESS: return CLOCK_FOLLOW_UP;
	case STATE_ANSWERED: return CLOCK_REPLY;
	case STATE_PENDING: return CLOCK_PENDING;
	case STATE_NONE:
	case STATE_CLOSED:
	case STATE_ARCHIVED: return CLOCK_NONE;
	}
	BUG("state %d", (int)s);
}

enum queue transition_queue(enum state s)
{
	switch (s) {
	case STATE_RECEIVED:
	case STATE_AT_AGENCY: return QUEUE_VERIFY;
	case STATE_VERIFIED:
	case STATE_AGENCY_VERIFIED: return QUEUE_DISPOSE;
	case STATE_AT_OPD:
	case STATE_AT_UNIT:
	case STATE_IN_PROGRESS: return QUEUE_RESPOND;
	case STATE_ANSWERED: return QUEUE_ANSWERED;
	case STATE_PENDING: return QUEUE_WAITING;
	case STATE_NONE:
	case STATE_CLOSED:
	case STATE_ARCHIVED: return QUEUE_NONE;
	}
	BUG("state %d", (int)s);
}

bool transition_needs_action(enum state s)
{
	enum queue q = transition_queue(s);

	return q == QUEUE_VERIFY || q == QUEUE_DISPOSE || q == QUEUE_RESPOND;
}
