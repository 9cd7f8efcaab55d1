/* SPDX-License-Identifier: Apache-2.0
 * Simulating an SOP: a small case worked by hand over Idul Fitri 2025 (tests/scenario/sop_simulated.scn plays the same
 * one on the real thing), how many officers suffice, and what holds for all ten whatever the seed.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "core/sop_suffice.h"

#define DAY 480

static const struct sop *load(struct arena *a, const char *id)
{
	struct err err = { 0 };
	const struct sop *s;

	if (sop_load_file(a, arena_printf(a, "sop/%s.yaml", id), &s, &err) != RC_OK)
		fail_msg("%s", err.detail);
	return s;
}

static const struct calendar *real_calendar(struct arena *a)
{
	struct holiday *h = arena_new_many(a, struct holiday, 1000);
	size_t n = support_holidays(a, h, 1000);

	return calendar_new(a, h, n, "", ZONE_WIB, SUPPORT_HOURS, true);
}

/*
 * magetan: 15 minutes, 1 day, 1 day, 1 hour, 1 day, 1 hour, 1 hour; nobody sends back, everything is complete. One
 * officer each: N (1, 2), I (3, 4, 7), P (5), U (6). Office 8 to 16; free: 28 March to 7 April, weekends.
 *
 * R1 27/3 09:00  1 N 09:00-09:15   2 N 09:30 (after R2's 1) to 8/4 09:30, due 8/4   3 I 8/4 09:30 to 9/4 09:30
 *                4 I 9/4 09:30-10:30   5 P 9/4 10:30 to 10/4 10:30   6 U 10/4 10:30-11:30
 *                7 I waits 10/4 11:30 for R3's 3 and R2's 4: 11/4 11:30-12:30, due 10/4 12:30: missed
 * R2 27/3 09:05  1 N 09:15-09:30, due 09:20: missed   2 N 8/4 09:30 to 9/4 09:30, due 8/4: missed
 *                3 I 9/4 10:30 (after R1's 4) to 10/4 10:30, due 10/4
 *                4 I waits for R3's 3: 11/4 10:30-11:30, due 10/4 11:30: missed
 *                5 P 11/4 11:30 to 14/4 11:30, due 14/4   6 U 14/4 11:30-12:30   7 I 12:30-13:30
 * R3 27/3 10:00  1 N 9/4 09:30 (after R2's 2) to 09:45, due 27/3 10:15: missed   2 N 9/4 09:45 to 10/4 09:45
 *                3 I 10/4 10:30 (after R2's 3) to 11/4 10:30, due 11/4
 *                4 I 11/4 12:30 (after R1's 7) to 13:30, due 11:30: missed
 *                5 P 14/4 11:30 (after R2's 5) to 15/4 11:30, due 14/4: missed   6 U 15/4 11:30-12:30   7 I 12:30-13:30
 *
 * Waited in office minutes: step 1: 0, 10, 360 + 480 + 90 = 930; step 2: 15, 390 + 90 = 480, 0; step 3: 0, 60, 45;
 * step 4: 0, 480, 120; step 5: 0, 0, 150 + 210 = 360; step 6: none; step 7: 480, 0, 0.
 * From arrival to the end: R1 420 + 3 days + 270 = 2130, R2 415 + 4 days + 330 = 2665, R3 360 + 5 days + 330 = 3090.
 */
