/* SPDX-License-Identifier: Apache-2.0
 * The order "best match": the formula of core/match.h, by numbers worked out by hand.
 */
#include "unit/support.h"

#include "core/match.h"

#define E WORDS_TITLE_END

static void the_score_is_title_and_nearness_and_days(void **state)
{
	static const struct {
		const char *typed, *words;
		int64_t days;
		int score;
	} cases[] = {
		{ "lampu", "2026 1 lampu mati " E " jalan gelap", 0, 500 + 300 + 200 },
		{ "lampu", "2026 1 jalan gelap " E " lampu mati", 0, 300 + 200 },
		{ "lampu mati", "2026 1 lampu " E " jalan mati", 0, 250 + 300 * 2 / 4 + 200 },
		{ "lampu mati", "2026 1 lampu jalan mati " E " mati lampu", 90, 500 + 300 + 100 },
		{ "mati lampu", "2026 1 gelap " E " lampu a b c mati d lampu", 270, 300 * 2 / 3 + 50 },
		{ "\"lampu mati\"", "2026 1 gelap " E " lampu mati", 0, 300 + 200 },
		{ "lam*", "2026 1 lampu " E " jalan", 0, 500 + 300 + 200 },
		/* Found by the word as it was written only: that has no place. */
		{ "perbaik*", "2026 1 baik " E " jalan " WORDS_PLAIN "perbaikan", 0, 200 },
		/* Words and marks behind the text have no place. */
		{ "nyala lampu", "2026 1 lampu " E " jalan " WORDS_PLAIN "nyala " MARKS_BEGIN "h", 0, 250 + 200 },
		{ "lampu lampu", "2026 1 lampu " E " lampu", 0, 500 + 300 + 200 },
		{ "lampu", "2026 1 lampu " E, -5, 500 + 300 + 200 },
		{ "lampu", "", 0, 200 },
		{ "", "2026 1 lampu " E, 0, 0 },
	};
	struct stem *stem = stem_new();
	struct arena *a = arena_new(1 << 20);
	struct words_term terms[WORDS_TERMS_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t n = words_terms(a, stem, cases[i].typed, terms);
		int got = match_score(terms, n, cases[i].words, cases[i].days);

		if (got != cases[i].score)
			fail_msg("%s in %s: %d, not %d", cases[i].typed, cases[i].words, got, cases[i].score);
	}
	arena_free(a);
	stem_free(stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_score_is_title_and_nearness_and_days),
	};

	return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
