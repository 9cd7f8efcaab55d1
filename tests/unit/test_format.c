/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "i18n/format.h"
#include "messages.h"

#define NOT_SET_DAY ((struct day){ INT32_MIN })

static struct instant at(const char *text)
{
	struct instant t = { 0 };

	assert_true(instant_parse(text, &t));
	return t;
}

static void expect(struct buf *b, const char *want)
{
	assert_string_equal(buf_cstr(b), want);
	buf_reset(b);
}

static void numbers_have_thousands_as_people_write_them(void **state)
{
	static const struct {
		int64_t n;
		const char *id, *en;
	} cases[] = {
		{ 0, "0", "0" },
		{ 7, "7", "7" },
		{ 999, "999", "999" },
		{ 1225, "1.225", "1,225" },
		{ -1225, "-1.225", "-1,225" },
		{ 1000000, "1.000.000", "1,000,000" },
		{ 100000, "100.000", "100,000" },
		{ INT64_MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		format_int(&b, LANG_ID, cases[i].n);
		expect(&b, cases[i].id);
		format_int(&b, LANG_EN, cases[i].n);
		expect(&b, cases[i].en);
	}
	buf_done(&b);
}

static void tenths_use_a_comma_in_indonesian(void **state)
{
	static const struct {
		int64_t tenths;
		const char *id, *en;
	} cases[] = {
		{ 42, "4,2", "4.2" },	{ 40, "4", "4" },	 { 5, "0,5", "0.5" },
		{ -5, "-0,5", "-0.5" }, { -42, "-4,2", "-4.2" }, { 12255, "1.225,5", "1,225.5" },
		{ 0, "0", "0" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		format_dec1(&b, LANG_ID, cases[i].tenths);
		expect(&b, cases[i].id);
		format_dec1(&b, LANG_EN, cases[i].tenths);
		expect(&b, cases[i].en);
	}
	buf_done(&b);
}

static void sizes_are_rounded_for_people(void **state)
{
	static const struct {
		int64_t bytes;
		const char *id;
	} cases[] = {
		{ 0, "0 byte" },       { 512, "512 byte" },	     { 1024, "1 KB" },
		{ 1536, "1,5 KB" },    { 215040, "210 KB" },	     { 2516582, "2,4 MB" },
		{ 10485760, "10 MB" }, { INT64_C(3) << 30, "3 GB" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		format_bytes(&b, LANG_ID, cases[i].bytes);
		expect(&b, cases[i].id);
	}
	buf_done(&b);
}

static void days_and_times_are_written_out(void **state)
{
	struct day d = day_from_civil(2026, 11, 26);
	struct instant t = at("2026-11-26T07:05:00Z");
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	format_day(&b, LANG_ID, d);
	expect(&b, "Kamis, 26 November 2026");
	format_day(&b, LANG_EN, d);
	expect(&b, "Thursday, 26 November 2026");
	format_day_short(&b, LANG_ID, day_from_civil(2026, 8, 17));
	expect(&b, "17 Agu 2026");
	format_time(&b, LANG_ID, ZONE_WIB, t);
	expect(&b, "Kamis, 26 November 2026 pukul 14.05 WIB");
	format_time(&b, LANG_EN, ZONE_WIB, t);
	expect(&b, "Thursday, 26 November 2026 at 14:05 WIB");
	format_time_short(&b, LANG_ID, ZONE_WIT, t);
	expect(&b, "26 Nov 2026, 16.05");
	format_clock(&b, LANG_ID, ZONE_WITA, t);
	expect(&b, "15.05 WITA");
	/* Late evening in UTC is the next day here. */
	format_time_short(&b, LANG_ID, ZONE_WIB, at("2026-12-31T18:00:00Z"));
	expect(&b, "1 Jan 2027, 01.00");
	buf_done(&b);
}

static void what_is_not_set_prints_nothing(void **state)
{
	struct instant none = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	format_day(&b, LANG_ID, NOT_SET_DAY);
	format_day_short(&b, LANG_ID, NOT_SET_DAY);
	format_time(&b, LANG_ID, ZONE_WIB, none);
	format_time_short(&b, LANG_ID, ZONE_WIB, none);
	format_clock(&b, LANG_ID, ZONE_WIB, none);
	assert_int_equal(b.n, 0);
	buf_done(&b);
}

static void messages_take_parameters_in_both_languages(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	msg_layout_session(&b, LANG_ID, ZONE_WIB, 30);
	expect(&b, "Sesi berakhir otomatis setelah 30 menit tanpa kegiatan");
	msg_layout_session(&b, LANG_EN, ZONE_WIB, 1);
	expect(&b, "Sessions end after 1 minute without activity");
	msg_layout_session(&b, LANG_EN, ZONE_WIB, 30);
	expect(&b, "Sessions end after 30 minutes without activity");
	msg_layout_run_by(&b, LANG_ID, ZONE_WIB, NULL);
	expect(&b, "Dikelola .");
	buf_done(&b);
}

static void messages_are_found_by_name_and_unknown_ones_are_empty(void **state)
{
	(void)state;
	for (int m = 1; m < MSG_COUNT; m++) {
		assert_int_equal(msg_by_name(msg_name((enum msg)m)), m);
		assert_true(*msg_text(LANG_ID, (enum msg)m) && *msg_text(LANG_EN, (enum msg)m));
	}
	assert_int_equal(msg_by_name("tiada"), MSG_NONE);
	assert_int_equal(msg_by_name(""), MSG_NONE);
	assert_string_equal(msg_text(LANG_ID, MSG_NONE), "");
	assert_string_equal(msg_text(LANG_ID, (enum msg)-1), "");
	assert_string_equal(msg_text(LANG_ID, MSG_COUNT), "");
	assert_string_equal(msg_state_answered(LANG_ID), "Ada tanggapan");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_thousands_as_people_write_them),
		cmocka_unit_test(tenths_use_a_comma_in_indonesian),
		cmocka_unit_test(sizes_are_rounded_for_people),
		cmocka_unit_test(days_and_times_are_written_out),
		cmocka_unit_test(what_is_not_set_prints_nothing),
		cmocka_unit_test(messages_take_parameters_in_both_languages),
		cmocka_unit_test(messages_are_found_by_name_and_unknown_ones_are_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
