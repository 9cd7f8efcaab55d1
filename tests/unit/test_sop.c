/* SPDX-License-Identifier: Apache-2.0
 * SOPs: times, sums and finding steps; what lint says of the ten that come with lapor and of broken ones.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "core/sop_law.h"
#include "core/sop_lint.h"

static void times_are_read_as_they_are_printed(void **state)
{
	static const struct {
		const char *text;
		bool is_good;
		struct sop_time t;
	} cases[] = {
		{ "", true, { 0 } },
		{ "5 menit", true, { 5, 5, LIMIT_MINUTES, 0 } },
		{ "1 Jam", true, { 1, 1, LIMIT_HOURS, 0 } },
		{ "1-3 hari", true, { 1, 3, LIMIT_DAYS, 0 } },
		{ "10  Hari Kerja", true, { 10, 10, LIMIT_WORKDAYS, 0 } },
		{ "setiap bulan", true, { 0, 0, 0, 1 } },
		{ "setiap 3 bulan", true, { 0, 0, 0, 3 } },
		{ "-1 hari", false, { 0 } },
		{ "0 hari", false, { 0 } },
		{ "3-1 hari", false, { 0 } },
		{ "1- hari", false, { 0 } },
		{ "1-2-3 hari", false, { 0 } },
		{ "1 minggu", false, { 0 } },
		{ "hari", false, { 0 } },
		{ "5", false, { 0 } },
		{ "setiap 13 bulan", false, { 0 } },
		{ "setiap hari", false, { 0 } },
		{ "99999999999999999999 hari", false, { 0 } },
		{ "1 hari kerja dan beberapa jam sesudahnya lagi", false, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sop_time t;

		assert_int_equal(sop_time_parse(cases[i].text, &t), cases[i].is_good);
		if (cases[i].is_good) {
			assert_int_equal(t.min, cases[i].t.min);
			assert_int_equal(t.max, cases[i].t.max);
			assert_int_equal(t.unit, cases[i].t.unit);
			assert_int_equal(t.every_months, cases[i].t.every_months);
		}
	}
}

static void a_total_may_round_what_is_under_a_day(void **state)
{
	static const struct {
		const char *steps[3], *total;
		bool agrees;
	} cases[] = {
		{ { "5 hari", "70 menit", "" }, "6 hari", true },
		{ { "5 hari", "70 menit", "" }, "5 hari", true },
		{ { "5 hari", "70 menit", "" }, "7 hari", false },
		{ { "1 hari", "2 hari", "3 hari" }, "5 hari", false },
		{ { "1 hari", "2 hari", "3 hari" }, "6 hari", true },
		{ { "1-3 hari", "5-10 hari", "10 hari" }, "10 hari", false },
		{ { "1-3 hari", "5-10 hari", "" }, "6-13 hari", true },
		{ { "1-3 hari", "5-10 hari", "" }, "8 hari", false },
		{ { "3 hari", "4 jam", "" }, "9 jam", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sop_sum sum = { 0 };
		struct sop_time t;

		for (size_t k = 0; k < 3; k++) {
			assert_true(sop_time_parse(cases[i].steps[k], &t));
			sop_sum_add(&sum, t);
		}
		assert_true(sop_time_parse(cases[i].total, &t));
		assert_int_equal(sop_sum_agrees(sum, t), cases[i].agrees);
	}
}

static void ids_are_a_number_and_a_letter(void **state)
{
	(void)state;
	assert_true(sop_step_id_is_valid("1"));
	assert_true(sop_step_id_is_valid("12a"));
	assert_false(sop_step_id_is_valid(""));
	assert_false(sop_step_id_is_valid("a"));
	assert_false(sop_step_id_is_valid("0"));
	assert_false(sop_step_id_is_valid("1ab"));
	assert_false(sop_step_id_is_valid("1A"));
	assert_false(sop_step_id_is_valid("123"));
}

static void laws_are_known_by_name_and_by_title(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	assert_string_equal(sop_law_by_title(a, "Keterbukaan Informasi Publik")->name, "UU 14/2008");
	assert_string_equal(sop_law_by_title(a, "Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik")->name,
			    "PP 96/2012");
	assert_null(sop_law_by_title(a, "Kedudukan dan Tata Kerja Dinas"));
	assert_null(sop_law_find("Perpres 73/2013"));
	assert_true(sop_law_is_national("Perpres 73/2013"));
	assert_false(sop_law_is_national("Perda Lumajang 8/2016"));
	assert_string_equal(sop_law_in_force(sop_law_find("PermenPANRB 24/2014"))->name, "PermenPANRB 5/2025");
	arena_free(a);
}

static const struct sop_findings *lint(struct arena *a, const struct sop *s)
{
	struct sop_findings *found = arena_new_one(a, struct sop_findings);

	sop_lint(a, s, rules_on(on("2026-11-22")), found);
	return found;
}

static bool says(const struct sop_findings *found, bool is_error, int conflict, const char *words)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].is_error == is_error && found->v[i].conflict == conflict && strstr(found->v[i].text, words))
			return true;
	return false;
}

static void the_ten_have_no_errors_and_their_conflicts_are_found(void **state)
{
	static const struct {
		const char *id;
		size_t steps;
		struct {
			int conflict;
			const char *words;
		} says[4];
	} cases[] = {
		{ "tjt-20", 19, { { 1, "16 to 23 days and 5 minutes" }, { 13, "10 days" }, { 16, "read Perpres 76/2013" } } },
		{ "tjt-21", 5, { { 2, "add up to 6 days" }, { 16, "read Perpres 76/2013" } } },
		{ "tjt-22", 5, { { 2, "add up to 6 days" }, { 16, "read Perpres 76/2013" } } },
		{ "tjt-23", 19, { { 1, "16 to 23 days and 5 minutes" }, { 13, "10 days" }, { 16, "read Perpres 76/2013" } } },
		{ "tjt-24", 18, { { 3, "25 working days and 50 minutes; the times in force agree" }, { 3, "step 3: 10 hari kerja alone" },
		  { 3, "step 5: 10 hari kerja alone" }, { 16, "Perpres 76/2013" } } },
		{ "tjt-25", 6, { { 16, "read Perpres 76/2013" } } },
		{ "lumajang", 3, { { 13, "25 days" } } },
		{ "kapuas", 3, { { 16, "Perpres 76/2013 has another title" } } },
		{ "jatim", 7, { { 16, "24/2014 is superseded" } } },
		{ "magetan", 7, { { 16, "read UU 14/2008" }, { 16, "read PP 61/2010" }, { 16, "read PP 96/2012" } } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(8 << 20);
		const struct sop_findings *found;
		const struct sop *s;
		struct err err = { 0 };

		if (sop_load_file(a, arena_printf(a, "sop/%s.yaml", cases[i].id), &s, &err) != RC_OK)
			fail_msg("%s", err.detail);
		assert_string_equal(s->id, cases[i].id);
		assert_int_equal(s->step_n, cases[i].steps);
		found = lint(a, s);
		assert_int_equal(found->errors, 0);
		for (size_t k = 0; k < 4 && cases[i].says[k].words; k++)
			if (!says(found, false, cases[i].says[k].conflict, cases[i].says[k].words))
				fail_msg("%s: no E%d %s", cases[i].id, cases[i].says[k].conflict, cases[i].says[k].words);
		arena_free(a);
	}
}

/* The files together decide every conflict. */
static void every_conflict_is_decided_somewhere(void **state)
{
	static const char *const ids[] = {
		"tjt-20", "tjt-21", "tjt-22", "tjt-23", "tjt-24", "tjt-25", "lumajang", "kapuas", "jatim", "magetan",
	};
	bool is_decided[SOP_CONFLICT_LAST + 1] = { false };
	struct arena *a = arena_new(8 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		const struct sop *s;
		struct err err = { 0 };

		assert_int_equal(sop_load_file(a, arena_printf(a, "sop/%s.yaml", ids[i]), &s, &err), RC_OK);
		for (size_t k = 0; k < s->decision_n; k++) {
			is_decided[s->decisions[k].conflict] = true;
			assert_true(s->decisions[k].decision[0] != '\0');
		}
	}
	for (int e = 1; e <= SOP_CONFLICT_LAST; e++)
		if (!is_decided[e])
			fail_msg("E%d is decided in no file", e);
	arena_free(a);
}

