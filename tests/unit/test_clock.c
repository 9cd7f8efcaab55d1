/* SPDX-License-Identifier: Apache-2.0
 * Clocks: when something is due, what pausing does to it, and whether the explanation adds up.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "core/clock.h"
#include "core/rules.h"

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

static struct clock started(const struct calendar *c, const char *when, int n, enum limit_unit unit)
{
	struct limit limit = { n, unit };

	return (struct clock){
		.kind = CLOCK_COMPLETE,
		.started_at = at(when),
		.limit = limit,
		.rule = "62/2018:complaint",
		.due_at = clock_due(c, limit, at(when), 0),
	};
}

static void limits_run_in_their_own_unit(void **state)
{
	static const struct { const char *start; int n; enum limit_unit unit; const char *day, *clock; } cases[] = {
		{ "2026-11-23 10:00 WIB", 5, LIMIT_WORKDAYS, "2026-11-30", "23:59" },
		{ "2026-11-23 10:00 WIB", 5, LIMIT_DAYS, "2026-11-28", "23:59" },
		{ "2026-11-21 23:30 WIB", 1, LIMIT_WORKDAYS, "2026-11-23", "23:59" },
		{ "2026-11-23 15:55 WIB", 15, LIMIT_MINUTES, "2026-11-24", "08:10" },
		{ "2026-11-23 10:00 WIB", 9, LIMIT_HOURS, "2026-11-24", "11:00" },
	};
	const struct calendar *c = support_calendar(*state, true);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct clock k = started(c, cases[i].start, cases[i].n, cases[i].unit);
		struct civil due = instant_civil(k.due_at, ZONE_WIB);
		char text[8];

		assert_day(instant_day(k.due_at, ZONE_WIB), cases[i].day);
		snprintf(text, sizeof(text), "%02u:%02u", (unsigned)due.hour % 100, (unsigned)due.minute % 100);
		assert_string_equal(text, cases[i].clock);
	}
}

/* The day begins where the calendar is, not in UTC. */
static void the_start_day_is_that_of_the_zone(void **state)
{
	const struct calendar *wit = calendar_new(*state, NULL, 0, "", ZONE_WIT, SUPPORT_HOURS, true);
	struct limit limit = { 1, LIMIT_WORKDAYS };

	/* Monday 23:30 in Jakarta is Tuesday in Jayapura. */
	assert_day(instant_day(clock_due(wit, limit, at("2026-11-23 23:30 WIB"), 0), ZONE_WIT), "2026-11-25");
}

static void pausing_moves_the_due_day_by_the_working_days_waited(void **state)
{
	static const struct { const char *pause, *resume; int waited; const char *due; } cases[] = {
		{ "2026-11-24 09:00 WIB", "2026-11-24 15:00 WIB", 0, "2026-11-30" },
		{ "2026-11-24 09:00 WIB", "2026-11-25 08:00 WIB", 1, "2026-12-01" },
		{ "2026-11-24 09:00 WIB", "2026-11-27 08:00 WIB", 3, "2026-12-03" },
		{ "2026-11-27 18:00 WIB", "2026-11-29 12:00 WIB", 0, "2026-11-30" },
		{ "2026-11-24 09:00 WIB", "2026-12-24 08:00 WIB", 21, "2026-12-31" },
	};
	const struct calendar *c = support_calendar(*state, true);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct clock k = started(c, "2026-11-23 10:00 WIB", 5, LIMIT_WORKDAYS);

		clock_pause(&k, at(cases[i].pause));
		clock_resume(&k, c, at(cases[i].resume));
		assert_int_equal(k.paused_wd, cases[i].waited);
		assert_day(instant_day(k.due_at, ZONE_WIB), cases[i].due);
		assert_false(instant_is_set(k.paused_at));
	}
}

