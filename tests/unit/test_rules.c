/* SPDX-License-Identifier: Apache-2.0
 * The dated rule sets: the numbers of the law, written down a second time.
 */
#include "unit/support.h"

#include "core/rules.h"

static void the_set_of_the_day_is_found(void **state)
{
	static const struct { const char *day, *id; } cases[] = {
		{ "2012-01-01", "62/2018" }, { "2018-12-31", "62/2018" }, { "2019-01-01", "62/2018" },
		{ "2025-05-31", "62/2018" }, { "2025-06-01", "5/2025" },  { "2026-11-22", "5/2025" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct ruleset *r = rules_on(on(cases[i].day));

		assert_string_equal(r->id, cases[i].id);
		assert_ptr_equal(rules_by_id(cases[i].id), r);
	}
	assert_null(rules_by_id("24/2014"));
	assert_null(rules_by_id(""));
	assert_true(rules_by_id("5/2025")->is_assumed);
	assert_false(rules_by_id("62/2018")->is_assumed);
	assert_day(rules_by_id("62/2018")->valid_from, "2019-01-01");
	assert_day(rules_by_id("5/2025")->valid_from, "2025-06-01");
}

static void the_limits_are_those_of_the_law(void **state)
{
	static const struct { enum clock_kind kind; enum class_ class; int days; } cases[] = {
		{ CLOCK_VERIFY, CLASS_NONE, 3 },
		{ CLOCK_AGENCY, CLASS_NONE, 3 },
		{ CLOCK_FOLLOW_UP, CLASS_NONE, 5 },
		{ CLOCK_REPLY, CLASS_NONE, 10 },
		{ CLOCK_PENDING, CLASS_NONE, 10 },
		{ CLOCK_OMBUDSMAN, CLASS_NONE, 60 },
		{ CLOCK_COMPLETE, CLASS_INFORMATION, 5 },
		{ CLOCK_COMPLETE, CLASS_ASPIRATION, 5 },
		{ CLOCK_COMPLETE, CLASS_COMPLAINT, 14 },
		{ CLOCK_COMPLETE, CLASS_COMPLAINT_OVERSIGHT, 60 },
		{ CLOCK_COMPLETE, CLASS_NONE, 14 },
	};
	static const char *const ids[] = { "62/2018", "5/2025" };

	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(ids); s++) {
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			struct limit l = rules_limit(rules_by_id(ids[s]), cases[i].kind, cases[i].class);

			assert_int_equal(l.n, cases[i].days);
			assert_int_equal(l.unit, LIMIT_WORKDAYS);
		}
	}
}

static void reminders_come_before_the_end(void **state)
{
	static const char *const ids[] = { "62/2018", "5/2025" };

	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(ids); s++) {
		const struct ruleset *r = rules_by_id(ids[s]);

		assert_int_equal(r->pending_reminders_wd[0], 5);
		assert_int_equal(r->pending_reminders_wd[1], 9);
		assert_int_equal(r->pending_reminders_wd[2], 0);
		assert_int_equal(r->reply_reminders_wd[1], 9);
		assert_true(r->pending_reminders_wd[1] < r->pending.n);
		assert_int_equal(r->arbitrate_after_transfers, 2);
		assert_int_equal(r->reopen.n, 30);
		assert_int_equal(r->reopen.unit, LIMIT_DAYS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_set_of_the_day_is_found),
		cmocka_unit_test(the_limits_are_those_of_the_law),
		cmocka_unit_test(reminders_come_before_the_end),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
