/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_window.h"

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "query_public.h"

/* Rows looked at in one window when filters combine, and windows for one page. */
#define DEEP 600
#define WINDOWS 5
#define SHALLOW (WINDOW_PAGE + 1)

struct row {
	int64_t at_ms, id;
	int64_t category, opd, agency;
	const char *region;
	enum state state;
};

struct rows {
	struct row *p;
	size_t n, cap;
	struct window_cursor bound; /* nothing older than this is complete */
	bool is_bounded;
};

bool public_window_cursor_parse(const char *s, struct window_cursor *ret)
{
	return parse_int_pair(s, '-', 0, INT64_MAX, &ret->at_ms, &ret->id);
}

const char *public_window_cursor_word(struct arena *a, struct window_cursor cur)
{
	return arena_printf(a, "%lld-%lld", (long long)cur.at_ms, (long long)cur.id);
}

static bool is_older(int64_t at_ms, int64_t id, struct window_cursor than)
{
	return at_ms < than.at_ms || (at_ms == than.at_ms && id < than.id);
}

static void push(struct ctx *c, struct rows *all, struct row r)
{
	if (all->n == all->cap) {
		size_t cap = all->cap ? all->cap * 2 : 64;
		struct row *p = arena_new_many(c->a, struct row, cap);

		if (all->n)
			memcpy(p, all->p, all->n * sizeof(*p));
		all->p = p;
		all->cap = cap;
	}
	all->p[all->n++] = r;
}

/* A full window may have more behind its last row: what is older in other windows has to wait. */
static void bound(struct rows *all, size_t got, int64_t asked, int64_t at_ms, int64_t id)
{
	if ((int64_t)got < asked)
		return;
	if (!all->is_bounded ||
	    is_older(all->bound.at_ms, all->bound.id, (struct window_cursor){ at_ms, id }))
		all->bound = (struct window_cursor){ at_ms, id };
	all->is_bounded = true;
}

/* The rows of the generated queries are alike but of different types. */
#define TAKE(c, all, rows, n, asked)                                                                  \
	do {                                                                                          \
		for (size_t i_ = 0; i_ < (n); i_++)                                                   \
			push((c), (all),                                                              \
			     (struct row){ (rows)[i_].received_at.ms, (rows)[i_].id.v,                \
					   (rows)[i_].category_id.v, (rows)[i_].opd_id.v,             \
					   (rows)[i_].agency_id.v, (rows)[i_].region_code,            \
					   (rows)[i_].state });                                       \
		if ((n) > 0)                                                                          \
			bound((all), (n), (asked), (rows)[(n)-1].received_at.ms, (rows)[(n)-1].id.v); \
	} while (0)

static enum rc load_all(struct ctx *c, struct window_cursor from, int64_t max, struct rows *all)
{
	struct public_window_all_row *rows;
	size_t n;

	TRY(q_public_window_all(c->db, c->a, &(struct public_window_all_args){
		.before_at = { from.at_ms }, .before_id = { from.id }, .max_rows = max }, &rows, &n));
	TAKE(c, all, rows, n, max);
	return RC_OK;
}

static enum rc load_category(struct ctx *c, int64_t category, struct window_cursor from, int64_t max,
			     struct rows *all)
{
	struct public_window_category_row *rows;
	size_t n;

	TRY(q_public_window_category(c->db, c->a, &(struct public_window_category_args){
		.category_id = { category }, .before_at = { from.at_ms }, .before_id = { from.id },
		.max_rows = max }, &rows, &n));
	TAKE(c, all, rows, n, max);
	return RC_OK;
}

static enum rc load_opd(struct ctx *c, struct agency_id opd, struct window_cursor from, int64_t max,
			struct rows *all)
{
	struct public_window_opd_row *rows;
	size_t n;

	TRY(q_public_window_opd(c->db, c->a,
				&(struct public_window_opd_args){ .opd_id = opd,
								  .before_at = { from.at_ms },
								  .before_id = { from.id },
								  .max_rows = max },
				&rows, &n));
	TAKE(c, all, rows, n, max);
	return RC_OK;
}

static enum rc load_region(struct ctx *c, const char *code, struct window_cursor from, int64_t max,
			   struct rows *all)
{
	struct public_window_region_row *rows;
	size_t n;

	TRY(q_public_window_region(c->db, c->a, &(struct public_window_region_args){
		.region_code = code, .before_at = { from.at_ms }, .before_id = { from.id }, .max_rows = max },
		&rows, &n));
	TAKE(c, all, rows, n, max);
	return RC_OK;
}

static enum rc load_state(struct ctx *c, enum state state, struct window_cursor from, int64_t max,
			  struct rows *all)
{
	struct public_window_state_row *rows;
	size_t n;

	TRY(q_public_window_state(c->db, c->a,
				  &(struct public_window_state_args){ .state = state,
								      .before_at = { from.at_ms },
								      .before_id = { from.id },
								      .max_rows = max },
				  &rows, &n));
	TAKE(c, all, rows, n, max);
	return RC_OK;
}

/* How many filters are set; one alone needs no looking into the rows. */
static int count_filters(const struct window_filter *f)
{
	return (f->n_categories > 0) + (f->agency.v != 0) + (f->region != NULL) +
	       (f->n_states > 0);
}

static enum rc load_states(struct ctx *c, const struct window_filter *f, struct window_cursor from,
			   int64_t max, struct rows *all)
{
	for (size_t i = 0; i < f->n_states; i++)
		TRY(load_state(c, f->states[i], from, max, all));
	return RC_OK;
}

