/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "web/pagecache.h"

/* The "finished answers" are counters of how often they were freed. */
static void free_counter(void *native)
{
	++*(int *)native;
}

static void put(struct pagecache *pc, const char *key, uint64_t generation, uint64_t born_us, size_t size, int *freed)
{
	char k[40];

	snprintf(k, sizeof(k), "%s", key);
	pagecache_put(pc, &(struct kept_page){ .key = k, .etag = k, .generation = generation, .born_us = born_us,
					       .size = size, .native = freed, .free_native = free_counter });
}

static bool has(struct pagecache *pc, const char *key, uint64_t generation, uint64_t now_us)
{
	struct kept_page *p = pagecache_find(pc, key, generation, now_us);

	pagecache_release(p);
	return p != NULL;
}

static void a_page_is_given_until_something_is_written_or_a_second_is_over(void **state)
{
	struct pagecache *pc = pagecache_new(1 << 20);
	int freed = 0;

	(void)state;
	put(pc, "/", 7, 5000000, 100, &freed);
	assert_true(has(pc, "/", 7, 5000000));
	assert_true(has(pc, "/", 7, 5999999));
	assert_false(has(pc, "/", 7, 6000000));
	assert_false(has(pc, "/", 8, 5000001));
	assert_false(has(pc, "/x", 7, 5000001));
	assert_int_equal(freed, 0);
	pagecache_free(pc);
	assert_int_equal(freed, 1);
}

static void a_newer_page_takes_the_place_of_the_older(void **state)
{
	struct pagecache *pc = pagecache_new(1 << 20);
	struct kept_page *p;
	int old = 0, new = 0;

	(void)state;
	put(pc, "/", 1, 10, 100, &old);
	p = pagecache_find(pc, "/", 1, 10);
	put(pc, "/", 2, 20, 100, &new);
	/* Who is just sending the old one may finish. */
	assert_int_equal(old, 0);
	pagecache_release(p);
	assert_int_equal(old, 1);
	assert_true(has(pc, "/", 2, 20));
	pagecache_free(pc);
	assert_int_equal(new, 1);
}

static void memory_has_an_end_and_stale_pages_go_first(void **state)
{
	struct pagecache *pc = pagecache_new(1000);
	int freed[40] = { 0 }, alive = 0;

	(void)state;
	for (int i = 0; i < 20; i++) {
		char key[16];

		snprintf(key, sizeof(key), "/%d", i);
		put(pc, key, 1, 10, 100, &freed[i]);
	}
	for (int i = 0; i < 20; i++)
		alive += !freed[i];
	assert_in_range(alive, 1, 10);
	put(pc, "/new", 2, 20, 900, &freed[20]);
	assert_true(has(pc, "/new", 2, 20));
	put(pc, "/huge", 2, 20, 200 * 1024, &freed[21]);
	assert_int_equal(freed[21], 1);
	pagecache_free(pc);
	for (int i = 0; i < 22; i++)
		assert_int_equal(freed[i], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_given_until_something_is_written_or_a_second_is_over),
		cmocka_unit_test(a_newer_page_takes_the_place_of_the_older),
		cmocka_unit_test(memory_has_an_end_and_stale_pages_go_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
