/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "web/ratelimit.h"

static const struct ratelimit_rule three_a_minute = { 1, 3, MS_PER_MINUTE };

static struct instant at(int64_t seconds)
{
	return (struct instant){ (1000000 + seconds) * 1000 };
}

static void an_allowance_is_used_up_and_refills_evenly(void **state)
{
	struct ratelimit *r = ratelimit_new(NULL);

	(void)state;
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 3);
	for (int i = 3; i > 0; i--) {
		assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), i);
		assert_true(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	}
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 0);
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(19)));
	assert_true(ratelimit_take(r, three_a_minute, "192.0.2.1", at(20)));
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(20)));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(90)), 3);
	ratelimit_free(r);
}

static void addresses_and_kinds_do_not_share_an_allowance(void **state)
{
	const struct ratelimit_rule other = { 2, 3, MS_PER_MINUTE };
	struct ratelimit *r = ratelimit_new(NULL);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_true(ratelimit_take(r, three_a_minute, "192.0.2.2", at(0)));
	assert_true(ratelimit_take(r, other, "192.0.2.1", at(0)));
	ratelimit_free(r);
}

static void a_network_of_ipv6_counts_as_one(void **state)
{
	struct ratelimit *r = ratelimit_new(NULL);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(ratelimit_take(r, three_a_minute, i & 1 ? "2001:db8::1" : "2001:db8::2", at(0)));
	assert_false(ratelimit_take(r, three_a_minute, "2001:db8::ffff", at(0)));
	assert_true(ratelimit_take(r, three_a_minute, "2001:db8:0:1::1", at(0)));
	ratelimit_free(r);
}

static void no_limit_means_no_limit(void **state)
{
	const struct ratelimit_rule none = { 1, 0, MS_PER_MINUTE };
	struct ratelimit *r = ratelimit_new(NULL);

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_true(ratelimit_take(r, none, "192.0.2.1", at(0)));
	assert_int_equal(ratelimit_left(r, none, "192.0.2.1", at(0)), INT32_MAX);
	ratelimit_free(r);
}

static void a_clock_set_back_locks_nobody_out_for_longer_than_a_period(void **state)
{
	struct ratelimit *r = ratelimit_new(NULL);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(ratelimit_take(r, three_a_minute, "192.0.2.1", at(100000)));
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 0);
	ratelimit_free(r);
}

static void a_flood_of_addresses_keeps_to_its_memory(void **state)
{
	struct ratelimit *r = ratelimit_new(NULL);
	int limited = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char address[32];

		snprintf(address, sizeof(address), "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
		assert_true(ratelimit_take(r, three_a_minute, address, at(0)));
	}
	/* Somebody who goes on is still noticed. */
	for (int i = 0; i < 10; i++)
		limited += !ratelimit_take(r, three_a_minute, "192.0.2.1", at(1));
	assert_int_equal(limited, 7);
	ratelimit_free(r);
}

static void what_other_nodes_counted_is_learned_but_never_less(void **state)
{
	const struct hash key = { { 1, 2, 3 } };
	struct ratelimit *r = ratelimit_new(&key), *other = ratelimit_new(&key);
	int64_t who = ratelimit_who(r, three_a_minute, "192.0.2.1");

	(void)state;
	assert_int_equal(ratelimit_who(other, three_a_minute, "192.0.2.1"), who);
	/* Two of three were taken elsewhere: 40 seconds until it is whole again. */
	ratelimit_learn(r, who, at(40));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 1);
	ratelimit_learn(r, who, at(20));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 1);
	assert_true(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_false(ratelimit_take(r, three_a_minute, "192.0.2.1", at(0)));
	assert_true(ratelimit_take(r, three_a_minute, "192.0.2.2", at(0)));
	/* Nobody waits longer than a whole period, whatever was learned. */
	ratelimit_learn(r, who, at(100000));
	assert_int_equal(ratelimit_left(r, three_a_minute, "192.0.2.1", at(0)), 0);
	ratelimit_free(r);
	ratelimit_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_other_nodes_counted_is_learned_but_never_less),
		cmocka_unit_test(an_allowance_is_used_up_and_refills_evenly),
		cmocka_unit_test(addresses_and_kinds_do_not_share_an_allowance),
		cmocka_unit_test(a_network_of_ipv6_counts_as_one),
		cmocka_unit_test(no_limit_means_no_limit),
		cmocka_unit_test(a_clock_set_back_locks_nobody_out_for_longer_than_a_period),
		cmocka_unit_test(a_flood_of_addresses_keeps_to_its_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
