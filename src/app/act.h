/* SPDX-License-Identifier: Apache-2.0
 * act - the one door through which anything happens to a report that exists.
 *
 * One call is one transition in the caller's transaction: lock the row, compare the version the person
 * saw, access, transition table, then row + event + clocks + counters + outbox. A page that
 * does two steps at once (verify and disposition) calls twice in one transaction (act_all).
 */
#ifndef APP_ACT_H
#define APP_ACT_H

#include "app/ctx.h"

struct act_in {
	enum action action;
	int64_t seen_version;          /* of the report the person looked at; -1 skips (system, reporter) */
	const char *reason;            /* a word of the action's reason list, or NULL */
	const char *note;              /* cleaned text, or NULL */
	struct agency_id to;           /* target of DISPOSE, FORWARD_UNIT, REDISPOSE */
	/* VERIFY, EDIT_TEXT, RECLASSIFY, SET_VISIBILITY; 0 or NULL keeps what is there */
	enum class_ class;
	struct category_id category;
	enum visibility visibility;    /* required by VERIFY */
	const char *public_title, *public_body;
	bool checked_relevant, checked_complete, checked_clear; /* VERIFY: all three (SOP tjt-20#2a) */
	int rating;                    /* RATE: 1..5 */
	const char *digest;            /* OMBUDSMAN_SENT: of what was handed over, in hex; NULL none */
	const struct attachment_id *files; size_t n_files; /* already stored, belong to no report yet */
};

struct act_out {
	struct report_id report;
	int64_t version;
	enum state state;
};

/* number: "2026-004187". c->who is an officer (or the system). Hidden reports are RC_NOT_FOUND. */
CHECKED enum rc act_by_number(struct ctx *c, const char *number, const struct act_in *in, struct act_out *ret);
/* Several steps, all or none; the first one's seen_version is checked. ret: after the last. */
CHECKED enum rc act_all(struct ctx *c, const char *number, const struct act_in *in, size_t n, struct act_out *ret);
/* code: parsed tracking code; c->who becomes the reporter. */
CHECKED enum rc act_by_code(struct ctx *c, const char *code, const struct act_in *in, struct act_out *ret);
/* For jobs: by id, as the system. */
CHECKED enum rc act_by_id(struct ctx *c, struct report_id id, const struct act_in *in, struct act_out *ret);

/* The reason lists (words; the sentences are messages reason_<word>). NULL-terminated; NULL when the action has none. */
const char *const *act_reasons(enum action action);

#endif
