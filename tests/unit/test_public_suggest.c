/* SPDX-License-Identifier: Apache-2.0
 * Which agencies a text seems to be about.
 */
#include "unit/support.h"

#include "web/public_suggest.h"

static const struct {
	const char *title, *body;
	size_t n;
	const char *first; /* fragment of the first suggestion; NULL for none */
	const char *word;
} cases[] = {
	{ "Lampu jalan mati di Jalan Diponegoro", "Sudah tiga minggu gelap.", 2, "perhubungan", "lampu jalan" },
	{ "Jalan berlubang", "Mohon diperbaiki.", 1, "pekerjaan umum", "jalan" },
	{ "SAMPAH menumpuk!", "Di belakang pasar", 2, "lingkungan hidup", "sampah" },
	{ "Antre E-KTP lama", "", 1, "kependudukan", "ktp" },
	{ "Pejalanan dinas", "Kata di dalam kata lain tidak dihitung: perjalanan, berpasaran.", 0, NULL, NULL },
	{ "", "", 0, NULL, NULL },
};

static void words_of_the_text_lead_to_agencies(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(1 << 20);
		struct public_suggestion got[PUBLIC_SUGGEST_MAX];
		size_t n = public_suggest(a, cases[i].title, cases[i].body, got);

		assert_int_equal(n, cases[i].n);
		if (n > 0) {
			assert_string_equal(got[0].fragment, cases[i].first);
			assert_string_equal(got[0].word, cases[i].word);
		}
		arena_free(a);
	}
}

static void no_agency_is_suggested_twice_and_never_more_than_three(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct public_suggestion got[PUBLIC_SUGGEST_MAX];

	(void)state;
	assert_int_equal(public_suggest(a, "parkir terminal macet rambu", "angkot pju", got), 1);
	assert_int_equal(public_suggest(a, "parkir sampah ktp sekolah puskesmas", "pupuk pasar", got), 3);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_text_lead_to_agencies),
		cmocka_unit_test(no_agency_is_suggested_twice_and_never_more_than_three),
	};

	return cmocka_run_group_tests_name("public_suggest", tests, NULL, NULL);
}
