/* SPDX-License-Identifier: Apache-2.0
 * Every date that a page shows is explained: whatever kind of clock it comes from, its sentence names the rule, the limit,
 * the holidays that were counted, the pauses, and says when the calendar is not certain.
 */
#include "unit/support.h"

#include "app/settings.h"
#include "core/sop_shelf.h"
#include "web/clock_words.h"

static const struct holiday holidays[] = {
	{ { 0 }, HOLIDAY_NATIONAL, "", "Wafat Yesus Kristus", false },
	{ { 0 }, HOLIDAY_CUTI_BERSAMA, "", "Cuti bersama Idul Fitri", false },
	{ { 0 }, HOLIDAY_NATIONAL, "", "Idul Fitri 1446 H", false },
	{ { 0 }, HOLIDAY_CUTI_BERSAMA, "", "Cuti bersama Natal", false },
	{ { 0 }, HOLIDAY_NATIONAL, "", "Hari Raya Natal", false },
	{ { 0 }, HOLIDAY_NATIONAL, "", "Tahun Baru 2027", true },
};
static const int dates[][3] = { { 2025, 4, 18 }, { 2025, 4, 2 }, { 2025, 3, 31 }, { 2026, 12, 24 }, { 2026, 12, 25 }, { 2027, 1, 1 } };

static size_t by_liaison[] = { 0 };
static struct sop_actor actors[] = { { "penghubung", "Pejabat Penghubung", ROLE_LIAISON } };
static struct sop_step steps[] = {
	{ .id = "3", .name = "Beri tahu" },
	{ .id = "4", .name = "Tanggapi laporan", .by = by_liaison, .by_n = 1 },
};
static const struct sop tjt = { .id = "tjt-20", .number = "20/SOP-INFOKOM/2020", .title = "Pengelolaan", .actors = actors,
				.actor_n = 1, .steps = steps, .step_n = 2 };
static struct sop_book books[] = { { { 1 }, 3, &tjt } };
static const struct sop_shelf shelf = { .books = books, .book_n = 1 };

struct room {
	struct ctx c;
	struct arena *a;
};

static int set_up(void **state)
{
	struct room *r = calloc(1, sizeof(*r));
	struct holiday rows[ARRAY_LEN(holidays)];

	assert_non_null(r);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		rows[i] = holidays[i];
		rows[i].on = day_from_civil(dates[i][0], dates[i][1], dates[i][2]);
	}
	r->a = arena_new((size_t)8 * 1024 * 1024);
	r->c = (struct ctx){ .a = r->a, .lang = LANG_ID, .settings = settings_default(), .sops = &shelf };
	r->c.calendar = calendar_new(r->a, rows, ARRAY_LEN(rows), "", ZONE_WIB, (struct office_hours){ 480, 960 }, true);
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct room *r = *state;

	arena_free(r->a);
	free(r);
	return 0;
}

static void has(const char *sentence, const char *words)
{
	if (!strstr(sentence, words))
		fail_msg("no \"%s\" in: %s", words, sentence);
}

static const char *sentence_of(struct room *r, enum clock_kind kind, struct limit limit, const char *rule, const char *from,
			       int paused_wd)
{
	struct instant start = at(from);
	const struct clock k = { .kind = kind, .started_at = start, .limit = limit, .rule = rule, .paused_wd = paused_wd,
				 .due_at = clock_due(r->c.calendar, limit, start, paused_wd) };

	return clock_words_sentence(&r->c, &k);
}

/* One line for every kind that there is; a new kind without one does not pass. */
static const struct {
	enum clock_kind kind;
	struct limit limit;
	const char *rule, *names_rule, *names_limit;
} kinds[] = {
	{ CLOCK_NONE, { 30, LIMIT_DAYS }, "62/2018:reopen", "membuka lagi laporan", "30 hari kalender" },
	{ CLOCK_VERIFY, { 3, LIMIT_WORKDAYS }, "62/2018:verifikasi", "pemeriksaan laporan", "3 hari kerja" },
	{ CLOCK_AGENCY, { 3, LIMIT_WORKDAYS }, "62/2018:disposisi", "verifikasi dan disposisi", "3 hari kerja" },
	{ CLOCK_FOLLOW_UP, { 5, LIMIT_WORKDAYS }, "62/2018:tindak-lanjut", "tindak lanjut pertama", "5 hari kerja" },
	{ CLOCK_COMPLETE, { 14, LIMIT_WORKDAYS }, "62/2018:pengaduan", "penyelesaian Pengaduan", "14 hari kerja" },
	{ CLOCK_REPLY, { 10, LIMIT_WORKDAYS }, "62/2018:tanggapan", "tanggapan pelapor", "10 hari kerja" },
	{ CLOCK_PENDING, { 10, LIMIT_WORKDAYS }, "62/2018:kelengkapan", "melengkapi laporan", "10 hari kerja" },
	{ CLOCK_OMBUDSMAN, { 60, LIMIT_WORKDAYS }, "62/2018:ombudsman", "Ombudsman RI", "60 hari kerja" },
	{ CLOCK_STEP, { 10, LIMIT_WORKDAYS }, "tjt-20@3#4", "langkah 4 SOP 20/SOP-INFOKOM/2020 (Pejabat Penghubung)", "10 hari kerja" },
};

