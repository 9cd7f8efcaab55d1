/* SPDX-License-Identifier: Apache-2.0
 * Rows of LAPOR!'s export: dates and words as they are written, what is doubtful is kept secret or refused.
 */
#include "unit/support.h"

#include "cmd/lapor.h"

static struct cell text(const char *s)
{
	return (struct cell){ .text = s, .type = CELL_TEXT };
}

static void dates_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		int year, month, day;
	} cases[] = {
		{ "3 Jan 2026", 2026, 1, 3 },      { "03 Januari 2026", 2026, 1, 3 }, { "28 Agt 2023", 2023, 8, 28 },
		{ "28 Agustus 2023", 2023, 8, 28 }, { "1 Mei 2024", 2024, 5, 1 },     { "31 Des 2021", 2021, 12, 31 },
		{ "1 Okt 2022", 2022, 10, 1 },     { "2026-01-03", 2026, 1, 3 },      { "03/01/2026", 2026, 1, 3 },
		{ "3-Jan-2026", 2026, 1, 3 },      { "Sabtu, 3 Jan 2026", 2026, 1, 3 }, { "29 Feb 2024", 2024, 2, 29 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cell cell = text(cases[i].text);
		struct instant at;
		int64_t ms;
		bool has_time;

		assert_true(lapor_parse_date(&cell, &at, &ms, &has_time));
		assert_int_equal(at.ms, day_from_civil(cases[i].year, cases[i].month, cases[i].day).n * MS_PER_DAY);
		assert_false(has_time);
	}
}

static void what_is_no_date_is_refused(void **state)
{
	static const char *const cases[] = { "", "kemarin", "31 Feb 2024", "3 Foo 2026", "3 Jan", "2026", "3 Jan 26", "0/0/2026",
					     "99999999999999999999", "3 Jan 2026 25:00", "3 Jan 2026 xyz" };
	struct instant at;
	int64_t ms;
	bool has_time;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cell cell = text(cases[i]);

		assert_false(lapor_parse_date(&cell, &at, &ms, &has_time));
	}
}

static void day_numbers_of_spreadsheets_are_dates(void **state)
{
	struct cell cell = { .text = "46025.5", .type = CELL_DATE, .number = 46025.5 };
	struct instant at;
	int64_t ms = 0;
	bool has_time = false;

	(void)state;
	assert_true(lapor_parse_date(&cell, &at, &ms, &has_time));
	assert_int_equal(at.ms, day_from_civil(2026, 1, 3).n * MS_PER_DAY);
	assert_true(has_time);
	assert_int_equal(ms, 12 * MS_PER_HOUR);
	cell.number = 17;
	assert_false(lapor_parse_date(&cell, &at, &ms, &has_time));
}

