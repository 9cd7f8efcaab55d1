/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/form_read.h"

static const struct field fields[] = {
	{ "judul", "  Lampu   jalan mati " },
	{ "pendek", "abc" },
	{ "isi", "baris satu\r\nbaris dua\r\n\r\n\r\n\r\nakhir" },
	{ "n", "42" },
	{ "besar", "4200" },
	{ "kata", "empat" },
	{ "pilihan", "terbuka" },
	{ "salah", "lain" },
	{ "ya", "1" },
	{ "tidak", "0" },
	{ "iso", "2026-11-22" },
	{ "iso_salah", "2026-02-30" },
	{ "tgl_hari", " 5" }, { "tgl_bulan", "1" }, { "tgl_tahun", "2026" },
	{ "lengkap_hari", "31" }, { "lengkap_bulan", "4" }, { "lengkap_tahun", "2026" },
	{ "separuh_hari", "5" }, { "separuh_bulan", "" }, { "separuh_tahun", "" },
	{ "abad_hari", "5" }, { "abad_bulan", "1" }, { "abad_tahun", "26" },
	{ "id", "7" }, { "id", "9" }, { "id", "x" },
	{ "utf", "\xC3\xA9\xC3\xA9\xC3\xA9" },
};

struct desk {
	struct ctx c;
	struct request req;
	struct form_read f;
};

static void begin(struct desk *d)
{
	*d = (struct desk){ .c = { .a = arena_new(1 << 20) }, .req = { .form = fields, .n_form = ARRAY_LEN(fields) } };
	d->f = form_read_begin(&d->c, &d->req);
}

/* The one problem there is since the last look; FIELD_OK for none. */
static enum field_error problem(struct desk *d, const char *field)
{
	enum field_error e = FIELD_OK;

	if (d->f.problems.n > 0) {
		assert_int_equal(d->f.problems.n, 1);
		assert_string_equal(d->f.problems.p[0].field, field);
		e = d->f.problems.p[0].error;
	}
	d->f.problems.n = 0;
	return e;
}

static void text_is_cleaned_and_measured_in_letters(void **state)
{
	struct desk d;

	(void)state;
	begin(&d);
	assert_non_null(strstr(form_read_text(&d.f, "judul", 1, 100), "Lampu"));
	assert_int_equal(problem(&d, "judul"), FIELD_OK);
	form_read_text(&d.f, "pendek", 5, 100);
	assert_int_equal(problem(&d, "pendek"), FIELD_TOO_SHORT);
	form_read_text(&d.f, "pendek", 0, 2);
	assert_int_equal(problem(&d, "pendek"), FIELD_TOO_LONG);
	form_read_text(&d.f, "tiada", 1, 10);
	assert_int_equal(problem(&d, "tiada"), FIELD_REQUIRED);
	assert_string_equal(form_read_text(&d.f, "tiada", 0, 10), "");
	assert_int_equal(problem(&d, "tiada"), FIELD_OK);
	form_read_text(&d.f, "utf", 3, 3);
	assert_int_equal(problem(&d, "utf"), FIELD_OK);
	assert_string_equal(form_read_lines(&d.f, "isi", 1, 100), "baris satu\nbaris dua\n\nakhir");
	arena_free(d.c.a);
}

static void numbers_choices_and_boxes_take_only_what_fits(void **state)
{
	static const char *const choices[] = { "anonim", "terbuka", NULL };
	struct desk d;
	int64_t ids[4];

	(void)state;
	begin(&d);
	assert_int_equal(form_read_int(&d.f, "n", 1, 100, 5), 42);
	assert_int_equal(form_read_int(&d.f, "tiada", 1, 100, 5), 5);
	assert_int_equal(problem(&d, "tiada"), FIELD_OK);
	assert_int_equal(form_read_int(&d.f, "besar", 1, 100, 5), 5);
	assert_int_equal(problem(&d, "besar"), FIELD_NOT_A_NUMBER);
	form_read_int(&d.f, "kata", 1, 100, 5);
	assert_int_equal(problem(&d, "kata"), FIELD_NOT_A_NUMBER);
	assert_int_equal(form_read_choice(&d.f, "pilihan", choices), 1);
	assert_int_equal(form_read_choice(&d.f, "tiada", choices), -1);
	assert_int_equal(problem(&d, "tiada"), FIELD_OK);
	assert_int_equal(form_read_choice(&d.f, "salah", choices), -1);
	assert_int_equal(problem(&d, "salah"), FIELD_NOT_A_CHOICE);
	assert_true(form_read_checked(&d.f, "ya"));
	assert_false(form_read_checked(&d.f, "tidak"));
	assert_false(form_read_checked(&d.f, "tiada"));
	assert_int_equal(form_read_id(&d.f, "id"), 7);
	assert_int_equal(form_read_id(&d.f, "tiada"), 0);
	assert_int_equal(form_read_id(&d.f, "kata"), 0);
	assert_int_equal(problem(&d, "kata"), FIELD_NOT_A_CHOICE);
	assert_int_equal(form_read_ids(&d.f, "id", ids, 4), 2);
	assert_int_equal(ids[1], 9);
	assert_int_equal(problem(&d, "id"), FIELD_NOT_A_CHOICE);
	arena_free(d.c.a);
}

static void a_date_comes_whole_or_in_three_parts(void **state)
{
	struct desk d;

	(void)state;
	begin(&d);
	assert_int_equal(form_read_day(&d.f, "iso").n, day_from_civil(2026, 11, 22).n);
	assert_int_equal(form_read_day(&d.f, "tgl").n, day_from_civil(2026, 1, 5).n);
	assert_int_equal(form_read_day(&d.f, "tiada").n, INT32_MIN);
	assert_int_equal(problem(&d, "x"), FIELD_OK);
	form_read_day(&d.f, "iso_salah");
	assert_int_equal(problem(&d, "iso_salah"), FIELD_DATE_INVALID);
	assert_int_equal(form_read_day(&d.f, "lengkap").n, INT32_MIN);
	assert_int_equal(problem(&d, "lengkap"), FIELD_DATE_INVALID);
	form_read_day(&d.f, "separuh");
	assert_int_equal(problem(&d, "separuh"), FIELD_DATE_INVALID);
	form_read_day(&d.f, "abad");
	assert_int_equal(problem(&d, "abad"), FIELD_DATE_INVALID);
	arena_free(d.c.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cleaned_and_measured_in_letters),
		cmocka_unit_test(numbers_choices_and_boxes_take_only_what_fits),
		cmocka_unit_test(a_date_comes_whole_or_in_three_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
