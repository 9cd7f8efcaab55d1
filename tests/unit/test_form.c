/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/form.h"

struct sample {
	const char *text;
	size_t n; /* 0: strlen */
	enum form_result result;
	const char *pairs; /* "name=value|..." as decoded */
};

static const struct sample samples[] = {
	{ "", 0, FORM_OK, "" },
	{ "a=1", 0, FORM_OK, "a=1|" },
	{ "a=1&b=2&a=3", 0, FORM_OK, "a=1|b=2|a=3|" },
	{ "a", 0, FORM_OK, "a=|" },
	{ "a=", 0, FORM_OK, "a=|" },
	{ "=x", 0, FORM_OK, "=x|" },
	{ "&&a=1&", 0, FORM_OK, "a=1|" },
	{ "a=b=c", 0, FORM_OK, "a=b=c|" },
	{ "isi=Jalan+rusak%2C+berlubang%21", 0, FORM_OK, "isi=Jalan rusak, berlubang!|" },
	{ "isi=baris%0D%0Adua", 0, FORM_OK, "isi=baris\r\ndua|" },
	{ "n=%C3%A9", 0, FORM_OK, "n=\xC3\xA9|" },
	{ "n=\xC3\xA9", 0, FORM_OK, "n=\xC3\xA9|" },
	{ "a%5B0%5D=x", 0, FORM_OK, "a[0]=x|" },
	{ "a=%", 0, FORM_BAD_ESCAPE, "" },
	{ "a=%4", 0, FORM_BAD_ESCAPE, "" },
	{ "a=%zz", 0, FORM_BAD_ESCAPE, "" },
	{ "a=%4&b=1", 0, FORM_BAD_ESCAPE, "" },
	{ "%=1", 0, FORM_BAD_ESCAPE, "" },
	{ "a=%00", 0, FORM_BAD_TEXT, "" },
	{ "a=x\0y", 5, FORM_BAD_TEXT, "" },
	{ "a=%C3", 0, FORM_BAD_TEXT, "" },
	{ "a=\xFF", 0, FORM_BAD_TEXT, "" },
	{ "a=%ED%A0%80", 0, FORM_BAD_TEXT, "" },
	{ "a=%C0%AF", 0, FORM_BAD_TEXT, "" },
	{ "1&2&3&4&5", 0, FORM_OK, "1=|2=|3=|4=|5=|" },
	{ "1&2&3&4&5&6", 0, FORM_TOO_MANY, "" },
};

static void pairs_are_decoded_exactly_or_refused(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		const struct sample *s = &samples[i];
		const struct field *f = NULL;
		char got[256] = "";
		size_t n = 0;
		enum form_result r = form_parse(a, s->text, s->n ? s->n : strlen(s->text), 5, &f, &n);

		if (r != s->result)
			fail_msg("sample %zu (%s): result %d", i, s->text, (int)r);
		for (size_t k = 0; k < n; k++) {
			strncat(got, f[k].name, sizeof(got) - strlen(got) - 1);
			strncat(got, "=", sizeof(got) - strlen(got) - 1);
			strncat(got, f[k].value, sizeof(got) - strlen(got) - 1);
			strncat(got, "|", sizeof(got) - strlen(got) - 1);
		}
		if (strcmp(got, s->pairs) != 0)
			fail_msg("sample %zu (%s): got %s", i, s->text, got);
	}
	arena_free(a);
}

static void a_path_keeps_its_plus_and_refuses_hidden_slashes(void **state)
{
	static const struct { const char *text; enum form_result result; const char *path; } paths[] = {
		{ "/lacak/ABC", FORM_OK, "/lacak/ABC" },
		{ "/a+b", FORM_OK, "/a+b" },
		{ "/%6Caporan", FORM_OK, "/laporan" },
		{ "/a%20b", FORM_OK, "/a b" },
		{ "/a%2Fb", FORM_BAD_TEXT, NULL },
		{ "/a%2fb", FORM_BAD_TEXT, NULL },
		{ "/a%0Ab", FORM_BAD_TEXT, NULL },
		{ "/a%00", FORM_BAD_TEXT, NULL },
		{ "/a%7F", FORM_BAD_TEXT, NULL },
		{ "/a%", FORM_BAD_ESCAPE, NULL },
		{ "/%E2%82", FORM_BAD_TEXT, NULL },
	};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		const char *path = NULL;

		assert_int_equal(form_parse_path(a, paths[i].text, strlen(paths[i].text), &path), paths[i].result);
		if (paths[i].path)
			assert_string_equal(path, paths[i].path);
		else
			assert_null(path);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_decoded_exactly_or_refused),
		cmocka_unit_test(a_path_keeps_its_plus_and_refuses_hidden_slashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
