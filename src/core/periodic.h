/* SPDX-License-Identifier: Apache-2.0
 * periodic - the periodic report on its way up: states, who may do what, which step of the SOP that is, until when, and
 * what its events make of it.
 *
 * Pure. The facts are in periodic.def; what the report says is core/periodic_form.h. An event's hash covers the digest of
 * the text it was done to, so a signature cannot be moved to another text.
 */
#ifndef CORE_PERIODIC_H
#define CORE_PERIODIC_H

#include "base/hash.h"
#include "core/clock.h"
#include "core/sop.h"

enum periodic_state {
	PERIODIC_NONE = 0,
#define STATE(n, v, holder, task, by, step, limit, unit) PERIODIC_##n = (v),
#include "core/periodic.def"
#undef STATE
};

/* Lower-case: "at_section". NULL for an unknown value. */
const char *periodic_state_word(enum periodic_state s);
/* Who has it; ROLE_NONE: nobody, it is over. */
enum role periodic_holder(enum periodic_state s);
/* The task that it waits for. */
enum sop_task periodic_task(enum periodic_state s);
bool periodic_is_open(enum periodic_state s);
/* Nothing in it can change any more. */
bool periodic_is_signed(enum periodic_state s);

/*
 * May this role do this now, and where does it go then? sop NULL: the way of tjt-24; else checks, initials, covering
 * letter and handing over that it does not name are left out, and nothing is returned through an office it does not know.
 */
bool periodic_decide(const struct sop *sop, enum sop_task task, enum periodic_state from, enum role by,
		     enum periodic_state *ret_to);
/* Could that have happened under any SOP? */
bool periodic_is_legal(enum sop_task task, enum periodic_state from, enum role by, enum periodic_state to);

/* The step of the SOP that this state belongs to, SOP_END: none. */
size_t periodic_step(const struct sop *sop, enum periodic_state s);
/* Its id: "7". Without an SOP, or without such a step in it, that of tjt-24; "" when it is over. */
const char *periodic_step_id(const struct sop *sop, enum periodic_state s);
/* The longest time in force; n = 0: none. */
struct limit periodic_limit(const struct sop *sop, enum periodic_state s);
/* From when the time of the state entered now counts: of the first one from the end of the period. */
struct instant periodic_since(const struct sop *sop, enum periodic_state from, struct instant since,
			      enum periodic_state to, struct day last_on, const struct calendar *c, struct instant now);
/* 0: it has no limit. */
struct instant periodic_due(const struct sop *sop, enum periodic_state s, const struct calendar *c, struct instant since);

/* "open" and "remind" are the system's; the others are words of core/sop.def (TASK). */
#define PERIODIC_OPEN "open"
#define PERIODIC_REMIND "remind"
struct periodic_event {
	struct periodic_id periodic;
	int64_t seq;                 /* from 1 */
	struct instant at;
	const char *what;
	enum role role;
	struct account_id account;   /* 0: the system */
	enum periodic_state to;
	int64_t version;             /* of the text it was done to, or that it made; 0: there is none yet */
	const struct hash *digest;   /* of that text; NULL without one */
	bool was_late;
	const char *number, *note;   /* of a covering letter: its number and text; else why, or NULL */
};
/* previous: of the event before; NULL for the first. The order of the pieces is part of the stored format. */
struct hash periodic_hash(const struct hash *previous, const struct periodic_event *e);

/* What the events make of it. A mark counts while its seq is not 0. */
struct periodic_mark {
	int64_t seq;
	struct instant at;
	struct account_id account;
};
struct periodic_projection {
	enum periodic_state state;
	int64_t seq, version;
	struct periodic_mark by_section, by_division, cover, signature; /* void once the text changes or it is returned */
	int64_t voided;              /* how many initials a change or a return has cancelled */
};
void periodic_project(struct periodic_projection *p, const struct periodic_event *e);

/* Periods: whole months, so many that they divide a year. */
bool periodic_months_are_valid(int64_t months);
/* The last period that was over on that day. */
void periodic_period_before(struct day today, int months, struct day *ret_first, struct day *ret_last);
/* "2026-09" or "2026-07_2026-09"; buffer of PERIODIC_KEY_MAX. */
#define PERIODIC_KEY_MAX 16
void periodic_key(struct day first, struct day last, char ret[PERIODIC_KEY_MAX]);
bool periodic_key_parse(const char *key, struct day *ret_first, struct day *ret_last);
#endif
