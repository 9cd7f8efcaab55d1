/* SPDX-License-Identifier: Apache-2.0
 * calendar - working days as one bit per day, so that counting is a subtraction of ranks and adding is a few
 * popcounts. Days outside the span of the bitmap are working days from Monday to Friday.
 */
#include "core/calendar.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 2000
#define LAST_YEAR 2100
#define WORD_DAYS 64

struct calendar {
	int64_t version;
	enum zone zone;
	struct office_hours hours;
	struct day base;                 /* day of bit 0 */
	int32_t n_days;
	uint64_t *bits;                  /* set: working day */
	int32_t *before;                 /* working days in all words before this one */
	struct holiday *holidays;        /* by day, the national one first */
	size_t n_holidays;
	bool decreed[LAST_YEAR - FIRST_YEAR + 1];
};

/* "35" holds in "35.20" and in "35", not in "352". */
static bool scope_holds(const char *scope, const char *region)
{
	size_t n = strlen(scope);

	return n == 0 || (strncmp(scope, region, n) == 0 && (region[n] == '\0' || region[n] == '.'));
}

static int holiday_order(const void *pa, const void *pb)
{
	const struct holiday *a = pa, *b = pb;

	if (a->on.n != b->on.n)
		return a->on.n < b->on.n ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

static bool is_weekday(struct day d)
{
	return day_weekday(d) < 5;
}

static bool in_span(const struct calendar *c, struct day d)
{
	return d.n >= c->base.n && d.n < c->base.n + c->n_days;
}

/* A year is decreed when it has a national holiday and none of them is an estimate. */
static void note_decrees(struct calendar *c, const struct holiday *h, size_t n)
{
	bool estimated[ARRAY_LEN(c->decreed)] = { false };

	for (size_t i = 0; i < n; i++) {
		int year = day_to_civil(h[i].on).year;

		if (h[i].kind != HOLIDAY_NATIONAL || year < FIRST_YEAR || year > LAST_YEAR)
			continue;
		c->decreed[year - FIRST_YEAR] = true;
		estimated[year - FIRST_YEAR] |= h[i].is_estimate;
	}
	for (size_t y = 0; y < ARRAY_LEN(c->decreed); y++)
		c->decreed[y] = c->decreed[y] && !estimated[y];
}

static void keep_holidays(struct calendar *c, struct arena *a, const struct holiday *h, size_t n,
			  const char *region, bool cuti_bersama_is_free)
{
	c->holidays = arena_new_many(a, struct holiday, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!in_span(c, h[i].on) || !scope_holds(h[i].scope, region) ||
		    (h[i].kind == HOLIDAY_CUTI_BERSAMA && !cuti_bersama_is_free))
			continue;
		c->holidays[c->n_holidays] = h[i];
		c->holidays[c->n_holidays].scope = arena_strdup(a, h[i].scope);
		c->holidays[c->n_holidays++].name = arena_strdup(a, h[i].name);
	}
	qsort(c->holidays, c->n_holidays, sizeof(*c->holidays), holiday_order);
}

static void fill_bits(struct calendar *c, struct arena *a)
{
	size_t words = (size_t)(c->n_days + WORD_DAYS - 1) / WORD_DAYS;

	c->bits = arena_new_many(a, uint64_t, words);
	c->before = arena_new_many(a, int32_t, words + 1);
	for (int32_t i = 0; i < c->n_days; i++)
		if (is_weekday(day_add(c->base, i)))
			c->bits[i / WORD_DAYS] |= UINT64_C(1) << (i % WORD_DAYS);
	for (size_t i = 0; i < c->n_holidays; i++) {
		int32_t at = c->holidays[i].on.n - c->base.n;

		c->bits[at / WORD_DAYS] &= ~(UINT64_C(1) << (at % WORD_DAYS));
	}
	for (size_t w = 0; w < words; w++)
		c->before[w + 1] = c->before[w] + __builtin_popcountll(c->bits[w]);
}

struct calendar *calendar_new(struct arena *a, const struct holiday *h, size_t n, const char *region,
			      enum zone zone, struct office_hours hours, bool cuti_bersama_is_free)
{
	struct calendar *c = arena_new_one(a, struct calendar);

