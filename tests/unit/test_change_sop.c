/* SPDX-License-Identifier: Apache-2.0
 * SOPs at the door: what one lets happen in its own words, who sends a report around no more, what is counted, and that
 * no colleague's task makes a page old.
 */
#include "unit/install_support.h"

static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
static const struct who regency = { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } };
static const struct who liaison = { .role = ROLE_LIAISON, .agency = { 3 } };

static enum rc does(struct town *t, const char *number, struct who who, struct act_in in)
{
	struct act_out out;

	in.seen_version = in.seen_version ? in.seen_version : -1;
	t->c.who = who;
	t->c.why = NULL;
	return act_by_number(&t->c, number, &in, &out);
}

static void must(struct town *t, const char *number, struct who who, struct act_in in)
{
	if (does(t, number, who, in) != RC_OK)
		fail_msg("action %d: refusal %d %s", (int)in.action, t->c.err.refusal, t->c.err.detail);
}

static struct act_in verify(void)
{
	return (struct act_in){ .action = ACT_VERIFY, .class = CLASS_COMPLAINT, .category = { 1 },
				.visibility = VISIBILITY_OPEN, .checked_relevant = true, .checked_complete = true,
				.checked_clear = true };
}

static struct submit_out at_agency(struct town *t)
{
	struct submit_in report = town_report();
	struct submit_out s;

	t->c.who = (struct who){ 0 };
	s = town_submit(t, &report);
	must(t, s.number, national, verify());
	must(t, s.number, national, (struct act_in){ .action = ACT_DISPOSE, .to = { 2 } });
	must(t, s.number, regency, verify());
	return s;
}

static struct submit_out at_opd(struct town *t)
{
	struct submit_out s = at_agency(t);

	must(t, s.number, regency, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
	return s;
}

/* SOP kapuas#3: who is refused reads why, as the government wrote it. */
static void a_gate_refuses_in_its_own_words(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	town_install(&t, "kapuas", (struct agency_id){ 2 });
	struct submit_out s = at_opd(&t);
	must(&t, s.number, liaison, (struct act_in){ .action = ACT_TASK, .reason = "examine" });
	assert_int_equal(does(&t, s.number, liaison, (struct act_in){ .action = ACT_ANSWER, .note = "Selesai." }), RC_CONFLICT);
	assert_int_equal(t.c.err.refusal, REFUSE_sop_gate_after);
	assert_string_equal(t.c.why, "Jawaban dikirim setelah berita acara disetujui Kepala OPD.");
	assert_int_equal(does(&t, s.number, liaison, (struct act_in){ .action = ACT_TASK, .reason = "minutes_approve" }), RC_DENIED);
	assert_int_equal(t.c.err.refusal, REFUSE_sop_gate_role);
	assert_string_equal(t.c.why, "Berita acara disetujui oleh Kepala OPD.");
	town_end(&t);
}

/* Without an SOP there are no tasks, and no way that only an SOP opens. */
static void without_an_sop_nothing_is_by_sop(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = at_opd(&t);
	assert_int_equal(does(&t, s.number, liaison, (struct act_in){ .action = ACT_TASK, .reason = "inform_head" }), RC_CONFLICT);
	assert_int_equal(t.c.err.refusal, REFUSE_not_in_sop);
	assert_int_equal(does(&t, s.number, liaison, (struct act_in){ .action = ACT_UNIT_ANSWER, .note = "Bahan." }), RC_CONFLICT);
	assert_int_equal(t.c.err.refusal, REFUSE_not_in_sop);
	assert_int_equal(does(&t, s.number, liaison, (struct act_in){ .action = ACT_TASK }), RC_INVALID);
	town_end(&t);
}

static void a_task_meanwhile_is_no_conflict(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	town_install(&t, "tjt-20", (struct agency_id){ 2 });
	struct submit_out s = at_opd(&t);
	int64_t seen = town_int(&t, "SELECT version FROM report");
	must(&t, s.number, liaison, (struct act_in){ .action = ACT_TASK, .reason = "inform_head", .note = "Lisan." });
	must(&t, s.number, liaison, (struct act_in){ .action = ACT_ANSWER, .note = "Sudah.", .seen_version = seen });
	town_end(&t);
}

/* Eight office hours a day: from Monday nine to Wednesday ten are seventeen of them, pauses taken out in whole days. */
static void the_time_of_a_step_is_counted_when_it_is_done(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	town_install(&t, "tjt-20", (struct agency_id){ 2 });
	struct submit_out s = at_opd(&t);
	assert_int_equal(town_int(&t, "SELECT done FROM sop_figure WHERE step = 2"), 1);
	assert_int_equal(town_int(&t, "SELECT minutes FROM sop_figure WHERE step = 2"), 0);
	t.c.now = at("2025-06-04 10:00 WIB");
	must(&t, s.number, liaison, (struct act_in){ .action = ACT_ANSWER, .note = "Sudah." });
	assert_int_equal(town_int(&t, "SELECT done * 10 + late FROM sop_figure WHERE minutes = 17 * 60"), 10);
	/* What was told to nobody in five minutes was late, and is not done yet. */
	assert_int_equal(town_int(&t, "SELECT count(*) FROM sop_figure"), 2);
	must(&t, s.number, regency, (struct act_in){ .action = ACT_TASK, .reason = "inform_liaison" });
	assert_int_equal(town_int(&t, "SELECT CAST(sum(late) AS BIGINT) FROM sop_figure"), 1);
	town_end(&t);
}

static void the_number_of_transfers_is_a_setting(void **state)
{
	struct act_in back = { .action = ACT_RETURN_UP, .reason = "not_competent" };

	(void)state;
	for (int limit = 0; limit <= 3; limit++) {
		int until_stuck = limit ? limit : 2; /* the rule set's */
		struct town t;

		town_begin(&t);
		t.settings.arbitrate_after = limit;
		struct submit_out s = at_opd(&t);
		for (int n = 1; n <= until_stuck; n++) {
			must(&t, s.number, liaison, back);
			if (n < until_stuck)
				must(&t, s.number, regency, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
		}
		assert_int_equal(does(&t, s.number, regency, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } }), RC_CONFLICT);
		assert_int_equal(t.c.err.refusal, REFUSE_needs_arbitration);
		must(&t, s.number, national, (struct act_in){ .action = ACT_ARBITRATE, .to = { 2 }, .note = "Kabupaten." });
		assert_int_equal(does(&t, s.number, regency, back), RC_CONFLICT);
		assert_int_equal(t.c.err.refusal, REFUSE_is_arbitrated);
		must(&t, s.number, regency, verify());
		must(&t, s.number, regency, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
		must(&t, s.number, liaison, back);
		town_end(&t);
	}
}

/* The table lets the national admin decide; that somebody has to is a matter of how often it was sent. */
static void nobody_decides_what_is_not_in_dispute(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = at_opd(&t);
	assert_int_equal(does(&t, s.number, national, (struct act_in){ .action = ACT_ARBITRATE, .to = { 2 }, .note = "x" }), RC_CONFLICT);
	assert_int_equal(t.c.err.refusal, REFUSE_not_possible_now);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gate_refuses_in_its_own_words),
		cmocka_unit_test(without_an_sop_nothing_is_by_sop),
		cmocka_unit_test(a_task_meanwhile_is_no_conflict),
		cmocka_unit_test(the_time_of_a_step_is_counted_when_it_is_done),
		cmocka_unit_test(the_number_of_transfers_is_a_setting),
		cmocka_unit_test(nobody_decides_what_is_not_in_dispute),
	};

	return cmocka_run_group_tests_name("change_sop", tests, NULL, NULL);
}
