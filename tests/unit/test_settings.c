/* SPDX-License-Identifier: Apache-2.0
 * The configuration file: what is there is taken, the rest keeps its default, and mistakes are shown with their place.
 */
#include "unit/support.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/settings.h"

static enum rc load(struct arena *a, const char *text, const struct settings **ret, struct err *err)
{
	char path[] = "/tmp/lapor-settings-XXXXXX";
	int fd = mkstemp(path);
	enum rc rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	rc = settings_load(a, path, ret, err);
	unlink(path);
	return rc;
}

static void without_a_file_nothing_is_official(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct settings *s;
	struct err err;

	(void)state;
	assert_int_equal(settings_load(a, NULL, &s, &err), RC_OK);
	assert_false(s->is_official);
	assert_string_equal(s->government, "");
	assert_string_equal(s->region_code, "");
	assert_int_equal(s->hours.opens_min, 480);
	arena_free(a);
}

static void what_is_given_is_taken_and_the_rest_stays(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct settings *s;
	struct err err;

	(void)state;
	assert_int_equal(load(a, "place_name: Kabupaten X\nis_official: yes\nzone: WIT\nregion_code: \"91.01\"\n"
				 "office_opens: \"07:30\"\nsession_minutes: 30\narbitrate_after: 4\nhook_inside: yes\n"
				 "archives: [sqlite:2023.db, 'sqlite:2022.db']\n", &s, &err), RC_OK);
	assert_string_equal(s->place_name, "Kabupaten X");
	assert_true(s->is_official);
	assert_int_equal(s->zone, ZONE_WIT);
	assert_string_equal(s->region_code, "91.01");
	assert_int_equal(s->hours.opens_min, 450);
	assert_int_equal(s->session_minutes, 30);
	assert_int_equal(s->arbitrate_after, 4);
	assert_true(s->hook_inside);
	assert_int_equal(s->archive_n, 2);
	assert_string_equal(s->archives[1], "sqlite:2022.db");
	assert_string_equal(s->files_s3_region, "us-east-1");
	assert_string_equal(s->site_name, settings_default()->site_name);
	assert_int_equal(load(a, "", &s, &err), RC_OK);
	assert_string_equal(s->site_name, settings_default()->site_name);
	arena_free(a);
}

static void mistakes_are_shown_with_their_place(void **state)
{
	static const struct {
		const char *text, *says, *where;
	} cases[] = {
		{ "site_name: A\nwarna: merah\n", "warna", "line: 2, column: 1" },
		{ "session_minutes: lama\n", "lama", "line: 1" },
		{ "\n\nis_official: mungkin\n", "yes or no", "line: 3" },
		{ "site_name: [a]\n", "", "line: 1" },
		{ "- a\n", "MAPPING", "line: 1" },
		{ "site_name: \"\xFF\"\n", "UTF-8", "line: 1" },
		{ "arbitrate_after: -1\n", "from 0", "arbitrate_after" },
		{ "session_minutes: 1\n", "from 5", "session_minutes" },
		{ "zone: WIX\n", "WIB, WITA or WIT", "zone" },
		{ "office_opens: \"8\"\n", "08:00", "office_opens" },
		{ "office_opens: \"17:00\"\n", "later", "office_closes" },
		{ "base_url: lapor.go.id\n", "https://", "base_url" },
		{ "base_url: https://lapor.go.id/\n", "slash", "base_url" },
		{ "trusted_proxy: 10.0.0.0/8\n", "address", "trusted_proxy" },
		{ "trusted_proxy: localhost\n", "address", "trusted_proxy" },
		{ "smtp_url: smtp://x\n", "mail_from", "mail_from" },
		{ "smtp_url: x\n", "smtp://", "smtp_url" },
		{ "region_code: Bandung\n", "region code", "region_code" },
	};
	struct arena *a = arena_new(1 << 20);
	const struct settings *s = NULL;
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(load(a, cases[i].text, &s, &err), RC_INVALID);
		assert_non_null(strstr(err.detail, cases[i].says));
		assert_non_null(strstr(err.detail, cases[i].where));
		assert_null(s);
	}
	arena_free(a);
}

static void a_file_that_is_not_there_is_said(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct settings *s;
	struct err err;

	(void)state;
	assert_int_equal(settings_load(a, "/nowhere/lapor.yaml", &s, &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.detail, "/nowhere/lapor.yaml"));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_nothing_is_official),
		cmocka_unit_test(what_is_given_is_taken_and_the_rest_stays),
		cmocka_unit_test(mistakes_are_shown_with_their_place),
		cmocka_unit_test(a_file_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
