/* SPDX-License-Identifier: Apache-2.0
 * Randomness: the same seed gives the same data everywhere; secrets differ.
 */
#include "unit/support.h"

#include "base/rand.h"

static void a_seed_gives_its_known_sequence(void **state)
{
	/* The published first values of splitmix64 for the seed 1234567. */
	static const uint64_t want[] = {
		UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
		UINT64_C(4593380528125082431), UINT64_C(16408922859458223821),
	};
	struct rand_seq r = { 1234567 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_true(rand_next(&r) == want[i]);
}

static void numbers_below_n_are_below_n_and_even(void **state)
{
	int seen[7] = { 0 };
	struct rand_seq r = { 42 };

	(void)state;
	for (int i = 0; i < 70000; i++)
		seen[rand_below(&r, 7)]++;
	for (int i = 0; i < 7; i++)
		assert_in_range((uintmax_t)seen[i], 9500, 10500);
	assert_int_equal(rand_below(&r, 1), 0);
}

static void secrets_fill_the_whole_buffer_and_differ(void **state)
{
	unsigned char a[1000] = { 0 }, b[1000] = { 0 };
	int zeros = 0;

	(void)state;
	rand_secret(a, sizeof(a) - 1);
	rand_secret(b, sizeof(b) - 1);
	assert_memory_not_equal(a, b, sizeof(a) - 1);
	assert_int_equal(a[999], 0);
	for (size_t i = 900; i < 999; i++)
		zeros += a[i] == 0;
	assert_true(zeros < 20);
	rand_secret(a, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_gives_its_known_sequence),
		cmocka_unit_test(numbers_below_n_are_below_n_and_even),
		cmocka_unit_test(secrets_fill_the_whole_buffer_and_differ),
	};

	return cmocka_run_group_tests_name("rand", tests, NULL, NULL);
}
