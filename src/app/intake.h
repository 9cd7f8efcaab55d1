/* SPDX-License-Identifier: Apache-2.0
 * intake - what did not come by LAPOR!: registered, verified, handed over, entered as a report, watched, counted up
 * monthly (SOP tjt-21, tjt-22, tjt-25).
 *
 * One function is one transaction. Rules are core/intake.h; what a step of the SOP in use takes and until when is
 * app/intake_move.h. Nobody outside of the node that took it in sees it.
 */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include "app/submit.h"
#include "core/intake.h"
#include "core/sop_shelf.h"

#define INTAKE_SOPS_MAX 4

struct intake_in {
	struct submit_in report;     /* files are those that came with it; draft and asked agency are not used */
	const char *channel_note;    /* NULL or "": nothing to say about it */
	struct day received_on;      /* DAY_NONE: now */
	const char *answer;          /* it is settled already (E7); NULL or "": it is not */
	struct sop_id sop;           /* one of intake_sops; 0: the first */
};

struct intake_out {
	struct intake_id intake;
	char number[INTAKE_NUMBER_MAX + 1];
	bool repeated;               /* the same key was sent before */
};

/* The SOPs by which this person's node takes in today; level and parent are the node's. Returns how many. */
size_t intake_sops(const struct ctx *c, enum level level, struct agency_id parent,
		   const struct sop_book *ret[INTAKE_SOPS_MAX]);

CHECKED enum rc intake_register(struct ctx *c, const struct intake_in *in, struct intake_out *ret,
				struct field_problems *ret_problems);
/* seen_version: of the page the person looked at. All three of the checklist must be true. */
CHECKED enum rc intake_verify(struct ctx *c, const char *number, int64_t seen_version, bool relevant, bool complete,
			      bool clear);
CHECKED enum rc intake_hand_over(struct ctx *c, const char *number, int64_t seen_version);
/* reason: a word of act_reasons(ACT_ARCHIVE); "other" needs a note. */
CHECKED enum rc intake_refuse(struct ctx *c, const char *number, int64_t seen_version, const char *reason,
			      const char *note);
/* The report in one act; answer not empty: with it, classified, and it waits for no disposition. Its files come along. */
CHECKED enum rc intake_enter(struct ctx *c, const char *number, int64_t seen_version, const struct submit_in *in,
			     const char *answer, struct submit_out *ret, struct field_problems *ret_problems);

/* For act.c: something happened to a report that may have come from here. */
CHECKED enum rc intake_follow(struct ctx *c, struct report_id report, enum action action);
/* For holidays announced late. Adds to moved. */
CHECKED enum rc intake_recount(struct ctx *c, int64_t *moved);

/* Counted up, by channel; channel 0: all together. */
struct intake_tally {
	enum channel channel;
	int64_t received, entered, settled, refused, waiting, disposed, late;
};
/* Months are year * 12 + month - 1. ret: the sum first, then channels that have any. */
CHECKED enum rc intake_month(struct ctx *c, struct agency_id agency, int month, struct intake_tally **ret, size_t *ret_n);
struct instant intake_month_begin(const struct ctx *c, int month);
/* Writes down the month that is over, once (SOP tjt-25#6). */
CHECKED enum rc intake_recap(struct ctx *c, int month);

#endif
