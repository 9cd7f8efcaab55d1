/* SPDX-License-Identifier: Apache-2.0
 * public_home - the start page: promise, figures, stages, newest reports. Nothing personal on it.
 */
#include "app/settings.h"
#include "query_public.h"
#include "tmpl_public.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/public_figures.h"

#define HOME_ITEMS 5
#define HOME_CATEGORIES 5

static enum rc load_newest(struct ctx *c, struct pub_items *ret)
{
	struct public_window_all_row *rows;
	struct report_id ids[HOME_ITEMS];
	size_t n;

	TRY(q_public_window_all(c->db, c->a, &(struct public_window_all_args){
		.before_at = { INT64_MAX }, .before_id = { INT64_MAX }, .max_rows = HOME_ITEMS }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	return public_items_load(c, ids, n, ret);
}

enum rc home_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct home_page h = { .site_name = c->settings->site_name, .channels = public_channels(c) };
	struct page p;

	h.limits = public_limits(rules_on(public_today(c)));
	TRY(public_figures_month(c, &h.figures));
	TRY(public_figures_categories(c, &h.figures, HOME_CATEGORIES, &h.top, &h.n_top));
	h.top_max = h.n_top > 0 ? h.top[0].n : 1;
	TRY(load_newest(c, &h.newest));

	page_init(&p, c, req, res);
	p.layout.title = msg_home_title(c->lang);
	p.layout.nav = NAV_HOME;
	page_begin(&p);
	view_pub_home(&p.out, &h);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}