static void every_kind_names_its_rule_and_the_holidays(void **state)
{
	struct room *r = *state;
	unsigned seen = 0;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		/* Friday before Idul Fitri 2025: the shortest limit passes two of its days off. */
		const char *s = sentence_of(r, kinds[i].kind, kinds[i].limit, kinds[i].rule, "2025-03-28 10:00 WIB", 0);

		has(s, kinds[i].names_rule);
		has(s, kinds[i].names_limit);
		has(s, "Jumat, 28 Maret 2025");
		has(s, "hari libur di antaranya: Idul Fitri 1446 H (31 Mar 2025), Cuti bersama Idul Fitri (2 Apr 2025)");
		if (kinds[i].kind != CLOCK_STEP)
			has(s, "PermenPANRB 62/2018");
		/* In December 2026, whose next year has no decree. */
		s = sentence_of(r, kinds[i].kind, kinds[i].limit, kinds[i].rule, "2026-12-23 10:00 WIB", 0);
		has(s, kinds[i].names_rule);
		has(s, "Cuti bersama Natal (24 Des 2026), Hari Raya Natal (25 Des 2026)");
		if (kinds[i].limit.n > 3)
			has(s, "masih sementara");
		seen |= 1U << kinds[i].kind;
	}
	for (int k = CLOCK_NONE; k <= CLOCK_STEP; k++)
		assert_true(k == CLOCK_NONE || clock_kind_word((enum clock_kind)k));
	assert_int_equal(seen, (1U << (CLOCK_STEP + 1)) - 1);
}

static void a_span_without_holidays_says_so(void **state)
{
	struct room *r = *state;
	const char *s = sentence_of(r, CLOCK_FOLLOW_UP, (struct limit){ 5, LIMIT_WORKDAYS }, "5/2025:tindak-lanjut",
				    "2025-07-07 08:00 WIB", 0);

	assert_string_equal(s, "Dihitung 5 hari kerja sesudah Senin, 7 Juli 2025 sampai Senin, 14 Juli 2025, menurut batas "
			       "tindak lanjut pertama, aturan layanan PermenPANRB 5/2025 dengan batas yang dijanjikan LAPOR!; "
			       "Sabtu dan Minggu tidak dihitung, dan tidak ada hari libur di antaranya.");
}

static void pauses_are_named(void **state)
{
	struct room *r = *state;
	struct clock k = { .kind = CLOCK_OMBUDSMAN, .started_at = at("2025-01-08 08:00 WIB"), .limit = { 60, LIMIT_WORKDAYS },
			   .rule = "62/2018:ombudsman", .paused_wd = 4 };

	k.due_at = clock_due(r->c.calendar, k.limit, k.started_at, k.paused_wd);
	k.paused_at = at("2025-04-10 09:00 WIB");
	has(clock_words_sentence(&r->c, &k), "60 hari kerja ditambah 4 hari kerja selama menunggu kelengkapan dari pelapor");
	has(clock_words_sentence(&r->c, &k), "waktu berhenti sejak Kamis, 10 April 2025");
}

static void minutes_and_hours_name_the_time_of_the_day(void **state)
{
	struct room *r = *state;
	const char *s = sentence_of(r, CLOCK_STEP, (struct limit){ 5, LIMIT_MINUTES }, "tjt-20@3#3", "2025-07-07 08:00 WIB", 0);

	has(s, "5 menit pada jam kerja sejak Senin, 7 Juli 2025 pukul 08.00 WIB sampai Senin, 7 Juli 2025 pukul 08.05 WIB");
	has(s, "langkah 3 SOP 20/SOP-INFOKOM/2020;");
	has(sentence_of(r, CLOCK_STEP, (struct limit){ 1, LIMIT_HOURS }, "tjt-20@3#4", "2025-03-28 15:30 WIB", 0),
	    "Idul Fitri 1446 H (31 Mar 2025)");
}

static void a_step_that_is_not_on_the_shelf_is_named_by_its_rule(void **state)
{
	struct room *r = *state;

	has(sentence_of(r, CLOCK_STEP, (struct limit){ 1, LIMIT_WORKDAYS }, "lumajang@1#2", "2025-07-07 08:00 WIB", 0),
	    "langkah SOP lumajang@1#2");
}

static void more_holidays_than_are_listed_are_counted(void **state)
{
	struct room *r = *state;
	struct holiday rows[20];

	for (int i = 0; i < 20; i++)
		rows[i] = (struct holiday){ { day_from_civil(2025, 7, 7).n + i / 5 * 7 + i % 5 }, HOLIDAY_NATIONAL, "", "Libur", false };
	r->c.calendar = calendar_new(r->a, rows, 20, "", ZONE_WIB, (struct office_hours){ 480, 960 }, true);
	has(sentence_of(r, CLOCK_VERIFY, (struct limit){ 3, LIMIT_WORKDAYS }, "62/2018:verifikasi", "2025-07-04 08:00 WIB", 0),
	    "20 hari libur di antaranya:");
	has(sentence_of(r, CLOCK_VERIFY, (struct limit){ 3, LIMIT_WORKDAYS }, "62/2018:verifikasi", "2025-07-04 08:00 WIB", 0),
	    ", dan 4 lainnya");
}

static void both_languages_say_it(void **state)
{
	struct room *r = *state;

	r->c.lang = LANG_EN;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *s = sentence_of(r, kinds[i].kind, kinds[i].limit, kinds[i].rule, "2025-03-28 10:00 WIB", 2);

		has(s, "Idul Fitri 1446 H (31 Mar 2025)");
		has(s, "Friday, 28 March 2025");
		has(s, kinds[i].kind == CLOCK_STEP ? "step 4 of SOP 20/SOP-INFOKOM/2020" : "PermenPANRB 62/2018");
		has(s, "plus 2 working days");
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_kind_names_its_rule_and_the_holidays), TEST(a_span_without_holidays_says_so), TEST(pauses_are_named),
		TEST(minutes_and_hours_name_the_time_of_the_day), TEST(a_step_that_is_not_on_the_shelf_is_named_by_its_rule),
		TEST(more_holidays_than_are_listed_are_counted), TEST(both_languages_say_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
