/* SPDX-License-Identifier: Apache-2.0
 * check_ombudsman - the cases of the Ombudsman against their reports: every escalated report has one, consent and dossier
 * go together, every dossier still is what it was when it was made, and its history is the one that is stored.
 */
#include "app/dossier.h"
#include "base/parse.h"
#include "cmd/check.h"
#include "query_event.h"
#include "query_ombudsman.h"

#include <string.h>

#define PAGE_CASES 100

/* The events that the dossier holds are the first ones of the report; their hashes stand in the chain. */
static enum rc compare_history(struct check *k, const struct check_ombudsman_row *r, const struct dossier_verdict *v,
			       const struct json_tree *dossier)
{
	const struct json_tree *events = json_tree_get(dossier, "events"), *last;
	struct event_hash_row stored;
	char hex[2 * HASH_BYTES + 1] = "";
	const char *said;

	last = json_tree_at(events, (size_t)v->events - 1);
	said = json_tree_text(last, "hash");
	enum rc rc = q_event_hash(k->s->db, k->page, &(struct event_hash_args){ r->report_id, v->events }, &stored);
	if (rc == RC_OK && stored.hash.n == HASH_BYTES)
		parse_hex_encode(stored.hash.p, HASH_BYTES, hex);
	else if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!said || strcmp(said, hex) != 0)
		check_find(k, "%s: the history in its dossier is not the one that is stored", r->number);
	return RC_OK;
}

static enum rc check_bundle(struct check *k, const struct check_ombudsman_row *r)
{
	struct dossier_verdict v;
	struct json_tree *dossier;
	struct hash said;

	if (r->digest.n != HASH_BYTES) {
		check_find(k, "%s: its dossier has no digest", r->number);
		return RC_OK;
	}
	memcpy(said.b, r->digest.p, HASH_BYTES);
	v = dossier_verify_bundle(k->page, r->bundle, &said);
	if (!v.is_dossier || !v.digest_fits) {
		check_find(k, "%s: its dossier was changed after it was made (digest)", r->number);
		return RC_OK;
	}
	if (v.bad_seq > 0) {
		check_find(k, "%s: event %lld of its dossier does not follow", r->number, (long long)v.bad_seq);
		return RC_OK;
	}
	dossier = json_tree_parse(r->bundle, strlen(r->bundle));
	enum rc rc = compare_history(k, r, &v, dossier);
	json_tree_free(dossier);
	return rc;
}

static enum rc check_case(struct check *k, const struct check_ombudsman_row *r)
{
	bool has_consent = r->state == OMBUDSMAN_AGREED || r->state == OMBUDSMAN_SENT;

	if (!r->is_escalated)
		check_find(k, "%s: has a case for the Ombudsman, but was never escalated", r->number);
	if (r->has_identity != has_consent || (r->bundle != NULL) != has_consent)
		check_find(k, "%s: identity and dossier are kept with consent and only then", r->number);
	if ((r->state == OMBUDSMAN_ASKED) == instant_is_set(r->decided_at) ||
	    (r->state == OMBUDSMAN_SENT) != instant_is_set(r->sent_at))
		check_find(k, "%s: state and times of its case for the Ombudsman do not fit", r->number);
	return r->bundle ? check_bundle(k, r) : RC_OK;
}

enum rc check_ombudsman_all(struct check *k)
{
	struct check_ombudsman_missing_row missing;
	struct report_id after = { 0 };

	TRY(q_check_ombudsman_missing(k->s->db, k->s->a, &missing));
	if (missing.n > 0)
		check_find(k, "%lld escalated reports have no case for the Ombudsman", (long long)missing.n);
	for (;;) {
		struct check_ombudsman_row *rows;
		size_t n;

		arena_reset(k->page);
		TRY(q_check_ombudsman(k->s->db, k->page, &(struct check_ombudsman_args){ after, PAGE_CASES }, &rows, &n));
		if (n == 0)
			return RC_OK;
		for (size_t i = 0; i < n; i++)
			TRY(check_case(k, &rows[i]));
		after = rows[n - 1].report_id;
	}
}
