/* SPDX-License-Identifier: Apache-2.0
 * public_info - statistics and the pages about the service itself. They promise only what the program does.
 */
#include "app/settings.h"
#include "tmpl_public_info.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/public_draft.h"
#include "web/public_figures.h"

static struct info_page info_of(struct ctx *c)
{
	return (struct info_page){
		.site_name = c->settings->site_name,
		.operator_name = c->settings->operator_name,
		.limits = public_limits(rules_on(public_today(c))),
		.channels = public_channels(c),
		.files_max = REPORT_FILES_MAX,
		.file_mb_max = PUBLIC_FILE_MB,
		.draft_days = PUBLIC_DRAFT_DAYS,
	};
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const char *title,
		    enum layout_nav nav, void (*view)(struct out *, const struct info_page *))
{
	const struct info_page info = info_of(c);
	struct page p;

	page_init(&p, c, req, res);
	p.layout.title = title;
	p.layout.nav = nav;
	page_begin(&p);
	view(&p.out, &info);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}

enum rc help_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, msg_help_title(c->lang), NAV_HELP, view_help);
}

enum rc standard_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, msg_standard_title(c->lang), NAV_NONE, view_standard);
}

enum rc privacy_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, msg_privacy_title(c->lang), NAV_NONE, view_privacy);
}

enum rc accessibility_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, msg_a11y_title(c->lang), NAV_NONE, view_accessibility);
}

enum rc statistics_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct pub_limits limits = public_limits(rules_on(public_today(c)));
	struct stats_page s = { 0 };
	struct page p;

	TRY(public_figures_page(c, &s));
	page_init(&p, c, req, res);
	p.layout.title = msg_stats_title(c->lang);
	p.layout.nav = NAV_STATISTICS;
	page_begin(&p);
	view_stats(&p.out, &s, &limits);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}
