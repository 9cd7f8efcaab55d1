/* SPDX-License-Identifier: Apache-2.0
 * sop_support - the town of app_support.h works by one of the SOPs that come with lapor.
 */
#ifndef SOP_SUPPORT_H
#define SOP_SUPPORT_H

#include "unit/app_support.h"

#include "app/sop_load.h"
#include "core/sop_shelf.h"

static const struct who sop_national = { .role = ROLE_NATIONAL_ADMIN, .account = { 91 }, .agency = { 1 }, .name = "N" };
static const struct who sop_admin = { .role = ROLE_AGENCY_ADMIN, .account = { 92 }, .agency = { 2 }, .name = "A" };
static const struct who sop_liaison = { .role = ROLE_LIAISON, .account = { 93 }, .agency = { 3 }, .name = "L" };
static const struct who sop_head = { .role = ROLE_OPD_HEAD, .account = { 94 }, .agency = { 3 }, .name = "H" };

/* Accounts of the four above, and the agency Mekar Jaya (2) uses sop/<word>.yaml from the beginning. */
static inline void sop_town_begin(struct town *t, const char *word)
{
	struct sop_shelf *shelf;
	struct err err = { 0 };
	struct sop *sop = NULL;
	const struct sop *read;
	char sql[512];

	town_begin(t);
	town_sql(t, "INSERT INTO account (id, login, name, role, agency_id, email, password_hash, created_at) VALUES"
		    " (91, 'nasional', 'N', 2, 1, 'nasional@contoh.test', 'x', 1),"
		    " (92, 'kominfo', 'A', 3, 2, 'kominfo@contoh.test', 'x', 1),"
		    " (93, 'pu', 'L', 4, 3, 'pu@contoh.test', 'x', 1), (94, 'kepala', 'H', 6, 3, 'kepala@contoh.test', 'x', 1)");
	snprintf(sql, sizeof(sql), "sop/%s.yaml", word);
	if (sop_load_file(t->c.a, sql, &read, &err) != RC_OK)
		fail_msg("%s", err.detail);
	sop = arena_new_one(t->c.a, struct sop);
	*sop = *read;
	sop->covers = SOP_COVERS_REPORT;
	snprintf(sql, sizeof(sql), "INSERT INTO sop (id, word, version, covers, digest, source, installed_at)"
		 " VALUES (1, '%s', 1, 1, %s, 'x', 1); INSERT INTO sop_use (agency_id, sop_id, valid_from) VALUES (2, 1, 0)",
		 word, place_is_pgsql() ? "'\\x00'" : "x'00'");
	town_sql(t, sql);
	shelf = arena_new_one(t->c.a, struct sop_shelf);
	*shelf = (struct sop_shelf){ .books = arena_new_one(t->c.a, struct sop_book),
				     .uses = arena_new_one(t->c.a, struct sop_use), .book_n = 1, .use_n = 1 };
	shelf->books[0] = (struct sop_book){ { 1 }, 1, sop };
	shelf->uses[0] = (struct sop_use){ { 2 }, 0, { 0 }, { DAY_NONE } };
	t->c.sops = shelf;
}

/* One act of an officer on a report; fails when it is refused. */
static inline void sop_act(struct town *t, const struct who *who, const char *number, struct act_in in)
{
	struct act_out out;

	t->c.who = *who;
	in.seen_version = -1;
	if (act_by_number(&t->c, number, &in, &out) != RC_OK)
		fail_msg("%s: refusal %d %s", action_word(in.action), t->c.err.refusal, t->c.err.detail);
}

static inline void sop_verify(struct town *t, const struct who *who, const char *number, enum class_ class)
{
	sop_act(t, who, number, (struct act_in){
		.action = ACT_VERIFY, .class = class, .category = { 1 }, .visibility = VISIBILITY_OPEN,
		.checked_relevant = true, .checked_complete = true, .checked_clear = true });
}

/* A report on the desk of the OPD, by way of nation and agency. */
static inline struct submit_out sop_report_at_opd(struct town *t, enum class_ class)
{
	struct submit_in in = town_report();
	struct submit_out s;

	t->c.who = (struct who){ 0 };
	s = town_submit(t, &in);
	sop_verify(t, &sop_national, s.number, class);
	sop_act(t, &sop_national, s.number, (struct act_in){ .action = ACT_DISPOSE, .to = { 2 } });
	sop_verify(t, &sop_admin, s.number, class);
	sop_act(t, &sop_admin, s.number, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
	return s;
}

#endif
