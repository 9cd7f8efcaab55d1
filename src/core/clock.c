/* SPDX-License-Identifier: Apache-2.0
 * clock - deadlines: computed, paused, read and explained. The calendar knows the days, this file
 * what they are counted for. A clock's due_at can always be computed again from its other fields.
 */
#include "core/clock.h"

static bool in_office_time(enum limit_unit unit)
{
	return unit == LIMIT_MINUTES || unit == LIMIT_HOURS;
}

static int limit_minutes(struct limit limit)
{
	return limit.unit == LIMIT_HOURS ? limit.n * 60 : limit.n;
}

struct instant clock_due(const struct calendar *c, struct limit limit, struct instant start, int paused_wd)
{
	struct day d = instant_day(start, calendar_zone(c));

	switch (limit.unit) {
	case LIMIT_MINUTES:
	case LIMIT_HOURS: {
		struct instant due = calendar_add_office_minutes(c, start, limit_minutes(limit));
		struct day on = instant_day(due, calendar_zone(c));
		struct day moved = calendar_add_workdays(c, on, paused_wd);

		return instant_add_ms(due, (moved.n - on.n) * MS_PER_DAY);
	}
	case LIMIT_WORKDAYS:
		return calendar_end_of_day(c, calendar_add_workdays(c, d, limit.n + paused_wd));
	case LIMIT_DAYS:
		return calendar_end_of_day(c, calendar_add_workdays(c, day_add(d, limit.n), paused_wd));
	}
	BUG("limit unit %d", (int)limit.unit);
}

void clock_pause(struct clock *k, struct instant now)
{
	if (!instant_is_set(k->paused_at) && !instant_is_set(k->ended_at))
		k->paused_at = now;
}

void clock_resume(struct clock *k, const struct calendar *c, struct instant now)
{
	enum zone z = calendar_zone(c);
	int passed;

	if (!instant_is_set(k->paused_at) || instant_is_set(k->ended_at))
		return;
	passed = calendar_count_workdays(c, instant_day(k->paused_at, z), instant_day(now, z));
	if (in_office_time(k->limit.unit) && passed < 1)
		passed = 1;
	if (passed > 0)
		k->paused_wd += passed;
	k->paused_at = (struct instant){ 0 };
	k->due_at = clock_due(c, k->limit, k->started_at, k->paused_wd);
}

void clock_relimit(struct clock *k, const struct calendar *c, struct limit limit, const char *rule)
{
	k->limit = limit;
	k->rule = rule;
	k->due_at = clock_due(c, limit, k->started_at, k->paused_wd);
}

int clock_ran_minutes(const struct clock *k, const struct calendar *c)
{
	struct instant until = instant_is_set(k->paused_at) ? k->paused_at : k->ended_at;
	int n = calendar_count_office_minutes(c, k->started_at, until) - k->paused_wd * calendar_office_day_minutes(c);

	return n > 0 ? n : 0;
}

/* Whole units from at to the due moment; negative when it has passed. */
static int units_left(const struct clock *k, const struct calendar *c, struct instant at)
{
	struct day on = instant_day(at, calendar_zone(c)), due = instant_day(k->due_at, calendar_zone(c));
	int per_unit = k->limit.unit == LIMIT_HOURS ? 60 : 1, n;

	switch (k->limit.unit) {
	case LIMIT_MINUTES:
	case LIMIT_HOURS:
		n = at.ms <= k->due_at.ms ? calendar_count_office_minutes(c, at, k->due_at) + per_unit - 1
					  : -calendar_count_office_minutes(c, k->due_at, at);
		return n / per_unit;
	case LIMIT_WORKDAYS:
		return calendar_count_workdays(c, on, due);
	case LIMIT_DAYS:
		return due.n - on.n;
	}
	BUG("limit unit %d", (int)k->limit.unit);
}

static enum clock_tone running_tone(const struct clock_reading *r, bool late)
{
	int soon = r->total / 5 > 1 ? r->total / 5 : 1;

	if (late)
		return TONE_LATE;
	return r->left <= soon ? TONE_SOON : TONE_CALM;
}

struct clock_reading clock_read(const struct clock *k, const struct calendar *c, struct instant now)
{
	bool ended = instant_is_set(k->ended_at), paused = instant_is_set(k->paused_at);
	struct instant at = paused ? k->paused_at : ended ? k->ended_at : now;
	bool late = at.ms > k->due_at.ms;
	struct clock_reading r = {
		.total = k->limit.n,
		.left = units_left(k, c, at),
		.unit = k->limit.unit,
		.start_on = instant_day(k->started_at, calendar_zone(c)),
		.due_on = instant_day(k->due_at, calendar_zone(c)),
	};

	/* Late on a day that is no working day: still late. */
	if (late && r.left > -1)
		r.left = -1;
	r.used = r.total - r.left;
	r.tone = ended ? TONE_DONE : paused ? TONE_PAUSED : running_tone(&r, late);
	return r;
}

/* Saturdays and Sundays in (from, to]. */
static int weekend_days(struct day from, struct day to)
{
	int days = to.n - from.n, n = days / 7 * 2;

	for (int i = 1; i <= days % 7; i++)
		n += day_weekday(day_add(from, i)) >= 5;
	return n;
}

void clock_explain(const struct clock *k, const struct calendar *c, struct clock_explanation *ret)
{
	struct day start = instant_day(k->started_at, calendar_zone(c));
	struct day due = instant_day(k->due_at, calendar_zone(c));
	int weekend = weekend_days(start, due);

	*ret = (struct clock_explanation){
		.start_on = start,
		.due_on = due,
		.limit = k->limit,
		.paused_wd = k->paused_wd,
		.weekend_days = weekend,
		.free_weekdays = due.n - start.n - weekend - calendar_count_workdays(c, start, due),
		.rule = k->rule,
		.provisional = !calendar_knows_year(c, start) || !calendar_knows_year(c, due),
	};
	ret->n_holidays = calendar_holidays_between(c, start, due, ret->holidays, CLOCK_HOLIDAYS_MAX);
}
