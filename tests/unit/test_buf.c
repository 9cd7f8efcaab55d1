/* SPDX-License-Identifier: Apache-2.0
 * Buffers: they grow, keep their NUL, and refuse past their maximum without writing there.
 */
#include "unit/support.h"

#include "base/buf.h"

static void text_is_put_together(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	assert_string_equal(buf_cstr(&b), "");
	buf_str(&b, "a");
	buf_char(&b, 'b');
	buf_lit(&b, "c");
	buf_int(&b, -42);
	buf_int(&b, INT64_MIN);
	buf_printf(&b, " %s %d", "x", 7);
	buf_add(&b, "yz", 1);
	assert_string_equal(buf_cstr(&b), "abc-42-9223372036854775808 x 7y");
	assert_int_equal(b.n, strlen(b.p));
	assert_false(b.overflow);
	buf_reset(&b);
	assert_string_equal(buf_cstr(&b), "");
	buf_done(&b);
}

static void it_grows_to_its_maximum_and_not_past_it(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10000);
	for (int i = 0; i < 10000; i++)
		buf_char(&b, 'x');
	assert_int_equal(b.n, 10000);
	assert_false(b.overflow);
	buf_char(&b, 'y');
	assert_true(b.overflow);
	assert_int_equal(b.n, 10000);
	assert_int_equal(b.p[10000], '\0');
	/* Sticky until reset. */
	buf_add(&b, "", 0);
	assert_true(b.overflow);
	buf_reset(&b);
	buf_str(&b, "again");
	assert_string_equal(buf_cstr(&b), "again");
	assert_false(b.overflow);
	buf_done(&b);
}

static void what_does_not_fit_is_dropped_whole_or_in_part_but_never_overruns(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 8);
	buf_printf(&b, "%s", "0123456789");
	assert_true(b.overflow);
	assert_true(b.n <= 8);
	assert_false(buf_reserve(&b, SIZE_MAX));
	assert_false(buf_reserve(&b, 9));
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_put_together),
		cmocka_unit_test(it_grows_to_its_maximum_and_not_past_it),
		cmocka_unit_test(what_does_not_fit_is_dropped_whole_or_in_part_but_never_overruns),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