static void any_pauses_leave_exactly_the_limit_to_work_in(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct rand_seq r = { 4 };

	for (int i = 0; i < 3000; i++) {
		struct instant t = instant_add_ms(at("2025-01-01 09:00 WIB"), rand_below(&r, 600) * MS_PER_DAY);
		struct limit limit = { 1 + (int)rand_below(&r, 60), LIMIT_WORKDAYS };
		struct clock k = { .started_at = t, .limit = limit, .due_at = clock_due(c, limit, t, 0) };
		struct day start = instant_day(t, ZONE_WIB);
		int waited = 0;

		for (uint32_t p = rand_below(&r, 4); p > 0; p--) {
			struct instant from = instant_add_ms(t, rand_below(&r, 200) * MS_PER_HOUR);

			t = instant_add_ms(from, rand_below(&r, 700) * MS_PER_HOUR);
			clock_pause(&k, from);
			clock_resume(&k, c, t);
			waited += calendar_count_workdays(c, instant_day(from, ZONE_WIB), instant_day(t, ZONE_WIB));
		}
		assert_int_equal(k.paused_wd, waited);
		assert_int_equal(calendar_count_workdays(c, start, instant_day(k.due_at, ZONE_WIB)) - waited, limit.n);
		assert_int_equal(k.due_at.ms, clock_due(c, limit, k.started_at, k.paused_wd).ms);
	}
}

static void pausing_twice_or_an_ended_clock_changes_nothing(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 5, LIMIT_WORKDAYS), before;

	before = k;
	clock_resume(&k, c, at("2026-11-27 10:00 WIB"));
	assert_memory_equal(&k, &before, sizeof(k));
	clock_pause(&k, at("2026-11-24 10:00 WIB"));
	clock_pause(&k, at("2026-11-26 10:00 WIB"));
	assert_instant(k.paused_at, "2026-11-24 10:00 WIB");
	k = before;
	k.ended_at = at("2026-11-24 10:00 WIB");
	clock_pause(&k, at("2026-11-25 10:00 WIB"));
	assert_false(instant_is_set(k.paused_at));
}

static void a_clock_in_office_time_gets_at_least_a_day_for_a_pause(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 30, LIMIT_MINUTES);

	clock_pause(&k, at("2026-11-23 10:20 WIB"));
	clock_resume(&k, c, at("2026-11-23 15:00 WIB"));
	assert_instant(k.due_at, "2026-11-24 10:30 WIB");
}

static void another_class_moves_the_limit_but_not_the_start_or_the_pauses(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 5, LIMIT_WORKDAYS);

	clock_pause(&k, at("2026-11-24 10:00 WIB"));
	clock_resume(&k, c, at("2026-11-26 10:00 WIB"));
	clock_relimit(&k, c, (struct limit){ 14, LIMIT_WORKDAYS }, "62/2018:other");
	assert_int_equal(k.paused_wd, 2);
	assert_day(instant_day(k.due_at, ZONE_WIB), "2026-12-15");
	assert_string_equal(k.rule, "62/2018:other");
}

static void a_reading_says_where_the_clock_stands(void **state)
{
	static const struct { const char *now; enum clock_tone tone; int used, left; } cases[] = {
		{ "2026-11-23 10:00 WIB", TONE_CALM, 0, 10 }, { "2026-11-24 10:00 WIB", TONE_CALM, 1, 9 },
		{ "2026-11-29 10:00 WIB", TONE_CALM, 4, 6 },  { "2026-12-02 10:00 WIB", TONE_CALM, 7, 3 },
		{ "2026-12-03 10:00 WIB", TONE_SOON, 8, 2 },  { "2026-12-07 23:59 WIB", TONE_SOON, 10, 0 },
		{ "2026-12-08 00:00 WIB", TONE_LATE, 11, -1 }, { "2026-12-14 00:00 WIB", TONE_LATE, 15, -5 },
	};
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 10, LIMIT_WORKDAYS);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct clock_reading r = clock_read(&k, c, at(cases[i].now));

		assert_int_equal(r.tone, cases[i].tone);
		assert_int_equal(r.used, cases[i].used);
		assert_int_equal(r.left, cases[i].left);
		assert_int_equal(r.total, 10);
		assert_day(r.due_on, "2026-12-07");
		assert_day(r.start_on, "2026-11-23");
	}
}

static void late_on_a_saturday_is_late(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 4, LIMIT_WORKDAYS);
	struct clock_reading r = clock_read(&k, c, at("2026-11-28 10:00 WIB"));

	assert_int_equal(r.tone, TONE_LATE);
	assert_int_equal(r.left, -1);
}