/* E20: what a scanner misread is no part of a procedure. */
static void reading_errors_of_the_documents_are_not_copied(void **state)
{
	static const char *const misread[] = { "LAPORI", "MAKET", "Maket 2020", "Layanan Aspirasi Online" };
	static const char *const files[] = { "tjt-20", "tjt-21", "tjt-22", "tjt-23", "tjt-24", "tjt-25", "lumajang", "kapuas",
					     "jatim", "magetan" };
	struct arena *a = arena_new(4 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char *text = arena_alloc(a, 64 << 10), *decisions;
		FILE *f = fopen(arena_printf(a, "sop/%s.yaml", files[i]), "re");

		assert_non_null(f);
		text[fread(text, 1, (64 << 10) - 1, f)] = '\0';
		fclose(f);
		/* The decisions say what was printed. */
		decisions = strstr(text, "\ndecisions:");
		assert_non_null(decisions);
		*decisions = '\0';
		for (size_t k = 0; k < ARRAY_LEN(misread); k++)
			if (strstr(text, misread[k]))
				fail_msg("%s: %s", files[i], misread[k]);
	}
	arena_free(a);
}

/* Editors must offer the words that the reader takes. */
static void the_schema_for_editors_knows_all_words(void **state)
{
	static const char *const words[] = {
#define TASK(n, w) "\"" #w "\"",
#define START(n, w) "\"" w "\"",
#define ABOUT(n, w) "\"" w "\"",
#define COVERS(n, v, w) "\"" w "\"",
#include "core/sop.def"
		"\"while\"", "\"beside\"", "\"done\"", "\"needs\"", "\"on\"", "\"gates\"", "\"covers\"", "\"period\"",
		"\"accountable\"",
	};
	struct arena *a = arena_new(1 << 20);
	char *text = arena_alloc(a, 64 << 10);
	FILE *f = fopen("sop/schema.json", "re");

	(void)state;
	assert_non_null(f);
	assert_true(fread(text, 1, (64 << 10) - 1, f) > 0);
	fclose(f);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!strstr(text, words[i]))
			fail_msg("sop/schema.json lacks %s", words[i]);
	for (enum action act = ACT_SUBMIT; act <= ACT_OMBUDSMAN_SENT; act++)
		assert_non_null(strstr(text, arena_printf(a, "\"%s\"", action_word(act))));
	for (enum state st = STATE_RECEIVED; st <= STATE_ARCHIVED; st++)
		assert_non_null(strstr(text, arena_printf(a, "\"%s\"", state_word(st))));
	for (enum role r = ROLE_CITIZEN; r <= ROLE_COORDINATOR; r++)
		assert_non_null(strstr(text, arena_printf(a, "\"%s\"", role_word(r))));
	arena_free(a);
}

