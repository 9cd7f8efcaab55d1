/* SPDX-License-Identifier: Apache-2.0 */
#include "web/directory.h"

#include <stdlib.h>
#include <string.h>

#include "query_lookup.h"
#include "tmpl_desk_parts.h"

#define HTML_MAX ((size_t)16 * 1024 * 1024)

struct named {
	int64_t id;
	const char *name;
};

struct names {
	struct named *p; /* by id */
	size_t n;
};

struct directory {
	struct directory_list categories, regions, agencies; /* agencies: by parent, then name */
	int64_t *parents; /* of each agency in the list */
	struct names category_names, agency_names;
	struct directory_choices category_choices, agency_choices; /* of agencies: by level, then name */
};

/* What the tables hold, as the digest and the lists are made from it. */
struct tables {
	struct directory_categories_row *categories;
	struct directory_agencies_row *agencies;
	struct region_children_row *regions;
	size_t n_categories, n_agencies, n_regions;
};

static enum rc read_tables(struct db *db, struct arena *a, const char *region_code, struct tables *t)
{
	TRY(q_directory_categories(db, a, &t->categories, &t->n_categories));
	TRY(q_directory_agencies(db, a, &t->agencies, &t->n_agencies));
	return q_region_children(db, a, region_code, &t->regions, &t->n_regions);
}

enum rc directory_digest(struct db *db, struct arena *a, const char *region_code, struct hash *ret)
{
	struct hash_state s;
	struct tables t;

	TRY(read_tables(db, a, region_code, &t));
	hash_begin(&s, NULL);
	for (size_t i = 0; i < t.n_categories; i++) {
		hash_int(&s, t.categories[i].id.v);
		hash_int(&s, t.categories[i].parent_id.v);
		hash_text(&s, t.categories[i].name);
		hash_text(&s, t.categories[i].slug);
		hash_int(&s, t.categories[i].is_active);
	}
	hash_int(&s, (int64_t)t.n_categories);
	for (size_t i = 0; i < t.n_agencies; i++) {
		hash_int(&s, t.agencies[i].id.v);
		hash_int(&s, t.agencies[i].parent_id.v);
		hash_text(&s, t.agencies[i].name);
		hash_text(&s, t.agencies[i].short_name);
		hash_text(&s, t.agencies[i].slug);
		hash_int(&s, t.agencies[i].level);
		hash_int(&s, t.agencies[i].is_active);
	}
	for (size_t i = 0; i < t.n_regions; i++) {
		hash_text(&s, t.regions[i].code);
		hash_text(&s, t.regions[i].name);
	}
	*ret = hash_end(&s);
	return RC_OK;
}

/* A list being made; items hold what their caller wrote, and where it stands in the markup. */
struct list_maker {
	struct arena *a;
	struct directory_item *p;
	size_t n;
	struct buf html;
};

static void list_begin(struct list_maker *m, struct arena *a, size_t most)
{
	*m = (struct list_maker){ .a = a, .p = arena_new_many(a, struct directory_item, most + 1) };
	buf_init(&m->html, HTML_MAX);
}

static void render(struct buf *b, const struct directory_item *item, bool selected)
{
	struct desk_option line = {
		.value = item->value, .text = item->name, .is_sub = item->is_sub, .selected = selected };
	struct out o;

	out_begin(&o, b, LANG_ID, ZONE_WIB);
	view_desk_options(&o, &(struct desk_options){ .p = &line, .n = 1 });
	out_end(&o);
	/* What stands between lines belongs to the select. */
	while (b->n > 0 && b->p[b->n - 1] == '\n')
		b->n--;
}

/* Where the markup of a selected line first differs, " selected" belongs. */
static void list_add(struct list_maker *m, struct directory_item item)
{
	const char *plain, *chosen;
	struct buf other;
	size_t same = 0;

	if (m->n > 0)
		buf_char(&m->html, '\n');
	item.begin = m->html.n;
	render(&m->html, &item, false);
	buf_init(&other, HTML_MAX);
	render(&other, &item, true);
	plain = buf_cstr(&m->html) + item.begin;
	chosen = buf_cstr(&other);
	while (same < m->html.n - item.begin && plain[same] == chosen[same])
		same++;
	item.mark = item.begin + same;
	buf_done(&other);
	m->p[m->n++] = item;
}

static struct directory_list list_end(struct list_maker *m)
{
	struct directory_list list = {
		.p = m->p, .n = m->n, .html = arena_strndup(m->a, buf_cstr(&m->html), m->html.n), .end = m->html.n };

	BUG_ON(m->html.overflow);
	buf_done(&m->html);
	return list;
}

static const char *id_text(struct arena *a, int64_t id)
{
	return arena_printf(a, "%lld", (long long)id);
}

static void add_category(struct list_maker *m, const struct directory_categories_row *r, bool is_sub)
{
	list_add(m, (struct directory_item){
		.id = r->id.v, .value = id_text(m->a, r->id.v), .name = r->name, .is_sub = is_sub });
}

/* Rows come by parent, those without one first. */
static struct directory_list category_tree(struct arena *a, const struct tables *t)
{
	const struct directory_categories_row *r = t->categories;
	struct list_maker m;

	list_begin(&m, a, t->n_categories);
	for (size_t i = 0; i < t->n_categories && r[i].parent_id.v == 0; i++) {
		if (!r[i].is_active)
			continue;
		add_category(&m, &r[i], false);
		for (size_t k = i + 1; k < t->n_categories; k++)
			if (r[k].parent_id.v == r[i].id.v && r[k].is_active)
				add_category(&m, &r[k], true);
	}
	return list_end(&m);
}

static struct directory_list region_list(struct arena *a, const struct tables *t)
{
	struct list_maker m;

