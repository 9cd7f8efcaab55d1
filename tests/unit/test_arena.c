/* SPDX-License-Identifier: Apache-2.0
 * Arenas: zeroed, aligned, rewound to a mark, never past their maximum.
 */
#include "unit/support.h"

#include "unit/abort_support.h"

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

static void memory_is_zeroed_and_aligned_even_when_used_again(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (size_t size = 0; size < 5000; size = size * 2 + 1) {
			unsigned char *p = arena_alloc(a, size);

			assert_int_equal((uintptr_t)p % 16, 0);
			assert_true(is_zero(p, size));
			if (size > 0)
				memset(p, 0xFF, size);
		}
		arena_reset(a);
	}
	arena_free(a);
	arena_free(NULL);
}

static void what_came_after_a_mark_goes_with_it(void **state)
{
	struct arena *a = arena_new(1 << 20);
	char *keep = arena_strdup(a, "keep");
	size_t before = arena_used_bytes(a);
	struct arena_mark outer = arena_mark(a), inner;
	char *first = arena_alloc(a, 100);

	(void)state;
	inner = arena_mark(a);
	(void)arena_alloc(a, 100000);
	arena_rewind(a, inner);
	assert_ptr_not_equal(arena_alloc(a, 16), first);
	(void)arena_alloc(a, 200000);
	arena_rewind(a, outer);
	assert_ptr_equal(arena_alloc(a, 100), first);
	assert_int_equal(arena_used_bytes(a), before);
	assert_string_equal(keep, "keep");
	arena_free(a);
}

static void copies_are_copies(void **state)
{
	struct arena *a = arena_new(1 << 20);
	char text[] = "lapor!";
	char *copy = arena_strdup(a, text), *part = arena_strndup(a, text, 5), *bytes = arena_memdup(a, text, 3);

	(void)state;
	text[0] = 'x';
	assert_string_equal(copy, "lapor!");
	assert_string_equal(part, "lapor");
	assert_memory_equal(bytes, "lap", 3);
	assert_string_equal(arena_printf(a, "%s-%06d", "2026", 4187), "2026-004187");
	assert_int_equal(strlen(arena_printf(a, "%5000d", 1)), 5000);
	assert_non_null(arena_memdup(a, NULL, 0));
	assert_non_null(arena_new_one(a, struct day));
	arena_free(a);
}

static void past_its_maximum_an_arena_aborts(void **state)
{
	struct arena *a = arena_new(64 * 1024);

	(void)state;
	assert_aborts((void)arena_alloc(a, 65 * 1024));
	assert_aborts(for (int i = 0; i < 100; i++)(void) arena_alloc(a, 1000));
	assert_aborts((void)arena_alloc_many(a, SIZE_MAX / 2, 3));
	assert_non_null(arena_alloc(a, 32 * 1024));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned_even_when_used_again),
		cmocka_unit_test(what_came_after_a_mark_goes_with_it),
		cmocka_unit_test(copies_are_copies),
		cmocka_unit_test(past_its_maximum_an_arena_aborts),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
