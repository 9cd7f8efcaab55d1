/* SPDX-License-Identifier: Apache-2.0
 * calendar - working days: Monday to Friday without national holidays, cuti bersama and the
 * holidays of the region (SKB 3 Menteri, yearly; cuti bersama counts as non-working unless
 * switched off).
 *
 * A calendar is built once from rows and then immutable, so that threads share it. The start
 * day never counts: n working days from a Thursday before a free Friday end on Monday (n = 1).
 */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include "base/arena.h"
#include "base/day.h"

enum holiday_kind { HOLIDAY_NATIONAL = 1, HOLIDAY_CUTI_BERSAMA = 2, HOLIDAY_REGIONAL = 3 };

struct holiday {
	struct day on;
	enum holiday_kind kind;
	const char *scope; /* "" the nation, else a region code: valid for codes that begin with it */
	const char *name;
	bool is_estimate; /* no decree yet: deadlines in its year are provisional */
};

/* Office hours in minutes since midnight, for limits in hours and minutes. */
struct office_hours {
	int opens_min, closes_min;
};

struct calendar;

/* Copies the holidays that apply to region ("" for the nation) into a. */
struct calendar *calendar_new(struct arena *a, const struct holiday *h, size_t n, const char *region,
			      enum zone zone, struct office_hours hours, bool cuti_bersama_is_free);
/* Of the holidays it was made of (app/holidays.h); told once, by whoever made it. */
void calendar_set_version(struct calendar *c, int64_t version);
int64_t calendar_version(const struct calendar *c);
enum zone calendar_zone(const struct calendar *c);
bool calendar_is_workday(const struct calendar *c, struct day d);
/* The holiday on that day, NULL when there is none (weekends are no holidays). */
const struct holiday *calendar_holiday(const struct calendar *c, struct day d);
/* The n-th working day after start; n >= 1. n = 0 gives start itself. */
struct day calendar_add_workdays(const struct calendar *c, struct day start, int n);
/* Working days in (from, to]; negative when to lies before from. add then count gives n. */
int calendar_count_workdays(const struct calendar *c, struct day from, struct day to);
/* The holidays on weekdays in (from, to], in order: what makes a deadline later. At most max. */
size_t calendar_holidays_between(const struct calendar *c, struct day from, struct day to,
				 const struct holiday **ret, size_t max);
/* Moves forward by office time only: minutes from start, starting at the next opening. */
struct instant calendar_add_office_minutes(const struct calendar *c, struct instant start, int minutes);
/* Office minutes in [from, to]; 0 when to is before from. */
int calendar_count_office_minutes(const struct calendar *c, struct instant from, struct instant to);
/* Of one working day. */
int calendar_office_day_minutes(const struct calendar *c);
/* The last moment of the day (23:59:59.999 there): what "until that day" means. */
struct instant calendar_end_of_day(const struct calendar *c, struct day d);
/* False when the day's year has no decree loaded, or only estimates: the deadline is then provisional. */
bool calendar_knows_year(const struct calendar *c, struct day d);

#endif
