/* SPDX-License-Identifier: Apache-2.0
 * support - what several unit tests need: cmocka with its includes, the real holidays, dates in one word.
 */
#ifndef TESTS_UNIT_SUPPORT_H
#define TESTS_UNIT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/day.h"
#include "core/calendar.h"

#define SUPPORT_HOURS ((struct office_hours){ 8 * 60, 16 * 60 })

/* A date that must be one. */
static inline struct day on(const char *date)
{
	struct day d;

	assert_true(day_parse(date, &d));
	return d;
}

static inline struct instant at(const char *when)
{
	struct instant t;

	assert_true(instant_parse(when, &t));
	return t;
}

#define assert_day(actual, date)                            \
	do {                                                \
		char text_[11];                             \
		day_format((actual), text_);                \
		assert_string_equal(text_, (date));         \
	} while (0)

#define assert_instant(actual, when) assert_int_equal((actual).ms, at(when).ms)

/* data/holidays.csv; tests run in the top folder. */
static inline size_t support_holidays(struct arena *a, struct holiday *h, size_t max)
{
	FILE *f = fopen("data/holidays.csv", "r");
	char line[256];
	size_t n = 0;

	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	while (n < max && fgets(line, sizeof(line), f)) {
		char kind[32], name[128], certainty[32];

		assert_int_equal(sscanf(line + 10, ",%31[^,],%127[^,],%31[^,]", kind, name, certainty), 3);
		line[10] = '\0';
		h[n++] = (struct holiday){
			.on = on(line),
			.kind = strcmp(kind, "cuti_bersama") == 0 ? HOLIDAY_CUTI_BERSAMA : HOLIDAY_NATIONAL,
			.scope = "",
			.name = arena_strdup(a, name),
			.is_estimate = strcmp(certainty, "perkiraan") == 0,
		};
	}
	fclose(f);
	return n;
}

static inline struct calendar *support_calendar(struct arena *a, bool cuti_bersama_is_free)
{
	struct holiday *h = arena_new_many(a, struct holiday, 512);
	size_t n = support_holidays(a, h, 512);

	assert_int_equal(n, 230);
	return calendar_new(a, h, n, "", ZONE_WIB, SUPPORT_HOURS, cuti_bersama_is_free);
}

#endif
