/* SPDX-License-Identifier: Apache-2.0
 * Passwords: only the right one matches, and a hash tells nothing.
 */
#include "unit/support.h"

#include "base/hash.h"
#include "base/password.h"

static int set_up(void **state)
{
	(void)state;
	hash_init();
	return 0;
}

static void only_the_right_password_matches(void **state)
{
	char hash[PASSWORD_HASH_MAX], again[PASSWORD_HASH_MAX];

	(void)state;
	assert_true(password_hash("rahasia negara", hash));
	assert_true(password_hash("rahasia negara", again));
	assert_string_not_equal(hash, again);
	assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
	assert_null(strstr(hash, "rahasia"));
	assert_true(password_matches("rahasia negara", hash));
	assert_false(password_matches("rahasia negar", hash));
	assert_false(password_matches("", hash));
	assert_false(password_matches_nothing("rahasia negara"));
}

static void a_broken_hash_matches_nothing(void **state)
{
	(void)state;
	assert_false(password_matches("x", ""));
	assert_false(password_matches("x", "!"));
	assert_false(password_matches("x", "$argon2id$v=19$m=19456,t=2,p=1$"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_right_password_matches),
		cmocka_unit_test(a_broken_hash_matches_nothing),
	};

	return cmocka_run_group_tests_name("password", tests, set_up, NULL);
}
