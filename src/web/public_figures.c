/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_figures.h"

#include "i18n/format.h"
#include "query_public.h"
#include "web/directory.h"
#include "web/figures_past.h"
#include "web/public_common.h"

#define FINISHED_DAYS 90
#define MONTHS 6
#define STATS_CATEGORIES 10
#define STATS_AGENCIES 100

static enum rc sum(struct ctx *c, const char *figure, struct day from, struct day to, int64_t *ret)
{
	struct figure_sum_row r;

	TRY(q_figure_sum(c->db, c->a, &(struct figure_sum_args){
		.figure = figure, .dimension = 0, .from_on = from, .to_on = to }, &r));
	*ret = r.n;
	return RC_OK;
}

/* Rounded down, so that 100 is said of all only; -1 of nothing. */
static int percent(int64_t part, int64_t whole)
{
	if (whole <= 0)
		return -1;
	return part >= whole ? 100 : (int)(part * 100 / whole);
}

static int tenths(int64_t total, int64_t count)
{
	return count > 0 ? (int)((total * 10 + count / 2) / count) : -1;
}

static struct day month_begin(struct day d)
{
	struct civil t = day_to_civil(d);

	return day_from_civil(t.year, t.month, 1);
}

enum rc public_figures_month(struct ctx *c, struct pub_figures *ret)
{
	struct day today = public_today(c), from = month_begin(today),
		   past = day_add(today, 1 - FINISHED_DAYS);
	int64_t verified, in_time, followed, days, received, closed;

	*ret = (struct pub_figures){ .at = c->now, .from = from, .to = today };
	TRY(sum(c, "received", from, today, &ret->received));
	TRY(sum(c, "verified", from, today, &verified));
	TRY(sum(c, "verified_in_time", from, today, &in_time));
	TRY(sum(c, "followed_up", from, today, &followed));
	TRY(sum(c, "follow_up_wd", from, today, &days));
	TRY(sum(c, "received", past, today, &received));
	TRY(sum(c, "closed", past, today, &closed));
	ret->verified_in_time_pct = percent(in_time, verified);
	ret->follow_up_wd_tenths = tenths(days, followed);
	ret->finished_pct = percent(closed, received);
	ret->any = ret->received > 0 || received > 0;
	return RC_OK;
}

/* The largest first; of the same number, the one whose name comes first. */
static size_t insert(struct home_category *list, size_t n, size_t max, struct home_category new)
{
	size_t at = n;

	while (at > 0 && list[at - 1].n < new.n)
		at--;
	if (at == max)
		return n;
	n += n < max;
	for (size_t i = n - 1; i > at; i--)
		list[i] = list[i - 1];
	list[at] = new;
	return n;
}

enum rc public_figures_categories(struct ctx *c, const struct pub_figures *f, size_t max,
				  const struct home_category **ret, size_t *ret_n)
{
	struct directory_choices all = directory_category_choices(c->directory);
	struct home_category *list = arena_new_many(c->a, struct home_category, max);
	int64_t *counts;
	size_t n = 0;

	TRY(figures_categories(c, f->to, &counts));
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].is_active && counts[i] > 0)
			n = insert(list, n, max, (struct home_category){ all.p[i].name, counts[i] });
	*ret = list;
	*ret_n = n;
	return RC_OK;
}

/* "November 2026" */
static const char *month_name(struct ctx *c, struct day first)
{
	struct civil t = day_to_civil(first);

	return arena_printf(c->a, "%s %d", format_month(c->lang, t.month), t.year);
}

static enum rc load_months(struct ctx *c, struct stats_page *p)
{
	struct stats_month *months = arena_new_many(c->a, struct stats_month, MONTHS);
	struct day to = public_today(c), from = month_begin(to);

	for (size_t i = MONTHS; i-- > 0;) {
		months[i].name = month_name(c, from);
		TRY(sum(c, "received", from, to, &months[i].received));
		TRY(sum(c, "closed", from, to, &months[i].closed));
		if (months[i].received > p->months_max)
			p->months_max = months[i].received;
		to = day_add(from, -1);
		from = month_begin(to);
	}
	p->months = months;
	p->n_months = MONTHS;
	return RC_OK;
}

static enum rc load_agencies(struct ctx *c, struct stats_page *p)
{
	struct figure_agencies_row *rows;
	struct stats_row *list;
	size_t n;

	TRY(q_figure_agencies(c->db, c->a, &(struct figure_agencies_args){
		.from_on = p->figures.from, .to_on = p->figures.to, .level = LEVEL_OPD,
		.max_rows = STATS_AGENCIES }, &rows, &n));
	list = arena_new_many(c->a, struct stats_row, n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].received + rows[i].answered + rows[i].closed + rows[i].followed_up == 0)
			continue;
		list[p->n_rows++] = (struct stats_row){
			.name = public_agency_name(c, rows[i].name),
			.received = rows[i].received,
			.answered = rows[i].answered,
			.closed = rows[i].closed,
			.follow_up_wd_tenths = tenths(rows[i].follow_up_wd, rows[i].followed_up),
		};
		if (rows[i].received > p->rows_max)
			p->rows_max = rows[i].received;
	}
	p->rows = list;
	return RC_OK;
}

enum rc public_figures_page(struct ctx *c, struct stats_page *ret)
{
	TRY(public_figures_month(c, &ret->figures));
	struct day from = ret->figures.from, to = ret->figures.to;

	TRY(sum(c, "closed", from, to, &ret->closed));
	TRY(sum(c, "archived", from, to, &ret->archived));
	TRY(sum(c, "closed_by_system", from, to, &ret->closed_by_system));
	TRY(sum(c, "closed_by_admin", from, to, &ret->closed_by_admin));
	TRY(sum(c, "closed_by_reporter", from, to, &ret->closed_by_reporter));
	TRY(public_figures_categories(c, &ret->figures, STATS_CATEGORIES, &ret->categories,
				      &ret->n_categories));
	ret->categories_max = ret->n_categories > 0 ? ret->categories[0].n : 1;
	TRY(load_months(c, ret));
	return load_agencies(c, ret);
}
