/* SPDX-License-Identifier: Apache-2.0 */
#include "web/figures_past.h"

#include <stdlib.h>

#include "query_public.h"
#include "web/directory.h"

#define FIGURE "verified"

enum rc figures_past_load(struct db *db, struct arena *a, struct day today, const struct figures_past **ret)
{
	struct civil t = day_to_civil(today);
	struct figures_past *f = arena_new_one(a, struct figures_past);
	struct figure_categories_row *rows;
	struct figure_count *list;
	size_t n;

	TRY(q_figure_categories(db, a, &(struct figure_categories_args){
		.figure = FIGURE, .from_on = day_from_civil(t.year, t.month, 1), .until_on = today }, &rows, &n));
	list = arena_new_many(a, struct figure_count, n + 1);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct figure_count){ rows[i].id.v, rows[i].n };
	*f = (struct figures_past){ .until = today, .categories = { list, n } };
	*ret = f;
	return RC_OK;
}

/* Rows come by dimension, which is minus the category, backwards. */
static enum rc load_today(struct ctx *c, struct day today, struct figure_counts *ret)
{
	struct figure_categories_on_row *rows;
	struct figure_count *list;
	size_t n;

	TRY(q_figure_categories_on(c->db, c->a, &(struct figure_categories_on_args){ .on_day = today, .figure = FIGURE },
				   &rows, &n));
	list = arena_new_many(c->a, struct figure_count, n + 1);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct figure_count){ -rows[i].dimension, rows[i].n };
	*ret = (struct figure_counts){ list, n };
	return RC_OK;
}

static int by_category(const void *a, const void *b)
{
	const struct figure_count *x = a, *y = b;

	return (x->category > y->category) - (x->category < y->category);
}

static int64_t count_of(const struct figure_counts *all, int64_t category)
{
	const struct figure_count *found = bsearch(&(struct figure_count){ .category = category }, all->p, all->n,
						   sizeof(*all->p), by_category);

	return found ? found->n : 0;
}

/* Just after midnight the almanac still has what was over the day before. */
enum rc figures_categories(struct ctx *c, struct day today, int64_t **ret)
{
	struct directory_choices all = directory_category_choices(c->directory);
	const struct figures_past *past = c->figures;
	struct figure_counts now;

	if (!past || past->until.n != today.n)
		TRY(figures_past_load(c->db, c->a, today, &past));
	TRY(load_today(c, today, &now));
	*ret = arena_new_many(c->a, int64_t, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		(*ret)[i] = count_of(&past->categories, all.p[i].id) + count_of(&now, all.p[i].id);
	return RC_OK;
}