	list_begin(&m, a, t->n_regions);
	for (size_t i = 0; i < t->n_regions; i++)
		list_add(&m, (struct directory_item){ .value = t->regions[i].code, .name = t->regions[i].name });
	return list_end(&m);
}

static void make_agencies(struct arena *a, const struct tables *t, struct directory *d)
{
	struct list_maker m;

	list_begin(&m, a, t->n_agencies);
	d->parents = arena_new_many(a, int64_t, t->n_agencies + 1);
	for (size_t i = 0; i < t->n_agencies; i++) {
		const struct directory_agencies_row *r = &t->agencies[i];

		if (!r->is_active)
			continue;
		d->parents[m.n] = r->parent_id.v;
		list_add(&m, (struct directory_item){ .id = r->id.v, .value = id_text(a, r->id.v), .name = r->name });
	}
	d->agencies = list_end(&m);
}

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static void make_names(struct arena *a, const struct tables *t, struct directory *d)
{
	d->category_names = (struct names){ arena_new_many(a, struct named, t->n_categories + 1), t->n_categories };
	d->agency_names = (struct names){ arena_new_many(a, struct named, t->n_agencies + 1), t->n_agencies };
	for (size_t i = 0; i < t->n_categories; i++)
		d->category_names.p[i] = (struct named){ t->categories[i].id.v, t->categories[i].name };
	for (size_t i = 0; i < t->n_agencies; i++)
		d->agency_names.p[i] = (struct named){ t->agencies[i].id.v, t->agencies[i].short_name };
	qsort(d->category_names.p, t->n_categories, sizeof(struct named), by_id);
	qsort(d->agency_names.p, t->n_agencies, sizeof(struct named), by_id);
}

static int by_level_and_name(const void *a, const void *b)
{
	const struct directory_choice *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (x->level != y->level)
		return x->level < y->level ? -1 : 1;
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void make_choices(struct arena *a, const struct tables *t, struct directory *d)
{
	struct directory_choice *categories = arena_new_many(a, struct directory_choice, t->n_categories + 1);
	struct directory_choice *agencies = arena_new_many(a, struct directory_choice, t->n_agencies + 1);

	for (size_t i = 0; i < t->n_categories; i++) {
		const struct directory_categories_row *r = &t->categories[i];

		categories[i] = (struct directory_choice){
			.id = r->id.v, .parent = r->parent_id.v, .slug = r->slug, .name = r->name, .is_active = r->is_active };
	}
	for (size_t i = 0; i < t->n_agencies; i++) {
		const struct directory_agencies_row *r = &t->agencies[i];

		agencies[i] = (struct directory_choice){ .id = r->id.v, .parent = r->parent_id.v, .level = r->level,
							 .slug = r->slug, .name = r->name, .is_active = r->is_active };
	}
	qsort(categories, t->n_categories, sizeof(*categories), by_level_and_name);
	qsort(agencies, t->n_agencies, sizeof(*agencies), by_level_and_name);
	d->category_choices = (struct directory_choices){ categories, t->n_categories };
	d->agency_choices = (struct directory_choices){ agencies, t->n_agencies };
}

enum rc directory_load(struct db *db, struct arena *a, const char *region_code, const struct directory **ret)
{
	struct directory *d = arena_new_one(a, struct directory);
	struct tables t;

	TRY(read_tables(db, a, region_code, &t));
	d->categories = category_tree(a, &t);
	d->regions = region_list(a, &t);
	make_agencies(a, &t, d);
	make_names(a, &t, d);
	make_choices(a, &t, d);
	*ret = d;
	return RC_OK;
}

struct directory_list directory_categories(const struct directory *d)
{
	return d->categories;
}

struct directory_list directory_regions(const struct directory *d)
{
	return d->regions;
}

/* The first agency whose parent is at least this one. */
static size_t first_below(const struct directory *d, int64_t parent)
{
	size_t low = 0, high = d->agencies.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (d->parents[mid] < parent)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct directory_list directory_below(const struct directory *d, struct agency_id parent)
{
	size_t from = first_below(d, parent.v), to = first_below(d, parent.v + 1);
	struct directory_list list = d->agencies;

	list.p += from;
	list.n = to - from;
	if (list.n == 0)
		list.end = 0;
	else if (to < d->agencies.n)
		list.end = d->agencies.p[to].begin - 1;
	return list;
}

struct directory_choices directory_category_choices(const struct directory *d)
{
	return d->category_choices;
}

struct directory_choices directory_agency_choices(const struct directory *d, enum level level)
{
	const struct directory_choices *all = &d->agency_choices;
	size_t from = 0, to;

	while (from < all->n && all->p[from].level < level)
		from++;
	for (to = from; to < all->n && all->p[to].level == level;)
		to++;
	return (struct directory_choices){ all->p + from, to - from };
}

static const char *find_name(const struct names *all, int64_t id)
{
	const struct named *found = bsearch(&(struct named){ .id = id }, all->p, all->n, sizeof(*all->p), by_id);

	return found ? found->name : NULL;
}

enum rc directory_category_name(struct ctx *c, struct category_id id, const char **ret)
{
	struct category_by_id_row row;

	*ret = id.v ? find_name(&c->directory->category_names, id.v) : NULL;
	if (id.v == 0 || *ret)
		return RC_OK;
	TRY(q_category_by_id(c->db, c->a, id, &row));
	*ret = row.name;
	return RC_OK;
}

enum rc directory_agency_short(struct ctx *c, struct agency_id id, const char **ret)
{
	struct agency_by_id_row row;

	*ret = id.v ? find_name(&c->directory->agency_names, id.v) : NULL;
	if (id.v == 0 || *ret)
		return RC_OK;
	TRY(q_agency_by_id(c->db, c->a, id, &row));
	*ret = row.short_name;
	return RC_OK;
}
