/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/csrf.h"
#include "web/seal.h"

static const struct hash key = { { 1, 2, 3 } }, other_key = { { 9 } };
static const char visitor[] = "00112233445566778899aabbccddeeff";

static void a_visitors_cookie_and_token_belong_together(void **state)
{
	struct request req = { 0 };
	char cookie[66], token[65], wrong[65];

	(void)state;
	csrf_visitor_cookie(&key, visitor, cookie);
	csrf_visitor_token(&key, visitor, token);
	assert_true(csrf_read_visitor(&key, cookie, req.visitor));
	assert_string_equal(req.visitor, visitor);
	assert_true(csrf_is_valid(&key, &req, token));
	memcpy(wrong, token, sizeof(wrong));
	wrong[63] = wrong[63] == '0' ? '1' : '0';
	assert_false(csrf_is_valid(&key, &req, wrong));
	assert_false(csrf_is_valid(&key, &req, NULL));
	assert_false(csrf_is_valid(&key, &req, ""));
	/* The cookie's own mark is not the token: who can set a cookie cannot make one. */
	assert_false(csrf_is_valid(&key, &req, cookie));
	csrf_visitor_token(&other_key, visitor, wrong);
	assert_false(csrf_is_valid(&key, &req, wrong));
}

static void a_cookie_that_we_did_not_sign_is_no_cookie(void **state)
{
	static const char *const bad[] = {
		NULL, "", "x", "00112233445566778899aabbccddeeff",
		"00112233445566778899aabbccddeeff.00000000000000000000000000000000",
	};
	char cookie[66], ret[33] = "unchanged";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(csrf_read_visitor(&key, bad[i], ret));
	csrf_visitor_cookie(&other_key, visitor, cookie);
	assert_false(csrf_read_visitor(&key, cookie, ret));
	csrf_visitor_cookie(&key, visitor, cookie);
	cookie[0] = 'f';
	assert_false(csrf_read_visitor(&key, cookie, ret));
	assert_string_equal(ret, "unchanged");
}

static void an_officers_form_carries_the_sessions_token_and_no_other(void **state)
{
	struct request req = { .session_token = "t" };
	char token[65];

	(void)state;
	memset(req.session_csrf, 'a', 64);
	memset(token, 'a', 64);
	token[64] = '\0';
	assert_true(csrf_is_valid(&key, &req, token));
	token[10] = 'b';
	assert_false(csrf_is_valid(&key, &req, token));
	memcpy(req.visitor, visitor, sizeof(visitor));
	csrf_visitor_token(&key, visitor, token);
	assert_false(csrf_is_valid(&key, &req, token));
}

static void without_cookie_no_token_is_right(void **state)
{
	struct request req = { 0 };
	char token[65];

	(void)state;
	csrf_visitor_token(&key, "", token);
	assert_false(csrf_is_valid(&key, &req, token));
}

static void seals_of_one_purpose_do_not_open_another(void **state)
{
	char mark[SEAL_LEN + 1];

	(void)state;
	seal_make(&key, "flash", "7", mark);
	assert_true(seal_matches(&key, "flash", "7", mark, SEAL_LEN));
	assert_false(seal_matches(&key, "flash", "8", mark, SEAL_LEN));
	assert_false(seal_matches(&key, "csrf-form", "7", mark, SEAL_LEN));
	assert_false(seal_matches(&other_key, "flash", "7", mark, SEAL_LEN));
	assert_false(seal_matches(&key, "flash", "7", mark, 32));
	mark[32] = '\0';
	assert_true(seal_matches(&key, "flash", "7", mark, 32));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_visitors_cookie_and_token_belong_together),
		cmocka_unit_test(a_cookie_that_we_did_not_sign_is_no_cookie),
		cmocka_unit_test(an_officers_form_carries_the_sessions_token_and_no_other),
		cmocka_unit_test(without_cookie_no_token_is_right),
		cmocka_unit_test(seals_of_one_purpose_do_not_open_another),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
