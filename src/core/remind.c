/* SPDX-License-Identifier: Apache-2.0
 * remind - the moments of a clock's life that need the job runner.
 */
#include "core/remind.h"

bool remind_is_reporters(enum clock_kind kind)
{
	return kind == CLOCK_REPLY || kind == CLOCK_PENDING;
}

struct instant remind_due(const struct calendar *c, enum clock_kind kind, struct limit limit, struct instant start,
			  int paused_wd)
{
	enum zone z = calendar_zone(c);
	struct day on = instant_day(start, z);

	if (!remind_is_reporters(kind) || limit.unit != LIMIT_WORKDAYS)
		return clock_due(c, limit, start, paused_wd);
	struct instant due = instant_at_day(calendar_add_workdays(c, on, limit.n + paused_wd), z);
	return instant_add_ms(due, start.ms - instant_at_day(on, z).ms);
}

/* The n-th reminder (from 0) as working days after the start; 0 when there are no more. */
static int reminder_wd(const struct ruleset *r, const struct clock *k, int n)
{
	if (k->kind == CLOCK_OMBUDSMAN)
		return n == 0 && k->limit.n > REMIND_OMBUDSMAN_WD ? k->limit.n - REMIND_OMBUDSMAN_WD : 0;
	if (n < 0 || n >= 3 || !remind_is_reporters(k->kind))
		return 0;
	return k->kind == CLOCK_REPLY ? r->reply_reminders_wd[n] : r->pending_reminders_wd[n];
}

/* 0 when there is no such reminder. */
static struct instant reminder_at(const struct ruleset *r, const struct calendar *c, const struct clock *k, int n)
{
	int wd = reminder_wd(r, k, n);
	enum zone z = calendar_zone(c);

	if (wd <= 0)
		return (struct instant){ 0 };
	struct day on = calendar_add_workdays(c, instant_day(k->started_at, z), wd + k->paused_wd);
	return instant_add_ms(instant_at_day(on, z), REMIND_AT_MINUTE * MS_PER_MINUTE);
}

struct instant remind_next_at(const struct ruleset *r, const struct calendar *c, const struct clock *k, int warned,
			      bool was_missed)
{
	if (instant_is_set(k->ended_at) || instant_is_set(k->paused_at) || was_missed)
		return (struct instant){ 0 };
	struct instant at = reminder_at(r, c, k, warned);
	if (instant_is_set(at) && at.ms < k->due_at.ms)
		return at;
	/* An officer's deadline includes its last millisecond. */
	return remind_is_reporters(k->kind) ? k->due_at : instant_add_ms(k->due_at, 1);
}

int remind_count_at(const struct ruleset *r, const struct calendar *c, const struct clock *k, struct instant now)
{
	int n = 0;

	for (;;) {
		struct instant at = reminder_at(r, c, k, n);
		if (!instant_is_set(at) || at.ms > now.ms)
			return n;
		n++;
	}
}