/* Of all reports few are open, so an open state narrows more than anything. */
static bool states_are_open(const struct window_filter *f)
{
	bool open = f->n_states > 0;

	for (size_t i = 0; i < f->n_states; i++)
		open &= state_is_open(f->states[i]);
	return open;
}

static enum rc load_sources(struct ctx *c, const struct window_filter *f, struct window_cursor from,
			    struct rows *all)
{
	bool direct = count_filters(f) <= 1;
	size_t n_sources = f->n_categories + f->n_regions + f->n_states;
	int64_t max = direct ? SHALLOW : n_sources > 1 ? DEEP / (int64_t)n_sources + SHALLOW : DEEP;

	if (states_are_open(f))
		return load_states(c, f, from, max, all);
	if (f->agency.v && f->agency_is_opd)
		return load_opd(c, f->agency, from, max, all);
	for (size_t i = 0; i < f->n_categories; i++)
		TRY(load_category(c, f->categories[i], from, max, all));
	if (f->n_categories)
		return RC_OK;
	for (size_t i = 0; i < f->n_regions; i++)
		TRY(load_region(c, f->regions[i], from, max, all));
	if (f->n_regions)
		return RC_OK;
	if (f->region || f->agency.v)
		return load_all(c, from, DEEP, all);
	return f->n_states ? load_states(c, f, from, max, all) : load_all(c, from, SHALLOW, all);
}

static bool fits_region(const char *code, const char *wanted)
{
	size_t n = strlen(wanted);

	return code && strncmp(code, wanted, n) == 0 && (code[n] == '\0' || code[n] == '.');
}

static bool fits(const struct window_filter *f, const struct row *r)
{
	bool category = f->n_categories == 0, state = f->n_states == 0;

	for (size_t i = 0; i < f->n_categories && !category; i++)
		category = f->categories[i] == r->category;
	for (size_t i = 0; i < f->n_states && !state; i++)
		state = f->states[i] == r->state;
	return category && state &&
	       (f->agency.v == 0 || f->agency.v == (f->agency_is_opd ? r->opd : r->agency)) &&
	       (!f->region || fits_region(r->region, f->region)) &&
	       (f->year == 0 || (r->at_ms >= f->since.ms && r->at_ms < f->until.ms));
}

static int newer_first(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* What of one window belongs on the page. Sets next to where the search stands. */
static void take_window(const struct window_filter *f, struct rows *all, struct window_page *ret)
{
	ret->has_next = ret->went_far = false;
	if (all->n)
		qsort(all->p, all->n, sizeof(*all->p), newer_first);
	for (size_t i = 0; i < all->n; i++) {
		const struct row *r = &all->p[i];

		if (r->at_ms < f->since.ms)
			return;
		if (all->is_bounded && is_older(r->at_ms, r->id, all->bound))
			break;
		if (!fits(f, r))
			continue;
		if (ret->n == WINDOW_PAGE) {
			ret->has_next = true;
			return;
		}
		ret->ids[ret->n++] = (struct report_id){ r->id };
		ret->next = (struct window_cursor){ r->at_ms, r->id };
	}
	if (all->is_bounded && all->bound.at_ms >= f->since.ms) {
		ret->has_next = ret->went_far = true;
		ret->next = all->bound;
	}
}

/* The index may be a moment behind: the row decides. */
static bool fits_hit(void *arg, const struct find_hits_row *hit)
{
	const struct row r = { hit->received_at.ms, hit->id.v, hit->category_id.v, hit->opd_id.v, hit->agency_id.v,
			       hit->region_code, hit->state };

	return hit->is_public && fits(arg, &r);
}

static enum rc load_found(struct ctx *c, const struct window_filter *f, struct window_cursor from, struct window_page *ret)
{
	struct find *find = f->find;
	struct find_cursor cursor = { from.id, find->is_best_first && from.at_ms != WINDOW_LAST ? from.at_ms : 0 };
	struct window_filter looked_at = *f;
	struct found page;

	find->scope = (struct marks_scope){
		.is_public = true, .is_open = states_are_open(f), .line = f->agency, .categories = f->categories,
		.n_categories = f->n_categories, .region = f->region, .year = f->year, .month = f->month,
	};
	find->fits = fits_hit;
	find->arg = &looked_at;
	TRY(find_load(c, find, cursor, WINDOW_PAGE, &page));
	*ret = (struct window_page){ .n = page.n, .has_next = page.has_next, .went_far = page.went_far,
				     .is_next_older = page.is_next_older };
	memcpy(ret->ids, page.ids, page.n * sizeof(*page.ids));
	ret->next = (struct window_cursor){ find->is_best_first ? page.next.skip : WINDOW_LAST, page.next.before };
	return RC_OK;
}

enum rc public_window_load(struct ctx *c, const struct window_filter *f, struct window_cursor from,
			   struct window_page *ret)
{
	if (f->find)
		return load_found(c, f, from, ret);
	if (f->year && from.at_ms > f->until.ms)
		from = (struct window_cursor){ f->until.ms, 0 };
	*ret = (struct window_page){ .next = from };
	for (int window = 0; window < WINDOWS; window++) {
		struct rows all = { 0 };

		TRY(load_sources(c, f, ret->next, &all));
		take_window(f, &all, ret);
		if (!ret->went_far)
			break;
	}
	return RC_OK;
}
