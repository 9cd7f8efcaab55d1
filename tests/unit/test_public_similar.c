/* SPDX-License-Identifier: Apache-2.0
 * Which words of a title a search for the same matter uses.
 */
#include "unit/support.h"

#include "web/public_similar.h"

static void what_it_is_about_and_where_is_taken(void **state)
{
	static const struct {
		const char *title, *words;
	} cases[] = {
		{ "Lampu jalan mati di Jalan Diponegoro", "lampu diponegoro" },
		{ "Sampah menumpuk, sampah bau!", "sampah menumpuk" },
		{ "Air PDAM keruh", "pdam keruh" },
		{ "Lampu jalan mati tiga minggu di Jalan Melati", "lampu melati" },
		{ "Banjir banjir banjir", NULL },
		{ "Mohon jalan untuk warga", NULL },
		{ "\"); DROP TABLE \" OR near", "drop table" },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(1 << 20);
		const char *words = public_similar_words(a, cases[i].title);

		if (cases[i].words)
			assert_string_equal(words, cases[i].words);
		else
			assert_null(words);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_is_about_and_where_is_taken),
	};

	return cmocka_run_group_tests_name("public_similar", tests, NULL, NULL);
}
