/* SPDX-License-Identifier: Apache-2.0
 * Working days: the golden vectors, the properties that hold for every calendar, office time.
 */
#include "unit/support.h"

#include "base/rand.h"

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

static void every_golden_vector_holds(void **state)
{
	const struct calendar *with = support_calendar(*state, true), *without = support_calendar(*state, false);
	FILE *f = fopen("tests/data/workday_vectors.csv", "r");
	char line[128], start[11], end[11], end_without[11];
	int n, rows = 0;

	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f)) {
		assert_int_equal(sscanf(line, "%10[^,],%d,%10[^,],%10s", start, &n, end, end_without), 4);
		assert_day(calendar_add_workdays(with, on(start), n), end);
		assert_day(calendar_add_workdays(without, on(start), n), end_without);
		assert_int_equal(calendar_count_workdays(with, on(start), on(end)), n);
		assert_int_equal(calendar_count_workdays(without, on(start), on(end_without)), n);
		rows++;
	}
	fclose(f);
	assert_int_equal(rows, 600);
}

static void a_year_has_the_known_number_of_working_days(void **state)
{
	static const struct { const char *before, *last; int days; } years[] = {
		{ "2023-12-31", "2024-12-31", 238 },
		{ "2024-12-31", "2025-12-31", 237 },
		{ "2025-12-31", "2026-12-31", 240 },
	};
	const struct calendar *c = support_calendar(*state, true);

	for (size_t i = 0; i < ARRAY_LEN(years); i++)
		assert_int_equal(calendar_count_workdays(c, on(years[i].before), on(years[i].last)), years[i].days);
}

/* The slow and obvious way, to hold the bitmap against. */
static struct day walk(const struct calendar *c, struct day d, int n)
{
	while (n > 0) {
		d = day_add(d, 1);
		if (day_weekday(d) < 5 && !calendar_holiday(c, d))
			n--;
	}
	return d;
}

static void adding_then_counting_gives_the_same_number(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct rand_seq r = { 1 };

	for (int i = 0; i < 20000; i++) {
		struct day start = day_add(on("2017-12-01"), (int32_t)rand_below(&r, 3700));
		int n = (int)rand_below(&r, 130);
		struct day end = calendar_add_workdays(c, start, n);

		assert_int_equal(calendar_count_workdays(c, start, end), n);
		assert_int_equal(calendar_count_workdays(c, end, start), -n);
		assert_true(n == 0 ? end.n == start.n : calendar_is_workday(c, end));
		assert_int_equal(end.n, walk(c, start, n).n);
	}
}

static void adding_is_monotone_and_additive(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct rand_seq r = { 2 };

	for (int i = 0; i < 5000; i++) {
		struct day start = day_add(on("2019-01-01"), (int32_t)rand_below(&r, 3000));
		int n = (int)rand_below(&r, 80), m = (int)rand_below(&r, 80);
		struct day end = calendar_add_workdays(c, start, n);

		assert_true(calendar_add_workdays(c, start, n + 1).n > end.n);
		assert_true(calendar_add_workdays(c, day_add(start, 1), n).n >= end.n);
		assert_int_equal(calendar_add_workdays(c, end, m).n, calendar_add_workdays(c, start, n + m).n);
	}
}

static void days_outside_the_bitmap_are_mondays_to_fridays(void **state)
{
	static const char *const starts[] = { "1999-12-20", "1970-01-01", "1969-06-01", "2100-11-29", "2150-03-01" };
	const struct calendar *c = calendar_new(*state, NULL, 0, "", ZONE_WIB, SUPPORT_HOURS, true);

	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		for (int n = 0; n < 600; n++) {
			struct day start = on(starts[i]), end = calendar_add_workdays(c, start, n);

			assert_int_equal(end.n, walk(c, start, n).n);
			assert_int_equal(calendar_count_workdays(c, start, end), n);
		}
	}
}

static void the_start_day_never_counts(void **state)
{
	const struct calendar *c = support_calendar(*state, true);

	/* Thursday before Good Friday 2026 (3 April). */
	assert_day(calendar_add_workdays(c, on("2026-04-02"), 1), "2026-04-06");
	assert_day(calendar_add_workdays(c, on("2026-04-02"), 0), "2026-04-02");
	assert_day(calendar_add_workdays(c, on("2026-04-04"), 1), "2026-04-06");
}

