/* SPDX-License-Identifier: Apache-2.0
 * Berita acara (SOP kapuas#3): who may write and decide, that every version is kept, that what is approved is frozen.
 */
#include "unit/sop_support.h"

#include "app/minutes.h"
#include "query_minutes.h"

static const struct minutes_text whole = { { 20245 }, "Jalan Melati 3", "Pejabat Penghubung: Siti\nKetua RT: Budi",
					   "Lampu padam, kabel putus.", "Pengaduan benar.", "Kabel diganti lusa." };

static enum rc save(struct town *t, const struct who *who, const char *number, int64_t seen, const struct minutes_text *text,
		    bool submits)
{
	t->c.who = *who;
	t->c.err = (struct err){ 0 };
	return minutes_save(&t->c, &(struct minutes_in){ .number = number, .seen = seen, .text = *text, .submits = submits });
}

static enum rc decide(struct town *t, const struct who *who, const char *number, int64_t version, bool approves, const char *why)
{
	t->c.who = *who;
	t->c.err = (struct err){ 0 };
	return minutes_decide(&t->c, number, version, approves, why);
}

static int64_t tasks(struct town *t, const char *word)
{
	char sql[160];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE action = %d AND reason = '%s'", ACT_TASK, word);
	return town_int(t, sql);
}

/* A complaint at kapuas#3: reviewed, and found to need an examination. */
static struct submit_out report_to_verify(struct town *t)
{
	struct submit_out s;

	sop_town_begin(t, "kapuas");
	s = sop_report_at_opd(t, CLASS_COMPLAINT);
	sop_act(t, &sop_liaison, s.number, (struct act_in){ .action = ACT_TASK, .reason = "examine", .note = "Perlu dilihat." });
	return s;
}

static void only_where_the_sop_has_it_and_by_those_it_names(void **state)
{
	static const struct who elsewhere = { .role = ROLE_LIAISON, .account = { 93 }, .agency = { 77 }, .name = "X" };
	struct submit_out s;
	struct town t;

	(void)state;
	sop_town_begin(&t, "tjt-20");
	s = sop_report_at_opd(&t, CLASS_COMPLAINT);
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, false), RC_DENIED);
	town_end(&t);
	s = report_to_verify(&t);
	assert_int_equal(save(&t, &elsewhere, s.number, 0, &whole, false), RC_NOT_FOUND);
	assert_int_equal(save(&t, &sop_admin, s.number, 0, &whole, false), RC_DENIED);
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, false), RC_OK);
	assert_int_equal(decide(&t, &sop_head, s.number, 1, true, ""), RC_CONFLICT); /* not submitted */
	town_end(&t);
}

static void a_draft_may_have_gaps_what_is_submitted_may_not(void **state)
{
	struct minutes_text half = whole;
	struct submit_out s;
	struct town t;

	(void)state;
	s = report_to_verify(&t);
	half.conclusion = "";
	half.held_on.n = DAY_NONE;
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &half, false), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM minutes WHERE held_on IS NULL AND version = 1 AND state = 1"), 1);
	assert_int_equal(save(&t, &sop_liaison, s.number, 1, &half, true), RC_INVALID);
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, true), RC_CONFLICT); /* somebody wrote meanwhile */
	assert_int_equal(save(&t, &sop_liaison, s.number, 1, &whole, true), RC_OK);
	assert_int_equal(tasks(&t, "field_check"), 1);
	assert_int_equal(tasks(&t, "field_minutes"), 1);
	assert_int_equal(tasks(&t, "conclude"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM minutes"), 1);
	assert_int_equal(save(&t, &sop_liaison, s.number, 1, &whole, false), RC_CONFLICT); /* it is with the head */
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox WHERE template = 'minutes_submitted'"
				      " AND recipient = 'kepala@contoh.test'"), 1);
	town_end(&t);
}

static void what_is_returned_stays_and_is_repaired_as_a_new_version(void **state)
{
	struct minutes_text better = whole;
	struct submit_out s;
	struct town t;

	(void)state;
	s = report_to_verify(&t);
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, true), RC_OK);
	assert_int_equal(decide(&t, &sop_liaison, s.number, 1, true, ""), RC_DENIED);
	assert_int_equal(decide(&t, &sop_head, s.number, 1, false, ""), RC_INVALID);
	assert_int_equal(decide(&t, &sop_head, s.number, 1, false, "Sebut nomor tiang."), RC_OK);
	better.findings = "Lampu padam di tiang 14, kabel putus.";
	assert_int_equal(save(&t, &sop_liaison, s.number, 1, &better, true), RC_OK);
	assert_int_equal(decide(&t, &sop_head, s.number, 1, true, ""), RC_CONFLICT);
	assert_int_equal(decide(&t, &sop_head, s.number, 2, true, ""), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM minutes WHERE version = 1 AND state = 3 AND digest IS NULL"
				      " AND remark = 'Sebut nomor tiang.' AND findings = 'Lampu padam, kabel putus.'"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM minutes WHERE version = 2 AND state = 4 AND digest IS NOT NULL"), 1);
	assert_int_equal(tasks(&t, "minutes_return"), 1);
	assert_int_equal(tasks(&t, "minutes_approve"), 1);
	town_end(&t);
}

