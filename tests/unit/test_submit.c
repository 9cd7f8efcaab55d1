/* SPDX-License-Identifier: Apache-2.0
 * A report comes in: what is refused and where, what is cleaned, and that one report stays one.
 */
#include "unit/app_support.h"

#include "app/draft.h"
#include "base/hash.h"

static struct field_problems problems;

static enum rc try_submit(struct town *t, const struct submit_in *in)
{
	struct submit_out out;

	return submit_report(&t->c, in, &out, &problems);
}

static void four_fields_are_enough(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	const struct submit_in in = { .kind = KIND_INFORMATION, .title = "Jam buka", .body = "Kapan loket buka?",
				      .visibility = VISIBILITY_OPEN, .channel = CHANNEL_WEB };
	struct submit_out out = town_submit(&t, &in);
	assert_string_equal(out.number, "2025-000001");
	assert_int_equal(strlen(out.code), 10);
	assert_false(out.repeated);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM clock WHERE kind = 1 AND next_at IS NOT NULL"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM index_todo"), 1);
	assert_int_equal(town_int(&t, "SELECT n FROM queue_count WHERE agency_id = 1 AND queue = 1"), 1);
	town_end(&t);
}

static void every_wrong_field_is_named(void **state)
{
	struct town t;
	const struct submit_in in = { .title = "x", .body = "\xFF\xFE", .email = "bukan alamat", .phone = "abc",
				      .has_happened_on = true, .happened_on = on("2099-01-01"), .channel = CHANNEL_WEB,
				      .region_code = "99.99", .asked_agency = { 77 }, .category = { 88 } };
	static const struct { const char *field; enum field_error error; } wanted[] = {
		{ "jenis", FIELD_KIND_MISSING },       { "judul", FIELD_TITLE_SHORT },
		{ "isi", FIELD_NOT_TEXT },             { "tanggal_kejadian", FIELD_DATE_FUTURE },
		{ "kode_wilayah", FIELD_REGION_UNKNOWN }, { "instansi", FIELD_AGENCY_UNKNOWN },
		{ "kategori", FIELD_CATEGORY_UNKNOWN }, { "sifat", FIELD_VISIBILITY_MISSING },
		{ "surel", FIELD_EMAIL_INVALID },      { "telepon", FIELD_PHONE_INVALID },
	};

	(void)state;
	town_begin(&t);
	assert_int_equal(try_submit(&t, &in), RC_INVALID);
	assert_int_equal(problems.n, ARRAY_LEN(wanted));
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		assert_string_equal(problems.p[i].field, wanted[i].field);
		assert_int_equal(problems.p[i].error, wanted[i].error);
	}
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report"), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM reporter"), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM ticket_counter"), 0);
	town_end(&t);
}

static void an_inactive_agency_cannot_be_asked(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	in.asked_agency.v = 3;
	town_submit(&t, &in);
	town_sql(&t, "UPDATE agency SET is_active = 0 WHERE id = 3");
	assert_int_equal(try_submit(&t, &in), RC_INVALID);
	assert_string_equal(problems.p[0].field, "instansi");
	town_end(&t);
}

static void the_same_key_gets_the_first_answer(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	in.idempotency_key = "kunci-1";
	struct submit_out first = town_submit(&t, &in);
	in.title = ""; /* not even looked at */
	struct submit_out again = town_submit(&t, &in);
	assert_true(again.repeated);
	assert_string_equal(again.number, first.number);
	assert_string_equal(again.code, first.code);
	assert_int_equal(again.report.v, first.report.v);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox"), 1);
	town_end(&t);
}

/* An officer who is also a citizen is the latter at the public form, and the former at the counter's. */
static void an_officer_is_a_citizen_at_the_public_form(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	town_sql(&t, "INSERT INTO account (id, login, name, role, agency_id, password_hash, created_at)"
		     " VALUES (7, 'sari', 'Sari', 4, 3, '', 0)");
	t.c.who = (struct who){ .role = ROLE_OPD_HEAD, .account = { 7 }, .agency = { 3 }, .name = "Sari" };
	in.visibility = VISIBILITY_SECRET;
	town_submit(&t, &in);
	assert_int_equal(t.c.who.role, ROLE_OPD_HEAD);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event WHERE account_id IS NOT NULL OR agency_id IS NOT NULL"), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM reporter WHERE account_id IS NOT NULL"), 0);
	t.c.who.role = ROLE_LIAISON;
	in.channel = CHANNEL_COUNTER;
	town_submit(&t, &in);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event WHERE account_id = 7 AND agency_id = 3"), 1);
	town_end(&t);
}

static void a_draft_is_sent_once_and_emptied(void **state)
{
	char token[DRAFT_TOKEN_LEN + 1];
	struct submit_in in = town_report();
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	draft_set(&t.c, &d, "isi", "rahasia");
	assert_int_equal(draft_save(&t.c, &d), RC_OK);
	in.draft = d.id;
	struct submit_out first = town_submit(&t, &in), again = town_submit(&t, &in);
	assert_true(again.repeated);
	assert_string_equal(again.code, first.code);
	assert_int_equal(draft_load(&t.c, token, &d), RC_OK);
	assert_int_equal(d.report.v, first.report.v);
	assert_string_equal(draft_get(&d, "isi"), "");
	town_end(&t);
}

static void numbers_begin_anew_with_the_year(void **state)
{
	const struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	town_submit(&t, &in);
	assert_string_equal(town_submit(&t, &in).number, "2025-000002");
	t.c.now = at("2026-01-01 00:00 WIB"); /* 17:00 of the old year in UTC */
	assert_string_equal(town_submit(&t, &in).number, "2026-000001");
	town_end(&t);
}

static void text_is_stored_clean(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	in.title = "  Lampu\x01 jalan \n mati ";
	in.phone = "0812-3456-7890";
	town_submit(&t, &in);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report WHERE title LIKE '%\x01%' OR title LIKE '%\n%'"), 0);
	assert_int_equal(town_int(&t, "SELECT phone = '+6281234567890' FROM reporter"), 1);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_fields_are_enough),
		cmocka_unit_test(every_wrong_field_is_named),
		cmocka_unit_test(an_inactive_agency_cannot_be_asked),
		cmocka_unit_test(the_same_key_gets_the_first_answer),
		cmocka_unit_test(an_officer_is_a_citizen_at_the_public_form),
		cmocka_unit_test(a_draft_is_sent_once_and_emptied),
		cmocka_unit_test(numbers_begin_anew_with_the_year),
		cmocka_unit_test(text_is_stored_clean),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
