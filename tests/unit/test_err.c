/* SPDX-License-Identifier: Apache-2.0
 * Errors: what is kept of a refusal, and that a broken invariant stops the process.
 */
#include "unit/support.h"

#include "unit/abort_support.h"

static void a_refusal_is_kept_and_returned(void **state)
{
	struct err e = { .detail = "old" };

	(void)state;
	assert_int_equal(err_set(&e, RC_CONFLICT, 5, "version %d", 7), RC_CONFLICT);
	assert_int_equal(e.rc, RC_CONFLICT);
	assert_int_equal(e.refusal, 5);
	assert_string_equal(e.detail, "version 7");
	assert_int_equal(err_set(&e, RC_DENIED, 6, NULL), RC_DENIED);
	assert_string_equal(e.detail, "");
	assert_int_equal(err_set(NULL, RC_FAILED, 0, "x"), RC_FAILED);
}

static void a_long_detail_is_cut_not_overrun(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(err_set(&e, RC_FAILED, 0, "%1000d", 1), RC_FAILED);
	assert_int_equal(strlen(e.detail), sizeof(e.detail) - 1);
}

static void every_code_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = RC_OK; i <= RC_FAILED; i++)
		for (int k = i + 1; k <= RC_FAILED; k++)
			assert_string_not_equal(rc_name((enum rc)i), rc_name((enum rc)k));
	assert_string_equal(rc_name((enum rc)99), "?");
}

static CHECKED enum rc first_failure(int fail_at)
{
	TRY(fail_at == 1 ? RC_INVALID : RC_OK);
	TRY(fail_at == 2 ? RC_LIMITED : RC_OK);
	return RC_OK;
}

static void try_stops_at_the_first_failure(void **state)
{
	(void)state;
	assert_int_equal(first_failure(0), RC_OK);
	assert_int_equal(first_failure(1), RC_INVALID);
	assert_int_equal(first_failure(2), RC_LIMITED);
}

static void a_broken_invariant_aborts(void **state)
{
	(void)state;
	assert_aborts(BUG("%s", "x"));
	assert_aborts(BUG_ON(1 + 1 == 2));
	BUG_ON(1 + 1 == 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_is_kept_and_returned),
		cmocka_unit_test(a_long_detail_is_cut_not_overrun),
		cmocka_unit_test(every_code_has_a_name_of_its_own),
		cmocka_unit_test(try_stops_at_the_first_failure),
		cmocka_unit_test(a_broken_invariant_aborts),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
