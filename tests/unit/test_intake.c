/* SPDX-License-Identifier: Apache-2.0
 * What did not come by LAPOR!: who may do what from where, the steps and times of the three SOPs, what is refused, what
 * goes with the report and what stays behind.
 */
#include "unit/app_support.h"

#include "app/intake.h"
#include "app/office.h"
#include "app/sop_load.h"
#include "query_intake.h"

static const struct who team = { .role = ROLE_INTAKE, .account = { 1 }, .agency = { 2 } };
static const struct who admin = { .role = ROLE_AGENCY_ADMIN, .account = { 2 }, .agency = { 2 } };
static const struct who opd_team = { .role = ROLE_OPD_INTAKE, .account = { 3 }, .agency = { 3 } };
static const struct who liaison = { .role = ROLE_LIAISON, .account = { 4 }, .agency = { 3 } };
static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };

/* A town with these officers, and a shelf with one SOP that the regency uses; NULL: none. */
struct office {
	struct town t;
	struct sop_book books[2];
	struct sop_use uses[2];
	struct sop_shelf shelf;
};

/* The holidays that the product ships. */
static void load_holidays(struct ctx *c, struct town *t)
{
	struct holiday *h = arena_new_many(c->a, struct holiday, 512);
	size_t n = support_holidays(c->a, h, 512);

	for (size_t i = 0; i < n; i++)
		town_sql(t, arena_printf(c->a, "INSERT INTO holiday (on_day, scope, kind, name, source) VALUES (%d, '', %d, 'L', 'x')",
					 (int)h[i].on.n, (int)h[i].kind));
	assert_int_equal(holidays_load(c->db, c->a, c->settings, &c->calendar), RC_OK);
}

static void office_begin(struct office *o, const char *first, const char *second)
{
	const char *ids[] = { first, second };
	struct ctx *c = &o->t.c;

	*o = (struct office){ 0 };
	town_begin(&o->t);
	town_sql(&o->t, "INSERT INTO account (id, login, name, email, role, agency_id, password_hash, created_at) VALUES"
			" (1, 'tim', 'Tim', 'tim@contoh.test', 9, 2, '-', 1), (2, 'mj', 'Admin', 'mj@contoh.test', 3, 2, '-', 1),"
			" (3, 'kelola', 'Pengelola', 'k@contoh.test', 10, 3, '-', 1),"
			" (4, 'pu', 'Penghubung', 'pu@contoh.test', 4, 3, '-', 1)");
	load_holidays(c, &o->t);
	for (size_t i = 0; i < 2 && ids[i]; i++) {
		struct err err = { 0 };

		o->books[i] = (struct sop_book){ .id = { (int64_t)i + 1 }, .version = 1 };
		if (sop_load_file(c->a, arena_printf(c->a, "sop/%s.yaml", ids[i]), &o->books[i].sop, &err) != RC_OK)
			fail_msg("%s", err.detail);
		town_sql(&o->t, arena_printf(c->a, "INSERT INTO sop (id, word, version, covers, digest, source, installed_at)"
						   " VALUES (%zu, '%s', 1, 2, %s, 'x', 1)", i + 1, ids[i],
					     place_is_pgsql() ? (i ? "'\\x01'" : "'\\x02'") : (i ? "x'01'" : "x'02'")));
		o->uses[i] = (struct sop_use){ .agency = { 2 }, .book = i, .from = on("2020-03-01"), .until = { DAY_NONE } };
		o->shelf.book_n = o->shelf.use_n = i + 1;
	}
	o->shelf.books = o->books;
	o->shelf.uses = o->uses;
	c->sops = first ? &o->shelf : NULL;
}

static struct intake_in letter(void)
{
	struct intake_in in = { .report = town_report(), .channel_note = "E-Pengaduan", .received_on = { DAY_NONE } };

	in.report.channel = CHANNEL_LETTER;
	in.report.name = "Siti";
	in.report.idempotency_key = "k1";
	return in;
}

static const char *take_in(struct office *o, struct who who, const struct intake_in *in)
{
	static struct intake_out out;
	struct field_problems problems;

	o->t.c.who = who;
	if (intake_register(&o->t.c, in, &out, &problems) != RC_OK)
		fail_msg("%d %s", o->t.c.err.refusal, problems.n ? problems.p[0].field : o->t.c.err.detail);
	return out.number;
}

