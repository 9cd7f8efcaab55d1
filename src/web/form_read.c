/* SPDX-License-Identifier: Apache-2.0 */
#include "web/form_read.h"

#include <string.h>

#include "base/parse.h"
#include "base/utf8.h"

struct form_read form_read_begin(struct ctx *c, const struct request *req)
{
	return (struct form_read){ .c = c, .req = req, .fields = req->form, .n_fields = req->n_form };
}

struct form_read form_read_query(struct ctx *c, const struct request *req)
{
	return (struct form_read){ .c = c, .req = req, .fields = req->query, .n_fields = req->n_query };
}

static const char *find(const struct form_read *f, const char *field)
{
	for (size_t i = 0; i < f->n_fields; i++)
		if (strcmp(f->fields[i].name, field) == 0)
			return f->fields[i].value;
	return "";
}

/* The list of problems is bounded; past it the page has enough to show. */
static void problem(struct form_read *f, const char *field, enum field_error error)
{
	if (f->problems.n < ARRAY_LEN(f->problems.p))
		f->problems.p[f->problems.n++] = (struct field_problem){ .field = field, .error = error };
}

static const char *read_text(struct form_read *f, const char *field, size_t min_points, size_t max_points, bool lines)
{
	const char *text = utf8_clean(f->c->a, find(f, field), lines);
	size_t points = utf8_length(text);

	if (points == 0 && min_points > 0)
		problem(f, field, FIELD_REQUIRED);
	else if (points > 0 && points < min_points)
		problem(f, field, FIELD_TOO_SHORT);
	else if (points > max_points)
		problem(f, field, FIELD_TOO_LONG);
	return text;
}

const char *form_read_text(struct form_read *f, const char *field, size_t min_points, size_t max_points)
{
	return read_text(f, field, min_points, max_points, false);
}

const char *form_read_lines(struct form_read *f, const char *field, size_t min_points, size_t max_points)
{
	return read_text(f, field, min_points, max_points, true);
}

const char *form_read_raw(const struct form_read *f, const char *field)
{
	return find(f, field);
}

int64_t form_read_int(struct form_read *f, const char *field, int64_t lo, int64_t hi, int64_t fallback)
{
	const char *text = form_read_text(f, field, 0, 32);
	int64_t value = fallback;

	if (text[0] != '\0' && !parse_int(text, lo, hi, &value))
		problem(f, field, FIELD_NOT_A_NUMBER);
	return value;
}

int64_t form_read_id(struct form_read *f, const char *field)
{
	const char *text = find(f, field);
	int64_t id = 0;

	if (text[0] != '\0' && !parse_int(text, 0, INT64_MAX, &id))
		problem(f, field, FIELD_NOT_A_CHOICE);
	return id;
}

bool form_read_checked(const struct form_read *f, const char *field)
{
	const char *text = find(f, field);

	return text[0] != '\0' && strcmp(text, "0") != 0;
}

int form_read_choice(struct form_read *f, const char *field, const char *const *choices)
{
	const char *text = find(f, field);

	if (text[0] == '\0')
		return -1;
	for (int i = 0; choices[i]; i++)
		if (strcmp(choices[i], text) == 0)
			return i;
	problem(f, field, FIELD_NOT_A_CHOICE);
	return -1;
}

/* One of the three inputs of a date; blanks around a number are a thumb's slip, not an error. */
static const char *date_part(const struct form_read *f, const char *field, const char *part)
{
	return utf8_clean(f->c->a, find(f, arena_printf(f->c->a, "%s_%s", field, part)), false);
}

static bool day_of_parts(const char *day, const char *month, const char *year, struct day *ret)
{
	int64_t d, m, y;

	if (strlen(day) > 2 || strlen(month) > 2 || strlen(year) != 4)
		return false;
	if (!parse_int(day, 1, 31, &d) || !parse_int(month, 1, 12, &m) || !parse_int(year, 1900, 2200, &y))
		return false;
	if (!day_is_valid((int)y, (int)m, (int)d))
		return false;
	*ret = day_from_civil((int)y, (int)m, (int)d);
	return true;
}

struct day form_read_day(struct form_read *f, const char *field)
{
	const char *iso = utf8_clean(f->c->a, find(f, field), false);
	const char *day = date_part(f, field, "hari"), *month = date_part(f, field, "bulan");
	const char *year = date_part(f, field, "tahun");
	struct day value = { INT32_MIN };
	bool ok = true;

	if (iso[0] != '\0')
		ok = day_parse(iso, &value);
	else if (day[0] != '\0' || month[0] != '\0' || year[0] != '\0')
		ok = day_of_parts(day, month, year, &value);
	if (!ok)
		problem(f, field, FIELD_DATE_INVALID);
	return value;
}

size_t form_read_ids(struct form_read *f, const char *field, int64_t *ret, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_fields && n < max; i++) {
		if (strcmp(f->fields[i].name, field) != 0)
			continue;
		if (parse_int(f->fields[i].value, 1, INT64_MAX, &ret[n]))
			n++;
		else
			problem(f, field, FIELD_NOT_A_CHOICE);
	}
	return n;
}
