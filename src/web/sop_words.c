/* SPDX-License-Identifier: Apache-2.0 */
#include "web/sop_words.h"

#include "app/settings.h"
#include "base/buf.h"
#include "messages.h"

#define WORDS_MAX 200
#define MINUTES_PER_HOUR 60

const char *sop_words_covers(const struct ctx *c, enum sop_covers covers)
{
	switch (covers) {
	case SOP_COVERS_REPORT: return msg_proc_covers_report(c->lang);
	case SOP_COVERS_INTAKE: return msg_proc_covers_intake(c->lang);
	case SOP_COVERS_PERIODIC: return msg_proc_covers_periodic(c->lang);
	case SOP_COVERS_NONE: break;
	}
	return "";
}

typedef void one_fn(struct buf *b, enum lang lang, enum zone zone, int64_t n);
typedef void two_fn(struct buf *b, enum lang lang, enum zone zone, int64_t a, int64_t b_);

static const char *taken(const struct ctx *c, struct buf *b)
{
	const char *text = arena_strdup(c->a, buf_cstr(b));

	buf_done(b);
	return text;
}

static const char *one(const struct ctx *c, one_fn *say, int64_t n)
{
	struct buf b;

	buf_init(&b, WORDS_MAX);
	say(&b, c->lang, c->settings->zone, n);
	return taken(c, &b);
}

static const char *range(const struct ctx *c, struct sop_time t, one_fn *say, two_fn *say_range)
{
	struct buf b;

	if (t.min == t.max)
		return one(c, say, t.max);
	buf_init(&b, WORDS_MAX);
	say_range(&b, c->lang, c->settings->zone, t.min, t.max);
	return taken(c, &b);
}

const char *sop_words_time(const struct ctx *c, struct sop_time t)
{
	if (t.every_months == 1)
		return msg_proc_monthly(c->lang);
	if (t.every_months > 1)
		return one(c, msg_proc_every_months, t.every_months);
	if (!sop_time_is_given(t))
		return "";
	switch (t.unit) {
	case LIMIT_MINUTES: return range(c, t, msg_proc_minutes, msg_proc_minutes_to);
	case LIMIT_HOURS: return range(c, t, msg_proc_hours, msg_proc_hours_to);
	case LIMIT_WORKDAYS: return range(c, t, msg_proc_workdays, msg_proc_workdays_to);
	case LIMIT_DAYS: return range(c, t, msg_proc_days, msg_proc_days_to);
	}
	return "";
}

const char *sop_words_start(const struct ctx *c, enum sop_start start)
{
	switch (start) {
	case SOP_START_RECEIVED: return msg_proc_from_received(c->lang);
	case SOP_START_VERIFIED: return msg_proc_from_verified(c->lang);
	case SOP_START_DISPOSED: return msg_proc_from_disposed(c->lang);
	case SOP_START_ANSWERED: return msg_proc_from_answered(c->lang);
	case SOP_START_PREVIOUS: return msg_proc_from_previous(c->lang);
	case SOP_START_PERIOD_END: return msg_proc_from_period_end(c->lang);
	case SOP_START_NONE: break;
	}
	return "";
}

const char *sop_words_span(const struct ctx *c, int64_t minutes)
{
	int64_t day = c->settings->hours.closes_min - c->settings->hours.opens_min;
	struct buf b;

	if (minutes >= day)
		return one(c, msg_proc_workdays_tenths, (minutes * 10 + day / 2) / day);
	if (minutes < MINUTES_PER_HOUR)
		return one(c, msg_proc_minutes, minutes);
	if (minutes % MINUTES_PER_HOUR == 0)
		return one(c, msg_proc_hours, minutes / MINUTES_PER_HOUR);
	buf_init(&b, WORDS_MAX);
	msg_proc_hours_minutes(&b, c->lang, c->settings->zone, minutes / MINUTES_PER_HOUR, minutes % MINUTES_PER_HOUR);
	return taken(c, &b);
}
