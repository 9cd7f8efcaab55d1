/* SPDX-License-Identifier: Apache-2.0
 * When a report is over, so that it may leave for an archive: nothing runs, nothing waits, nobody may contest.
 */
#include "unit/support.h"

#include "core/clock.h"
#include "core/over.h"

static int set_up(void **state)
{
	*state = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct over_facts closed(const char *when)
{
	return (struct over_facts){ .rules = rules_by_id("62/2018"), .closed_at = at(when) };
}

static enum over judge(void **state, const struct over_facts *f, const char *now)
{
	return over_judge(f, support_calendar(*state, true), at(now));
}

static void one_that_is_closed_for_long_is_over(void **state)
{
	struct over_facts f = closed("2023-05-10 10:00 WIB");

	assert_int_equal(judge(state, &f, "2024-05-10 10:00 WIB"), OVER_YES);
	f.is_open = true;
	assert_int_equal(judge(state, &f, "2024-05-10 10:00 WIB"), OVER_OPEN);
	f = closed("2023-05-10 10:00 WIB");
	f.runs = true;
	assert_int_equal(judge(state, &f, "2024-05-10 10:00 WIB"), OVER_OPEN);
	f = (struct over_facts){ .rules = rules_by_id("62/2018") };
	assert_int_equal(judge(state, &f, "2024-05-10 10:00 WIB"), OVER_OPEN);
}

static void its_reporter_may_contest_for_a_while(void **state)
{
	struct over_facts f = closed("2023-05-10 10:00 WIB");
	struct instant until = clock_due(support_calendar(*state, true), f.rules->reopen, f.closed_at, 0);

	assert_int_equal(over_judge(&f, support_calendar(*state, true), until), OVER_CONTESTABLE);
	assert_int_equal(over_judge(&f, support_calendar(*state, true), instant_add_ms(until, 1)), OVER_YES);
	f.rules = NULL;
	assert_int_equal(judge(state, &f, "2033-05-10 10:00 WIB"), OVER_CONTESTABLE);
}

static void a_case_for_the_ombudsman_is_open_until_it_is_decided_or_too_old(void **state)
{
	struct over_facts f = closed("2023-05-10 10:00 WIB");

	f.asked_at = at("2023-04-01 10:00 WIB");
	f.ombudsman = OMBUDSMAN_ASKED;
	assert_int_equal(judge(state, &f, "2025-03-31 10:00 WIB"), OVER_OMBUDSMAN);
	assert_int_equal(judge(state, &f, "2025-04-02 10:00 WIB"), OVER_YES);
	f.ombudsman = OMBUDSMAN_AGREED;
	assert_int_equal(judge(state, &f, "2033-04-02 10:00 WIB"), OVER_OMBUDSMAN);
	f.ombudsman = OMBUDSMAN_SENT;
	assert_int_equal(judge(state, &f, "2024-04-02 10:00 WIB"), OVER_YES);
	f.ombudsman = OMBUDSMAN_DECLINED;
	assert_int_equal(judge(state, &f, "2024-04-02 10:00 WIB"), OVER_YES);
}

static void whatever_waits_keeps_it(void **state)
{
	const size_t flags[][2] = {
		{ offsetof(struct over_facts, has_message), OVER_MESSAGE },
		{ offsetof(struct over_facts, is_unindexed), OVER_UNINDEXED },
		{ offsetof(struct over_facts, has_draft), OVER_DRAFT },
		{ offsetof(struct over_facts, has_deviation), OVER_DEVIATION },
		{ offsetof(struct over_facts, has_minutes), OVER_MINUTES },
		{ offsetof(struct over_facts, has_intake), OVER_INTAKE },
		{ offsetof(struct over_facts, has_periodic), OVER_PERIODIC },
		{ offsetof(struct over_facts, is_newest), OVER_NEWEST },
	};

	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		struct over_facts f = closed("2023-05-10 10:00 WIB");

		*(bool *)((char *)&f + flags[i][0]) = true;
		assert_int_equal(judge(state, &f, "2024-05-10 10:00 WIB"), flags[i][1]);
	}
	for (int o = 0; o < OVER_COUNT; o++)
		assert_non_null(over_word((enum over)o));
	assert_null(over_word(OVER_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_that_is_closed_for_long_is_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(its_reporter_may_contest_for_a_while, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_case_for_the_ombudsman_is_open_until_it_is_decided_or_too_old, set_up, tear_down),
		cmocka_unit_test_setup_teardown(whatever_waits_keeps_it, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