/* A gate of the SOP: the answer waits for the head. */
static void the_answer_waits_for_the_approval(void **state)
{
	static const struct act_in answer = { .action = ACT_ANSWER, .seen_version = -1, .note = "Kabel diganti lusa." };
	struct submit_out s;
	struct act_out out;
	struct town t;

	(void)state;
	s = report_to_verify(&t);
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, true), RC_OK);
	t.c.who = sop_liaison;
	assert_int_equal(act_by_number(&t.c, s.number, &answer, &out), RC_CONFLICT);
	assert_int_equal(decide(&t, &sop_head, s.number, 1, true, ""), RC_OK);
	sop_act(&t, &sop_liaison, s.number, answer);
	town_end(&t);
}

static size_t waiting(struct town *t, int64_t opd)
{
	struct minutes_count_waiting_row few;
	struct minutes_waiting_row *rows;
	size_t n;

	assert_int_equal(q_minutes_waiting(t->c.db, t->c.a, (struct agency_id){ opd }, &rows, &n), RC_OK);
	assert_int_equal(q_minutes_count_waiting(t->c.db, t->c.a, (struct agency_id){ opd }, &few), RC_OK);
	assert_int_equal(few.n, n);
	return n;
}

/* The report went to another OPD: its minutes are begun anew, and the head who had it hears of it no more. */
static void another_opd_begins_its_own(void **state)
{
	static const struct who other = { .role = ROLE_LIAISON, .account = { 95 }, .agency = { 4 }, .name = "M" };
	static const struct who its_head = { .role = ROLE_OPD_HEAD, .account = { 96 }, .agency = { 4 }, .name = "K" };
	struct submit_out s;
	struct town t;

	(void)state;
	s = report_to_verify(&t);
	town_sql(&t, "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES (4, 2, 3, 'Dishub', 'DH', 'dishub');"
		     "INSERT INTO account (id, login, name, role, agency_id, password_hash, created_at) VALUES"
		     " (95, 'dishub', 'M', 4, 4, 'x', 1), (96, 'kadishub', 'K', 6, 4, 'x', 1)");
	assert_int_equal(save(&t, &sop_liaison, s.number, 0, &whole, true), RC_OK);
	assert_int_equal(waiting(&t, 3), 1);
	sop_act(&t, &sop_liaison, s.number, (struct act_in){ .action = ACT_RETURN_UP, .reason = "other", .note = "Jalan provinsi." });
	assert_int_equal(waiting(&t, 3), 0);
	sop_act(&t, &sop_admin, s.number, (struct act_in){ .action = ACT_DISPOSE, .to = { 4 } });
	sop_act(&t, &other, s.number, (struct act_in){ .action = ACT_TASK, .reason = "examine", .note = "Perlu dilihat." });
	assert_int_equal(waiting(&t, 3) + waiting(&t, 4), 0);
	assert_int_equal(decide(&t, &its_head, s.number, 1, true, ""), RC_CONFLICT);
	assert_int_equal(save(&t, &other, s.number, 1, &whole, false), RC_OK);
	assert_int_equal(save(&t, &other, s.number, 2, &whole, true), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM minutes WHERE version = 1 AND opd_id = 3 AND written_by = 93"), 1);
	assert_int_equal(waiting(&t, 3), 0);
	assert_int_equal(waiting(&t, 4), 1);
	assert_int_equal(decide(&t, &its_head, s.number, 2, true, ""), RC_OK);
	town_end(&t);
}

static void the_digest_tells_every_change(void **state)
{
	const struct hash first = minutes_digest("2025-000001", 1, &whole);
	struct minutes_text other;
	struct hash h;

	(void)state;
	h = minutes_digest("2025-000001", 1, &whole);
	assert_true(hash_equal(&first, &h));
	h = minutes_digest("2025-000002", 1, &whole);
	assert_false(hash_equal(&first, &h));
	h = minutes_digest("2025-000001", 2, &whole);
	assert_false(hash_equal(&first, &h));
	for (int field = 0; field < 6; field++) {
		other = whole;
		const char **texts[] = { &other.place, &other.people, &other.findings, &other.conclusion, &other.proposed_answer };

		if (field == 5)
			other.held_on.n++;
		else
			*texts[field] = "lain";
		h = minutes_digest("2025-000001", 1, &other);
		assert_false(hash_equal(&first, &h));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_where_the_sop_has_it_and_by_those_it_names),
		cmocka_unit_test(a_draft_may_have_gaps_what_is_submitted_may_not),
		cmocka_unit_test(what_is_returned_stays_and_is_repaired_as_a_new_version),
		cmocka_unit_test(the_answer_waits_for_the_approval),
		cmocka_unit_test(another_opd_begins_its_own),
		cmocka_unit_test(the_digest_tells_every_change),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
