/* SPDX-License-Identifier: Apache-2.0
 * play_desk - what officers do beside the transition table, as sentences: minutes of a field verification, and the group
 * of an agency's liaison officers.
 */
#include <string.h>

#include "app/minutes.h"
#include "app/office.h"
#include "play.h"

static const struct minutes_text whole = { { 20250 }, "Balai desa", "Pejabat Penghubung: Siti\nKetua RT: Budi", "Diperiksa.",
					   "Pengaduan benar.", "Diperbaiki minggu ini." };

/* The newest version and its state; 0: there is none. */
static void newest(struct world *w, const struct world_report *r, int64_t *ret_version, int64_t *ret_state)
{
	int64_t row[4] = { 0 };

	(void)world_query(w, "SELECT version, state, 0, 0 FROM minutes WHERE report_id = ?1 ORDER BY version DESC LIMIT 1",
			  (int64_t[2]){ r->id.v }, row);
	*ret_version = row[0];
	*ret_state = row[1];
}

static enum rc write_minutes(struct ctx *c, const struct world_report *r, const char *findings, int64_t seen, bool submits)
{
	struct minutes_in in = { .number = r->number, .seen = seen, .text = whole, .submits = submits };

	if (findings)
		in.text.findings = findings;
	return minutes_save(c, &in);
}

/* pu writes-minutes R1 ["findings"] ; pu submits-minutes R1 ["findings"] ; kepala-pu approves-minutes R1 ; returns-minutes R1 "why" */
bool play_minutes(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r)
{
	const char *verb = play_word(s, 1), *text = play_quoted(s);
	int64_t version, state;

	newest(w, r, &version, &state);
	if (strcmp(verb, "writes-minutes") == 0)
		w->rc = write_minutes(c, r, text, version, false);
	else if (strcmp(verb, "submits-minutes") == 0)
		w->rc = write_minutes(c, r, text, version, true);
	else if (strcmp(verb, "approves-minutes") == 0)
		w->rc = minutes_decide(c, r->number, version, true, "");
	else if (strcmp(verb, "returns-minutes") == 0)
		w->rc = minutes_decide(c, r->number, version, false, text ? text : "");
	else
		return false;
	w->err = c->err;
	return true;
}

/* mekar-jaya tells-group penghubung : penghubung@contoh.test is where its dispositions are told from now on; "none" */
bool play_group(struct world *w, const struct sentence *s, struct ctx *c)
{
	const char *to = play_word(s, 2);

	if (strcmp(play_word(s, 1), "tells-group") != 0)
		return false;
	w->rc = office_set_group(c, c->who.agency,
				 strcmp(to, "none") == 0 ? "" : arena_printf(w->a, "%s@contoh.test", to));
	w->err = c->err;
	return true;
}

/* expect R1 minutes 2 disetujui (konsep, diajukan, dikembalikan) */
bool play_expect_minutes(struct world *w, const struct world_report *r, const struct sentence *s)
{
	static const char *const words[] = { "none", "konsep", "diajukan", "dikembalikan", "disetujui" };
	int64_t version, state;
	const char *is;

	newest(w, r, &version, &state);
	is = arena_printf(w->a, "%lld %s", (long long)version, words[state]);
	return strcmp(is, arena_printf(w->a, "%s %s", play_word(s, 3), play_word(s, 4))) == 0 ||
	       world_fail(w, "the minutes are %s", is);
}