/* As a civil text: deadlines are read by people. */
static void assert_due(struct office *o, const char *when)
{
	int64_t due = town_int(&o->t, "SELECT coalesce(due_at, 0) FROM intake ORDER BY id DESC LIMIT 1");

	if (!when)
		assert_int_equal(due, 0);
	else if (strlen(when) == 10)
		assert_int_equal(due, calendar_end_of_day(o->t.c.calendar, on(when)).ms);
	else
		assert_int_equal(due, at(when).ms);
}

static void the_table_says_who_may_do_what(void **state)
{
	static const struct {
		enum level level;
		enum intake_state from;
		struct sop_act act;
		enum role by;
		enum intake_state to;
	} cases[] = {
		{ LEVEL_AGENCY, INTAKE_NONE, { .task = SOP_TASK_INTAKE_RECEIVE }, ROLE_INTAKE, INTAKE_RECEIVED },
		{ LEVEL_AGENCY, INTAKE_NONE, { .task = SOP_TASK_INTAKE_RECEIVE }, ROLE_OPD_INTAKE, INTAKE_NONE },
		{ LEVEL_OPD, INTAKE_NONE, { .task = SOP_TASK_INTAKE_RECEIVE }, ROLE_OPD_INTAKE, INTAKE_RECEIVED },
		{ LEVEL_AGENCY, INTAKE_NONE, { .task = SOP_TASK_INTAKE_RECEIVE }, ROLE_AGENCY_ADMIN, INTAKE_NONE },
		{ LEVEL_UNIT, INTAKE_NONE, { .task = SOP_TASK_INTAKE_RECEIVE }, ROLE_NONE, INTAKE_NONE },
		{ LEVEL_AGENCY, INTAKE_RECEIVED, { .task = SOP_TASK_INTAKE_VERIFY }, ROLE_INTAKE, INTAKE_VERIFIED },
		{ LEVEL_AGENCY, INTAKE_RECEIVED, { .task = SOP_TASK_INTAKE_HAND_OVER }, ROLE_INTAKE, INTAKE_NONE },
		{ LEVEL_AGENCY, INTAKE_VERIFIED, { .task = SOP_TASK_INTAKE_HAND_OVER }, ROLE_INTAKE, INTAKE_HANDED_OVER },
		{ LEVEL_AGENCY, INTAKE_VERIFIED, { .action = ACT_SUBMIT }, ROLE_AGENCY_ADMIN, INTAKE_NONE },
		{ LEVEL_AGENCY, INTAKE_HANDED_OVER, { .action = ACT_SUBMIT }, ROLE_AGENCY_ADMIN, INTAKE_WATCHED },
		{ LEVEL_OPD, INTAKE_HANDED_OVER, { .action = ACT_SUBMIT }, ROLE_AGENCY_ADMIN, INTAKE_NONE },
		{ LEVEL_OPD, INTAKE_HANDED_OVER, { .action = ACT_SETTLE }, ROLE_LIAISON, INTAKE_DONE },
		{ LEVEL_AGENCY, INTAKE_HANDED_OVER, { .action = ACT_ARCHIVE }, ROLE_INTAKE, INTAKE_NONE },
		{ LEVEL_AGENCY, INTAKE_HANDED_OVER, { .action = ACT_ARCHIVE }, ROLE_AGENCY_ADMIN, INTAKE_REFUSED },
		{ LEVEL_AGENCY, INTAKE_VERIFIED, { .action = ACT_ARCHIVE }, ROLE_INTAKE, INTAKE_REFUSED },
		/* The disposition that is waited for: of the one above. */
		{ LEVEL_AGENCY, INTAKE_WATCHED, { .action = ACT_DISPOSE }, ROLE_NATIONAL_ADMIN, INTAKE_DONE },
		{ LEVEL_AGENCY, INTAKE_WATCHED, { .action = ACT_DISPOSE }, ROLE_AGENCY_ADMIN, INTAKE_NONE },
		{ LEVEL_OPD, INTAKE_WATCHED, { .action = ACT_DISPOSE }, ROLE_NATIONAL_ADMIN, INTAKE_NONE },
		{ LEVEL_OPD, INTAKE_WATCHED, { .action = ACT_DISPOSE }, ROLE_AGENCY_ADMIN, INTAKE_DONE },
		{ LEVEL_OPD, INTAKE_WATCHED, { .action = ACT_ARCHIVE }, ROLE_NATIONAL_ADMIN, INTAKE_DONE },
		{ LEVEL_OPD, INTAKE_WATCHED, { .action = ACT_VERIFY }, ROLE_NATIONAL_ADMIN, INTAKE_NONE },
		{ LEVEL_OPD, INTAKE_WATCHED, { .task = SOP_TASK_RECAP }, ROLE_LIAISON, INTAKE_DONE },
		{ LEVEL_OPD, INTAKE_DONE, { .action = ACT_CLOSE }, ROLE_SYSTEM, INTAKE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (intake_next(cases[i].level, cases[i].from, cases[i].act, cases[i].by) != cases[i].to)
			fail_msg("case %zu", i);
	assert_true(intake_is_legal(LEVEL_OPD, INTAKE_HANDED_OVER, (struct sop_act){ .action = ACT_SETTLE }, ROLE_LIAISON,
				    INTAKE_WATCHED));
	assert_false(intake_is_legal(LEVEL_OPD, INTAKE_HANDED_OVER, (struct sop_act){ .action = ACT_SUBMIT }, ROLE_LIAISON,
				     INTAKE_DONE));
}

static void only_its_node_sees_it(void **state)
{
	static const struct {
		enum intake_state s;
		enum role by;
		bool is_own, sees;
	} cases[] = {
		{ INTAKE_RECEIVED, ROLE_INTAKE, true, true },       { INTAKE_RECEIVED, ROLE_INTAKE, false, false },
		{ INTAKE_RECEIVED, ROLE_AGENCY_ADMIN, true, false }, { INTAKE_HANDED_OVER, ROLE_AGENCY_ADMIN, true, true },
		{ INTAKE_WATCHED, ROLE_AGENCY_ADMIN, false, false }, { INTAKE_WATCHED, ROLE_NATIONAL_ADMIN, true, false },
		{ INTAKE_WATCHED, ROLE_NONE, true, false },
		{ INTAKE_REFUSED, ROLE_INTAKE, true, true },         { INTAKE_REFUSED, ROLE_AGENCY_ADMIN, true, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(intake_is_seen(LEVEL_AGENCY, cases[i].s, cases[i].by, cases[i].is_own), cases[i].sees);
}

/* Friday 2025-03-21 to after Idul Fitri: free from 28 March to 7 April. */
static void tjt_21_counts_working_days(void **state)
{
	struct intake_in in = letter();
	struct field_problems problems;
	struct submit_out out;
	struct act_out done;
	struct office o;
	struct ctx *c = &o.t.c;

	(void)state;
	office_begin(&o, "tjt-21", NULL);
	c->now = at("2025-03-26 15:00 WIB");
	const char *number = take_in(&o, team, &in);
	assert_string_equal(number, "P-2025-00001");
	assert_int_equal(town_int(&o.t, "SELECT sop_step FROM intake"), 2);
	assert_due(&o, "2025-03-27");
	assert_int_equal(intake_verify(c, number, 1, true, false, true), RC_INVALID);
	c->now = at("2025-03-27 09:00 WIB");
	assert_int_equal(intake_verify(c, number, 1, true, true, true), RC_OK);
	assert_due(&o, "2025-04-08");
	assert_int_equal(intake_verify(c, number, 1, true, true, true), RC_CONFLICT);
	c->who = admin;
	assert_int_equal(intake_hand_over(c, number, -1), RC_NOT_FOUND);
	c->who = team;
	c->now = at("2025-04-09 10:00 WIB");
	assert_int_equal(intake_hand_over(c, number, 2), RC_OK);
	assert_int_equal(town_int(&o.t, "SELECT was_late FROM intake_event WHERE seq = 3"), 1);
	assert_int_equal(town_int(&o.t, "SELECT sop_step FROM intake_event WHERE seq = 3"), 3);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM outbox WHERE template = 'intake_task'"), 1);
	assert_due(&o, "2025-04-10");
	c->who = admin;
	in.report.idempotency_key = "e1";
	assert_int_equal(intake_enter(c, number, 3, &in.report, NULL, &out, &problems), RC_OK);
	assert_due(&o, "2025-04-14");
	assert_int_equal(town_int(&o.t, "SELECT state FROM intake"), INTAKE_WATCHED);
	assert_int_equal(town_int(&o.t, "SELECT channel FROM report"), CHANNEL_LETTER);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM intake WHERE name IS NULL AND email IS NULL"), 1);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM reporter WHERE email = 'warga@contoh.test'"), 1);
	/* Sent twice: one report, and its code again. */
	struct submit_out again;
	assert_int_equal(intake_enter(c, number, 3, &in.report, NULL, &again, &problems), RC_OK);
	assert_true(again.repeated);
	assert_string_equal(again.code, out.code);
	in.report.idempotency_key = "e2";
	assert_int_equal(intake_enter(c, number, 3, &in.report, NULL, &again, &problems), RC_CONFLICT);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM report"), 1);
	c->who = national;
	const struct act_in steps[] = {
		{ .action = ACT_VERIFY, .seen_version = -1, .class = CLASS_COMPLAINT, .category = { 1 },
		  .visibility = VISIBILITY_OPEN, .checked_relevant = true, .checked_complete = true, .checked_clear = true },
		{ .action = ACT_DISPOSE, .to = { 2 } } };
	assert_int_equal(act_all(c, out.number, steps, 2, &done), RC_OK);
	assert_int_equal(town_int(&o.t, "SELECT state FROM intake"), INTAKE_DONE);
	assert_int_equal(town_int(&o.t, "SELECT is_open FROM intake"), 0);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM intake i WHERE version = (SELECT count(*) FROM intake_event)"), 1);
	town_end(&o.t);
}

/* Somebody else has announced Thursday as free; the team still has the calendar of before. */
static void the_calendar_in_force_counts(void **state)
{
	const struct office_holiday_in day = { .on = on("2025-03-27"), .kind = HOLIDAY_CUTI_BERSAMA, .scope = "", .name = "Cuti",
					       .source = "SKB" };
	struct intake_in in = letter();
	const struct calendar *old;
	struct ctx other;
	struct office o;
	struct ctx *c = &o.t.c;

	(void)state;
	office_begin(&o, "tjt-21", NULL);
	c->now = at("2025-03-26 15:00 WIB");
	old = c->calendar;
	other = *c;
	other.who = national;
	assert_int_equal(office_add_holiday(&other, &day), RC_OK);
	const char *number = take_in(&o, team, &in);
	assert_due(&o, "2025-04-08");
	c->calendar = old;
	assert_int_equal(intake_verify(c, number, 1, true, true, true), RC_OK);
	assert_due(&o, "2025-04-08");
	town_end(&o.t);
}

/* Fifteen minutes of office time, "setiap bulan", and two SOPs side by side (E6). */
static void tjt_25_goes_on_to_the_recapitulation(void **state)
{
	struct intake_in in = letter();
	struct field_problems problems;
	struct submit_out out;
	struct office o;
	struct ctx *c = &o.t.c;
	int december = 2026 * 12 + 11;

	(void)state;
	office_begin(&o, "tjt-22", "tjt-25");
	c->now = at("2026-12-10 15:50 WIB");
	in.sop.v = 2;
	const char *number = take_in(&o, opd_team, &in);
	assert_int_equal(town_int(&o.t, "SELECT sop_id FROM intake"), 2);
	/* Ten minutes are left today: five of tomorrow, Friday. */
	assert_due(&o, "2026-12-11 08:05 WIB");
	assert_int_equal(intake_verify(c, number, -1, true, true, true), RC_OK);
	assert_int_equal(intake_hand_over(c, number, -1), RC_OK);
	assert_due(&o, "2026-12-14");
	c->who = liaison;
	assert_int_equal(intake_enter(c, number, -1, &in.report, NULL, &out, &problems), RC_OK);
	assert_int_equal(town_int(&o.t, "SELECT sop_step FROM intake"), 5);
	assert_due(&o, NULL);
	assert_int_equal(intake_recap(c, december), RC_CONFLICT);
	c->now = at("2027-01-04 09:00 WIB");
	assert_int_equal(intake_recap(c, december), RC_OK);
	/* It waits for its answer: the recapitulation does not end that. */
	assert_int_equal(town_int(&o.t, "SELECT state FROM intake"), INTAKE_WATCHED);
	assert_int_equal(town_int(&o.t, "SELECT received FROM intake_recap WHERE channel = 0"), 1);
	assert_int_equal(town_int(&o.t, "SELECT entered FROM intake_recap WHERE channel = 5"), 1);
	assert_int_equal(intake_recap(c, december), RC_CONFLICT);
	c->who = opd_team;
	assert_int_equal(intake_recap(c, december - 1), RC_DENIED);
	town_end(&o.t);
}

/* E7: settled already, it waits for no disposition; tjt-25 counts it up first. */
static void what_is_settled_waits_for_nothing(void **state)
{
	static const struct {
		const char *sop;
		struct who team, enterer;
		enum intake_state state;
		int64_t step;
		const char *due;
	} cases[] = {
		{ NULL, team, admin, INTAKE_DONE, 0, NULL },
		{ "tjt-21", team, admin, INTAKE_DONE, 0, NULL },
		{ "tjt-22", opd_team, liaison, INTAKE_DONE, 0, NULL },
		{ "tjt-25", opd_team, liaison, INTAKE_WATCHED, 6, "2025-07-31" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct intake_in in = letter();
		struct field_problems problems;
		struct submit_out out;
		struct office o;
		struct ctx *c = &o.t.c;

		office_begin(&o, cases[i].sop, NULL);
		const char *number = take_in(&o, cases[i].team, &in);
		assert_int_equal(intake_verify(c, number, -1, true, true, true), RC_OK);
		assert_int_equal(intake_hand_over(c, number, -1), RC_OK);
		c->who = cases[i].enterer;
		assert_int_equal(intake_enter(c, number, -1, &in.report, "Sudah diperbaiki.", &out, &problems), RC_INVALID);
		assert_string_equal(problems.p[0].field, "kategori");
		in.report.category.v = 1;
		if (intake_enter(c, number, -1, &in.report, "Sudah diperbaiki pada 2 Juni.", &out, &problems) != RC_OK)
			fail_msg("case %zu: %d %s", i, c->err.refusal, c->err.detail);
		assert_int_equal(town_int(&o.t, "SELECT state FROM report"), STATE_ANSWERED);
		assert_int_equal(town_int(&o.t, "SELECT state FROM intake"), cases[i].state);
		assert_int_equal(town_int(&o.t, "SELECT sop_step FROM intake"), cases[i].step);
		assert_due(&o, cases[i].due);
		assert_int_equal(town_int(&o.t, "SELECT report_id FROM intake"), out.report.v);
		town_end(&o.t);
	}
}

static void refusing_says_why_and_tells(void **state)
{
	struct intake_in in = letter();
	struct office o;
	struct ctx *c = &o.t.c;

	(void)state;
	office_begin(&o, NULL, NULL);
	const char *number = take_in(&o, team, &in);
	assert_due(&o, NULL);
	assert_int_equal(intake_refuse(c, number, -1, "because", NULL), RC_INVALID);
	assert_int_equal(intake_refuse(c, number, -1, "other", ""), RC_INVALID);
	assert_int_equal(intake_refuse(c, number, -1, "unclear", NULL), RC_OK);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM outbox WHERE template = 'intake_refused' AND"
					" recipient = 'warga@contoh.test' AND report_id IS NULL AND intake_id = 1"), 1);
	assert_int_equal(town_int(&o.t, "SELECT is_open FROM intake"), 0);
	assert_int_equal(intake_hand_over(c, number, -1), RC_CONFLICT);
	/* Without an address there is nobody to tell. */
	in.report.email = NULL;
	in.report.idempotency_key = "k2";
	number = take_in(&o, team, &in);
	assert_int_equal(intake_refuse(c, number, -1, "spam", NULL), RC_OK);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM outbox"), 1);
	town_end(&o.t);
}

static void the_same_form_is_one_intake(void **state)
{
	struct intake_in in = letter();
	struct field_problems problems;
	struct intake_out out;
	struct office o;
	struct ctx *c = &o.t.c;

	(void)state;
	office_begin(&o, NULL, NULL);
	(void)take_in(&o, team, &in);
	(void)take_in(&o, team, &in);
	assert_int_equal(town_int(&o.t, "SELECT count(*) FROM intake"), 1);
	in.report.idempotency_key = "k3";
	in.received_on = on("2025-06-03");
	assert_int_equal(intake_register(c, &in, &out, &problems), RC_INVALID);
	assert_string_equal(problems.p[0].field, "tanggal_terima");
	in.received_on = on("2025-05-30");
	assert_int_equal(intake_register(c, &in, &out, &problems), RC_OK);
	c->who = admin;
	in.report.idempotency_key = "k4";
	assert_int_equal(intake_register(c, &in, &out, &problems), RC_DENIED);
	town_end(&o.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_says_who_may_do_what),
		cmocka_unit_test(only_its_node_sees_it),
		cmocka_unit_test(tjt_21_counts_working_days),
		cmocka_unit_test(the_calendar_in_force_counts),
		cmocka_unit_test(tjt_25_goes_on_to_the_recapitulation),
		cmocka_unit_test(what_is_settled_waits_for_nothing),
		cmocka_unit_test(refusing_says_why_and_tells),
		cmocka_unit_test(the_same_form_is_one_intake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
