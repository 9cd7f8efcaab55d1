/* SPDX-License-Identifier: Apache-2.0 */
#include "base/day.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Days are counted in 400-year eras that begin on 1 March, so that the leap day comes last. */
struct day day_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (struct day){ era * 146097 + doe - 719468 };
}

struct civil day_to_civil(struct day d)
{
	int z = d.n + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){
		.year = yoe + era * 400 + (month <= 2),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
		.weekday = day_weekday(d),
	};
}

bool day_is_valid(int year, int month, int day)
{
	struct civil back;

	if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	back = day_to_civil(day_from_civil(year, month, day));
	return back.month == month && back.day == day;
}

int day_weekday(struct day d)
{
	int w = (d.n + 3) % 7; /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}

/* Reads exactly n digits; -1 when one is missing. */
static int digits(const char **s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		v = v * 10 + (**s - '0');
	}
	return v;
}

static bool literal(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool parse_date(const char **s, struct day *ret_day)
{
	int y, m = -1, d = -1;

	y = digits(s, 4);
	if (y < 0 || !literal(s, '-'))
		return false;
	m = digits(s, 2);
	if (m < 0 || !literal(s, '-'))
		return false;
	d = digits(s, 2);
	if (d < 0 || !day_is_valid(y, m, d))
		return false;
	*ret_day = day_from_civil(y, m, d);
	return true;
}

bool day_parse(const char *s, struct day *ret_day)
{
	struct day d;

	if (!parse_date(&s, &d) || *s != '\0')
		return false;
	*ret_day = d;
	return true;
}

void day_format(struct day d, char out[11])
{
	struct civil c = day_to_civil(d);

	snprintf(out, 11, "%04u-%02u-%02u", (unsigned)c.year % 10000u, (unsigned)c.month % 100u,
		 (unsigned)c.day % 100u);
}

int zone_offset_minutes(enum zone z)
{
	switch (z) {
	case ZONE_WIB: return 7 * 60;
	case ZONE_WITA: return 8 * 60;
	case ZONE_WIT: return 9 * 60;
	}
	BUG("zone %d", (int)z);
}

const char *zone_name(enum zone z)
{
	switch (z) {
	case ZONE_WIB: return "WIB";
	case ZONE_WITA: return "WITA";
	case ZONE_WIT: return "WIT";
	}
	BUG("zone %d", (int)z);
}

bool zone_parse(const char *s, enum zone *ret_zone)
{
	for (enum zone z = ZONE_WIB; z <= ZONE_WIT; z++) {
		if (strcmp(s, zone_name(z)) == 0) {
			*ret_zone = z;
			return true;
		}
	}
	return false;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t local_ms(struct instant t, enum zone z)
{
	return t.ms + zone_offset_minutes(z) * MS_PER_MINUTE;
}

struct day instant_day(struct instant t, enum zone z)
{
	return (struct day){ (int32_t)floor_div(local_ms(t, z), MS_PER_DAY) };
}

struct civil instant_civil(struct instant t, enum zone z)
{
	struct day d = instant_day(t, z);
	struct civil c = day_to_civil(d);
	int64_t ms = local_ms(t, z) - d.n * MS_PER_DAY;

	c.hour = (int)(ms / MS_PER_HOUR);
	c.minute = (int)(ms / MS_PER_MINUTE % 60);
	c.second = (int)(ms / 1000 % 60);
	return c;
}

struct instant instant_at_day(struct day d, enum zone z)
{
	return (struct instant){ d.n * MS_PER_DAY - zone_offset_minutes(z) * MS_PER_MINUTE };
}

/* "14:05" or "14:05:09", with a fraction that is dropped. */
static bool parse_clock(const char **s, int64_t *ret_ms)
{
	int h = digits(s, 2), m, sec = 0;

	if (h < 0 || h > 23 || !literal(s, ':'))
		return false;
	m = digits(s, 2);
	if (m < 0 || m > 59)
		return false;
	if (**s == ':') {
		(*s)++;
		sec = digits(s, 2);
		if (sec < 0 || sec > 59)
			return false;
		if (**s == '.')
			for ((*s)++; **s >= '0' && **s <= '9';)
				(*s)++;
	}
	*ret_ms = h * MS_PER_HOUR + m * MS_PER_MINUTE + sec * INT64_C(1000);
	return true;
}

static bool parse_offset(const char *s, int64_t *ret_minutes)
{
	enum zone z;
	int sign, h, m;

	if (strcmp(s, "Z") == 0) {
		*ret_minutes = 0;
		return true;
	}
	if (*s == ' ' && zone_parse(s + 1, &z)) {
		*ret_minutes = zone_offset_minutes(z);
		return true;
	}
	if (*s != '+' && *s != '-')
		return false;
	sign = *s++ == '-' ? -1 : 1;
	h = digits(&s, 2);
	if (h < 0 || h > 14 || !literal(&s, ':'))
		return false;
	m = digits(&s, 2);
	if (m < 0 || m > 59 || *s != '\0')
		return false;
	*ret_minutes = sign * (h * 60 + m);
	return true;
}

bool instant_parse(const char *s, struct instant *ret_instant)
{
	struct day d;
	int64_t ms, minutes;

	if (!parse_date(&s, &d))
		return false;
	if (*s == '\0') {
		*ret_instant = instant_at_day(d, ZONE_WIB);
		return true;
	}
	if ((*s != 'T' && *s != ' ') || (s++, !parse_clock(&s, &ms)))
		return false;
	if (!parse_offset(s, &minutes))
		return false;
	ret_instant->ms = d.n * MS_PER_DAY + ms - minutes * MS_PER_MINUTE;
	return true;
}

void instant_format(struct instant t, char out[21])
{
	struct day d = { (int32_t)floor_div(t.ms, MS_PER_DAY) };
	int64_t ms = t.ms - d.n * MS_PER_DAY;
	char date[11];

	day_format(d, date);
	snprintf(out, 21, "%s%c%02u:%02u:%02uZ", date, 'T', (unsigned)(ms / MS_PER_HOUR) % 100u,
		 (unsigned)(ms / MS_PER_MINUTE % 60), (unsigned)(ms / 1000 % 60));
}

struct instant instant_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (struct instant){ (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000 };
}
