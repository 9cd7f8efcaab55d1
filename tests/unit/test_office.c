/* SPDX-License-Identifier: Apache-2.0
 * Settings: who may change which account, agency and holiday, and what is left of it.
 */
#include "unit/app_support.h"

#include "app/office.h"

static const struct who operator = { .role = ROLE_OPERATOR, .account = { 90 }, .agency = { 1 }, .name = "O" };
static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .account = { 91 }, .agency = { 1 }, .name = "N" };
static const struct who agency = { .role = ROLE_AGENCY_ADMIN, .account = { 92 }, .agency = { 2 }, .name = "A" };
static const struct who liaison = { .role = ROLE_LIAISON, .account = { 93 }, .agency = { 3 }, .name = "L" };

static void begin(struct town *t)
{
	town_begin(t);
	town_sql(t, "INSERT INTO account (id, login, name, role, agency_id, password_hash, created_at) VALUES"
		    " (90, 'operator', 'O', 8, 1, 'x', 1), (91, 'nasional', 'N', 2, 1, 'x', 1),"
		    " (92, 'kominfo', 'A', 3, 2, 'x', 1), (93, 'pu', 'L', 4, 3, 'x', 1);"
		    "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES"
		    " (4, 1, 2, 'Kota Lain', 'KL', 'kota-lain')");
}

static void each_manages_his_own_part_of_the_tree(void **state)
{
	static const struct { const struct who *who; int64_t node; enum rc rc; } cases[] = {
		{ &operator, 1, RC_OK }, { &operator, 3, RC_OK }, { &national, 4, RC_OK },
		{ &agency, 2, RC_OK }, { &agency, 3, RC_OK }, { &agency, 1, RC_DENIED }, { &agency, 4, RC_DENIED },
		{ &liaison, 3, RC_DENIED }, { &national, 77, RC_NOT_FOUND },
	};
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		t.c.who = *cases[i].who;
		assert_int_equal(office_may_manage(&t.c, (struct agency_id){ cases[i].node }), cases[i].rc);
	}
	town_end(&t);
}

static void nobody_hands_out_more_than_he_has(void **state)
{
	static const struct { const struct who *who; int64_t node; enum role role; enum rc rc; } cases[] = {
		{ &operator, 1, ROLE_OPERATOR, RC_OK },
		{ &national, 1, ROLE_OPERATOR, RC_DENIED },
		{ &national, 1, ROLE_NATIONAL_ADMIN, RC_OK },
		{ &national, 3, ROLE_NATIONAL_ADMIN, RC_DENIED }, /* the role does not fit the level */
		{ &agency, 3, ROLE_LIAISON, RC_OK },
		{ &agency, 2, ROLE_LIAISON, RC_DENIED },
		{ &agency, 4, ROLE_AGENCY_ADMIN, RC_DENIED },
		{ &liaison, 3, ROLE_LIAISON, RC_DENIED },
		{ &operator, 3, ROLE_CITIZEN, RC_DENIED },
		{ &operator, 3, ROLE_SYSTEM, RC_DENIED },
	};
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char login[16];
		struct account_id made = { 0 };

		snprintf(login, sizeof(login), "orang-%zu", i);
		t.c.who = *cases[i].who;
		assert_int_equal(office_create_account(&t.c, &(struct account_in){
			.login = login, .name = "Orang", .role = cases[i].role, .agency = { cases[i].node },
			.password_hash = "x" }, &made), cases[i].rc);
		assert_int_equal(made.v != 0, cases[i].rc == RC_OK);
	}
	assert_int_equal(town_int(&t, "SELECT count(*) FROM admin_event WHERE what = 'account created'"), 3);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM account WHERE login LIKE 'orang-%'"), 3);
	town_end(&t);
}

static void accounts_above_and_ones_own_are_out_of_reach(void **state)
{
	static const struct { const struct who *who; int64_t account; enum rc rc; } cases[] = {
		{ &national, 90, RC_DENIED }, /* an operator's password would open everything */
		{ &agency, 91, RC_DENIED }, { &agency, 92, RC_DENIED }, { &agency, 93, RC_OK },
		{ &operator, 91, RC_OK }, { &operator, 90, RC_DENIED }, { &operator, 12345, RC_NOT_FOUND },
		{ &liaison, 92, RC_DENIED },
	};
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct account_id id = { cases[i].account };

		t.c.who = *cases[i].who;
		assert_int_equal(office_reset_password(&t.c, id, "baru"), cases[i].rc);
		assert_int_equal(office_set_account_active(&t.c, id, false), cases[i].rc);
	}
	assert_int_equal(town_int(&t, "SELECT count(*) FROM account WHERE password_hash = 'baru'"), 2);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM account WHERE is_active = 0"), 2);
	town_end(&t);
}

static void an_agency_gets_a_free_slug_and_the_next_level(void **state)
{
	struct office_agency_in in = { .parent = { 2 }, .name = "Dinas PU", .short_name = "PU lagi" };
	struct agency_id made;
	struct town t;

	(void)state;
	begin(&t);
	t.c.who = agency;
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_OK);
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM agency WHERE slug IN ('dinas-pu', 'dinas-pu-2') AND level = 3"), 2);
	in.parent.v = 4;
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_DENIED);
	in.parent.v = 3;
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_OK);
	in.parent = made;
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_INVALID); /* nothing is below a unit */
	in = (struct office_agency_in){ .parent = { 2 }, .name = "!!", .short_name = "!!" };
	assert_int_equal(office_add_agency(&t.c, &in, &made), RC_INVALID);
	town_end(&t);
}