#define HEAD "id: x\nnumber: \"1\"\ntitle: T\ngovernment: G\noffice: O\nlegal_basis:\n"
#define LAW "  - { printed: UU 25/2009, title: Pelayanan Publik }\n"
#define ROLES "roles:\n  - { key: a, role: agency_admin, name: A }\n  - { key: l, role: liaison, name: L }\n"
#define STEP(id, by, acts, more) "  - id: \"" id "\"\n    name: N\n    by: [" by "]\n    actions: [" acts "]\n" more

static void lint_finds_what_cannot_run(void **state)
{
	static const struct {
		const char *text;
		bool is_error;
		int conflict;
		const char *words;
	} cases[] = {
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "answer", "    branches:\n      - { when: w, on: [note], to: selesai }\n")
		  STEP("2", "l", "answer", ""), true, 0, "step 2: no way leads to it" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "answer", "") STEP("2", "l", "answer",
		  "    branches:\n      - { when: w, on: [note], to: \"1\" }\n"), true, 0, "step 1: no way leads from it to the end" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "l", "verify", "") STEP("2", "a", "note", ""), true, 0, "may verify" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    printed: 2 hari\n"), true, 0, "no event" },
		{ HEAD "  - { printed: Perpres 73/2013, title: Pengelolaan Pengaduan Pelayanan Publik }\n" ROLES "steps:\n"
		  STEP("1", "a, l", "note", ""), true, 0, "does not say what is right" },
		{ HEAD "  - { printed: Perpres 73/2013, title: Pengelolaan Pengaduan Pelayanan Publik, reads: UU 25/2009 }\n" ROLES
		  "steps:\n" STEP("1", "a, l", "note", ""), true, 0, "the law meant is Perpres 76/2013" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", ""), false, 0, "L (l) does no step" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    printed: 2 hari\n    from: received\n") "total: 3 hari\n",
		  false, 1, "the printed total is 3 hari, the steps add up to 2 days" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    printed: 5 hari\n    from: received\n")
		  STEP("2", "a, l", "note", "    printed: 5 menit\n    from: previous\n") "total: 2 hari\n",
		  false, 3, "step 2, which does the same, takes 5 menit" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    printed: 6 hari\n    from: disposed\n    clock: tindak-lanjut\n"),
		  false, 13, "5 working days" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", ""), true, 0, "no report is ever at it" },
		{ "covers: intake\n" HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n    done: [note]\n"),
		  true, 0, "only the steps of a report have states" },
		{ "covers: intake\n" HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", ""), true, 0, "step 1: nothing ends it" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    beside: true\n    from: disposed\n"),
		  true, 0, "nothing ends it (done)" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    beside: true\n    done: [note]\n"),
		  true, 0, "nothing begins it" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [closed]\n    done: [answer]\n"),
		  true, 0, "answer, which should end it, cannot happen" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n    needs: [root_cause]\n"),
		  true, 0, "needs root_cause, which nobody does" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n    branches:\n"
		  "      - { when: w, on: [forward_unit], to: selesai }\n"), true, 0, "forward_unit takes the branch" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n    branches:\n"
		  "      - { when: w, on: [note], to: \"2\" }\n      - { when: w, on: [reply], to: selesai }\n")
		  STEP("2", "a", "note", "    beside: true\n    from: disposed\n    done: [note]\n"), true, 0, "which runs beside" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "l", "forward_unit, return_up", "    while: [at_opd]\n")
		  STEP("2", "a", "note", "    while: [agency_verified]\n"), true, 0, "step 1 leads to at_unit, and no step has" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n") "gates:\n"
		  "  - { action: verify, by: [l], why: w }\n", true, 0, "nobody who may verify" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n") "gates:\n"
		  "  - { action: answer, after: minutes_approve, why: w }\n", true, 0, "answer waits for minutes_approve" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a, l", "note", "    while: [at_opd]\n") "gates:\n"
		  "  - { action: answer, why: w }\n", true, 0, "forbids nothing" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(8 << 20);
		const struct sop *s;
		struct err err = { 0 };

		if (sop_load_text(a, "x", cases[i].text, strlen(cases[i].text), &s, &err) != RC_OK)
			fail_msg("%zu: %s", i, err.detail);
		if (!says(lint(a, s), cases[i].is_error, cases[i].conflict, cases[i].words))
			fail_msg("%zu: not said: %s", i, cases[i].words);
		arena_free(a);
	}
}

