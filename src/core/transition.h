/* SPDX-License-Identifier: Apache-2.0
 * transition - what may happen: (action, from, role) -> (to, effects). The table is
 * transition.def, one line each; dispatcher, buttons, diagram and docs come from it.
 */
#ifndef CORE_TRANSITION_H
#define CORE_TRANSITION_H

#include "core/report.h"

/* What a transition brings with it; app/effects.c carries them out. Bits. */
enum effect {
	FX_CLOCK_VERIFY = 1 << 0,     /* start */
	FX_CLOCK_AGENCY = 1 << 1,
	FX_CLOCK_FOLLOW_UP = 1 << 2,
	FX_CLOCK_COMPLETE = 1 << 3,   /* and OMBUDSMAN, unless they run */
	FX_CLOCK_REPLY = 1 << 4,
	FX_CLOCK_PENDING = 1 << 5,
	FX_END_STEP = 1 << 6,         /* end VERIFY, AGENCY: the step is done */
	FX_END_FOLLOW_UP = 1 << 7,    /* first follow-up given; ends FOLLOW_UP and OMBUDSMAN */
	FX_END_COMPLETE = 1 << 8,     /* answered */
	FX_END_REPLY = 1 << 9,
	FX_END_PENDING = 1 << 10,
	FX_END_ALL = 1 << 11,
	FX_PAUSE = 1 << 12,           /* officers' clocks stop */
	FX_RESUME = 1 << 13,
	FX_TELL_REPORTER = 1 << 14,
	FX_TELL_HOLDER = 1 << 15,     /* the officers of the new holder */
	FX_TELL_PREVIOUS = 1 << 16,   /* those who held it before */
	FX_MOVE_DOWN = 1 << 17,       /* needs a target one level down */
	FX_MOVE_UP = 1 << 18,         /* the holder becomes the parent */
	FX_MOVE_ACROSS = 1 << 19,     /* re-disposition: another target of the same level; counts a transfer */
	FX_PUBLISH = 1 << 20,         /* is_public is decided anew */
	FX_RESUME_STATE = 1 << 21,    /* to: the state it was pended in */
};

struct rule {
	enum action action;
	enum state from;
	enum role by;
	enum state to;
	unsigned effects;
};

extern const struct rule transition_rules[];
extern const size_t transition_rule_count;

/* NULL when there is no such line. */
const struct rule *transition_find(enum action action, enum state from, enum role by);
/* The state after it: rule->to, or resume for FX_RESUME_STATE. */
enum state transition_target(const struct rule *rule, enum state resume);
/* Bit set (1u << action) of what this role may do from this state. */
uint64_t transition_actions(enum state from, enum role by);

/* The desk queue of a state: a pure function, so that counters can be recounted. */
enum queue transition_queue(enum state s);
/* Must an officer of the holder act (true), or does it wait for the reporter? */
bool transition_needs_action(enum state s);

#endif
