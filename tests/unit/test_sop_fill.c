/* SPDX-License-Identifier: Apache-2.0
 * The page of an SOP: times in words of both languages, which decision stands at which step, dates.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "view/sop_fill.h"

static const struct sop_page *page_of(struct arena *a, const char *id, enum lang lang)
{
	struct sop_page *p = arena_new_one(a, struct sop_page);
	struct err err = { 0 };
	const struct sop *s;

	if (sop_load_file(a, arena_printf(a, "sop/%s.yaml", id), &s, &err) != RC_OK)
		fail_msg("%s", err.detail);
	sop_fill(a, s, lang, p);
	return p;
}

static void times_are_worded_in_both_languages(void **state)
{
	static const struct {
		struct sop_time t;
		const char *id, *en;
	} cases[] = {
		{ { 0 }, "", "" },
		{ { 5, 5, LIMIT_MINUTES, 0 }, "5 menit", "5 minutes" },
		{ { 1, 1, LIMIT_HOURS, 0 }, "1 jam", "1 hour" },
		{ { 1, 3, LIMIT_WORKDAYS, 0 }, "1-3 hari kerja", "1-3 working days" },
		{ { 10, 10, LIMIT_DAYS, 0 }, "10 hari", "10 days" },
		{ { 0, 0, 0, 3 }, "setiap 3 bulan", "every 3 months" },
	};
	struct arena *a = arena_new((size_t)1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_string_equal(sop_fill_time(a, LANG_ID, cases[i].t), cases[i].id);
		assert_string_equal(sop_fill_time(a, LANG_EN, cases[i].t), cases[i].en);
	}
	arena_free(a);
}

static void decisions_stand_at_the_steps_they_speak_of(void **state)
{
	static const struct {
		const char *id, *step, *decisions;
	} cases[] = {
		{ "tjt-24", "2", "" },		{ "tjt-24", "3", "E3" },   { "tjt-24", "5", "E3" },   { "tjt-24", "9", "E4" },
		{ "tjt-24", "11", "E4" },	{ "kapuas", "1", "E10, E17" }, { "jatim", "7", "E17" }, { "jatim", "1", "" },
		{ "magetan", "7", "E11" },	{ "magetan", "2", "E10" },
	};
	struct arena *a = arena_new((size_t)32 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct sop_page *p = page_of(a, cases[i].id, LANG_ID);
		bool is_found = false;

		for (size_t k = 0; k < p->n; k++) {
			if (strcmp(p->rows[k].id, cases[i].step) != 0)
				continue;
			assert_string_equal(p->rows[k].decisions, cases[i].decisions);
			is_found = true;
		}
		assert_true(is_found);
	}
	arena_free(a);
}

static void what_is_in_force_stands_beside_what_is_printed_only_where_it_differs(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	const struct sop_page *p = page_of(a, "tjt-24", LANG_EN);

	(void)state;
	assert_null(p->rows[0].times[0].in_force);
	assert_string_equal(p->rows[2].times[0].printed, "10 hari kerja");
	assert_string_equal(p->rows[2].times[0].in_force, "10 minutes");
	assert_string_equal(p->made_on, "February 2020");
	assert_string_equal(p->sum, "5 working days, 1 hour, 10 minutes");
	p = page_of(a, "kapuas", LANG_ID);
	assert_string_equal(p->made_on, "28 Desember 2018");
	assert_string_equal(p->rows[1].ways[0].to, "3");
	assert_null(p->rows[1].ways[1].to);
	assert_string_equal(p->rows[1].by, "Pejabat Penghubung pada OPD, Kepala OPD");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_worded_in_both_languages),
		cmocka_unit_test(decisions_stand_at_the_steps_they_speak_of),
		cmocka_unit_test(what_is_in_force_stands_beside_what_is_printed_only_where_it_differs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
