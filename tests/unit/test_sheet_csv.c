/* SPDX-License-Identifier: Apache-2.0
 * CSV as it comes: separators, quotes, broken quotes, old encodings; and never past the end of the bytes.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "cmd/sheet_csv.h"

/* The cells of all rows, "a|b/c|d"; damaged rows begin with "!". */
static void flatten(const char *bytes, size_t n, char out[2000])
{
	struct arena *a = arena_new(1 << 22);
	/* An exact copy, so that the sanitizer sees a step past its end. */
	char *copy = malloc(n ? n : 1);
	struct sheet_csv c;
	struct sheet_row row;
	size_t at = 0;

	memcpy(copy, bytes, n);
	out[0] = '\0';
	sheet_csv_begin(&c, copy, n, "Tracking ID");
	while (sheet_csv_next(&c, a, &row)) {
		at += (size_t)snprintf(out + at, 2000 - at, "%s%s", at ? "/" : "", row.damage ? "!" : "");
		for (size_t i = 0; i < row.n && at < 1900; i++)
			at += (size_t)snprintf(out + at, 2000 - at, "%s%.300s", i ? "|" : "", row.cell[i].text);
		if (at >= 1900)
			break;
	}
	free(copy);
	arena_free(a);
}

static void rows_are_read_in_every_form(void **state)
{
	static const struct {
		const char *bytes, *cells;
	} cases[] = {
		{ "Tracking ID,b\n1,2\n", "Tracking ID|b/1|2" },
		{ "Tracking ID;b\r\n1;2,5", "Tracking ID|b/1|2,5" },
		{ "\xEF\xBB\xBF\"Tracking ID\";\"b\"\r\n1;2", "Tracking ID|b/1|2" },
		{ "Tracking ID\tb\r1\t2\r", "Tracking ID|b/1|2" },
		{ "Tracking ID,b\n\"a,\"\"x\"\"\nz\",2\n", "Tracking ID|b/a,\"x\"\nz|2" },
		{ "Tracking ID,b\n,\n\n1,\"\"\n", "Tracking ID|b/|//1|" },
		{ "Tracking ID,b\n1, 2 \n", "Tracking ID|b/1|2" },
		{ "Tracking ID,b\n1,a\"b\n", "Tracking ID|b/1|a\"b" },
		{ "Tracking ID,b\n1,\"a\"x\n", "Tracking ID|b/1|ax" },
		{ "Tracking ID,b\n1,\"a\n2,c\n", "Tracking ID|b/!1|\"a/2|c" },
		{ "Tracking ID,b\n1,Caf\xE9 \x93x\x94\n", "Tracking ID|b/1|Caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D" },
		{ "Tracking ID,b\n1,\x01\x02" "a\n", "Tracking ID|b/1|a" },
		{ "", "" },
		{ "\"", "!\"" },
	};
	char out[2000];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		flatten(cases[i].bytes, strlen(cases[i].bytes), out);
		assert_string_equal(out, cases[i].cells);
	}
}

static void lines_are_counted_through_quotes(void **state)
{
	static const char bytes[] = "Tracking ID,b\n1,\"x\n\ny\"\n2,z\n";
	struct arena *a = arena_new(1 << 20);
	struct sheet_csv c;
	struct sheet_row row;

	(void)state;
	sheet_csv_begin(&c, bytes, sizeof(bytes) - 1, "Tracking ID");
	assert_true(sheet_csv_next(&c, a, &row));
	assert_int_equal(row.line, 1);
	assert_true(sheet_csv_next(&c, a, &row));
	assert_int_equal(row.line, 2);
	assert_true(sheet_csv_next(&c, a, &row));
	assert_int_equal(row.line, 5);
	assert_false(sheet_csv_next(&c, a, &row));
	arena_free(a);
}

static void no_row_has_more_cells_than_there_is_room_for(void **state)
{
	char bytes[1001];
	struct arena *a = arena_new(1 << 20);
	struct sheet_csv c;
	struct sheet_row row;

	(void)state;
	memset(bytes, ',', 1000);
	sheet_csv_begin(&c, bytes, 1000, "Tracking ID");
	assert_true(sheet_csv_next(&c, a, &row));
	assert_int_equal(row.n, SHEET_COLUMNS_MAX);
	arena_free(a);
}

static void noise_is_read_to_its_end(void **state)
{
	static const char letters[] = "\"\",;\n\r a\xE9\x80\0" "T";
	struct rand_seq r = { 11 };
	char bytes[200], out[2000];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		size_t n = rand_below(&r, sizeof(bytes));

		for (size_t k = 0; k < n; k++)
			bytes[k] = letters[rand_below(&r, sizeof(letters) - 1)];
		flatten(bytes, n, out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read_in_every_form),
		cmocka_unit_test(lines_are_counted_through_quotes),
		cmocka_unit_test(no_row_has_more_cells_than_there_is_room_for),
		cmocka_unit_test(noise_is_read_to_its_end),
	};

	return cmocka_run_group_tests_name("sheet_csv", tests, NULL, NULL);
}
