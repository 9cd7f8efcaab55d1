/* SPDX-License-Identifier: Apache-2.0
 * Reminders and ends: when the job runner has to look at a clock (SOP tjt-20#5, magetan#7).
 */
#include "unit/support.h"

#include "core/remind.h"

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

static struct clock started(const struct calendar *c, enum clock_kind kind, const char *when, int n)
{
	struct limit limit = { n, LIMIT_WORKDAYS };

	return (struct clock){ .kind = kind, .started_at = at(when), .limit = limit, .rule = "",
			       .due_at = remind_due(c, kind, limit, at(when), 0) };
}

static void the_reporter_gets_whole_days_and_officers_the_end_of_theirs(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock reply = started(c, CLOCK_REPLY, "2025-03-24 10:15 WIB", 10);
	struct clock verify = started(c, CLOCK_VERIFY, "2025-03-24 10:15 WIB", 3);
	struct limit days = { 10, LIMIT_DAYS };

	/* 25-27 March, then 8-11 and 14-16 April: what lies between is Nyepi and Idul Fitri. */
	assert_instant(reply.due_at, "2025-04-16 10:15 WIB");
	assert_int_equal(verify.due_at.ms, at("2025-03-28 00:00 WIB").ms - 1);
	assert_int_equal(remind_due(c, CLOCK_REPLY, days, at("2025-03-24 10:15 WIB"), 0).ms,
			 at("2025-04-04 00:00 WIB").ms - 1);
	assert_true(remind_is_reporters(CLOCK_PENDING) && remind_is_reporters(CLOCK_REPLY));
	assert_false(remind_is_reporters(CLOCK_FOLLOW_UP));
}

static void reminders_come_on_the_mornings_of_the_fifth_and_ninth_working_day(void **state)
{
	const struct ruleset *r = rules_by_id("62/2018");
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, CLOCK_REPLY, "2026-11-09 10:00 WIB", 10);

	assert_instant(remind_next_at(r, c, &k, 0, false), "2026-11-16 07:00 WIB");
	assert_instant(remind_next_at(r, c, &k, 1, false), "2026-11-20 07:00 WIB");
	assert_instant(remind_next_at(r, c, &k, 2, false), "2026-11-23 10:00 WIB");
	assert_int_equal(remind_count_at(r, c, &k, at("2026-11-16 06:59 WIB")), 0);
	assert_int_equal(remind_count_at(r, c, &k, at("2026-11-16 07:00 WIB")), 1);
	assert_int_equal(remind_count_at(r, c, &k, at("2026-12-16 07:00 WIB")), 2);
	k.kind = CLOCK_PENDING;
	assert_instant(remind_next_at(r, c, &k, 0, false), "2026-11-16 07:00 WIB");
}

static void officers_are_looked_at_when_their_day_is_over(void **state)
{
	const struct ruleset *r = rules_by_id("62/2018");
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, CLOCK_FOLLOW_UP, "2026-11-09 10:00 WIB", 5);

	assert_instant(remind_next_at(r, c, &k, 0, false), "2026-11-17 00:00 WIB");
}

static void the_ombudsman_flag_is_announced_ten_working_days_before(void **state)
{
	const struct ruleset *r = rules_by_id("62/2018");
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, CLOCK_OMBUDSMAN, "2026-06-02 10:00 WIB", 60);
	struct instant warning = remind_next_at(r, c, &k, 0, false);

	assert_int_equal(calendar_count_workdays(c, on("2026-06-02"), instant_day(warning, ZONE_WIB)), 50);
	assert_int_equal(remind_next_at(r, c, &k, 1, false).ms, k.due_at.ms + 1);
}

static void nothing_is_left_to_do_for_a_clock_that_does_not_run(void **state)
{
	const struct ruleset *r = rules_by_id("62/2018");
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, CLOCK_REPLY, "2026-11-09 10:00 WIB", 10), paused = k, ended = k;

	paused.paused_at = at("2026-11-10 10:00 WIB");
	ended.ended_at = at("2026-11-10 10:00 WIB");
	assert_int_equal(remind_next_at(r, c, &paused, 0, false).ms, 0);
	assert_int_equal(remind_next_at(r, c, &ended, 0, false).ms, 0);
	assert_int_equal(remind_next_at(r, c, &k, 0, true).ms, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reporter_gets_whole_days_and_officers_the_end_of_theirs),
		cmocka_unit_test(reminders_come_on_the_mornings_of_the_fifth_and_ninth_working_day),
		cmocka_unit_test(officers_are_looked_at_when_their_day_is_over),
		cmocka_unit_test(the_ombudsman_flag_is_announced_ten_working_days_before),
		cmocka_unit_test(nothing_is_left_to_do_for_a_clock_that_does_not_run),
	};

	return cmocka_run_group_tests_name("remind", tests, set_up, tear_down);
}
