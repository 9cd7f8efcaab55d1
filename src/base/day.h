/* SPDX-License-Identifier: Apache-2.0
 * day - a civil date without a clock, and the moment in time it belongs to.
 *
 * struct day counts days since 1970-01-01 (proleptic Gregorian); struct instant counts
 * milliseconds since then in UTC. A zone ties them together: Indonesia has three without
 * summer time. Stored as plain integers; 0 ms means "not set" wherever an instant is optional.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/err.h"

struct day {
	int32_t n;
};

struct instant {
	int64_t ms;
};

/* A struct day's n when there is no day; NULL in the database. */
#define DAY_NONE INT32_MIN

enum zone { ZONE_WIB, ZONE_WITA, ZONE_WIT };

#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_HOUR INT64_C(3600000)
#define MS_PER_DAY INT64_C(86400000)

struct civil {
	int year, month, day;      /* month and day from 1 */
	int hour, minute, second;
	int weekday;               /* 0 Monday .. 6 Sunday */
};

struct day day_from_civil(int year, int month, int day);
/* Only the date fields and weekday are set. */
struct civil day_to_civil(struct day d);
/* Month 1..12, day within the month, years 1900..2200. */
bool day_is_valid(int year, int month, int day);
int day_weekday(struct day d); /* 0 Monday .. 6 Sunday */
static inline struct day day_add(struct day d, int32_t days)
{
	return (struct day){ d.n + days };
}

/* "2026-11-22", exactly. */
bool day_parse(const char *s, struct day *ret_day);
/* Writes 11 bytes with the NUL. */
void day_format(struct day d, char out[11]);

int zone_offset_minutes(enum zone z);
const char *zone_name(enum zone z); /* "WIB" */
bool zone_parse(const char *s, enum zone *ret_zone);

struct day instant_day(struct instant t, enum zone z);
struct civil instant_civil(struct instant t, enum zone z);
/* The moment the day begins there. */
struct instant instant_at_day(struct day d, enum zone z);
static inline struct instant instant_add_ms(struct instant t, int64_t ms)
{
	return (struct instant){ t.ms + ms };
}
static inline bool instant_is_set(struct instant t)
{
	return t.ms != 0;
}

/*
 * "2026-11-22T14:05:00Z", with +07:00 or Z, seconds optional, a space instead of the T
 * allowed; or "2026-11-22 14:05 WIB"; or a day alone (its beginning in WIB).
 */
bool instant_parse(const char *s, struct instant *ret_instant);
/* "2026-11-22T07:05:00Z", 21 bytes with the NUL. */
void instant_format(struct instant t, char out[21]);
/* The machine's clock: called once per request or job, at the edge, and nowhere else. */
struct instant instant_now(void);

#endif