static void one_working_day_left_is_soon_even_for_short_limits(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 3, LIMIT_WORKDAYS);

	assert_int_equal(clock_read(&k, c, at("2026-11-24 10:00 WIB")).tone, TONE_CALM);
	assert_int_equal(clock_read(&k, c, at("2026-11-25 10:00 WIB")).tone, TONE_SOON);
}

static void a_paused_or_ended_clock_is_read_as_it_stood(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 5, LIMIT_WORKDAYS);
	struct clock_reading r;

	clock_pause(&k, at("2026-11-25 10:00 WIB"));
	r = clock_read(&k, c, at("2027-01-25 10:00 WIB"));
	assert_int_equal(r.tone, TONE_PAUSED);
	assert_int_equal(r.left, 3);
	k.paused_at.ms = 0;
	k.ended_at = at("2026-11-24 10:00 WIB");
	r = clock_read(&k, c, at("2027-01-25 10:00 WIB"));
	assert_int_equal(r.tone, TONE_DONE);
	assert_int_equal(r.used, 1);
}

static void office_time_is_read_in_its_unit(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-11-23 10:00 WIB", 2, LIMIT_HOURS);

	assert_int_equal(clock_read(&k, c, at("2026-11-23 10:00 WIB")).left, 2);
	assert_int_equal(clock_read(&k, c, at("2026-11-23 11:30 WIB")).left, 1);
	assert_int_equal(clock_read(&k, c, at("2026-11-23 12:10 WIB")).left, -1);
	assert_int_equal(clock_read(&k, c, at("2026-11-24 09:10 WIB")).left, -5);
	k = started(c, "2026-11-23 10:00 WIB", 30, LIMIT_DAYS);
	assert_int_equal(clock_read(&k, c, at("2026-12-03 10:00 WIB")).left, 20);
}

/* What a page would say: "10 hari kerja sejak Kamis 27 Maret 2025; 7 hari libur dan cuti bersama di antaranya". */
static void idul_fitri_2025_explains_itself(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2025-03-27 14:00 WIB", 10, LIMIT_WORKDAYS);
	struct clock_explanation e;

	clock_explain(&k, c, &e);
	assert_day(e.start_on, "2025-03-27");
	assert_day(e.due_on, "2025-04-22");
	assert_int_equal(e.limit.n, 10);
	assert_int_equal(e.limit.unit, LIMIT_WORKDAYS);
	assert_string_equal(e.rule, "62/2018:complaint");
	assert_int_equal(e.weekend_days, 8);
	assert_int_equal(e.free_weekdays, 8);
	assert_int_equal(e.n_holidays, 8);
	assert_day(e.holidays[0]->on, "2025-03-28");
	assert_int_equal(e.holidays[0]->kind, HOLIDAY_CUTI_BERSAMA);
	assert_string_equal(e.holidays[1]->name, "Hari Raya Idul Fitri");
	assert_day(e.holidays[7]->on, "2025-04-18");
	assert_string_equal(e.holidays[7]->name, "Wafat Yesus Kristus");
	assert_false(e.provisional);
	assert_int_equal(e.due_on.n - e.start_on.n, 10 + e.weekend_days + e.free_weekdays);
}

static void december_2026_explains_itself_into_an_undecreed_year(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2026-12-14 08:00 WIB", 14, LIMIT_WORKDAYS);
	struct clock_explanation e;

	clock_pause(&k, at("2026-12-15 09:00 WIB"));
	clock_resume(&k, c, at("2026-12-17 09:00 WIB"));
	clock_explain(&k, c, &e);
	assert_day(e.due_on, "2027-01-11");
	assert_int_equal(e.paused_wd, 2);
	assert_int_equal(e.n_holidays, 4);
	assert_int_equal(e.holidays[0]->kind, HOLIDAY_CUTI_BERSAMA);
	assert_day(e.holidays[0]->on, "2026-12-24");
	assert_string_equal(e.holidays[1]->name, "Hari Raya Natal");
	assert_day(e.holidays[2]->on, "2027-01-01");
	assert_true(e.holidays[3]->is_estimate);
	assert_true(e.provisional);
	assert_int_equal(e.due_on.n - e.start_on.n, 14 + 2 + e.weekend_days + e.free_weekdays);
}

