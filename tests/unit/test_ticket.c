/* SPDX-License-Identifier: Apache-2.0
 * Tracking codes and numbers: what is made is read back, what was misheard is refused.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "core/ticket.h"

#define ALPHABET "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

static void random_code(struct rand_seq *r, char out[TICKET_CODE_LEN + 1])
{
	unsigned char random[9];

	for (int i = 0; i < 9; i++)
		random[i] = (unsigned char)rand_below(r, 256);
	ticket_code_make(random, out);
}

static void a_code_is_read_back_however_it_is_typed(void **state)
{
	struct rand_seq r = { 6 };
	char code[TICKET_CODE_LEN + 1], shown[13], typed[40], read[TICKET_CODE_LEN + 1];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		random_code(&r, code);
		assert_int_equal(strspn(code, ALPHABET), TICKET_CODE_LEN);
		ticket_code_show(code, shown);
		assert_int_equal(strlen(shown), 12);
		assert_true(ticket_code_parse(shown, read));
		assert_string_equal(read, code);
		snprintf(typed, sizeof(typed), "  %.4s %.4s\t%.2s ", code, code + 4, code + 8);
		for (char *p = typed; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + 32);
		assert_true(ticket_code_parse(typed, read));
		assert_string_equal(read, code);
	}
}

/* Codes on paper outlive programs: the check of these nine characters may never change. */
static void the_check_character_is_frozen(void **state)
{
	static const unsigned char random[9] = { 1, 2, 3, 5, 8, 13, 21, 255, 64 };
	char code[TICKET_CODE_LEN + 1];

	(void)state;
	ticket_code_make(random, code);
	assert_string_equal(code, "3457AFPZ2R");
}

static void one_wrong_character_never_passes(void **state)
{
	struct rand_seq r = { 7 };
	char code[TICKET_CODE_LEN + 1], out[TICKET_CODE_LEN + 1];

	(void)state;
	for (int i = 0; i < 200; i++) {
		random_code(&r, code);
		for (size_t at = 0; at < TICKET_CODE_LEN; at++) {
			char right = code[at];

			for (const char *w = ALPHABET; *w; w++) {
				code[at] = *w;
				assert_int_equal(ticket_code_parse(code, out), *w == right);
			}
			code[at] = right;
		}
	}
}

static void two_characters_that_changed_places_never_pass(void **state)
{
	struct rand_seq r = { 8 };
	char code[TICKET_CODE_LEN + 1], out[TICKET_CODE_LEN + 1];

	(void)state;
	for (int i = 0; i < 500; i++) {
		random_code(&r, code);
		for (int a = 0; a < TICKET_CODE_LEN; a++) {
			for (int b = a + 1; b < TICKET_CODE_LEN; b++) {
				char swapped[TICKET_CODE_LEN + 1];

				memcpy(swapped, code, sizeof(swapped));
				swapped[a] = code[b];
				swapped[b] = code[a];
				assert_int_equal(ticket_code_parse(swapped, out), code[a] == code[b]);
			}
		}
	}
}

static void what_is_no_code_is_refused(void **state)
{
	static const char *const wrong[] = {
		"", "-", "2", "222222222", "22222222222", "0000000000", "OOOOOOOOOO", "IIIIIIIIII", "2222222221",
		"K7QM-4XTD-9", "........", "22222 22222\n", "\xC3\xA9""222222222",
	};
	char out[TICKET_CODE_LEN + 1] = "untouched";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_false(ticket_code_parse(wrong[i], out));
		assert_string_equal(out, "untouched");
	}
	/* All values zero is the one code a person could guess to be valid: it is, and it is one of 2^45. */
	assert_true(ticket_code_parse("2222222222", out));
}

static void numbers_count_within_their_year(void **state)
{
	char n[TICKET_NUMBER_MAX + 1];

	(void)state;
	ticket_number_make(2026, 4187, n);
	assert_string_equal(n, "2026-004187");
	ticket_number_make(2026, 1234567, n);
	assert_string_equal(n, "2026-1234567");
	ticket_number_make(2026, 99999999999, n);
	assert_string_equal(n, "2026-99999999999");
	assert_true(ticket_number_is_valid(n));
}

static void only_one_spelling_of_a_number_is_valid(void **state)
{
	static const struct { const char *number; bool valid; } cases[] = {
		{ "2026-004187", true },   { "2026-1004187", true },    { "2026-0004187", false }, { "2026-04187", false },
		{ "2026-000000", false },  { "2026004187", false },     { "226-004187", false },   { "", false },
		{ "2026-00418a", false },  { "2026--00418", false },    { "-202-004187", false },  { "2026-004187 ", false },
		{ "2026-999999999999999", false }, { "abcd-004187", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(ticket_number_is_valid(cases[i].number), cases[i].valid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_read_back_however_it_is_typed),
		cmocka_unit_test(the_check_character_is_frozen),
		cmocka_unit_test(one_wrong_character_never_passes),
		cmocka_unit_test(two_characters_that_changed_places_never_pass),
		cmocka_unit_test(what_is_no_code_is_refused),
		cmocka_unit_test(numbers_count_within_their_year),
		cmocka_unit_test(only_one_spelling_of_a_number_is_valid),
	};

	return cmocka_run_group_tests_name("ticket", tests, NULL, NULL);
}
