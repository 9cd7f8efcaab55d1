/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - what becomes of a report that nobody followed up for sixty working days (SOP tjt-20#4, lumajang#3,
 * magetan#5; E18): the reporter is asked, reminded once, decides, may decide again; with consent the dossier is made, and
 * the national admin hands it over. Nothing leaves without consent.
 *
 * Invariants: a case exists if and only if the report was escalated; identity and bundle exist if and only if its state
 * is AGREED or SENT; every decision is an event of the report.
 */
#ifndef APP_OMBUDSMAN_H
#define APP_OMBUDSMAN_H

#include "app/dossier.h"

/* In the transaction of the escalation. agency: level instansi, 0 none; is_reminded: no reminder is to come. */
CHECKED enum rc ombudsman_open(struct ctx *c, struct report_id report, struct agency_id agency, struct instant at,
			       bool is_reminded);

/* What is wrong with an identity. */
struct ombudsman_problems {
	enum identity_error p[IDENTITY_ERROR_COUNT];
	size_t n;
};
/*
 * By the reporter; again as often as wanted until it was handed over. RC_INVALID with ret filled when a field is wrong;
 * refused as ombudsman_sent afterwards. A new consent makes a new dossier.
 */
CHECKED enum rc ombudsman_agree(struct ctx *c, const char *code, const struct ombudsman_identity *who,
				struct ombudsman_problems *ret);
/* Identity and dossier are gone after it. */
CHECKED enum rc ombudsman_decline(struct ctx *c, const char *code);
/* What was typed before, in c->a; RC_NOT_FOUND: nothing is kept. */
CHECKED enum rc ombudsman_typed(struct ctx *c, struct report_id report, struct ombudsman_identity *ret);

/* By the system, once. ret: whether it was due and done. */
CHECKED enum rc ombudsman_remind(struct ctx *c, struct report_id report, bool *ret);

/* The frozen bundle. RC_NOT_FOUND without consent. Whether this person may have it is the caller's question. */
CHECKED enum rc ombudsman_bundle(struct ctx *c, struct report_id report, const char **ret_bundle, struct hash *ret_digest);
/* The same for the national admin: it opens the identity, so it is an event (REVEAL, reason ombudsman_dossier). */
CHECKED enum rc ombudsman_open_bundle(struct ctx *c, const char *number, const char **ret_bundle, struct hash *ret_digest);
/* given: the number that the Ombudsman gave it. */
CHECKED enum rc ombudsman_hand_over(struct ctx *c, const char *number, const char *given);

#endif
