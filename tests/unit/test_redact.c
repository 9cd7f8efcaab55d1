/* SPDX-License-Identifier: Apache-2.0
 * Personal data in free text: what has to be found, what has to be left alone, and that it stays linear.
 */
#include "unit/support.h"

#include <time.h>

#include "core/redact.h"

static int set_up(void **state)
{
	*state = arena_new(16 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void personal_data_is_masked(void **state)
{
	static const struct { const char *text, *masked; } cases[] = {
		{ "", "" },
		{ "NIK saya 3520151208900001 tolong", "NIK saya [NIK disensor] tolong" },
		{ "NIK 3520154208900001.", "NIK [NIK disensor]." },
		{ "3520 1512 0890 0001", "[NIK disensor]" },
		{ "352015 120890 0001", "[NIK disensor]" },
		{ "35.20.15.120890.0001", "[NIK disensor]" },
		{ "hp 081234567890", "hp [nomor telepon disensor]" },
		{ "hp 0812-3456-7890, 2 orang", "hp [nomor telepon disensor], 2 orang" },
		/* Where a number may go on, a digit too many is masked rather than one too few. */
		{ "hp 0812 3456 789 2 orang", "hp [nomor telepon disensor] orang" },
		{ "RT 12 0812-3456-7890", "RT 12 [nomor telepon disensor]" },
		{ "(+62) tidak; +62 812-3456-7890 ya", "(+62) tidak; [nomor telepon disensor] ya" },
		{ "WA:6281234567890;", "WA:[nomor telepon disensor];" },
		{ "WA081234567890", "WA[nomor telepon disensor]" },
		{ "0 8 1 2 3 4 5 6 7 8 9 0", "[nomor telepon disensor]" },
		{ "kantor 021-5551234", "kantor [nomor telepon disensor]" },
		{ "kantor (0541) 123456", "kantor ([nomor telepon disensor]" },
		{ "surel siti.w@contoh.co.id.", "surel [surel disensor]." },
		{ "081234567890@gmail.com", "[surel disensor]" },
		{ "a@b.id,c@d.id", "[surel disensor],[surel disensor]" },
		{ "kartu 4111 1111 1111 1111", "kartu [nomor disensor]" },
		{ "rekening 1234567890", "rekening [nomor disensor]" },
		{ "9999999999999999", "[nomor disensor]" },
		{ "123456789012345678901234567890", "[nomor disensor]" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(redact_mask(*state, cases[i].text), cases[i].masked);
}

static void dates_times_sums_and_places_are_left_alone(void **state)
{
	static const char *const texts[] = {
		"Pada 22-11-2026 pukul 14.05 di RT 03 RW 12",
		"2026-11-22 14:05 - 2026-11-23",
		"08-12-2026 08.30",
		"12-05-2026 12-05-2026",
		"Rp 1.500.000.000,00",
		"laporan 2026-004187 dan #9197446",
		"Jl. Sudirman No. 123 Blok C 45",
		"kode pos 40111, UU 25/2009 pasal 42",
		"jam 08.00-16.00 setiap hari",
		"2018 2019 2020 2021",
		"pelanggan @dishub dan user@host tanpa titik, @",
		"1 2 3 4 5 6 7 8 9",
		"suhu 36.5, tegangan 220",
		"a@.id @b. c@d..",
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_string_equal(redact_mask(*state, texts[i]), texts[i]);
}

static void spans_are_in_order_and_within_the_maximum(void **state)
{
	struct pii_span spans[3];
	const char *text = "081234567890 a@b.id 3520151208900001 081234567891";

	(void)state;
	assert_int_equal(redact_find(text, spans, 3), 3);
	assert_int_equal(spans[0].kind, PII_PHONE);
	assert_int_equal(spans[0].start, 0);
	assert_int_equal(spans[0].end, 12);
	assert_int_equal(spans[1].kind, PII_EMAIL);
	assert_int_equal(spans[2].kind, PII_NIK);
	assert_int_equal(redact_find(text, spans, 0), 0);
}

static void more_spans_than_one_round_holds_are_all_masked(void **state)
{
	char *text = arena_alloc(*state, 16 * 1000 + 1);

	for (int i = 0; i < 1000; i++)
		memcpy(text + 16 * i, "x 081234567890, ", 16);
	text = redact_mask(*state, text);
	assert_null(strstr(text, "0812"));
	assert_int_equal(strlen(text), 1000 * strlen("x [nomor telepon disensor], "));
}

/* The shortest address is five signs, its mask sixteen, and nothing has to stand between two of them. */
static void a_text_of_nothing_but_addresses_is_masked(void **state)
{
	char *text = test_calloc(5 * 2000 + 1, 1);
	const char *masked;

	for (int i = 0; i < 2000; i++)
		memcpy(text + 5 * i, "_@b.c", 5);
	masked = redact_mask(*state, text);
	assert_null(strchr(masked, '@'));
	assert_int_equal(strlen(masked), 2000 * strlen("[surel disensor]"));
	test_free(text);
}

/* Work is bounded per byte: a hundred times the text is not ten thousand times the time. */
static void hostile_text_takes_linear_time(void **state)
{
	static const char *const patterns[] = { "1 ", "a@", "08 ", "1-", "@", "a.", "0 8 1 2 3 4 ", "1" };

	for (size_t p = 0; p < ARRAY_LEN(patterns); p++) {
		size_t n = strlen(patterns[p]), bytes = 1 << 20;
		char *text = malloc(bytes + 1);
		struct pii_span span[8];
		clock_t begin = clock();

		assert_non_null(text);
		for (size_t i = 0; i < bytes; i++)
			text[i] = patterns[p][i % n];
		text[bytes] = '\0';
		(void)redact_find(text, span, ARRAY_LEN(span));
		free(text);
		/* Milliseconds when linear; minutes when not. */
		assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 5);
	}
	(void)state;
}

static void the_owner_recognises_what_a_stranger_cannot(void **state)
{
	struct arena *a = *state;

	assert_string_equal(redact_name(a, "Siti Wulandari"), "S•• W•••••");
	assert_string_equal(redact_name(a, "Ö"), "Ö••");
	assert_string_equal(redact_name(a, ""), "");
	assert_string_equal(redact_phone(a, "+6281234567890"), "0812 •••• 7890");
	assert_string_equal(redact_phone(a, "0812-3456-7890"), "0812 •••• 7890");
	assert_string_equal(redact_phone(a, "021555123"), "02•• ••••");
	assert_string_equal(redact_phone(a, "62"), "•• ••••");
	assert_string_equal(redact_phone(a, ""), "•• ••••");
	assert_string_equal(redact_email(a, "siti@contoh.id"), "s•••@contoh.id");
	assert_string_equal(redact_email(a, "@contoh.id"), "•••@contoh.id");
	assert_string_equal(redact_email(a, "siti"), "•••");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(personal_data_is_masked),
		cmocka_unit_test(dates_times_sums_and_places_are_left_alone),
		cmocka_unit_test(spans_are_in_order_and_within_the_maximum),
		cmocka_unit_test(more_spans_than_one_round_holds_are_all_masked),
		cmocka_unit_test(a_text_of_nothing_but_addresses_is_masked),
		cmocka_unit_test(hostile_text_takes_linear_time),
		cmocka_unit_test(the_owner_recognises_what_a_stranger_cannot),
	};

	return cmocka_run_group_tests_name("redact", tests, set_up, tear_down);
}
