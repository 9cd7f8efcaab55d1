/* SPDX-License-Identifier: Apache-2.0
 * Text from strangers: validity by the standard's table, cleaning, cutting at characters.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "base/utf8.h"

static int set_up(void **state)
{
	*state = arena_new(8 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void valid_is_what_the_standard_says(void **state)
{
	static const struct { const char *s; bool valid; } cases[] = {
		{ "", true },          { "lapor", true },         { "\xC2\x80", true },         { "\xDF\xBF", true },
		{ "\xE0\xA0\x80", true }, { "\xED\x9F\xBF", true }, { "\xEE\x80\x80", true },    { "\xEF\xBF\xBF", true },
		{ "\xF0\x90\x80\x80", true }, { "\xF4\x8F\xBF\xBF", true },
		{ "\x80", false },     { "\xBF", false },         { "\xC0\x80", false },        { "\xC1\xBF", false },
		{ "\xE0\x9F\xBF", false }, { "\xED\xA0\x80", false }, { "\xED\xBF\xBF", false }, { "\xF0\x8F\xBF\xBF", false },
		{ "\xF4\x90\x80\x80", false }, { "\xF5\x80\x80\x80", false }, { "\xFF", false },  { "\xC3", false },
		{ "\xE2\x82", false }, { "\xF0\x9F\x98", false }, { "a\xC3(", false },          { "\xE2\x28\xA1", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(utf8_is_valid(cases[i].s, strlen(cases[i].s)), cases[i].valid);
	assert_false(utf8_is_valid("a\0b", 3));
	/* Not a byte past n is looked at. */
	assert_false(utf8_is_valid("\xE2\x82\xAC", 2));
}

static void length_and_prefix_count_characters(void **state)
{
	const char *s = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";

	(void)state;
	assert_int_equal(utf8_length(s), 5);
	assert_int_equal(utf8_length(""), 0);
	assert_int_equal(utf8_prefix_bytes(s, 0), 0);
	assert_int_equal(utf8_prefix_bytes(s, 1), 1);
	assert_int_equal(utf8_prefix_bytes(s, 2), 3);
	assert_int_equal(utf8_prefix_bytes(s, 3), 6);
	assert_int_equal(utf8_prefix_bytes(s, 4), 10);
	assert_int_equal(utf8_prefix_bytes(s, 5), 11);
	assert_int_equal(utf8_prefix_bytes(s, 99), 11);
}

static void cleaning_removes_what_nobody_sees(void **state)
{
	static const struct { const char *in, *one_line, *lines; } cases[] = {
		{ "", "", "" },
		{ "  a  ", "a", "a" },
		{ "a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd" },
		{ "a \n\n\n\n b", NULL, "a\n\n b" },
		{ "\n\n a", "a", "a" },
		{ "a\x01\x07\x7F""b", "ab", "ab" },
		{ "a\tb", "a b", "a b" },
		{ "a\xC2\x85\xC2\x9F""b\xC2\xA0""c", "ab\xC2\xA0""c", "ab\xC2\xA0""c" },
		{ " \r\n\t ", "", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (cases[i].one_line)
			assert_string_equal(utf8_clean(*state, cases[i].in, false), cases[i].one_line);
		assert_string_equal(utf8_clean(*state, cases[i].in, true), cases[i].lines);
	}
}

/* Whatever comes in, what comes out is clean: cleaning it again changes nothing. */
static void repaired_and_cleaned_text_is_valid_and_stays_so(void **state)
{
	struct arena *a = *state;
	struct rand_seq r = { 9 };

	for (int i = 0; i < 2000; i++) {
		struct arena_mark mark = arena_mark(a);
		char bytes[64], *fixed, *clean;
		size_t n = rand_below(&r, sizeof(bytes));

		for (size_t k = 0; k < n; k++)
			bytes[k] = (char)(rand_below(&r, 3) ? rand_below(&r, 256) : rand_below(&r, 40));
		fixed = utf8_repair(a, bytes, n);
		assert_true(utf8_is_valid(fixed, strlen(fixed)));
		clean = utf8_clean(a, fixed, i % 2);
		assert_true(utf8_is_valid(clean, strlen(clean)));
		assert_string_equal(utf8_clean(a, clean, i % 2), clean);
		arena_rewind(a, mark);
	}
	assert_string_equal(utf8_repair(a, "a\xFF" "b", 3), "a\xEF\xBF\xBD" "b");
	assert_string_equal(utf8_repair(a, "a\0b", 3), "a\xEF\xBF\xBD" "b");
}

static void excerpts_end_at_a_word(void **state)
{
	struct arena *a = *state;

	assert_string_equal(utf8_excerpt(a, "pendek", 10), "pendek");
	assert_string_equal(utf8_excerpt(a, "tepat", 5), "tepat");
	assert_string_equal(utf8_excerpt(a, "Lampu jalan mati", 12), "Lampu jalan\xE2\x80\xA6");
	assert_string_equal(utf8_excerpt(a, "Lampujalanmatisemua", 5), "Lampu\xE2\x80\xA6");
	assert_string_equal(utf8_excerpt(a, "\xC3\xA9\xC3\xA9\xC3\xA9", 2), "\xC3\xA9\xC3\xA9\xE2\x80\xA6");
	assert_string_equal(utf8_lower_ascii(a, "ABC \xC3\x89 z"), "abc \xC3\x89 z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_is_what_the_standard_says),
		cmocka_unit_test(length_and_prefix_count_characters),
		cmocka_unit_test(cleaning_removes_what_nobody_sees),
		cmocka_unit_test(repaired_and_cleaned_text_is_valid_and_stays_so),
		cmocka_unit_test(excerpts_end_at_a_word),
	};

	return cmocka_run_group_tests_name("utf8", tests, set_up, tear_down);
}
