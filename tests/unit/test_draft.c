/* SPDX-License-Identifier: Apache-2.0
 * Drafts: what was typed is there again, for seven days, for whoever holds the cookie.
 */
#include "unit/app_support.h"

#include "app/draft.h"
#include "base/hash.h"

static void what_was_typed_is_there_again(void **state)
{
	char token[DRAFT_TOKEN_LEN + 1];
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	assert_string_equal(draft_get(&d, "judul"), "");
	draft_set(&t.c, &d, "judul", "Lampu \"mati\" \\ {}");
	draft_set(&t.c, &d, "isi", "baris 1\nbaris 2 é 🙂");
	draft_set(&t.c, &d, "judul", "Lampu \"mati\"");
	assert_int_equal(draft_save(&t.c, &d), RC_OK);
	memset(&d, 0, sizeof(d));
	assert_int_equal(draft_load(&t.c, token, &d), RC_OK);
	assert_int_equal(d.n, 2);
	assert_string_equal(draft_get(&d, "judul"), "Lampu \"mati\"");
	assert_string_equal(draft_get(&d, "isi"), "baris 1\nbaris 2 é 🙂");
	town_end(&t);
}

static void it_lives_seven_days_from_the_last_saving(void **state)
{
	char token[DRAFT_TOKEN_LEN + 1];
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	t.c.now = instant_add_ms(t.c.now, 6 * MS_PER_DAY);
	assert_int_equal(draft_save(&t.c, &d), RC_OK);
	t.c.now = instant_add_ms(t.c.now, 7 * MS_PER_DAY - 1);
	assert_int_equal(draft_load(&t.c, token, &d), RC_OK);
	t.c.now = instant_add_ms(t.c.now, 1);
	assert_int_equal(draft_load(&t.c, token, &d), RC_NOT_FOUND);
	assert_int_equal(t.c.err.refusal, REFUSE_draft_gone);
	town_end(&t);
}

static void other_cookies_open_nothing(void **state)
{
	static const char *const bad[] = { "", "00", "zz", "00000000000000000000000000000000",
					   "0000000000000000000000000000000000" };
	char token[DRAFT_TOKEN_LEN + 1];
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(draft_load(&t.c, bad[i], &d), RC_NOT_FOUND);
	assert_int_equal(draft_load(&t.c, NULL, &d), RC_NOT_FOUND);
	/* The row does not hold what the cookie holds. */
	assert_int_equal(town_int(&t, "SELECT length(token_hash) FROM draft"), HASH_BYTES);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_typed_is_there_again),
		cmocka_unit_test(it_lives_seven_days_from_the_last_saving),
		cmocka_unit_test(other_cookies_open_nothing),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
