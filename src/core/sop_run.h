/* SPDX-License-Identifier: Apache-2.0
 * sop_run - how an SOP runs: which step a report (an intake, a periodic report) is at after something happened to it,
 * from when that step's time counts, and what the SOP forbids that the table allows.
 *
 * Pure. Positions are indices of steps; SOP_END is "at none": over, or not with this government. Whatever happens, a
 * report in a state that steps are bound to (struct sop_step, states) is at one of them: the SOP follows the table, it
 * never holds it up. Parts ("2a") lend their acts and branches to the step of their number.
 */
#ifndef CORE_SOP_RUN_H
#define CORE_SOP_RUN_H

#include "core/limit.h"
#include "core/sop.h"

#define SOP_RUN_BESIDE_MAX 8

struct sop_event {
	struct sop_act act;   /* what happened */
	enum role by;
	enum state to;        /* of the report after it; STATE_NONE: intakes and periodic reports have none */
	bool is_moved;        /* another holder has it now */
};

struct sop_move {
	size_t step;          /* where it is now */
	bool is_entered;      /* another step, or the same anew: its time starts */
	bool was_done;        /* the step before was ended by its done acts or a branch */
	bool was_left;        /* the step before is over, done or not: its time ends */
	size_t begins[SOP_RUN_BESIDE_MAX], ends[SOP_RUN_BESIDE_MAX], drops[SOP_RUN_BESIDE_MAX]; /* steps beside */
	size_t begin_n;
	size_t end_n;         /* done, if they ran */
	size_t drop_n;        /* over without having been done, if they ran: the way went back before them */
};

/*
 * In this order: closed and archived end it; pending leaves it where it is. A branch of the step or one of its parts,
 * one of the step's done acts, or nothing of both decides the next place; when the new state belongs to steps but not
 * to that one, it is the first step bound to the state. A branch to the end ends the step's time; the report leaves
 * the step when its state does. It is entered anew when its start happens again, or when a branch leads to
 * where it is and another has it now.
 * A step beside begins when its start happens and the report is past it, or in one of its states when it has some.
 * at: where it was, SOP_END at the beginning.
 */
void sop_run_next(const struct sop *s, size_t at, const struct sop_event *e, struct sop_move *ret);

/*
 * Moments that a step's time may count from; 0: not yet. Received and disposed: when it came to the one who has it,
 * so that nobody owes the days that it lay with others.
 */
struct sop_moments {
	struct instant received, verified, disposed, answered, period_end;
};
/* From when the time of the step entered now runs: now, unless its start lies before and it is entered going forward. */
struct instant sop_run_start(const struct sop *s, size_t from, size_t to, const struct sop_moments *m,
			     struct instant now);
/* The longest time in force; n = 0: it has none. */
struct limit sop_run_limit(const struct sop_step *step);
/* Does its time run for the reporter, not for an officer (tjt-20#5)? Then the national clock is the only one. */
bool sop_run_waits(const struct sop_step *step);

/* The step a part belongs to; itself for any other. */
size_t sop_run_whole(const struct sop *s, size_t at);
/* Does some step name this act for this role? at: only that step and its parts; SOP_END: any. */
bool sop_run_names(const struct sop *s, size_t at, struct sop_act act, enum role by);
/*
 * The same for a report that is at this step: of steps bound to states only those up to there count, so that nothing is
 * done before its time; SOP_END: all.
 */
bool sop_run_allows(const struct sop *s, size_t at, struct sop_act act, enum role by);

enum sop_refusal { SOP_FREE, SOP_NOT_BY, SOP_NOT_YET };
/*
 * The gate that forbids this act here, and why; NULL: none. did: tells whether an act was done in this report; not
 * asked unless a gate wants it.
 */
const struct sop_gate *sop_run_gate(const struct sop *s, size_t at, struct sop_act act, enum role by,
				    bool (*did)(void *arg, struct sop_act act), void *arg, enum sop_refusal *ret_why);

/* "tjt-20@3#4": the rule of a step's clock; buffer of SOP_RUN_RULE_MAX. */
#define SOP_RUN_RULE_MAX 48
#define SOP_RUN_WORD_MAX 32
void sop_run_rule(const struct sop *s, int version, size_t step, char ret[SOP_RUN_RULE_MAX]);
/* Back from the rule: the step's id points into it; false when it is none. */
bool sop_run_rule_parse(const char *rule, char ret_word[SOP_RUN_WORD_MAX], int *ret_version, const char **ret_step_id);

#endif
