/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - the reporter's consent, the dossier and its way to the Ombudsman, as sentences.
 */
#include <stdio.h>
#include <string.h>

#include "app/ombudsman.h"
#include "play.h"
#include "query_ombudsman.h"
#include "query_report.h"

/* citizen agrees R1 openly|secretly [without address] */
static void agree(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r)
{
	bool openly = strcmp(play_word(s, 3), "openly") == 0;
	const struct ombudsman_identity who = {
		.name = WORLD_CITIZEN_NAME, .birth_place = "Mekar Jaya", .has_birth = true,
		.birth_on = day_from_civil(1984, 2, 29), .marital = MARITAL_MARRIED, .occupation = "Guru",
		.address = play_after(s, "without") ? "" : "Jalan Melati 7, Karangsari, Mekar Jaya",
		.number = "", .contact = WORLD_CITIZEN_MAIL, .has_disclose = true, .may_disclose = openly,
	};
	struct ombudsman_problems problems;

	w->rc = ombudsman_agree(c, r->code, &who, &problems);
	if (problems.n > 0)
		field_problem_add(&w->problems, ombudsman_error_field(problems.p[0]), FIELD_REQUIRED);
	w->err = c->err;
}

static void open_dossier(struct world *w, struct ctx *c, const struct world_report *r)
{
	const char *bundle;
	struct hash digest;

	w->rc = ombudsman_open_bundle(c, r->number, &bundle, &digest);
	w->err = c->err;
}

bool play_ombudsman(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r)
{
	const char *verb = play_word(s, 1);

	if (strcmp(verb, "agrees") == 0) {
		agree(w, s, c, r);
	} else if (strcmp(verb, "declines") == 0) {
		w->rc = ombudsman_decline(c, r->code);
		w->err = c->err;
	} else if (strcmp(verb, "fetches") == 0) {
		open_dossier(w, c, r);
	} else if (strcmp(verb, "hands-over") == 0) {
		w->rc = ombudsman_hand_over(c, r->number, play_quoted(s));
		w->err = c->err;
	} else {
		return false;
	}
	return true;
}

/* expect R1 ombudsman setuju|none */
static bool expect_case(struct world *w, const struct world_report *r, const char *wanted)
{
	struct ombudsman_case_row row;
	enum rc rc = q_ombudsman_case(w->db, w->a, r->id, &row);
	const char *is = rc == RC_OK ? ombudsman_state_word(row.state) : "none";

	return strcmp(is, wanted) == 0 || world_fail(w, "the case is %s, not %s", is, wanted);
}

/* A byte changed anywhere must be found. */
static bool notices_changes(struct world *w, const char *file)
{
	size_t n = strlen(file);
	char *copy = arena_strdup(w->a, file);

	for (size_t i = n / 3; i < n; i += n / 7) {
		struct dossier_verdict v;

		copy[i] ^= 1;
		v = dossier_verify(w->a, copy, n);
		copy[i] ^= 1;
		if (v.is_dossier && v.digest_fits)
			return world_fail(w, "byte %zu of the dossier was changed and nobody noticed", i);
	}
	return true;
}

/* expect R1 dossier holds 9 withholds 1 | has "text" | lacks "text" | none */
static bool expect_dossier(struct world *w, const struct world_report *r, const struct sentence *s)
{
	const char *how = play_word(s, 3), *bundle, *file;
	struct dossier_verdict v;
	struct hash digest;
	struct ctx c;

	if (!world_ctx(w, "nasional", &c))
		return false;
	if (ombudsman_bundle(&c, r->id, &bundle, &digest) != RC_OK)
		return strcmp(how, "none") == 0 || world_fail(w, "there is no dossier");
	if (strcmp(how, "none") == 0)
		return world_fail(w, "there is a dossier");
	if (strcmp(how, "has") == 0)
		return strstr(bundle, play_quoted(s)) || world_fail(w, "the dossier has no %s", play_quoted(s));
	if (strcmp(how, "lacks") == 0)
		return !strstr(bundle, play_quoted(s)) || world_fail(w, "the dossier has %s", play_quoted(s));
	file = dossier_file(w->a, bundle, &digest);
	v = dossier_verify(w->a, file, strlen(file));
	if (!v.is_dossier || !v.digest_fits || v.bad_seq != 0)
		return world_fail(w, "the dossier does not hold: event %lld", (long long)v.bad_seq);
	snprintf(w->why, sizeof(w->why), "%lld", (long long)v.events);
	if (strcmp(w->why, play_word(s, 4)) != 0)
		return world_fail(w, "the dossier has %lld events", (long long)v.events);
	snprintf(w->why, sizeof(w->why), "%lld", (long long)v.withheld);
	if (strcmp(w->why, play_word(s, 6)) != 0)
		return world_fail(w, "the dossier withholds %lld", (long long)v.withheld);
	w->why[0] = '\0';
	return notices_changes(w, file);
}

bool play_expect_ombudsman(struct world *w, const struct sentence *s, const struct world_report *r)
{
	return strcmp(play_word(s, 2), "dossier") == 0 ? expect_dossier(w, r, s) : expect_case(w, r, play_word(s, 3));
}
