/* SPDX-License-Identifier: Apache-2.0
 * Days and instants: civil dates and back, zones, everything people and files write.
 */
#include "unit/support.h"

static void every_day_of_three_centuries_goes_there_and_back(void **state)
{
	struct day first = day_from_civil(1900, 1, 1), last = day_from_civil(2200, 12, 31);
	int y = 1900, m = 1, d = 1, weekday = 0; /* 1900-01-01 was a Monday */

	(void)state;
	for (struct day at = first; at.n <= last.n; at = day_add(at, 1)) {
		static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		struct civil c = day_to_civil(at);

		assert_true(c.year == y && c.month == m && c.day == d && c.weekday == weekday);
		assert_int_equal(day_from_civil(y, m, d).n, at.n);
		assert_true(day_is_valid(y, m, d));
		weekday = (weekday + 1) % 7;
		if (++d > lengths[m - 1] + (m == 2 && leap)) {
			assert_false(day_is_valid(y, m, d));
			d = 1;
			if (++m > 12) {
				m = 1;
				y++;
			}
		}
	}
	assert_int_equal(day_from_civil(1970, 1, 1).n, 0);
}

static void dates_are_read_exactly(void **state)
{
	static const char *const wrong[] = {
		"", "2026", "2026-11", "2026-11-2", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-10", "26-11-22",
		"2026/11/22", "2026-11-22 ", " 2026-11-22", "2026-11-22T", "1899-12-31", "2201-01-01", "2026-1a-22",
		"-026-11-22", "2026-11-222",
	};
	struct day d = { 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_false(day_parse(wrong[i], &d));
		assert_int_equal(d.n, 7);
	}
	assert_true(day_parse("2024-02-29", &d));
	assert_day(d, "2024-02-29");
	assert_day(on("1900-01-01"), "1900-01-01");
}

static void zones_have_their_offsets_and_names(void **state)
{
	enum zone z = ZONE_WITA;

	(void)state;
	assert_int_equal(zone_offset_minutes(ZONE_WIB), 420);
	assert_int_equal(zone_offset_minutes(ZONE_WITA), 480);
	assert_int_equal(zone_offset_minutes(ZONE_WIT), 540);
	assert_true(zone_parse("WIT", &z));
	assert_int_equal(z, ZONE_WIT);
	assert_string_equal(zone_name(z), "WIT");
	assert_false(zone_parse("wib", &z));
	assert_false(zone_parse("", &z));
	assert_int_equal(z, ZONE_WIT);
}

static void instants_are_read_in_all_their_forms(void **state)
{
	static const struct { const char *text, *utc; } cases[] = {
		{ "2026-11-22T14:05:00Z", "2026-11-22T14:05:00Z" },
		{ "2026-11-22T14:05Z", "2026-11-22T14:05:00Z" },
		{ "2026-11-22 14:05:09+07:00", "2026-11-22T07:05:09Z" },
		{ "2026-11-22T14:05:09.123456Z", "2026-11-22T14:05:09Z" },
		{ "2026-11-22 00:05 WIB", "2026-11-21T17:05:00Z" },
		{ "2026-11-22 08:05 WITA", "2026-11-22T00:05:00Z" },
		{ "2026-11-22 09:05 WIT", "2026-11-22T00:05:00Z" },
		{ "2026-11-22T14:05:00-03:30", "2026-11-22T17:35:00Z" },
		{ "2026-11-22", "2026-11-21T17:00:00Z" },
		{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
	};
	static const char *const wrong[] = {
		"", "now", "2026-11-22T", "2026-11-22T24:00Z", "2026-11-22T14:60Z", "2026-11-22T14:05", "2026-11-22T14:05:60Z",
		"2026-11-22 14:05 wib", "2026-11-22T14:05:00+7:00", "2026-11-22T14:05:00+15:00", "2026-11-22T14:05:00Zx",
		"2026-11-22  14:05Z", "2026-11-31T14:05Z", "2026-11-22T14Z",
	};
	struct instant t = { 7 };
	char text[21];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		instant_format(at(cases[i].text), text);
		assert_string_equal(text, cases[i].utc);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_false(instant_parse(wrong[i], &t));
		assert_int_equal(t.ms, 7);
	}
}

static void an_instant_is_another_day_elsewhere(void **state)
{
	struct instant t = at("2026-11-22 23:30 WIB");
	struct civil c = instant_civil(t, ZONE_WIT);

	(void)state;
	assert_day(instant_day(t, ZONE_WIB), "2026-11-22");
	assert_day(instant_day(t, ZONE_WITA), "2026-11-23");
	assert_true(c.day == 23 && c.hour == 1 && c.minute == 30 && c.second == 0 && c.weekday == 0);
	assert_int_equal(instant_at_day(on("2026-11-23"), ZONE_WITA).ms, t.ms - 30 * MS_PER_MINUTE);
	assert_day(instant_day((struct instant){ -1 }, ZONE_WIB), "1970-01-01");
	assert_day(instant_day((struct instant){ -8 * MS_PER_HOUR }, ZONE_WIB), "1969-12-31");
	assert_false(instant_is_set((struct instant){ 0 }));
	assert_true(instant_is_set(instant_add_ms((struct instant){ 0 }, 1)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_three_centuries_goes_there_and_back),
		cmocka_unit_test(dates_are_read_exactly),
		cmocka_unit_test(zones_have_their_offsets_and_names),
		cmocka_unit_test(instants_are_read_in_all_their_forms),
		cmocka_unit_test(an_instant_is_another_day_elsewhere),
	};

	return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
