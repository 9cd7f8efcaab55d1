/* SPDX-License-Identifier: Apache-2.0
 * Numbers and hex out of text: all or nothing.
 */
#include "unit/support.h"

#include "base/parse.h"

static void integers_are_read_whole_and_within_their_limits(void **state)
{
	static const struct { const char *s; bool ok; int64_t v; } cases[] = {
		{ "0", true, 0 }, { "7", true, 7 }, { "007", true, 7 }, { "-7", true, -7 }, { "100", true, 100 },
		{ "-100", true, -100 }, { "101", false, 0 }, { "-101", false, 0 }, { "", false, 0 }, { "-", false, 0 },
		{ "+7", false, 0 }, { " 7", false, 0 }, { "7 ", false, 0 }, { "7x", false, 0 }, { "0x7", false, 0 },
		{ "--7", false, 0 }, { "1e1", false, 0 }, { "99999999999999999999", false, 0 }, { "7.0", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t v = 4711;

		assert_int_equal(parse_int(cases[i].s, -100, 100, &v), cases[i].ok);
		assert_int_equal(v, cases[i].ok ? cases[i].v : 4711);
	}
}

static void integers_of_known_length_need_no_end(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_true(parse_int_n("12345", 3, 0, 1000, &v));
	assert_int_equal(v, 123);
	assert_false(parse_int_n("123", 0, 0, 1000, &v));
	assert_true(parse_int("999999999999999999", 0, INT64_MAX, &v));
	assert_int_equal(v, INT64_C(999999999999999999));
}

static void two_integers_are_read_both_or_neither(void **state)
{
	static const struct { const char *s; bool ok; int64_t first, second; } cases[] = {
		{ "12_34", true, 12, 34 }, { "-12_-34", true, -12, -34 }, { "0_0", true, 0, 0 }, { "12", false, 0, 0 },
		{ "_", false, 0, 0 }, { "12_", false, 0, 0 }, { "_34", false, 0, 0 }, { "12_34_5", false, 0, 0 },
		{ "12_101", false, 0, 0 }, { "101_12", false, 0, 0 }, { "12-34", false, 0, 0 }, { "", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t first = 4711, second = 4711;

		assert_int_equal(parse_int_pair(cases[i].s, '_', -100, 100, &first, &second), cases[i].ok);
		assert_int_equal(first, cases[i].ok ? cases[i].first : 4711);
		assert_int_equal(second, cases[i].ok ? cases[i].second : 4711);
	}
}

static void hex_goes_there_and_back(void **state)
{
	static const char *const wrong[] = { "", "00", "0001020", "000102030", "0001020g", "00 10203", "0x010203" };
	unsigned char bytes[4] = { 0x00, 0x1F, 0xA0, 0xFF }, back[4] = { 0 };
	char text[9];

	(void)state;
	parse_hex_encode(bytes, 4, text);
	assert_string_equal(text, "001fa0ff");
	assert_true(parse_hex_decode("001fA0Ff", back, 4));
	assert_memory_equal(bytes, back, 4);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(parse_hex_decode(wrong[i], back, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_read_whole_and_within_their_limits),
		cmocka_unit_test(integers_of_known_length_need_no_end),
		cmocka_unit_test(two_integers_are_read_both_or_neither),
		cmocka_unit_test(hex_goes_there_and_back),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
