/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/route.h"

#define LINE(m, p) { .method = METHOD_##m, .pattern = p }

static const struct route table[] = {
	LINE(GET, "/"),
	LINE(GET, "/laporan"),
	LINE(GET, "/laporan/{nomor}"),
	LINE(POST, "/laporan/{nomor}/dukung"),
	LINE(GET, "/laporan/baru"),
	LINE(GET, "/{halaman}"),
	LINE(POST, "/masuk"),
	LINE(GET, "/masuk"),
	LINE(GET, "/a/{x}/c"),
	LINE(GET, "/{y}/b/c"),
};

static const struct {
	enum method method;
	const char *path;
	enum route_found found;
	const char *pattern, *params;
} samples[] = {
	{ METHOD_GET, "/", ROUTE_FOUND, "/", "" },
	{ METHOD_GET, "/laporan", ROUTE_FOUND, "/laporan", "" },
	{ METHOD_GET, "/laporan/2026-000001", ROUTE_FOUND, "/laporan/{nomor}", "nomor=2026-000001;" },
	{ METHOD_GET, "/laporan/baru", ROUTE_FOUND, "/laporan/baru", "" },
	{ METHOD_POST, "/laporan/7/dukung", ROUTE_FOUND, "/laporan/{nomor}/dukung", "nomor=7;" },
	{ METHOD_GET, "/laporan/7/dukung", ROUTE_OTHER_METHOD, NULL, "" },
	{ METHOD_POST, "/laporan", ROUTE_OTHER_METHOD, NULL, "" },
	{ METHOD_GET, "/bantuan", ROUTE_FOUND, "/{halaman}", "halaman=bantuan;" },
	{ METHOD_GET, "/masuk", ROUTE_FOUND, "/masuk", "" },
	{ METHOD_GET, "/a/b/c", ROUTE_FOUND, "/a/{x}/c", "x=b;" },
	{ METHOD_GET, "/z/b/c", ROUTE_FOUND, "/{y}/b/c", "y=z;" },
	{ METHOD_GET, "/laporan/", ROUTE_REMOVE_SLASH, NULL, "" },
	{ METHOD_GET, "/laporan//", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "//", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "//laporan", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "/a//c", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "/a/b/c/d", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "", ROUTE_NO_SUCH_PATH, NULL, "" },
	{ METHOD_GET, "laporan", ROUTE_NO_SUCH_PATH, NULL, "" },
};

static void a_path_finds_its_line_literals_first(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct route_match m;
		char params[100] = "";
		enum route_found found = route_find(table, ARRAY_LEN(table), samples[i].method, samples[i].path, a, &m);

		if (found != samples[i].found)
			fail_msg("%s: found %d", samples[i].path, (int)found);
		if (samples[i].pattern)
			assert_string_equal(m.route->pattern, samples[i].pattern);
		for (size_t k = 0; k < m.n_params; k++) {
			strncat(params, m.params[k].name, 20);
			strncat(params, "=", 2);
			strncat(params, m.params[k].value, 20);
			strncat(params, ";", 2);
		}
		assert_string_equal(params, samples[i].params);
	}
	arena_free(a);
}

static void the_allowed_methods_of_a_path_are_known(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct route_match m;

	(void)state;
	assert_int_equal(route_find(table, 8, METHOD_POST, "/laporan/7", a, &m), ROUTE_OTHER_METHOD);
	assert_int_equal(m.methods, 1U << METHOD_GET);
	assert_int_equal(route_find(table, 8, METHOD_GET, "/masuk", a, &m), ROUTE_FOUND);
	assert_int_equal(m.methods, 1U << METHOD_GET | 1U << METHOD_POST);
	arena_free(a);
}

/* Captures count as one name: "/x/{a}" and "/x/{b}" are the same address. */
static bool same_address(const char *p, const char *q)
{
	while (*p && *q) {
		if (*p == '{' && *q == '{') {
			p += strcspn(p, "/");
			q += strcspn(q, "/");
		} else if (*p++ != *q++) {
			return false;
		}
	}
	return *p == *q;
}

static void every_line_of_the_real_table_is_sound(void **state)
{
	size_t n;
	const struct route *r = route_table(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(r[i].pattern), segments = 0;

		for (const char *s = r[i].pattern; *s; s++)
			segments += *s == '/';
		if (r[i].pattern[0] != '/' || (len > 1 && r[i].pattern[len - 1] == '/') || segments > ROUTE_SEGMENTS_MAX)
			fail_msg("%s: not a well-formed path", r[i].pattern);
		if (r[i].method == METHOD_GET && (route_writes(&r[i]) || r[i].body_limit != 0 || r[i].prepare))
			fail_msg("%s: a GET neither writes nor has a body", r[i].pattern);
		if (r[i].method == METHOD_POST && r[i].body_limit <= 0)
			fail_msg("%s: a POST needs a body limit", r[i].pattern);
		if (r[i].effect == ROUTE_WRITES_OPEN && r[i].access != ROUTE_ANYONE)
			fail_msg("%s: an open write has no session, so no roles", r[i].pattern);
		for (size_t k = 0; k < i; k++)
			if (r[k].method == r[i].method && same_address(r[k].pattern, r[i].pattern))
				fail_msg("%s: stands there twice", r[i].pattern);
	}
}

static void roles_open_only_what_is_theirs(void **state)
{
	static const enum role all[] = { ROLE_NONE, ROLE_CITIZEN, ROLE_NATIONAL_ADMIN, ROLE_AGENCY_ADMIN, ROLE_LIAISON,
					 ROLE_UNIT_OFFICER, ROLE_OPD_HEAD, ROLE_SYSTEM, ROLE_OPERATOR, ROLE_INTAKE,
					 ROLE_OPD_INTAKE, ROLE_SECTION_HEAD, ROLE_DIVISION_HEAD, ROLE_OFFICE_HEAD,
					 ROLE_REGENT, ROLE_OVERSIGHT, ROLE_COORDINATOR };
	static const char *const by_access[] = {
		[ROUTE_ANYONE] = "11111111111111111", [ROUTE_SIGNED_IN] = "01111110111111111",
		[ROUTE_OFFICERS] = "00111110000000011", [ROUTE_STAFF] = "00111110111111111",
		[ROUTE_ADMINS] = "00110000000000000", [ROUTE_SETTERS] = "00110000100000000",
		[ROUTE_INTAKE] = "00011000011000000", [ROUTE_PERIODIC] = "00010000000111101",
		[ROUTE_OPERATORS] = "00000000100000000",
	};

	(void)state;
	for (int access = ROUTE_ANYONE; access <= ROUTE_OPERATORS; access++)
		for (size_t i = 0; i < ARRAY_LEN(all); i++)
			assert_int_equal(route_allows((enum route_access)access, all[i]), by_access[access][i] == '1');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_finds_its_line_literals_first),
		cmocka_unit_test(the_allowed_methods_of_a_path_are_known),
		cmocka_unit_test(every_line_of_the_real_table_is_sound),
		cmocka_unit_test(roles_open_only_what_is_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
