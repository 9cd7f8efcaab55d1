/* SPDX-License-Identifier: Apache-2.0
 * lapor_date - the dates and times of LAPOR!'s exports, and what spreadsheet programs make of them.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cmd/lapor.h"

/* Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01. */
#define SHEET_EPOCH_DAYS 25569

static const char *const month_text[12] = {
	"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
};

/* By the first letters: "Agustus", "Agt", "Ags" and "August" are one month. 0 when it is none. */
static int month_of(const char *word, size_t n)
{
	static const struct {
		const char *begin;
		int month;
	} known[] = {
		{ "jan", 1 }, { "feb", 2 }, { "peb", 2 }, { "mar", 3 }, { "apr", 4 }, { "mei", 5 }, { "may", 5 },
		{ "jun", 6 }, { "jul", 7 }, { "agu", 8 }, { "agt", 8 }, { "ags", 8 }, { "aug", 8 }, { "sep", 9 },
		{ "okt", 10 }, { "oct", 10 }, { "nov", 11 }, { "nop", 11 }, { "des", 12 }, { "dec", 12 },
	};

	for (size_t i = 0; n >= 3 && i < ARRAY_LEN(known); i++)
		if (strncasecmp(word, known[i].begin, 3) == 0)
			return known[i].month;
	return 0;
}

/* The next number, after separators; -1 when there is none. */
static int next_number(const char **s, int *ret_digits)
{
	int v = 0, n = 0;

	while (**s == ' ' || **s == '/' || **s == '-' || **s == '.' || **s == ',')
		(*s)++;
	for (; isdigit((unsigned char)**s) && n < 5; (*s)++, n++)
		v = v * 10 + (**s - '0');
	*ret_digits = n;
	return n == 0 ? -1 : v;
}

static int next_month(const char **s)
{
	const char *from;
	int digits;

	while (**s == ' ' || **s == '-' || **s == '/' || **s == '.' || **s == ',')
		(*s)++;
	if (isdigit((unsigned char)**s))
		return next_number(s, &digits);
	from = *s;
	while (isalpha((unsigned char)**s))
		(*s)++;
	return month_of(from, (size_t)(*s - from));
}

/* Day, month, year, or year first when it has four digits. *s: what follows. */
static bool parse_civil(const char **s, struct instant *ret)
{
	int digits, first = next_number(s, &digits), month, last, year, day;
	bool year_first = digits == 4;

	month = next_month(s);
	last = next_number(s, &digits);
	if (first < 0 || last < 0 || (!year_first && digits != 4))
		return false;
	year = year_first ? first : last;
	day = year_first ? last : first;
	if (!day_is_valid(year, month, day))
		return false;
	ret->ms = day_from_civil(year, month, day).n * MS_PER_DAY;
	return true;
}

static bool parse_time_text(const char *s, int64_t *ret_ms)
{
	int part[3] = { -1, -1, 0 }, digits;

	for (int i = 0; i < 3; i++) {
		if (i > 0 && *s != ':' && *s != '.')
			break;
		s += i > 0;
		part[i] = next_number(&s, &digits);
		if (part[i] < 0 || digits > 2)
			return false;
	}
	while (*s == ' ')
		s++;
	if (strncasecmp(s, "PM", 2) == 0 && part[0] < 12)
		part[0] += 12;
	else if (strncasecmp(s, "AM", 2) == 0 && part[0] == 12)
		part[0] = 0;
	else if (strcasecmp(s, "AM") != 0 && strcasecmp(s, "PM") != 0 && *s != '\0' && strcasecmp(s, "UTC") != 0)
		return false;
	if (part[0] > 23 || part[1] < 0 || part[1] > 59 || part[2] > 59)
		return false;
	*ret_ms = part[0] * MS_PER_HOUR + part[1] * MS_PER_MINUTE + part[2] * INT64_C(1000);
	return true;
}

bool lapor_parse_date(const struct cell *cell, struct instant *ret_day_begin, int64_t *ret_ms, bool *ret_has_time)
{
	const char *s = cell->text;
	double whole;

	*ret_has_time = false;
	if (cell->type != CELL_TEXT) {
		/* From 1990 to 2200: other numbers are no dates. */
		if (cell->number < 32874 || cell->number > 109940)
			return false;
		*ret_ms = llround(modf(cell->number, &whole) * 86400) * 1000;
		*ret_has_time = *ret_ms > 0;
		ret_day_begin->ms = ((int64_t)whole - SHEET_EPOCH_DAYS) * MS_PER_DAY;
		return true;
	}
	/* A weekday may stand before it: "Sabtu, 3 Jan 2026". */
	while (isalpha((unsigned char)*s) || *s == ',' || *s == ' ' || *s == '\'')
		s++;
	if (!parse_civil(&s, ret_day_begin))
		return false;
	while (*s == ' ' || *s == 'T' || *s == ',')
		s++;
	if (*s == '\0')
		return true;
	*ret_has_time = parse_time_text(s, ret_ms);
	return *ret_has_time;
}

bool lapor_parse_time(const struct cell *cell, int64_t *ret_ms)
{
	double whole;

	if (cell->type == CELL_TEXT)
		return parse_time_text(cell->text, ret_ms);
	if (cell->number < 0)
		return false;
	*ret_ms = llround(modf(cell->number, &whole) * 86400) * 1000 % MS_PER_DAY;
	return true;
}

void lapor_date_text(struct instant at, char out[16])
{
	struct civil c = day_to_civil((struct day){ (int32_t)(at.ms / MS_PER_DAY) });

	snprintf(out, 16, "%d %s %d", c.day, month_text[c.month - 1], c.year % 10000);
}

void lapor_time_text(struct instant at, char out[9])
{
	int64_t s = at.ms / 1000 % 86400;

	snprintf(out, 9, "%02u:%02u:%02u", (unsigned)(s / 3600) % 100u, (unsigned)(s / 60 % 60), (unsigned)(s % 60));
}