	BUG_ON(hours.opens_min < 0 || hours.closes_min <= hours.opens_min || hours.closes_min > 24 * 60);
	c->zone = zone;
	c->hours = hours;
	c->base = day_from_civil(FIRST_YEAR, 1, 1);
	c->n_days = day_from_civil(LAST_YEAR + 1, 1, 1).n - c->base.n;
	note_decrees(c, h, n);
	keep_holidays(c, a, h, n, region, cuti_bersama_is_free);
	fill_bits(c, a);
	return c;
}

void calendar_set_version(struct calendar *c, int64_t version)
{
	c->version = version;
}

int64_t calendar_version(const struct calendar *c)
{
	return c->version;
}

enum zone calendar_zone(const struct calendar *c)
{
	return c->zone;
}

bool calendar_is_workday(const struct calendar *c, struct day d)
{
	int32_t at = d.n - c->base.n;

	if (!in_span(c, d))
		return is_weekday(d);
	return c->bits[at / WORD_DAYS] >> (at % WORD_DAYS) & 1;
}

/* Index of the first kept holiday on or after d. */
static size_t holiday_from(const struct calendar *c, struct day d)
{
	size_t lo = 0, hi = c->n_holidays;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->holidays[mid].on.n < d.n)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct holiday *calendar_holiday(const struct calendar *c, struct day d)
{
	size_t i = holiday_from(c, d);

	return i < c->n_holidays && c->holidays[i].on.n == d.n ? &c->holidays[i] : NULL;
}

/* The day of the n-th set bit after bit at, or -1 with *n lowered when the span ends before. */
static int32_t select_after(const struct calendar *c, int32_t at, int *n)
{
	int32_t w = (at + 1) / WORD_DAYS, words = (c->n_days + WORD_DAYS - 1) / WORD_DAYS;
	uint64_t word;

	if (at + 1 >= c->n_days)
		return -1;
	word = c->bits[w] & (~UINT64_C(0) << ((at + 1) % WORD_DAYS));
	for (;;) {
		int have = __builtin_popcountll(word);

		if (have >= *n)
			break;
		*n -= have;
		if (++w == words)
			return -1;
		word = c->bits[w];
	}
	for (int i = 1; i < *n; i++)
		word &= word - 1;
	return w * WORD_DAYS + __builtin_ctzll(word);
}

struct day calendar_add_workdays(const struct calendar *c, struct day start, int n)
{
	struct day d = start;
	int32_t at;

	BUG_ON(n < 0 || n > 100000);
	while (n > 0 && d.n + 1 < c->base.n) {
		d = day_add(d, 1);
		n -= calendar_is_workday(c, d);
	}
	if (n > 0 && in_span(c, day_add(d, 1))) {
		at = select_after(c, d.n - c->base.n, &n);
		if (at >= 0)
			return day_add(c->base, at);
		d = day_add(c->base, c->n_days - 1);
	}
	while (n > 0) {
		d = day_add(d, 1);
		n -= calendar_is_workday(c, d);
	}
	return d;
}

/* Mondays to Fridays from Monday 1969-12-29 to d, both included; negative before. */
static int32_t weekdays_to(struct day d)
{
	int32_t since = d.n + 3, week = since / 7 - (since % 7 < 0), day = since - week * 7;

	return week * 5 + (day < 5 ? day + 1 : 5);
}

/* Working days up to d, included, counted from an origin that is the same for every d. */
static int32_t rank(const struct calendar *c, struct day d)
{
	int32_t at = d.n - c->base.n, last = c->n_days - 1;

	if (at < 0)
		return weekdays_to(d) - weekdays_to(day_add(c->base, -1));
	if (at > last)
		return rank(c, day_add(c->base, last)) + weekdays_to(d) - weekdays_to(day_add(c->base, last));
	return c->before[at / WORD_DAYS] +
	       __builtin_popcountll(c->bits[at / WORD_DAYS] << (WORD_DAYS - 1 - at % WORD_DAYS));
}

int calendar_count_workdays(const struct calendar *c, struct day from, struct day to)
{
	return rank(c, to) - rank(c, from);
}

