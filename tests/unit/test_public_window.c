/* SPDX-License-Identifier: Apache-2.0
 * Where a page of the public list begins: read from addresses that anybody may type.
 */
#include "unit/support.h"

#include "web/public_window.h"

static void a_cursor_is_read_back(void **state)
{
	const struct window_cursor cursors[] = { { 0, 0 }, { INT64_C(1763812345678), 4711 }, WINDOW_NEWEST };
	struct arena *a = arena_new(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cursors); i++) {
		struct window_cursor got = { 1, 1 };

		assert_true(public_window_cursor_parse(public_window_cursor_word(a, cursors[i]), &got));
		assert_true(got.at_ms == cursors[i].at_ms && got.id == cursors[i].id);
	}
	arena_free(a);
}

static void what_is_no_cursor_is_refused_and_changes_nothing(void **state)
{
	static const char *const bad[] = { "", "-", "1", "1-", "-1", "a-1", "1-b", "1--1", " 1-1", "1-1 ", "1-1-1",
					   "9223372036854775808-1", "1-9223372036854775808" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct window_cursor got = { 7, 7 };

		assert_false(public_window_cursor_parse(bad[i], &got));
		assert_true(got.at_ms == 7 && got.id == 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cursor_is_read_back),
		cmocka_unit_test(what_is_no_cursor_is_refused_and_changes_nothing),
	};

	return cmocka_run_group_tests_name("public_window", tests, NULL, NULL);
}