static void a_start_in_an_undecreed_year_is_provisional_too(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct clock k = started(c, "2017-12-28 10:00 WIB", 5, LIMIT_WORKDAYS);
	struct clock_explanation e;

	clock_explain(&k, c, &e);
	assert_day(e.due_on, "2018-01-05");
	assert_true(e.provisional);
}

static void every_explanation_adds_up(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct rand_seq r = { 5 };

	for (int i = 0; i < 3000; i++) {
		struct instant t = instant_add_ms(at("2018-01-02 09:00 WIB"), rand_below(&r, 3000) * MS_PER_DAY);
		struct limit limit = { 1 + (int)rand_below(&r, 60), LIMIT_WORKDAYS };
		struct clock k = { .started_at = t, .limit = limit, .paused_wd = (int)rand_below(&r, 20) };
		struct clock_explanation e;

		k.due_at = clock_due(c, limit, t, k.paused_wd);
		clock_explain(&k, c, &e);
		assert_int_equal(e.due_on.n - e.start_on.n, limit.n + e.paused_wd + e.weekend_days + e.free_weekdays);
		assert_int_equal(e.n_holidays, e.free_weekdays < CLOCK_HOLIDAYS_MAX ? e.free_weekdays : CLOCK_HOLIDAYS_MAX);
	}
}

/* Eight hours a day; what was paused is taken out in whole days, and never more than there was. */
static void minutes_that_ran_are_office_minutes(void **state)
{
	static const struct {
		const char *from, *to, *paused;
		int paused_wd, minutes;
	} cases[] = {
		{ "2025-06-02 09:00 WIB", "2025-06-02 09:05 WIB", NULL, 0, 5 },
		{ "2025-06-02 09:00 WIB", "2025-06-04 10:00 WIB", NULL, 0, 17 * 60 },
		{ "2025-06-02 09:00 WIB", "2025-06-04 10:00 WIB", NULL, 1, 9 * 60 },
		{ "2025-06-02 09:00 WIB", "2025-06-02 10:00 WIB", NULL, 1, 0 },
		{ "2025-06-02 09:00 WIB", "2025-06-20 10:00 WIB", "2025-06-02 11:00 WIB", 0, 120 },
		{ "2025-06-05 15:00 WIB", "2025-06-10 09:00 WIB", NULL, 0, 120 }, /* Idul Adha, its day of leave, a weekend */
	};
	struct arena *a = arena_new(1 << 22);
	struct calendar *c = support_calendar(a, true);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct clock k = { .started_at = at(cases[i].from), .ended_at = at(cases[i].to), .paused_wd = cases[i].paused_wd };

		if (cases[i].paused)
			k.paused_at = at(cases[i].paused);
		assert_int_equal(clock_ran_minutes(&k, c), cases[i].minutes);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_that_ran_are_office_minutes),
		cmocka_unit_test(limits_run_in_their_own_unit),
		cmocka_unit_test(the_start_day_is_that_of_the_zone),
		cmocka_unit_test(pausing_moves_the_due_day_by_the_working_days_waited),
		cmocka_unit_test(any_pauses_leave_exactly_the_limit_to_work_in),
		cmocka_unit_test(pausing_twice_or_an_ended_clock_changes_nothing),
		cmocka_unit_test(a_clock_in_office_time_gets_at_least_a_day_for_a_pause),
		cmocka_unit_test(another_class_moves_the_limit_but_not_the_start_or_the_pauses),
		cmocka_unit_test(a_reading_says_where_the_clock_stands),
		cmocka_unit_test(late_on_a_saturday_is_late),
		cmocka_unit_test(one_working_day_left_is_soon_even_for_short_limits),
		cmocka_unit_test(a_paused_or_ended_clock_is_read_as_it_stood),
		cmocka_unit_test(office_time_is_read_in_its_unit),
		cmocka_unit_test(idul_fitri_2025_explains_itself),
		cmocka_unit_test(december_2026_explains_itself_into_an_undecreed_year),
		cmocka_unit_test(a_start_in_an_undecreed_year_is_provisional_too),
		cmocka_unit_test(every_explanation_adds_up),
	};

	return cmocka_run_group_tests_name("clock", tests, set_up, tear_down);
}