static void three_reports_and_one_officer_each_over_idul_fitri(void **state)
{
	static const struct {
		int missed, waited, p50, p90, work;
	} want[] = {
		{ 2, 940, 10, 930, 15 }, { 1, 495, 15, 480, DAY }, { 0, 105, 45, 60, DAY }, { 2, 600, 120, 480, 60 },
		{ 1, 360, 0, 360, DAY }, { 0, 0, 0, 0, 60 },	   { 1, 480, 0, 480, 60 },
	};
	struct arena *a = arena_new((size_t)16 << 20);
	/* The order in which they are given does not matter. */
	const struct instant arrivals[] = { at("2025-03-27 09:00 WIB"), at("2025-03-27 09:05 WIB"),
					    at("2025-03-27 10:00 WIB") };
	const int officers[] = { 1, 1, 1, 1 };
	const struct sop_simulate_in in = { .s = load(a, "magetan"), .calendar = real_calendar(a), .arrivals = arrivals,
					    .n = 3, .officers = officers, .effort = 100 };
	struct sop_simulate out;

	(void)state;
	sop_simulate_run(a, &in, &out);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		assert_int_equal(out.steps[i].n, 3);
		assert_int_equal(out.steps[i].missed, want[i].missed);
		assert_int_equal(out.steps[i].waited, want[i].waited);
		assert_int_equal(out.steps[i].waited_p50, want[i].p50);
		assert_int_equal(out.steps[i].waited_p90, want[i].p90);
		assert_int_equal(out.steps[i].took_p50, want[i].p50 + want[i].work);
		assert_int_equal(out.steps[i].took_p90, want[i].p90 + want[i].work);
	}
	assert_int_equal(out.missed, 7);
	assert_int_equal(out.late, 3);
	assert_int_equal(out.arrived, 3);
	assert_int_equal(out.took_p50, 2665);
	assert_int_equal(out.took_p90, 3090);
	assert_int_equal(out.bottleneck, 0);
	assert_int_equal(out.returned + out.incomplete + out.expired + out.replies, 0);
	assert_instant(out.last, "2025-04-15 13:30 WIB");
	arena_free(a);
}

/*
 * The same three. N: R3 comes while R1's and R2's step 2 are worked on: three. I and P: all three are there within one
 * working day, and a second one in a row would be over after its due day: three. U: R1 10/4 10:15-11:15, R2 10:20-11:20,
 * R3 at 11:15, when the first is free again: two.
 */
static void as_many_officers_as_suffice(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	const struct instant arrivals[] = { at("2025-03-27 09:00 WIB"), at("2025-03-27 09:05 WIB"),
					    at("2025-03-27 10:00 WIB") };
	const int one[] = { 1, 1, 1, 1 };
	struct sop_simulate_in in = { .s = load(a, "magetan"), .calendar = real_calendar(a), .arrivals = arrivals,
				      .n = 3, .officers = one, .effort = 100 };
	int enough[4];
	struct sop_simulate out;

	(void)state;
	assert_int_equal(sop_suffice_find(a, &in, enough), 0);
	assert_int_equal(enough[0], 3);
	assert_int_equal(enough[1], 3);
	assert_int_equal(enough[2], 3);
	assert_int_equal(enough[3], 2);
	in.officers = enough;
	sop_simulate_run(a, &in, &out);
	assert_int_equal(out.missed, 0);
	assert_int_equal(out.late, 0);
	arena_free(a);
}

static void waiting_for_the_reporter_pauses_the_clock(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	const struct instant arrival = at("2025-03-24 08:00 WIB");
	const int officers[] = { 1, 1, 1, 1 };
	struct sop_simulate_in in = { .s = load(a, "magetan"), .calendar = real_calendar(a), .arrivals = &arrival,
				      .n = 1, .officers = officers, .effort = 100, .shares = { .incomplete = 100, .completed = 100 } };
	struct sop_simulate out;

	(void)state;
	/* Days pass until it is completed; the step's day of work is still done in time. */
	sop_simulate_run(a, &in, &out);
	assert_int_equal(out.incomplete, 1);
	assert_int_equal(out.expired, 0);
	assert_int_equal(out.missed, 0);
	assert_int_equal(out.took_p50, 15 + 3 * DAY + 3 * 60);
	assert_true(out.last.ms > at("2025-03-27 11:15 WIB").ms);

	/* Not completed: over after ten working days, looked at for a quarter of the day. */
	in.shares.completed = 0;
	sop_simulate_run(a, &in, &out);
	assert_int_equal(out.expired, 1);
	assert_int_equal(out.steps[2].n, 0);
	assert_int_equal(out.took_p50, 15 + DAY / 4);
	assert_int_equal(out.last.ms, at("2025-04-17 00:00 WIB").ms - 1);
	arena_free(a);
}

