/* SPDX-License-Identifier: Apache-2.0
 * Signing in: who gets in, who has to wait, and how sessions end.
 */
#include "unit/app_support.h"

#include "app/account.h"
#include "base/hash.h"

#define GOOD "kata sandi yang panjang"

static struct account_id id;

static void begin(struct town *t)
{
	char hash[128];

	town_begin(t);
	assert_int_equal(account_hash_password(GOOD, hash), RC_OK);
	assert_int_equal(account_create(&t->c, &(struct account_in){
		.login = " Admin.Nasional ", .name = "Admin", .role = ROLE_NATIONAL_ADMIN, .agency = { 1 },
		.password_hash = hash }, &id), RC_OK);
}

static void the_right_password_opens_whatever_the_case_of_the_login(void **state)
{
	static const struct { const char *login, *password; enum rc rc; } cases[] = {
		{ "admin.nasional", GOOD, RC_OK },
		{ " ADMIN.nasional ", GOOD, RC_OK },
		{ "admin.nasional", GOOD "x", RC_DENIED },
		{ "admin.nasional", "", RC_DENIED },
		{ "tidak.ada", GOOD, RC_DENIED },
		{ "\xFF", GOOD, RC_DENIED },
		{ "", "", RC_DENIED },
	};
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct account_id got = { 0 };
		assert_int_equal(account_check_password(&t.c, cases[i].login, cases[i].password, &got), cases[i].rc);
		assert_int_equal(got.v, cases[i].rc == RC_OK ? id.v : 0);
	}
	town_end(&t);
}

static void failures_lock_longer_and_longer(void **state)
{
	static const int minutes[] = { 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };
	struct account_id got;
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(minutes); i++) {
		assert_int_equal(account_note_failure(&t.c, "admin.nasional"), RC_OK);
		int64_t until = town_int(&t, "SELECT coalesce(locked_until_at, 0) FROM account");
		assert_int_equal(until, minutes[i] ? t.c.now.ms + minutes[i] * MS_PER_MINUTE : 0);
	}
	assert_int_equal(account_check_password(&t.c, "admin.nasional", GOOD, &got), RC_LIMITED);
	assert_int_equal(t.c.err.refusal, REFUSE_login_throttled);
	t.c.now = instant_add_ms(t.c.now, 60 * MS_PER_MINUTE);
	assert_int_equal(account_check_password(&t.c, "admin.nasional", GOOD, &got), RC_OK);
	/* Signing in wipes the slate. */
	char token[SESSION_TOKEN_LEN + 1];
	assert_int_equal(account_begin_session(&t.c, got, token), RC_OK);
	assert_int_equal(town_int(&t, "SELECT failed_logins FROM account"), 0);
	/* A login that nobody has fails alike. */
	assert_int_equal(account_note_failure(&t.c, "tidak.ada"), RC_OK);
	town_end(&t);
}

static void sessions_last_while_used_and_end_when_told(void **state)
{
	char token[SESSION_TOKEN_LEN + 1], csrf[65];
	struct instant seen;
	struct town t;

	(void)state;
	begin(&t);
	assert_int_equal(account_begin_session(&t.c, id, token), RC_OK);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_OK);
	assert_int_equal(t.c.who.role, ROLE_NATIONAL_ADMIN);
	assert_int_equal(t.c.who.agency.v, 1);
	assert_int_equal(strlen(csrf), 64);
	t.c.now = instant_add_ms(t.c.now, 100 * MS_PER_MINUTE);
	assert_int_equal(account_touch_session(&t.c, token), RC_OK);
	t.c.now = instant_add_ms(t.c.now, 100 * MS_PER_MINUTE);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_OK);
	t.c.now = instant_add_ms(t.c.now, 21 * MS_PER_MINUTE);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_NOT_FOUND);

	assert_int_equal(account_begin_session(&t.c, id, token), RC_OK);
	assert_int_equal(account_end_session(&t.c, token), RC_OK);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_NOT_FOUND);

	assert_int_equal(account_begin_session(&t.c, id, token), RC_OK);
	assert_int_equal(account_set_active(&t.c, id, false), RC_OK);
	assert_int_equal(account_set_active(&t.c, id, true), RC_OK);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_NOT_FOUND);

	assert_int_equal(account_resume_session(&t.c, "bukan token", csrf, &seen), RC_NOT_FOUND);
	assert_int_equal(account_resume_session(&t.c, NULL, csrf, &seen), RC_NOT_FOUND);
	town_end(&t);
}

static void no_session_is_prolonged_for_ever(void **state)
{
	char token[SESSION_TOKEN_LEN + 1], csrf[65];
	struct instant seen;
	struct town t;

	(void)state;
	begin(&t);
	assert_int_equal(account_begin_session(&t.c, id, token), RC_OK);
	for (int hour = 1; hour <= 7 * 24; hour++) {
		t.c.now = instant_add_ms(t.c.now, MS_PER_HOUR);
		assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_OK);
		assert_int_equal(account_touch_session(&t.c, token), RC_OK);
	}
	t.c.now = instant_add_ms(t.c.now, MS_PER_HOUR);
	assert_int_equal(account_resume_session(&t.c, token, csrf, &seen), RC_NOT_FOUND);
	town_end(&t);
}

static void an_inactive_account_stays_out(void **state)
{
	struct account_id got;
	struct town t;

	(void)state;
	begin(&t);
	assert_int_equal(account_set_active(&t.c, id, false), RC_OK);
	assert_int_equal(account_check_password(&t.c, "admin.nasional", GOOD, &got), RC_DENIED);
	town_end(&t);
}

static void a_login_is_taken_once(void **state)
{
	struct account_id got;
	struct town t;

	(void)state;
	begin(&t);
	const struct account_in in = { .login = "ADMIN.NASIONAL", .name = "Lain", .role = ROLE_LIAISON, .agency = { 3 },
				       .password_hash = "-" };
	assert_int_equal(account_create(&t.c, &in, &got), RC_CONFLICT);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_opens_whatever_the_case_of_the_login),
		cmocka_unit_test(failures_lock_longer_and_longer),
		cmocka_unit_test(sessions_last_while_used_and_end_when_told),
		cmocka_unit_test(no_session_is_prolonged_for_ever),
		cmocka_unit_test(an_inactive_account_stays_out),
		cmocka_unit_test(a_login_is_taken_once),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