static void regional_holidays_hold_in_their_region_only(void **state)
{
	const struct holiday h[] = {
		{ .on = on("2026-06-02"), .kind = HOLIDAY_REGIONAL, .scope = "35", .name = "Hari jadi provinsi" },
		{ .on = on("2026-06-03"), .kind = HOLIDAY_REGIONAL, .scope = "35.20", .name = "Hari jadi kabupaten" },
	};
	static const struct { const char *region; bool first, second; } cases[] = {
		{ "35.20", true, true },   { "35.20.01", true, true }, { "35", true, false }, { "35.2", true, false },
		{ "35.21", true, false },  { "3", false, false },      { "", false, false },  { "350", false, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct calendar *c =
			calendar_new(*state, h, 2, cases[i].region, ZONE_WIB, SUPPORT_HOURS, true);

		assert_int_equal(calendar_is_workday(c, on("2026-06-02")), !cases[i].first);
		assert_int_equal(calendar_is_workday(c, on("2026-06-03")), !cases[i].second);
	}
}

static void holidays_between_lists_weekdays_in_order(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	const struct holiday *h[16];

	/* Idul Fitri 2025: the Saturday and Sunday holidays (29 and 30 March) make nothing later. */
	assert_int_equal(calendar_holidays_between(c, on("2025-03-27"), on("2025-04-08"), h, 16), 7);
	assert_day(h[0]->on, "2025-03-28");
	assert_day(h[1]->on, "2025-03-31");
	assert_day(h[6]->on, "2025-04-07");
	assert_int_equal(calendar_holidays_between(c, on("2025-03-28"), on("2025-04-08"), h, 16), 6);
	assert_int_equal(calendar_holidays_between(c, on("2025-03-27"), on("2025-04-08"), h, 2), 2);
	assert_null(calendar_holiday(c, on("2025-03-27")));
	assert_string_equal(calendar_holiday(c, on("2026-12-25"))->name, "Hari Raya Natal");
}

static void two_holidays_on_one_day_make_it_free_once(void **state)
{
	const struct holiday h[] = {
		{ .on = on("2026-08-18"), .kind = HOLIDAY_REGIONAL, .scope = "35.20", .name = "Hari jadi" },
		{ .on = on("2026-08-18"), .kind = HOLIDAY_NATIONAL, .scope = "", .name = "Libur nasional" },
	};
	const struct calendar *c = calendar_new(*state, h, 2, "35.20", ZONE_WIB, SUPPORT_HOURS, true);
	const struct holiday *found[4];

	assert_int_equal(calendar_holidays_between(c, on("2026-08-17"), on("2026-08-19"), found, 4), 1);
	assert_string_equal(found[0]->name, "Libur nasional");
	assert_int_equal(calendar_count_workdays(c, on("2026-08-17"), on("2026-08-19")), 1);
}

static void a_year_of_estimates_or_without_holidays_is_not_decreed(void **state)
{
	const struct calendar *c = support_calendar(*state, true);

	assert_true(calendar_knows_year(c, on("2026-12-31")));
	assert_false(calendar_knows_year(c, on("2027-01-01")));
	assert_false(calendar_knows_year(c, on("2028-06-01")));
	assert_false(calendar_knows_year(c, on("1980-06-01")));
}

static void office_time_skips_nights_weekends_and_holidays(void **state)
{
	static const struct { const char *start; int minutes; const char *end; } cases[] = {
		{ "2026-11-23 09:00 WIB", 15, "2026-11-23 09:15 WIB" },
		{ "2026-11-23 06:00 WIB", 15, "2026-11-23 08:15 WIB" },
		{ "2026-11-23 15:50 WIB", 15, "2026-11-24 08:05 WIB" },
		{ "2026-11-23 17:00 WIB", 60, "2026-11-24 09:00 WIB" },
		{ "2026-11-20 15:00 WIB", 60, "2026-11-20 16:00 WIB" },
		{ "2026-11-20 15:00 WIB", 61, "2026-11-23 08:01 WIB" },
		{ "2026-11-20 16:00 WIB", 0, "2026-11-23 08:00 WIB" },
		{ "2026-11-21 12:00 WIB", 0, "2026-11-23 08:00 WIB" },
		{ "2026-11-23 08:00 WIB", 480, "2026-11-23 16:00 WIB" },
		{ "2026-11-23 10:00 WIB", 480, "2026-11-24 10:00 WIB" },
		{ "2026-11-23 10:00 WIB", 480 * 2 + 30, "2026-11-25 10:30 WIB" },
		/* 24 December is cuti bersama, 25 December Christmas, then a weekend. */
		{ "2026-12-23 15:30 WIB", 60, "2026-12-28 08:30 WIB" },
	};
	const struct calendar *c = support_calendar(*state, true);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_instant(calendar_add_office_minutes(c, at(cases[i].start), cases[i].minutes), cases[i].end);
		assert_int_equal(calendar_count_office_minutes(c, at(cases[i].start), at(cases[i].end)),
				 cases[i].minutes);
		assert_int_equal(calendar_count_office_minutes(c, at(cases[i].end), at(cases[i].start)), 0);
	}
}

static void office_minutes_added_are_office_minutes_counted(void **state)
{
	const struct calendar *c = support_calendar(*state, true);
	struct rand_seq r = { 3 };

	for (int i = 0; i < 5000; i++) {
		struct instant start = instant_add_ms(at("2024-12-20 00:00 WIB"),
						      (int64_t)rand_below(&r, 700 * 24 * 60) * MS_PER_MINUTE);
		int minutes = (int)rand_below(&r, 5000);
		struct instant end = calendar_add_office_minutes(c, start, minutes);

		assert_int_equal(calendar_count_office_minutes(c, start, end), minutes);
		assert_true(calendar_is_workday(c, instant_day(end, ZONE_WIB)));
	}
}

static void until_a_day_means_until_its_last_moment(void **state)
{
	const struct calendar *c = support_calendar(*state, true);

	assert_int_equal(calendar_end_of_day(c, on("2026-11-26")).ms, at("2026-11-27 00:00 WIB").ms - 1);
	assert_int_equal(calendar_zone(c), ZONE_WIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_golden_vector_holds),
		cmocka_unit_test(a_year_has_the_known_number_of_working_days),
		cmocka_unit_test(adding_then_counting_gives_the_same_number),
		cmocka_unit_test(adding_is_monotone_and_additive),
		cmocka_unit_test(days_outside_the_bitmap_are_mondays_to_fridays),
		cmocka_unit_test(the_start_day_never_counts),
		cmocka_unit_test(regional_holidays_hold_in_their_region_only),
		cmocka_unit_test(holidays_between_lists_weekdays_in_order),
		cmocka_unit_test(two_holidays_on_one_day_make_it_free_once),
		cmocka_unit_test(a_year_of_estimates_or_without_holidays_is_not_decreed),
		cmocka_unit_test(office_time_skips_nights_weekends_and_holidays),
		cmocka_unit_test(office_minutes_added_are_office_minutes_counted),
		cmocka_unit_test(until_a_day_means_until_its_last_moment),
	};

	return cmocka_run_group_tests_name("calendar", tests, set_up, tear_down);
}
