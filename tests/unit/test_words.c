/* SPDX-License-Identifier: Apache-2.0
 * Words for the search index: marks and case do not matter, separators are one blank.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "base/utf8.h"
#include "core/words.h"

static int set_up(void **state)
{
	*state = arena_new(4 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void text_becomes_plain_words(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "" },
		{ "Jl. Sudirman No.5 (rusak!)", "jl sudirman no 5 rusak" },
		{ "  --  ", "" },
		{ "r\xC3\xA9sum\xC3\xA9 \xC3\x89T\xC3\x89", "resume ete" },
		{ "e\xCC\x81t\xC3\xA9", "ete" },
		{ "a\xE2\x80\x93""b\xC2\xA0""c\xEF\xBB\xBF""d", "a b c d" },
		{ "\xC5\xBD\xC5\xBE \xC5\x81", "zz l" },
		{ "2\xC3\x97""3", "2 3" },
		{ "\xE6\xB0\xB4\xE3\x80\x82\xE9\x81\x93", "\xE6\xB0\xB4 \xE9\x81\x93" },
		{ "lampu\nmati\tlagi", "lampu mati lagi" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(words_normal(*state, cases[i].text), cases[i].words);
}

static void words_of_words_are_the_same_and_valid(void **state)
{
	struct arena *a = *state;
	struct rand_seq r = { 11 };

	for (int i = 0; i < 3000; i++) {
		struct arena_mark mark = arena_mark(a);
		char bytes[64], *words;
		size_t n = rand_below(&r, sizeof(bytes));

		for (size_t k = 0; k < n; k++)
			bytes[k] = (char)rand_below(&r, 256);
		words = words_normal(a, utf8_repair(a, bytes, n));
		assert_true(utf8_is_valid(words, strlen(words)));
		assert_string_equal(words_normal(a, words), words);
		assert_null(strstr(words, "  "));
		assert_true(words[0] != ' ' && (words[0] == '\0' || words[strlen(words) - 1] != ' '));
		arena_rewind(a, mark);
	}
}

static void both_tables_can_be_searched_by_halves(void **state)
{
	static const char *const slang[] = {
#define SLANG(w, s) w,
#include "core/slang.def"
#undef SLANG
	}, *const stems[] = {
#define STEM(w, s) w,
#include "core/stem.def"
#undef STEM
	};

	(void)state;
	for (size_t i = 1; i < ARRAY_LEN(slang); i++)
		assert_true(strcmp(slang[i - 1], slang[i]) < 0);
	for (size_t i = 1; i < ARRAY_LEN(stems); i++)
		assert_true(strcmp(stems[i - 1], stems[i]) < 0);
}

static void whatever_is_typed_is_no_operator(void **state)
{
	static const struct { const char *typed, *fts5, *tsquery; } cases[] = {
		{ "lampu jalan", "\"lampu\" AND \"jalan\"", "'lampu' & 'jalan'" },
		{ "\"lampu jalan\"", "(\"lampu\" + \"jalan\")", "('lampu' <-> 'jalan')" },
		{ "perbaik*", "(\"perbaik\" * OR \"x0perbaik\" *)", "('perbaik':* | 'x0perbaik':*)" },
		{ "a' | b", "\"a\" AND \"b\"", "'a' & 'b'" },
		{ "\"", NULL, NULL },
		{ "* ( ) : - \"\"", NULL, NULL },
		{ "NEAR(", "\"near\"", "'near'" },
	};
	struct stem *stem = stem_new();

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *lite = words_query(*state, stem, cases[i].typed, WORDS_FTS5);
		const char *pg = words_query(*state, stem, cases[i].typed, WORDS_TSQUERY);

		assert_int_equal(!lite, !cases[i].fts5);
		if (lite) {
			assert_string_equal(lite, cases[i].fts5);
			assert_string_equal(pg, cases[i].tsquery);
		}
	}
	stem_free(stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_tables_can_be_searched_by_halves),
		cmocka_unit_test(whatever_is_typed_is_no_operator),
		cmocka_unit_test(text_becomes_plain_words),
		cmocka_unit_test(words_of_words_are_the_same_and_valid),
	};

	return cmocka_run_group_tests_name("words", tests, set_up, tear_down);
}
