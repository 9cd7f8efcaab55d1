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

/* due for a fresh clock. */
struct instant clock_due(const struct calendar *c, struct limit limit, struct instant start, int paused_wd);
void clock_pause(struct clock *k, struct instant now);
void clock_resume(struct clock *k, const struct calendar *c, struct instant now);

/* Where a clock stands: what pages and inboxes show. */
enum clock_tone { TONE_CALM, TONE_SOON, TONE_LATE, TONE_PAUSED, TONE_DONE };
struct clock_reading {
	enum clock_tone tone;
	int used, total;     /* in the limit's unit (pauses taken out) */
	int left;            /* negative: late by so many */
	enum limit_unit unit;
	struct day start_on, due_on;
};
/* SOON: the last fifth of the limit, at least the last working day. */
struct clock_reading clock_read(const struct clock *k, const struct calendar *c, struct instant now);

/* Everything needed to explain a due day in words. */
#define CLOCK_HOLIDAYS_MAX 16
struct clock_explanation {
	struct day start_on, due_on;
	struct limit limit;
	int paused_wd;
	const char *rule;
	size_t n_holidays;
	const struct holiday *holidays[CLOCK_HOLIDAYS_MAX];
	bool provisional; /* the calendar of that year is not decreed yet */
};
void clock_explain(const struct clock *k, const struct calendar *c, struct clock_explanation *ret);

#endif
