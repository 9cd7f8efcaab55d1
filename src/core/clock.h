/* SPDX-License-Identifier: Apache-2.0
 * clock - a deadline as an instant and as its reason: rule, start, calendar, pauses.
 *
 * Waiting for the reporter pauses the officers' clocks: the due day moves by the working days
 * between pausing and resuming, so that "due" is always start + limit + pauses in working days.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include "core/calendar.h"
#include "core/limit.h"
#include "core/report.h"

struct clock {
	enum clock_kind kind;
	struct instant started_at;
	struct limit limit;
	const char *rule;
	struct instant due_at;
	struct instant paused_at; /* 0: not paused */
	int paused_wd;            /* already contained in due_at */
	struct instant ended_at;  /* 0: runs */
};

/*
 * due for a fresh clock, and for any clock once more when the calendar changed: limits in days run to the
 * end of their last day, limits in minutes and hours through office time.
 */
struct instant clock_due(const struct calendar *c, struct limit limit, struct instant start, int paused_wd);
/* Pausing a paused or ended clock and resuming a running one change nothing. */
void clock_pause(struct clock *k, struct instant now);
/*
 * Moves the due day by the working days that passed, the day of resuming included. A clock in
 * office time moves by at least one whole working day.
 */
void clock_resume(struct clock *k, const struct calendar *c, struct instant now);
/* Another limit (the class was changed) from the same start; pauses stay. */
void clock_relimit(struct clock *k, const struct calendar *c, struct limit limit, const char *rule);

/* Office minutes from its start to its end (or to when it was paused), pauses taken out as whole working days. */
int clock_ran_minutes(const struct clock *k, const struct calendar *c);

/* Where a clock stands: what pages and inboxes show. */
enum clock_tone { TONE_CALM, TONE_SOON, TONE_LATE, TONE_PAUSED, TONE_DONE };
struct clock_reading {
	enum clock_tone tone;
	int used, total;     /* in the limit's unit (pauses taken out) */
	int left;            /* 0: the last day; negative: late by so many, -1 at least */
	enum limit_unit unit;
	struct day start_on, due_on;
};
/*
 * SOON: the last fifth of the limit, at least the last working day. A paused or ended clock is
 * read as it stood then.
 */
struct clock_reading clock_read(const struct clock *k, const struct calendar *c, struct instant now);

/*
 * Everything needed to explain a due day in words. For limits in working days the sum holds:
 * due_on - start_on = limit.n + paused_wd + weekend_days + free_weekdays, counted in calendar days.
 */
#define CLOCK_HOLIDAYS_MAX 16
struct clock_explanation {
	struct day start_on, due_on;
	struct limit limit;
	int paused_wd;
	int weekend_days;   /* Saturdays and Sundays on the way */
	int free_weekdays;  /* holidays and cuti bersama on Monday to Friday on the way */
	const char *rule;
	size_t n_holidays;  /* the first of those weekdays, at most CLOCK_HOLIDAYS_MAX */
	const struct holiday *holidays[CLOCK_HOLIDAYS_MAX];
	bool provisional; /* the calendar of a year on the way is not decreed yet */
};
void clock_explain(const struct clock *k, const struct calendar *c, struct clock_explanation *ret);

#endif
