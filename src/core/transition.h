/* SPDX-License-Identifier: Apache-2.0
 * transition - what may happen: (action, from, role) -> (to, effects). The table is
 * transition.def; dispatcher, buttons, diagram and docs come from it.
 */
#ifndef CORE_TRANSITION_H
#define CORE_TRANSITION_H

#include "core/report.h"

/*
 * What a transition brings with it; app/change_*.c carry them out. Bits. A clock that is started while
 * one of its kind runs ends that one; only COMPLETE and OMBUDSMAN go on from where they began.
 */
enum effect {
	FX_CLOCK_VERIFY = 1 << 0,     /* start */
	FX_CLOCK_AGENCY = 1 << 1,
	FX_CLOCK_FOLLOW_UP = 1 << 2,
	FX_CLOCK_COMPLETE = 1 << 3,   /* and OMBUDSMAN, unless they run */
	FX_CLOCK_REPLY = 1 << 4,
	FX_CLOCK_PENDING = 1 << 5,
	FX_END_STEP = 1 << 6,         /* end VERIFY, AGENCY, FOLLOW_UP: the holder's step is done or left */
	FX_END_FOLLOW_UP = 1 << 7,    /* first follow-up given; ends FOLLOW_UP and OMBUDSMAN */
	FX_END_COMPLETE = 1 << 8,     /* answered */
	FX_END_REPLY = 1 << 9,
	FX_END_PENDING = 1 << 10,
	FX_END_ALL = 1 << 11,
	FX_PAUSE = 1 << 12,           /* officers' clocks stop */
	FX_RESUME = 1 << 13,
	FX_TELL_REPORTER = 1 << 14,
	FX_TELL_HOLDER = 1 << 15,     /* the officers of the holder after it */
	FX_TELL_PREVIOUS = 1 << 16,   /* those who held it before */
	FX_MOVE_DOWN = 1 << 17,       /* needs a target below the actor, of the level of the new state */
	FX_MOVE_UP = 1 << 18,         /* the holder becomes its parent */
	FX_MOVE_ACROSS = 1 << 19,     /* like MOVE_DOWN, and another than the one that has it */
	FX_PUBLISH = 1 << 20,         /* is_public is decided anew (access_is_public) */
	FX_RESUME_STATE = 1 << 21,    /* to: the state that was kept, rule->to when none was */
	FX_KEEP_STATE = 1 << 22,      /* the state before it is kept, for FX_RESUME_STATE */
	FX_TRANSFER = 1 << 23,        /* counts one transfer: the ping-pong of a report */
	FX_RELIMIT = 1 << 24,         /* the running COMPLETE clock takes the limit of the class */
	FX_CLOCK_STATE = 1 << 25,     /* start transition_clock() of the new state; COMPLETE too once verified */
	FX_BY_SOP = 1 << 26,          /* only where the SOP in force names it for this role */

	/* What goes together. */
	FX_TELL_BOTH = FX_TELL_REPORTER | FX_TELL_HOLDER,
	FX_SENT_DOWN = FX_MOVE_DOWN | FX_END_STEP | FX_TELL_BOTH,
	FX_SENT_UP = FX_MOVE_UP | FX_TRANSFER | FX_END_STEP | FX_TELL_BOTH,
	FX_SENT_ACROSS = FX_MOVE_ACROSS | FX_TRANSFER | FX_END_STEP | FX_TELL_BOTH | FX_TELL_PREVIOUS,
	FX_PENDED = FX_KEEP_STATE | FX_PAUSE | FX_CLOCK_PENDING | FX_TELL_REPORTER,
	FX_COMPLETED = FX_RESUME_STATE | FX_RESUME | FX_END_PENDING | FX_TELL_HOLDER,
	FX_ANSWERED = FX_END_STEP | FX_END_FOLLOW_UP | FX_END_COMPLETE | FX_CLOCK_REPLY | FX_TELL_REPORTER,
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
/*
 * Could this event stand in a history? to must be the rule's target; where a state was kept, any state that
 * can be kept. IMPORT by the system may set any state, from nothing.
 */
bool transition_is_legal(enum action action, enum state from, enum role by, enum state to);
/* Bit set (UINT64_C(1) << action) of what this role may do from this state. */
uint64_t transition_actions(enum state from, enum role by);

/* The clock that runs for a step in this state, the reporter's own included; CLOCK_NONE when it is over. */
enum clock_kind transition_clock(enum state s);
/* The desk queue of a state: a pure function, so that counters can be recounted. */
enum queue transition_queue(enum state s);
/* Must an officer of the holder act (true), or does it wait for the reporter? */
bool transition_needs_action(enum state s);

#endif