/* A document may end before the answer (E17), and leave out the centre: the national way stands in. */
static void the_national_way_stands_in(void **state)
{
	static const char text[] = HEAD LAW ROLES "steps:\n"
		STEP("1", "a", "verify, return_up, dispose", "    while: [at_agency, agency_verified]\n    done: [dispose]\n")
		STEP("2", "l", "follow_up, answer", "    while: [at_opd, in_progress]\n    done: [answer]\n");
	struct arena *a = arena_new(8 << 20);
	const struct sop *s;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(sop_load_text(a, "x", text, strlen(text), &s, &err), RC_OK);
	assert_int_equal(lint(a, s)->n, 0);
	arena_free(a);
}

static void mistakes_are_refused_with_their_place(void **state)
{
	static const struct {
		const char *text, *where, *says;
	} cases[] = {
		{ "", "line: 1", "empty" },
		{ "- a\n", "line: 1", "" },
		{ HEAD LAW ROLES "warna: merah\nsteps:\n" STEP("1", "a", "note", ""), "line: 11, column: 1", "warna" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    warna: merah\n"), "line: 16, column: 5", "warna" },
		{ HEAD LAW ROLES "steps:\n" "  - id: \"1\"\n    name: N\n    actions: [note]\n", "line: 1", "by" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") STEP("2", "b", "note", ""), "line: 18, column: 5", "b is not" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "menari", ""), "line: 15, column: 5", "no action menari" },
		{ HEAD LAW "roles:\n  - { key: a, role: raja, name: A }\nsteps:\n" STEP("1", "a", "note", ""),
		  "line: 9, column: 15", "no role raja" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    printed: -3 hari\n"), "line: 16, column: 5", "-3 hari" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    time: besok\n"), "line: 16, column: 5", "besok" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    from: kemarin\n"), "line: 16", "kemarin" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    clock: pasir\n"), "line: 16", "pasir" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    branches:\n      - { when: w, on: [note], to: \"7\" }\n"),
		  "line: 16", "no step" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") STEP("1", "a", "note", ""), "line: 16", "two steps 1" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") STEP("3a", "a", "note", ""), "line: 16", "does not follow" },
		{ HEAD LAW ROLES "steps:\n" STEP("1a", "a", "note", ""), "line: 12", "does not follow" },
		{ HEAD LAW ROLES "steps:\n" STEP("satu", "a", "note", ""), "line: 12", "satu" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "total: lama\n", "line: 16, column: 1", "lama" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "decisions:\n  - { conflict: E22, decision: d }\n",
		  "line: 17", "E22" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    branches:\n      - { when: w, on: [menari], to: selesai }\n"),
		  "line: 16", "no action menari" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    branches:\n      - { when: w, on: [], to: selesai }\n"),
		  "line: 16", "on is empty" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    while: [di_jalan]\n"), "line: 16, column: 5", "no state di_jalan" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    done: [menari]\n"), "line: 16, column: 5", "no action menari" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    needs: [note]\n"), "line: 16, column: 5", "note is no task" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "    beside: kadang\n"), "line: 16", "" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") STEP("1a", "a", "note", "    done: [note]\n"),
		  "line: 20, column: 5", "done belongs to the step" },
		{ "covers: semua\n" HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", ""), "line: 1, column: 1", "no purpose semua" },
		{ "period: 3 hari\n" HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", ""), "line: 1, column: 1", "no period" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "gates:\n  - { action: menari, why: w }\n",
		  "line: 17, column: 7", "no action menari" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "gates:\n  - { action: answer, by: [z], why: w }\n",
		  "line: 17, column: 23", "z is not among" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "gates:\n  - { action: answer, after: menari, why: w }\n",
		  "line: 17, column: 23", "no action menari" },
		{ HEAD LAW ROLES "steps:\n" STEP("1", "a", "note", "") "gates:\n  - { action: answer, at: \"4\", why: w }\n",
		  "line: 17, column: 23", "4 is no step" },
		{ "id: &x a\nnumber: *x\n", "line: 2", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(8 << 20);
		const struct sop *s = NULL;
		struct err err = { 0 };

		if (sop_load_text(a, "x.yaml", cases[i].text, strlen(cases[i].text), &s, &err) != RC_INVALID)
			fail_msg("%zu is not refused: %s", i, cases[i].says);
		if (!strstr(err.detail, cases[i].where) || !strstr(err.detail, cases[i].says))
			fail_msg("%zu: %s", i, err.detail);
		assert_null(s);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_as_they_are_printed),
		cmocka_unit_test(a_total_may_round_what_is_under_a_day),
		cmocka_unit_test(ids_are_a_number_and_a_letter),
		cmocka_unit_test(laws_are_known_by_name_and_by_title),
		cmocka_unit_test(the_ten_have_no_errors_and_their_conflicts_are_found),
		cmocka_unit_test(every_conflict_is_decided_somewhere),
		cmocka_unit_test(reading_errors_of_the_documents_are_not_copied),
		cmocka_unit_test(the_schema_for_editors_knows_all_words),
		cmocka_unit_test(lint_finds_what_cannot_run),
		cmocka_unit_test(the_national_way_stands_in),
		cmocka_unit_test(mistakes_are_refused_with_their_place),
	};

	return cmocka_run_group_tests_name("sop", tests, NULL, NULL);
}
