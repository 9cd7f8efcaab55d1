/* SPDX-License-Identifier: Apache-2.0
 * The door: what is refused with which words, and what is only a gap (SOP tjt-20#2a, lumajang#1, kapuas#2).
 */
#include "unit/support.h"

#include "core/complete.h"

static int set_up(void **state)
{
	*state = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

/* n times the two-byte letter e with acute: limits are in characters, not bytes. */
static char *letters(struct arena *a, size_t n)
{
	char *s = arena_alloc(a, 2 * n + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(s + 2 * i, "\xC3\xA9", 2);
	return s;
}

static void titles_and_bodies_have_limits_in_characters(void **state)
{
	struct arena *a = *state;

	assert_int_equal(complete_title(""), FIELD_TITLE_MISSING);
	assert_int_equal(complete_title(letters(a, REPORT_TITLE_MIN - 1)), FIELD_TITLE_SHORT);
	assert_int_equal(complete_title(letters(a, REPORT_TITLE_MIN)), FIELD_OK);
	assert_int_equal(complete_title(letters(a, REPORT_TITLE_MAX)), FIELD_OK);
	assert_int_equal(complete_title(letters(a, REPORT_TITLE_MAX + 1)), FIELD_TITLE_LONG);
	assert_int_equal(complete_body(""), FIELD_BODY_MISSING);
	assert_int_equal(complete_body(letters(a, REPORT_BODY_MIN - 1)), FIELD_BODY_SHORT);
	assert_int_equal(complete_body(letters(a, REPORT_BODY_MIN)), FIELD_OK);
	assert_int_equal(complete_body(letters(a, REPORT_BODY_MAX)), FIELD_OK);
	assert_int_equal(complete_body(letters(a, REPORT_BODY_MAX + 1)), FIELD_BODY_LONG);
}

static void events_lie_in_the_past_but_not_in_another_age(void **state)
{
	struct day today = on("2026-11-22");

	(void)state;
	assert_int_equal(complete_date(on("2026-11-22"), today), FIELD_OK);
	assert_int_equal(complete_date(on("2026-11-23"), today), FIELD_DATE_FUTURE);
	assert_int_equal(complete_date(on("2016-01-01"), today), FIELD_OK);
	assert_int_equal(complete_date(on("2015-12-31"), today), FIELD_DATE_OLD);
}

static void addresses_of_mail_have_their_form(void **state)
{
	static const struct { const char *email; bool valid; } cases[] = {
		{ "", true }, { "siti@contoh.id", true }, { "s.w+lapor_1@sub-dinas.contoh.co.id", true },
		{ "o'neil@example.com", true }, { "siti", false }, { "@contoh.id", false }, { "siti@", false },
		{ "siti@contoh", false }, { "siti@contoh.", false }, { "siti@.id", false }, { "siti@a..id", false },
		{ ".siti@contoh.id", false }, { "siti.@contoh.id", false }, { "si..ti@contoh.id", false },
		{ "siti w@contoh.id", false }, { "siti@contoh.id\n", false }, { "siti@con toh.id", false },
		{ "siti@-contoh.id", false }, { "siti@contoh-.id", false }, { "siti@contoh.id-", false },
		{ "a@b@c.id", false }, { "siti@10.0.0.1", false }, { "siti@contoh.i", false }, { "s\xC3\xA9@contoh.id", false },
		{ "siti@contoh.id, x@y.id", false }, { "<siti@contoh.id>", false },
	};
	char *lengthy = arena_alloc(*state, 400);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(complete_email(cases[i].email), cases[i].valid ? FIELD_OK : FIELD_EMAIL_INVALID);
	memset(lengthy, 'a', 65);
	memcpy(lengthy + 65, "@b.id", 6);
	assert_int_equal(complete_email(lengthy), FIELD_EMAIL_INVALID);
	memcpy(lengthy, "a@", 2);
	for (int i = 0; i < 130; i++)
		memcpy(lengthy + 2 + 2 * i, "b.", 3);
	memcpy(lengthy + 262, "id", 3);
	assert_int_equal(complete_email(lengthy), FIELD_EMAIL_INVALID);
}

static void telephones_are_taken_as_people_write_them(void **state)
{
	static const struct { const char *phone, *normal; } cases[] = {
		{ "", "" },
		{ "081234567890", "+6281234567890" },
		{ "0812-3456-7890", "+6281234567890" },
		{ "(0541) 123456", "+62541123456" },
		{ "+62 812 3456 7890", "+6281234567890" },
		{ "6281234567890", "+6281234567890" },
		{ "021.5551234", "+62215551234" },
	};
	static const char *const wrong[] = {
		"12345678", "08123456", "081234567890123", "812345678", "+081234567890", "0012345678901", "+1 555 1234567",
		"0812x4567890", "620812345678", "08123456789012345678901234567890", "-", "+", " ",
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(complete_phone(cases[i].phone), FIELD_OK);
		assert_string_equal(complete_phone_normal(*state, cases[i].phone), cases[i].normal);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(complete_phone(wrong[i]), FIELD_PHONE_INVALID);
}

static void gaps_are_what_an_officer_has_to_ask_for(void **state)
{
	struct complete_input in = {
		.kind = KIND_COMPLAINT, .title = "Lampu mati", .body = "Lampu jalan mati.", .place = "", .name = "",
		.email = "", .phone = "",
	};

	(void)state;
	assert_int_equal(complete_gaps(&in), GAP_DETAIL | GAP_PLACE | GAP_DATE | GAP_EVIDENCE | GAP_CONTACT);
	/* A question needs neither place nor date. */
	in.kind = KIND_INFORMATION;
	assert_int_equal(complete_gaps(&in), GAP_DETAIL | GAP_CONTACT);
	in.kind = KIND_UNSURE;
	in.place = "Jalan Melati";
	in.has_happened_on = true;
	in.happened_on = on("2026-11-20");
	in.n_files = 1;
	in.phone = "081234567890";
	in.body = "Lampu jalan di depan pasar mati sejak Senin malam, sudah dua orang jatuh di sana.";
	assert_int_equal(complete_gaps(&in), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_and_bodies_have_limits_in_characters),
		cmocka_unit_test(events_lie_in_the_past_but_not_in_another_age),
		cmocka_unit_test(addresses_of_mail_have_their_form),
		cmocka_unit_test(telephones_are_taken_as_people_write_them),
		cmocka_unit_test(gaps_are_what_an_officer_has_to_ask_for),
	};

	return cmocka_run_group_tests_name("complete", tests, set_up, tear_down);
}