static void what_is_returned_comes_again(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	const struct instant arrival = at("2025-03-03 08:00 WIB");
	const int officers[] = { 1, 1, 1, 1 };
	const struct sop_simulate_in in = { .s = load(a, "magetan"), .calendar = real_calendar(a), .arrivals = &arrival,
					    .n = 1, .officers = officers, .effort = 100, .shares = { .returned = 100 } };
	struct sop_simulate out;

	(void)state;
	/* Steps 2 and 3 in turn, until a case has been around so often that it goes on. */
	sop_simulate_run(a, &in, &out);
	assert_true(out.returned > 1);
	assert_int_equal(out.steps[1].n, out.returned + 1);
	assert_int_equal(out.steps[2].n, out.returned + 1);
	assert_int_equal(out.steps[3].n, 1);
	arena_free(a);
}

static void every_one_of_the_ten_runs_and_the_same_seed_gives_the_same(void **state)
{
	static const char *const ids[] = { "tjt-20", "tjt-21", "tjt-22", "tjt-23", "tjt-24",
					   "tjt-25", "lumajang", "kapuas", "jatim", "magetan" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct arena *a = arena_new((size_t)64 << 20);
		const struct calendar *c = real_calendar(a);
		struct instant *arrivals = arena_new_many(a, struct instant, 300);
		int officers[8] = { 2, 2, 2, 2, 2, 2, 2, 2 }, enough[8];
		struct sop_simulate_in in = { .s = load(a, ids[i]), .calendar = c, .arrivals = arrivals, .n = 300,
					      .officers = officers, .effort = 20, .shares = sop_simulate_usual(), .seed = 7 };
		struct sop_simulate out, again, with_enough;

		sop_simulate_arrivals(c, on("2026-01-01"), 365, 7, arrivals, 300);
		sop_simulate_run(a, &in, &out);
		sop_simulate_run(a, &in, &again);
		assert_int_equal(out.missed, again.missed);
		assert_int_equal(out.took_p90, again.took_p90);
		assert_true(out.steps[0].n >= 300); /* some are sent back to it */
		assert_true(out.late <= 300);
		assert_true(sop_suffice_find(a, &in, enough) <= out.missed);
		in.officers = enough;
		sop_simulate_run(a, &in, &with_enough);
		assert_int_equal(with_enough.missed, sop_suffice_find(a, &in, enough));
		arena_free(a);
	}
}

static void arrivals_come_on_the_days_asked_for_mostly_in_office_time(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	const struct calendar *c = real_calendar(a);
	struct instant arrivals[1000];
	int in_office = 0;

	(void)state;
	sop_simulate_arrivals(c, on("2025-03-24"), 21, 3, arrivals, ARRAY_LEN(arrivals));
	for (size_t i = 0; i < ARRAY_LEN(arrivals); i++) {
		assert_true(arrivals[i].ms >= at("2025-03-24 00:00 WIB").ms && arrivals[i].ms < at("2025-04-14 00:00 WIB").ms);
		in_office += calendar_count_office_minutes(c, arrivals[i], instant_add_ms(arrivals[i], MS_PER_MINUTE)) == 1;
	}
	assert_in_range(in_office, 750, 880);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_reports_and_one_officer_each_over_idul_fitri),
		cmocka_unit_test(as_many_officers_as_suffice),
		cmocka_unit_test(waiting_for_the_reporter_pauses_the_clock),
		cmocka_unit_test(what_is_returned_comes_again),
		cmocka_unit_test(every_one_of_the_ten_runs_and_the_same_seed_gives_the_same),
		cmocka_unit_test(arrivals_come_on_the_days_asked_for_mostly_in_office_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
