/* SPDX-License-Identifier: Apache-2.0 */
#include "web/page.h"

#include <string.h>

#include "app/settings.h"
#include "i18n/vocab.h"
#include "tmpl_layout.h"
#include "web/csrf.h"
#include "web/route.h"

static const char *theme_word(enum theme t)
{
	switch (t) {
	case THEME_AUTO: return "";
	case THEME_LIGHT: return "terang";
	case THEME_DARK: return "gelap";
	}
	return "";
}

static bool is_below(const char *path, const char *root)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static struct layout_site site_of(const struct settings *s)
{
	return (struct layout_site){
		.name = s->site_name,
		.place_name = s->place_name,
		.government = s->government,
		.is_official = s->is_official,
		.official_suffix = s->official_suffix,
		.operator_name = s->operator_name,
		.sms = s->contact_sms,
		.whatsapp = s->contact_whatsapp,
		.email = s->contact_email,
		.phone = s->contact_phone,
		.counter = s->contact_counter,
	};
}

static void fill_person(struct layout *l, struct ctx *c, const struct request *req, struct response *res)
{
	enum role role = c->who.role;

	if (role == ROLE_NONE || !req->session_token)
		return;
	l->user_name = c->who.name;
	l->user_role = msg_text(c->lang, vocab_role(role));
	l->is_officer = role != ROLE_CITIZEN;
	l->may_periodic = route_allows(ROUTE_PERIODIC, role);
	l->may_manual = role == ROLE_NATIONAL_ADMIN || role == ROLE_AGENCY_ADMIN || role == ROLE_LIAISON;
	l->has_no_inbox = role == ROLE_INTAKE || role == ROLE_OPD_INTAKE ||
			  (l->may_periodic && !route_allows(ROUTE_OFFICERS, role));
	l->may_intake = route_allows(ROUTE_INTAKE, role);
	l->may_ombudsman = role == ROLE_NATIONAL_ADMIN || role == ROLE_AGENCY_ADMIN;
	l->may_settings = role == ROLE_NATIONAL_ADMIN || role == ROLE_AGENCY_ADMIN || role == ROLE_OPERATOR;
	l->csrf = csrf_token(c, req, res);
}

void page_init(struct page *p, struct ctx *c, const struct request *req, struct response *res)
{
	*p = (struct page){ .c = c, .site = site_of(c->settings) };
	p->layout = (struct layout){
		.site = &p->site,
		.session_minutes = c->settings->session_minutes,
		.here = layout_here(c->a, req->path, req->query_raw),
		.lang_href = layout_lang_href(c->a, req->path, req->query_raw, layout_other_lang(c->lang)),
		.theme = theme_word(req->theme),
		.flash = req->has_flash ? (enum msg)req->flash : MSG_NONE,
		.archive_year = c->archive_year ? arena_printf(c->a, "%d", c->archive_year) : NULL,
		.is_error = res->status >= 400,
	};
	fill_person(&p->layout, c, req, res);
	p->layout.is_desk = p->layout.is_officer && (is_below(req->path, "/meja") || is_below(req->path, "/akun"));
	p->layout.noindex = p->layout.is_desk;
	out_begin(&p->out, &res->body, c->lang, c->settings->zone);
}

void page_begin(struct page *p)
{
	view_layout_begin(&p->out, &p->layout);
}

enum rc page_end(struct page *p)
{
	view_layout_end(&p->out, &p->layout);
	out_end(&p->out);
	return RC_OK;
}