static void an_agency_with_open_reports_stays_active(void **state)
{
	struct town t;

	(void)state;
	begin(&t);
	t.c.who = national;
	town_sql(&t, "INSERT INTO queue_count (agency_id, queue, n) VALUES (3, 3, 1)");
	assert_int_equal(office_set_agency_active(&t.c, (struct agency_id){ 3 }, false), RC_CONFLICT);
	town_sql(&t, "UPDATE queue_count SET n = 0");
	assert_int_equal(office_set_agency_active(&t.c, (struct agency_id){ 3 }, false), RC_OK);
	assert_int_equal(town_int(&t, "SELECT is_active FROM agency WHERE id = 3"), 0);
	assert_int_equal(office_set_agency_active(&t.c, (struct agency_id){ 1 }, false), RC_DENIED);
	town_end(&t);
}

static void a_holiday_counts_from_then_on(void **state)
{
	const struct office_holiday_in in = { .on = day_from_civil(2025, 6, 3), .kind = HOLIDAY_REGIONAL, .scope = "",
					      .name = "Hari Jadi", .source = "SE 1/2025" };
	struct town t;

	(void)state;
	begin(&t);
	t.c.who = agency;
	assert_int_equal(office_add_holiday(&t.c, &in), RC_DENIED);
	t.c.who = operator;
	assert_true(calendar_is_workday(t.c.calendar, in.on));
	assert_int_equal(office_add_holiday(&t.c, &in), RC_OK);
	assert_false(calendar_is_workday(t.c.calendar, in.on));
	assert_int_equal(office_add_holiday(&t.c, &in), RC_CONFLICT);
	assert_int_equal(office_remove_holiday(&t.c, in.on, ""), RC_OK);
	assert_true(calendar_is_workday(t.c.calendar, in.on));
	assert_int_equal(office_remove_holiday(&t.c, in.on, ""), RC_NOT_FOUND);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM admin_event WHERE target LIKE '2025-06-03 %'"), 2);
	town_end(&t);
}

static void a_holiday_moves_the_deadlines_that_run(void **state)
{
	const struct office_holiday_in in = { .on = day_from_civil(2025, 6, 3), .kind = HOLIDAY_NATIONAL, .scope = "",
					      .name = "Cuti bersama", .source = "SKB" };
	struct submit_in report = town_report();
	struct town t;

	(void)state;
	begin(&t);
	town_submit(&t, &report);
	int64_t before = town_int(&t, "SELECT due_at FROM report");
	t.c.who = operator;
	assert_int_equal(office_add_holiday(&t.c, &in), RC_OK);
	assert_int_equal(town_int(&t, "SELECT due_at FROM report") - before, MS_PER_DAY);
	assert_int_equal(office_remove_holiday(&t.c, in.on, ""), RC_OK);
	assert_int_equal(town_int(&t, "SELECT due_at FROM report"), before);
	town_end(&t);
}

static void logins_are_plain(void **state)
{
	static const struct { const char *login; bool fits; } cases[] = {
		{ "budi.pupr", true }, { "a-1", true }, { "ab", false }, { "", false }, { "Budi", false },
		{ "budi pupr", false }, { "budi@pupr", false }, { "b\xC3\xA9n", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(office_login_is_valid(cases[i].login), cases[i].fits);
}

/* SOP tjt-20#3, magetan#4 */
static void a_group_is_an_address_or_a_web_hook_of_an_agency(void **state)
{
	static const struct { const struct who *who; int64_t node; const char *channel; enum rc rc; } cases[] = {
		{ &agency, 2, "penghubung@contoh.test", RC_OK }, { &agency, 2, "https://kait.contoh.test/a1", RC_OK },
		{ &agency, 2, "http://kait.contoh.test/a1", RC_INVALID }, { &agency, 2, "https://", RC_INVALID },
		{ &agency, 2, "https://a b", RC_INVALID }, { &agency, 2, "grup", RC_INVALID },
		{ &agency, 3, "penghubung@contoh.test", RC_INVALID }, { &agency, 4, "penghubung@contoh.test", RC_DENIED },
		{ &liaison, 2, "penghubung@contoh.test", RC_DENIED }, { &operator, 4, "", RC_OK },
	};
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		t.c.who = *cases[i].who;
		assert_int_equal(office_set_group(&t.c, (struct agency_id){ cases[i].node }, cases[i].channel), cases[i].rc);
	}
	assert_int_equal(town_int(&t, "SELECT count(*) FROM agency WHERE group_channel = 'https://kait.contoh.test/a1'"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM admin_event WHERE what = 'group set'"), 2);
	t.c.who = agency;
	assert_int_equal(office_set_group(&t.c, (struct agency_id){ 2 }, ""), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM agency WHERE group_channel IS NULL AND id = 2"), 1);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_manages_his_own_part_of_the_tree),
		cmocka_unit_test(nobody_hands_out_more_than_he_has),
		cmocka_unit_test(accounts_above_and_ones_own_are_out_of_reach),
		cmocka_unit_test(an_agency_gets_a_free_slug_and_the_next_level),
		cmocka_unit_test(an_agency_with_open_reports_stays_active),
		cmocka_unit_test(a_holiday_counts_from_then_on),
		cmocka_unit_test(a_holiday_moves_the_deadlines_that_run),
		cmocka_unit_test(logins_are_plain),
		cmocka_unit_test(a_group_is_an_address_or_a_web_hook_of_an_agency),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
