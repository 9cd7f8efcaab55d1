/* SPDX-License-Identifier: Apache-2.0 */
#include "i18n/format.h"

static const char *const weekdays[LANG_COUNT][7] = {
	[LANG_ID] = { "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu" },
	[LANG_EN] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};
static const char *const months[LANG_COUNT][12] = {
	[LANG_ID] = { "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
		      "Oktober", "November", "Desember" },
	[LANG_EN] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
		      "October", "November", "December" },
};
static const char *const months_short[LANG_COUNT][12] = {
	[LANG_ID] = { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des" },
	[LANG_EN] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
};

const char *format_weekday(enum lang lang, int weekday)
{
	BUG_ON(weekday < 0 || weekday > 6);
	return weekdays[lang][weekday];
}

const char *format_month(enum lang lang, int month)
{
	BUG_ON(month < 1 || month > 12);
	return months[lang][month - 1];
}

const char *format_month_short(enum lang lang, int month)
{
	BUG_ON(month < 1 || month > 12);
	return months_short[lang][month - 1];
}

void format_int(struct buf *b, enum lang lang, int64_t n)
{
	char digits[24], *end = digits + sizeof(digits), *p = end;
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t count;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	count = (size_t)(end - p);
	if (n < 0)
		buf_char(b, '-');
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			buf_char(b, lang == LANG_EN ? ',' : '.');
		buf_char(b, p[i]);
	}
}

void format_dec1(struct buf *b, enum lang lang, int64_t tenths)
{
	int64_t whole = tenths / 10, rest = tenths % 10;

	if (tenths < 0 && whole == 0)
		buf_char(b, '-');
	format_int(b, lang, whole);
	if (rest == 0)
		return;
	buf_char(b, lang == LANG_EN ? '.' : ',');
	buf_int(b, rest < 0 ? -rest : rest);
}

void format_bytes(struct buf *b, enum lang lang, int64_t bytes)
{
	static const char *const units[] = { "KB", "MB", "GB", "TB" };
	int64_t tenths = bytes * 10;
	size_t unit = 0;

	if (bytes < 1024) {
		format_int(b, lang, bytes);
		buf_str(b, lang == LANG_EN ? " bytes" : " byte");
		return;
	}
	tenths = (tenths + 512) / 1024;
	while (tenths >= 10240 && unit + 1 < ARRAY_LEN(units)) {
		tenths = (tenths + 512) / 1024;
		unit++;
	}
	/* Tenths only where they say something: 2,4 MB but 210 KB. */
	if (tenths >= 100)
		tenths = (tenths + 5) / 10 * 10;
	format_dec1(b, lang, tenths);
	buf_char(b, ' ');
	buf_str(b, units[unit]);
}

static void add_date(struct buf *b, int day, const char *month, int year)
{
	buf_printf(b, "%d %s %d", day, month, year);
}

void format_day(struct buf *b, enum lang lang, struct day d)
{
	struct civil c;

	if (d.n == INT32_MIN)
		return;
	c = day_to_civil(d);
	buf_str(b, format_weekday(lang, c.weekday));
	buf_lit(b, ", ");
	add_date(b, c.day, format_month(lang, c.month), c.year);
}

void format_day_short(struct buf *b, enum lang lang, struct day d)
{
	struct civil c;

	if (d.n == INT32_MIN)
		return;
	c = day_to_civil(d);
	add_date(b, c.day, format_month_short(lang, c.month), c.year);
}

static void add_clock(struct buf *b, enum lang lang, struct civil c)
{
	buf_printf(b, lang == LANG_EN ? "%02d:%02d" : "%02d.%02d", c.hour, c.minute);
}

void format_clock(struct buf *b, enum lang lang, enum zone zone, struct instant t)
{
	if (!instant_is_set(t))
		return;
	add_clock(b, lang, instant_civil(t, zone));
	buf_char(b, ' ');
	buf_str(b, zone_name(zone));
}

void format_time(struct buf *b, enum lang lang, enum zone zone, struct instant t)
{
	if (!instant_is_set(t))
		return;
	format_day(b, lang, instant_day(t, zone));
	buf_str(b, lang == LANG_EN ? " at " : " pukul ");
	format_clock(b, lang, zone, t);
}

void format_time_short(struct buf *b, enum lang lang, enum zone zone, struct instant t)
{
	if (!instant_is_set(t))
		return;
	format_day_short(b, lang, instant_day(t, zone));
	buf_lit(b, ", ");
	add_clock(b, lang, instant_civil(t, zone));
}
