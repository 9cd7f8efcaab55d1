/* SPDX-License-Identifier: Apache-2.0
 * Digests: known answers, and pieces that cannot be shifted into one another.
 */
#include "unit/support.h"

#include "base/hash.h"
#include "base/parse.h"

static int set_up(void **state)
{
	(void)state;
	hash_init();
	hash_init(); /* twice is fine */
	return 0;
}

static void blake2b_gives_its_known_answers(void **state)
{
	static const struct { const char *text, *digest; } cases[] = {
		{ "", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
		{ "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct hash h = hash_of(cases[i].text, strlen(cases[i].text), NULL);
		char hex[2 * HASH_BYTES + 1];

		parse_hex_encode(h.b, HASH_BYTES, hex);
		assert_string_equal(hex, cases[i].digest);
	}
}

static struct hash of_pieces(const struct hash *key, const char *a, const char *b)
{
	struct hash_state s;

	hash_begin(&s, key);
	hash_text(&s, a);
	hash_text(&s, b);
	hash_int(&s, 5);
	return hash_end(&s);
}

static void where_one_piece_ends_matters(void **state)
{
	static const char *const pairs[][2] = { { "ab", "c" }, { "a", "bc" }, { "abc", "" }, { "abc", NULL }, { "", "abc" } };
	struct hash key = { { 1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		for (size_t k = 0; k < ARRAY_LEN(pairs); k++) {
			struct hash x = of_pieces(NULL, pairs[i][0], pairs[i][1]);
			struct hash y = of_pieces(NULL, pairs[k][0], pairs[k][1]);

			assert_int_equal(hash_equal(&x, &y), i == k);
			y = of_pieces(&key, pairs[k][0], pairs[k][1]);
			assert_false(hash_equal(&x, &y));
		}
	}
}

static void a_key_makes_another_digest(void **state)
{
	struct hash key = { { 1 } }, other = { { 2 } };
	struct hash plain = hash_of("x", 1, NULL), keyed = hash_of("x", 1, &key), again = hash_of("x", 1, &key);
	struct hash others = hash_of("x", 1, &other);

	(void)state;
	assert_true(hash_equal(&keyed, &again));
	assert_false(hash_equal(&plain, &keyed));
	assert_false(hash_equal(&others, &keyed));
	assert_true(hash_equal_bytes("abc", "abd", 2));
	assert_false(hash_equal_bytes("abc", "abd", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blake2b_gives_its_known_answers),
		cmocka_unit_test(where_one_piece_ends_matters),
		cmocka_unit_test(a_key_makes_another_digest),
	};

	return cmocka_run_group_tests_name("hash", tests, set_up, NULL);
}
