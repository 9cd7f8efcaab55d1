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
		{ "perbaik*", "(\"perbaik\" * OR \"\xC2\xBAperbaik\" *)", "('perbaik':* | '\xC2\xBAperbaik':*)" },
		{ "a' | b", "\"a\" AND \"b\"", "'a' & 'b'" },
		{ "\"", NULL, NULL },
		{ "* ( ) : - \"\"", NULL, NULL },
		{ "NEAR(", "\"near\"", "'near'" },
		{ "\xC2\xAAg12 \xC2\xBA* \xC2\xAAh", "\"g12\" AND \"h\"", "'g12' & 'h'" },
	};
	const struct marks_scope everywhere = { .is_public = false };
	struct words_term terms[WORDS_TERMS_MAX];
	struct stem *stem = stem_new();

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t n = words_terms(*state, stem, cases[i].typed, terms);
		const char *lite = words_query(*state, terms, n, &everywhere, WORDS_FTS5);
		const char *pg = words_query(*state, terms, n, &everywhere, WORDS_TSQUERY);

		assert_int_equal(!lite, !cases[i].fts5);
		if (lite) {
			assert_string_equal(lite, cases[i].fts5);
			assert_string_equal(pg, cases[i].tsquery);
		}
	}
	stem_free(stem);
}

static void a_scope_is_asked_for_beside_the_words(void **state)
{
	static const int64_t categories[] = { 7, 8 };
	const struct marks_scope scope = { .is_public = true, .line = { 12 }, .categories = categories, .n_categories = 2,
					   .region = "35.20.01", .year = 2026, .month = 3 };
	const struct words_term lampu = { WORDS_STEM, "lampu" };

	assert_string_equal(words_query(*state, &lampu, 1, &scope, WORDS_FTS5),
			    "(\"lampu\" AND (\"\xC2\xAAg12\") AND (\"\xC2\xAAk7\" OR \"\xC2\xAAk8\")"
			    " AND (\"\xC2\xAAr352001\") AND (\"\xC2\xAAm202603\")) NOT \"\xC2\xAAh\"");
	assert_string_equal(words_query(*state, &lampu, 1, &scope, WORDS_TSQUERY),
			    "('lampu' & ('\xC2\xAAg12') & ('\xC2\xAAk7' | '\xC2\xAAk8') & ('\xC2\xAAr352001')"
			    " & ('\xC2\xAAm202603')) & !'\xC2\xAAh'");
}

static void one_of_some_marks_is_met_before_the_words(void **state)
{
	const char *const blocks[] = { marks_block(*state, 0, 5000), marks_block(*state, 0, 4095) };
	const char *narrow = marks_narrowest(*state, &(struct marks_scope){ .line = { 2 }, .place = { 7 } });

	assert_string_equal(words_within(*state, &(struct marks_list){ blocks, 2 }, WORDS_FTS5),
			    "(\"\xC2\xAAx4\" OR \"\xC2\xAAx3\") AND ");
	assert_string_equal(words_within(*state, &(struct marks_list){ &narrow, 1 }, WORDS_TSQUERY), "('\xC2\xAAg7')");
}

static void marks_tell_the_places_each_once(void **state)
{
	const struct marks_facts facts = { .report = { 70000 }, .is_open = true, .class = CLASS_COMPLAINT, .holder = { 5 },
					   .agency = { 2 }, .opd = { 5 }, .category = { 7 }, .region_code = "35.20.01.2001",
					   .received_on = day_from_civil(2026, 3, 31) };

	assert_string_equal(marks_of_report(*state, &facts),
			    "\xC2\xAAh \xC2\xAAo \xC2\xAA" "c2 \xC2\xAAg5 \xC2\xAAg2 \xC2\xAAk7 \xC2\xAAr35 \xC2\xAAr3520 \xC2\xAAr352001"
			    " \xC2\xAAr3520012001 \xC2\xAAt2026 \xC2\xAAm202603 \xC2\xAAx68 \xC2\xAAy8 \xC2\xAAz0");
}

static void a_report_is_its_stems_its_words_and_its_marks(void **state)
{
	struct stem *stem = stem_new();

	assert_string_equal(words_of_report(*state, "2026-000001",
					    words_of_texts(*state, stem, "Lampu menyala", "Jalan."), "\xC2\xAAz0"),
			    "2026 000001 lampu nyala \xC2\xAA" "e jalan \xC2\xBAmenyala \xC2\xAAz0");
	stem_free(stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_tables_can_be_searched_by_halves),
		cmocka_unit_test(whatever_is_typed_is_no_operator),
		cmocka_unit_test(a_scope_is_asked_for_beside_the_words),
		cmocka_unit_test(one_of_some_marks_is_met_before_the_words),
		cmocka_unit_test(marks_tell_the_places_each_once),
		cmocka_unit_test(a_report_is_its_stems_its_words_and_its_marks),
		cmocka_unit_test(text_becomes_plain_words),
		cmocka_unit_test(words_of_words_are_the_same_and_valid),
	};

	return cmocka_run_group_tests_name("words", tests, set_up, tear_down);
}
