/* SPDX-License-Identifier: Apache-2.0 */
#include "core/marks.h"

#include <string.h>

#include "base/buf.h"

/* A thousand, eight thousand, a million. */
const int marks_block_bits[MARKS_LEVELS] = { 10, 13, 20 };

static const char *mark(struct arena *a, char what, int64_t n)
{
	return arena_printf(a, MARKS_BEGIN "%c%lld", what, (long long)n);
}

/* Digits only, "35.20.01" -> "352001": each level has its own length. */
static const char *region_mark(struct arena *a, const char *code, size_t n)
{
	char *out = arena_printf(a, MARKS_BEGIN "r%.*s", (int)n, code), *to = out + strlen(MARKS_BEGIN "r");

	for (const char *from = to; *from; from++)
		if (*from >= '0' && *from <= '9')
			*to++ = *from;
	*to = '\0';
	return out;
}

const char *marks_block(struct arena *a, int level, int64_t id)
{
	return mark(a, (char)('x' + level), id >> marks_block_bits[level]);
}

static const char *place_mark(struct arena *a, struct agency_id place)
{
	return mark(a, 'g', place.v);
}

static void add(struct buf *b, const char *one)
{
	if (b->n)
		buf_char(b, ' ');
	buf_str(b, one);
}

static void add_places(struct arena *a, struct buf *b, const struct marks_facts *f)
{
	const struct agency_id all[] = { f->holder, f->agency, f->opd, f->unit };

	for (size_t k = 0; k < ARRAY_LEN(all); k++) {
		bool is_new = all[k].v != 0;

		for (size_t i = 0; i < k; i++)
			is_new &= all[i].v != all[k].v;
		if (is_new)
			add(b, place_mark(a, all[k]));
	}
}

static void add_regions(struct arena *a, struct buf *b, const char *code)
{
	for (size_t n = 1; code && n <= strlen(code); n++)
		if (code[n] == '\0' || code[n] == '.')
			add(b, region_mark(a, code, n));
}

const char *marks_of_report(struct arena *a, const struct marks_facts *f)
{
	struct civil on = day_to_civil(f->received_on);
	const char *made;
	struct buf b;

	buf_init(&b, 4096);
	if (!f->is_public)
		add(&b, MARKS_HIDDEN);
	if (f->is_open)
		add(&b, MARKS_BEGIN "o");
	if (f->class)
		add(&b, mark(a, 'c', f->class));
	add_places(a, &b, f);
	if (f->category.v)
		add(&b, mark(a, 'k', f->category.v));
	add_regions(a, &b, f->region_code);
	add(&b, mark(a, 't', on.year));
	add(&b, mark(a, 'm', on.year * 100 + on.month));
	for (int level = 0; level < MARKS_LEVELS; level++)
		add(&b, marks_block(a, level, f->report.v));
	made = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

struct scope_out {
	struct arena *a;
	struct marks_list *list;
	size_t n;
};

static void ask_one(struct scope_out *o, const char *one)
{
	const char **marks = arena_new_many(o->a, const char *, 1);

	marks[0] = one;
	o->list[o->n++] = (struct marks_list){ marks, 1 };
}

static void ask_categories(struct scope_out *o, const struct marks_scope *s)
{
	const char **marks = arena_new_many(o->a, const char *, s->n_categories);

	for (size_t i = 0; i < s->n_categories; i++)
		marks[i] = mark(o->a, 'k', s->categories[i]);
	o->list[o->n++] = (struct marks_list){ marks, s->n_categories };
}

const char *marks_narrowest(struct arena *a, const struct marks_scope *s)
{
	if (s->place.v || s->line.v)
		return place_mark(a, s->place.v ? s->place : s->line);
	if (s->n_categories == 1)
		return mark(a, 'k', s->categories[0]);
	return s->month ? mark(a, 'm', s->year * 100 + s->month) : NULL;
}

size_t marks_of_scope(struct arena *a, const struct marks_scope *s, struct marks_list ret[MARKS_LISTS_MAX])
{
	struct scope_out o = { a, ret, 0 };

	if (s->is_open)
		ask_one(&o, MARKS_BEGIN "o");
	if (s->class)
		ask_one(&o, mark(a, 'c', s->class));
	if (s->line.v)
		ask_one(&o, place_mark(a, s->line));
	if (s->place.v && s->place.v != s->line.v)
		ask_one(&o, place_mark(a, s->place));
	if (s->n_categories)
		ask_categories(&o, s);
	if (s->region && *s->region)
		ask_one(&o, region_mark(a, s->region, strlen(s->region)));
	if (s->year)
		ask_one(&o, s->month ? mark(a, 'm', s->year * 100 + s->month) : mark(a, 't', s->year));
	return o.n;
}