size_t calendar_holidays_between(const struct calendar *c, struct day from, struct day to,
				 const struct holiday **ret, size_t max)
{
	size_t n = 0;

	for (size_t i = holiday_from(c, day_add(from, 1)); i < c->n_holidays && n < max; i++) {
		const struct holiday *h = &c->holidays[i];

		if (h->on.n > to.n)
			break;
		if (is_weekday(h->on) && (n == 0 || ret[n - 1]->on.n != h->on.n))
			ret[n++] = h;
	}
	return n;
}

static struct instant at_minute(const struct calendar *c, struct day d, int minute)
{
	return instant_add_ms(instant_at_day(d, c->zone), minute * MS_PER_MINUTE);
}

/* The first moment of office time at or after t. */
static struct instant office_from(const struct calendar *c, struct instant t)
{
	struct day d = instant_day(t, c->zone);

	if (calendar_is_workday(c, d)) {
		if (t.ms < at_minute(c, d, c->hours.opens_min).ms)
			return at_minute(c, d, c->hours.opens_min);
		if (t.ms < at_minute(c, d, c->hours.closes_min).ms)
			return t;
	}
	return at_minute(c, calendar_add_workdays(c, d, 1), c->hours.opens_min);
}

struct instant calendar_add_office_minutes(const struct calendar *c, struct instant start, int minutes)
{
	int per_day = c->hours.closes_min - c->hours.opens_min;
	struct instant t = office_from(c, start), closing;
	struct day d = instant_day(t, c->zone);
	int64_t over;

	BUG_ON(minutes < 0);
	t = instant_add_ms(t, (minutes % per_day) * MS_PER_MINUTE);
	closing = at_minute(c, d, c->hours.closes_min);
	over = t.ms - closing.ms;
	/* What does not fit before closing is worked off from the next opening on. */
	if (over > 0) {
		d = calendar_add_workdays(c, d, 1);
		t = instant_add_ms(at_minute(c, d, c->hours.opens_min), over);
	}
	if (minutes < per_day)
		return t;
	/* Whole days; a full day that began at opening ends at closing, not at the next opening. */
	if (t.ms == at_minute(c, d, c->hours.opens_min).ms)
		return at_minute(c, calendar_add_workdays(c, d, minutes / per_day - 1), c->hours.closes_min);
	over = t.ms - instant_at_day(d, c->zone).ms;
	return instant_add_ms(instant_at_day(calendar_add_workdays(c, d, minutes / per_day), c->zone), over);
}

/* Office time of the day of t that has passed at t, in ms. */
static int64_t passed_ms(const struct calendar *c, struct instant t)
{
	struct day d = instant_day(t, c->zone);
	int64_t opens = at_minute(c, d, c->hours.opens_min).ms;
	int64_t closes = at_minute(c, d, c->hours.closes_min).ms;

	if (!calendar_is_workday(c, d) || t.ms <= opens)
		return 0;
	return (t.ms < closes ? t.ms : closes) - opens;
}

int calendar_count_office_minutes(const struct calendar *c, struct instant from, struct instant to)
{
	int64_t per_day_ms = (c->hours.closes_min - c->hours.opens_min) * MS_PER_MINUTE;
	struct day first = instant_day(from, c->zone), last = instant_day(to, c->zone);
	int64_t days;

	if (to.ms <= from.ms)
		return 0;
	/* Whole days from the beginning of the first to the beginning of the last day. */
	days = calendar_count_workdays(c, day_add(first, -1), day_add(last, -1));
	return (int)((days * per_day_ms + passed_ms(c, to) - passed_ms(c, from)) / MS_PER_MINUTE);
}

int calendar_office_day_minutes(const struct calendar *c)
{
	return c->hours.closes_min - c->hours.opens_min;
}

struct instant calendar_end_of_day(const struct calendar *c, struct day d)
{
	return instant_add_ms(instant_at_day(day_add(d, 1), c->zone), -1);
}

bool calendar_knows_year(const struct calendar *c, struct day d)
{
	int year = day_to_civil(d).year;

	return year >= FIRST_YEAR && year <= LAST_YEAR && c->decreed[year - FIRST_YEAR];
}