static void times_are_read_in_every_form(void **state)
{
	static const struct {
		const char *text;
		int seconds; /* -1: refused */
	} cases[] = {
		{ "02:05", 7500 },   { "02:05:09", 7509 }, { "2.05", 7500 }, { "2:05 PM", 50700 }, { "12:00 AM", 0 },
		{ "23:59:59", 86399 }, { "24:00", -1 },    { "1:60", -1 },   { "pagi", -1 },       { "7", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cell cell = text(cases[i].text);
		int64_t ms = 0;

		assert_int_equal(lapor_parse_time(&cell, &ms), cases[i].seconds >= 0);
		if (cases[i].seconds >= 0)
			assert_int_equal(ms, cases[i].seconds * 1000);
	}
}

static void dates_are_written_as_they_are_read(void **state)
{
	char date[16], time[9];

	(void)state;
	for (int32_t n = 17000; n < 21000; n += 13) {
		struct instant at = { n * MS_PER_DAY + n % 86400 * INT64_C(1000) }, back;
		struct cell cell = text(date), clock = text(time);
		int64_t ms = 0;
		bool has_time;

		lapor_date_text(at, date);
		lapor_time_text(at, time);
		assert_true(lapor_parse_date(&cell, &back, &ms, &has_time));
		assert_true(lapor_parse_time(&clock, &ms));
		assert_int_equal(back.ms + ms, at.ms);
	}
}

/* A row of the needed columns and a few more. */
static const char *const names[] = { "tracking id", "TANGGAL LAPORAN MASUK", "Isi  Laporan Awal", "Status Laporan",
				     "Tipe Laporan", "Kota / Kabupaten", "Klasifikasi Laporan", "Sumber Laporan" };

static void make_row(struct sheet_row *row, const char *const *cells, size_t n)
{
	*row = (struct sheet_row){ .n = n };
	for (size_t i = 0; i < n; i++)
		row->cell[i] = text(cells[i]);
}

static const char *read(struct arena *a, const char *const *cells, struct lapor_row *ret)
{
	struct sheet_row header, row;
	struct lapor_map map;
	const char *missing;

	make_row(&header, names, ARRAY_LEN(names));
	make_row(&row, cells, ARRAY_LEN(names));
	assert_true(lapor_map_header(&header, &map, &missing));
	return lapor_read_row(a, &map, &row, ret);
}

static void headers_are_found_whatever_their_case_and_blanks(void **state)
{
	static const char *const few[] = { "Tracking ID", "Status Laporan" };
	struct arena *a = arena_new(1 << 20);
	struct sheet_row header;
	struct lapor_map map;
	struct lapor_row row;
	const char *missing;

	(void)state;
	assert_null(read(a, (const char *const[]){ "#123", "3 Jan 2026", "isi", "Belum Terverifikasi", "", "Kab. X", "", "" },
			 &row));
	assert_string_equal(row.id, "123");
	assert_string_equal(row.regency, "Kab. X");
	assert_string_equal(row.title, "isi");
	make_row(&header, few, ARRAY_LEN(few));
	assert_false(lapor_map_header(&header, &map, &missing));
	assert_string_equal(missing, "Tanggal Laporan Masuk");
	arena_free(a);
}

static void every_status_has_its_state(void **state)
{
	static const struct {
		const char *text;
		enum state state;
		enum closer closer;
	} cases[] = {
		{ "Ditutup oleh Sistem", STATE_CLOSED, CLOSED_BY_SYSTEM },
		{ "ditutup oleh admin", STATE_CLOSED, CLOSED_BY_ADMIN },
		{ "Ditutup oleh Pelapor", STATE_CLOSED, CLOSED_BY_REPORTER },
		{ "Diarsipkan oleh Sistem", STATE_ARCHIVED, CLOSED_BY_SYSTEM },
		{ "Konten Terblokir", STATE_ARCHIVED, CLOSED_BY_ADMIN },
		{ "Menunggu Kelengkapan Informasi", STATE_PENDING, CLOSER_NONE },
		{ "Selesai otomatis dalam 3 hari", STATE_ANSWERED, CLOSER_NONE },
		{ "Ditanggapi oleh Pelapor", STATE_IN_PROGRESS, CLOSER_NONE },
	};
	struct arena *a = arena_new(1 << 20);
	struct lapor_row row;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", cases[i].text, "", "", "", "" }, &row));
		assert_int_equal(row.state, cases[i].state);
		assert_int_equal(row.closer, cases[i].closer);
	}
	assert_non_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", "Dilupakan", "", "", "", "" }, &row));
	arena_free(a);
}

static void an_unknown_class_is_kept_in_words(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct lapor_row row;

	(void)state;
	assert_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", "Selesai", "", "", "Aspirasi", "" }, &row));
	assert_int_equal(row.class, CLASS_ASPIRATION);
	assert_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", "Selesai", "", "", "Whistle Blowing", "" }, &row));
	assert_int_equal(row.class, CLASS_NONE);
	assert_string_equal(row.class_name, "Whistle Blowing");
	arena_free(a);
}

static void what_is_marked_secret_or_unclearly_is_secret(void **state)
{
	static const struct {
		const char *text;
		bool is_anonymous, is_secret;
	} cases[] = {
		{ "", false, false },  { "Anonim", true, false }, { "Rahasia", false, true }, { "Anonim|Rahasia", true, true },
		{ "rahasia", false, true }, { "Sensitif", false, true }, { "-", false, false },
	};
	struct arena *a = arena_new(1 << 20);
	struct lapor_row row;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", "Selesai", cases[i].text, "", "", "" }, &row));
		assert_int_equal(row.is_anonymous, cases[i].is_anonymous);
		assert_int_equal(row.is_secret, cases[i].is_secret);
	}
	arena_free(a);
}

static void every_state_is_written_as_a_status_that_is_read(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct lapor_row row;

	(void)state;
	for (enum state s = STATE_RECEIVED; s <= STATE_ARCHIVED; s++) {
		const char *status = lapor_status_name(s, state_is_open(s) ? CLOSER_NONE : CLOSED_BY_REPORTER, false);

		assert_null(read(a, (const char *const[]){ "1", "3 Jan 2026", "isi", status, "", "", "", "" }, &row));
		assert_int_equal(state_is_open(row.state), state_is_open(s));
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_as_people_write_them),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(day_numbers_of_spreadsheets_are_dates),
		cmocka_unit_test(times_are_read_in_every_form),
		cmocka_unit_test(dates_are_written_as_they_are_read),
		cmocka_unit_test(headers_are_found_whatever_their_case_and_blanks),
		cmocka_unit_test(every_status_has_its_state),
		cmocka_unit_test(an_unknown_class_is_kept_in_words),
		cmocka_unit_test(what_is_marked_secret_or_unclearly_is_secret),
		cmocka_unit_test(every_state_is_written_as_a_status_that_is_read),
	};

	return cmocka_run_group_tests_name("lapor", tests, NULL, NULL);
}
