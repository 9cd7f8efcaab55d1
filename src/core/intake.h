/* SPDX-License-Identifier: Apache-2.0
 * intake - what comes by other ways than LAPOR!, until it is in: states, who may do what, when its watching ends
 * (SOP tjt-21, tjt-22, tjt-25).
 *
 * Pure. It is taken in at an agency or at one of its OPDs; the team there registers, verifies and hands over, the agency's
 * admin or the OPD's liaison officer enters it. An SOP names and times this and can lengthen the watching
 * (the monthly recapitulation of tjt-25#6); it changes nothing else.
 */
#ifndef CORE_INTAKE_H
#define CORE_INTAKE_H

#include "core/sop.h"

enum intake_state {
	INTAKE_NONE = 0,
#define INTAKE(n, v, w) INTAKE_##n = (v),
#include "core/intake.def"
#undef INTAKE
};

const char *intake_state_word(enum intake_state s);
bool intake_state_is_open(enum intake_state s);

/* Who takes in and who enters at a node of this level; ROLE_NONE where nobody does. */
enum role intake_team(enum level level);
enum role intake_enterer(enum level level);

/*
 * The state after it; INTAKE_NONE when it cannot be. act: a task, or an action: SUBMIT and SETTLE enter it, ARCHIVE
 * refuses it, while it is watched what happens to its report.
 */
enum intake_state intake_next(enum level level, enum intake_state from, struct sop_act act, enum role by);
/* Could this event stand in a history? An SOP may keep it watched where it would be done. */
bool intake_is_legal(enum level level, enum intake_state from, struct sop_act act, enum role by, enum intake_state to);
/* The same with its SOP (NULL: none), which names the steps and can keep it watched. */
struct intake_way {
	enum intake_state to;   /* NONE: it cannot be */
	size_t step;            /* SOP_END: at none */
	bool was_left;          /* the step before is over */
	bool was_done;          /* and what it asks for was done */
};
/* step: where it is in the SOP; something new is at the first. */
struct intake_way intake_go(enum level level, const struct sop *sop, enum intake_state from, size_t step,
			    struct sop_act act, enum role by);
/* Does what happened to the report concern who watches it: the disposition by the one above, its answer, its end? */
bool intake_concerns(enum level level, enum action action, enum role by);

/* Does this person see it? The team its own, the one who enters it what was handed over and not refused. */
bool intake_is_seen(enum level level, enum intake_state s, enum role by, bool is_own_node);

/* "P-2026-00017"; buffer of INTAKE_NUMBER_MAX + 1. */
#define INTAKE_NUMBER_MAX 18
void intake_number_make(int year, int64_t n, char ret[INTAKE_NUMBER_MAX + 1]);

#endif
