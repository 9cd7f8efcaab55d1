/* SPDX-License-Identifier: Apache-2.0 */
#include "web/office_page.h"

#include <string.h>

#include "app/settings.h"
#include "base/parse.h"
#include "i18n/vocab.h"
#include "query_desk.h"
#include "query_desk_sop.h"
#include "tmpl_office_settings.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/page.h"

#define DEPTH_MAX 8
#define YEAR_MIN 2000
#define YEAR_MAX 2100

static enum rc first_root(struct ctx *c, struct agency_id *ret)
{
	struct desk_roots_row *rows;
	size_t n;

	TRY(q_desk_roots(c->db, c->a, &rows, &n));
	if (n == 0)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	*ret = rows[0].id;
	return RC_OK;
}

enum rc office_page_node(struct ctx *c, const struct request *req, struct agency_id *ret)
{
	const char *s = req->method == METHOD_GET ? request_query(req, "instansi") : request_form(req, "instansi");
	struct agency_id id = c->who.agency;
	int64_t v;

	if (s && parse_int(s, 1, INT64_MAX, &v))
		id.v = v;
	if (id.v == 0)
		TRY(first_root(c, &id));
	TRY(office_may_manage(c, id));
	*ret = id;
	return RC_OK;
}

static struct office_agency agency_of(const struct desk_agency_row *r)
{
	return (struct office_agency){ .id = r->id.v, .name = r->name, .short_name = r->short_name, .email = r->email,
				       .level = r->level, .is_active = r->is_active };
}

/* The way from the top of what the person manages down to the node. */
static enum rc load_way(struct ctx *c, struct agency_id here, struct office_page *p)
{
	struct office_agency *way = arena_new_many(c->a, struct office_agency, DEPTH_MAX);
	struct desk_agency_row row;
	size_t n = 0;

	TRY(q_desk_agency(c->db, c->a, here, &row));
	p->here = agency_of(&row);
	p->may_add_below = row.level != LEVEL_UNIT;
	while (row.parent_id.v != 0 && n < DEPTH_MAX && row.id.v != c->who.agency.v) {
		TRY(q_desk_agency(c->db, c->a, row.parent_id, &row));
		memmove(way + 1, way, n * sizeof(*way));
		way[0] = agency_of(&row);
		n++;
	}
	p->above = way;
	p->n_above = n;
	return RC_OK;
}

static enum rc load_below(struct ctx *c, struct agency_id here, struct office_page *p)
{
	struct desk_agencies_below_row *rows;
	struct office_agency *all;
	size_t n;

	TRY(q_desk_agencies_below(c->db, c->a, here, &rows, &n));
	all = arena_new_many(c->a, struct office_agency, n + 1);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct office_agency){
			.id = rows[i].id.v, .name = rows[i].name, .short_name = rows[i].short_name,
			.email = rows[i].email, .level = rows[i].level, .is_active = rows[i].is_active };
	p->below = all;
	p->n_below = n;
	return RC_OK;
}

static struct desk_options role_options(struct ctx *c, enum level level)
{
	static const enum role all[] = { ROLE_NATIONAL_ADMIN, ROLE_AGENCY_ADMIN, ROLE_LIAISON, ROLE_OPD_HEAD,
					 ROLE_UNIT_OFFICER, ROLE_INTAKE, ROLE_OPD_INTAKE, ROLE_SECTION_HEAD,
					 ROLE_DIVISION_HEAD, ROLE_OFFICE_HEAD, ROLE_REGENT, ROLE_OVERSIGHT,
					 ROLE_COORDINATOR, ROLE_OPERATOR };
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (office_role_fits(c, level, all[i]))
			desk_parts_add(&o, role_word(all[i]), msg_text(c->lang, vocab_role(all[i])), false, false);
	return desk_parts_options(&o);
}

static enum rc load_accounts(struct ctx *c, struct agency_id here, struct office_page *p)
{
	struct desk_accounts_of_row *rows;
	struct office_account *all;
	size_t n;

	TRY(q_desk_accounts_of(c->db, c->a, here, &rows, &n));
	all = arena_new_many(c->a, struct office_account, n + 1);
	for (size_t i = 0; i < n; i++)
		all[p->n_accounts++] = (struct office_account){
			.id = rows[i].id.v, .login = rows[i].login, .name = rows[i].name, .email = rows[i].email,
			.role = rows[i].role, .is_active = rows[i].is_active,
			.is_self = rows[i].id.v == c->who.account.v,
			.may_change = office_role_fits(c, p->here.level, rows[i].role) };
	p->accounts = all;
	p->roles = role_options(c, p->here.level);
	return RC_OK;
}

static int year_of(struct ctx *c, const struct request *req)
{
	const char *s = request_query(req, "tahun");
	int64_t year;

	if (s && parse_int(s, YEAR_MIN, YEAR_MAX, &year))
		return (int)year;
	return day_to_civil(instant_day(c->now, c->settings->zone)).year;
}

static struct desk_options kind_options(struct ctx *c)
{
	struct desk_list_of_options o = { .c = c };

	desk_parts_add(&o, "3", msg_office_regional_here(c->lang), true, false);
	desk_parts_add(&o, "1", msg_office_national(c->lang), false, false);
	desk_parts_add(&o, "2", msg_office_shared_leave(c->lang), false, false);
	return desk_parts_options(&o);
}

static enum rc load_holidays(struct ctx *c, const struct request *req, struct office_page *p)
{
	struct desk_holidays_row *rows;
	struct office_holiday *all;
	size_t n;

	p->year = p->year ? p->year : year_of(c, req);
	p->year_text = arena_printf(c->a, "%d", p->year);
	TRY(q_desk_holidays(c->db, c->a, &(struct desk_holidays_args){
		.from_day = day_from_civil(p->year, 1, 1), .to_day = day_from_civil(p->year, 12, 31) }, &rows, &n));
	all = arena_new_many(c->a, struct office_holiday, n + 1);
	p->is_without_decree = true;
	for (size_t i = 0; i < n; i++) {
		char *iso = arena_alloc(c->a, 11);

		day_format(rows[i].on_day, iso);
		all[i] = (struct office_holiday){ .on = rows[i].on_day, .iso = iso, .scope = rows[i].scope,
						  .name = rows[i].name, .source = rows[i].source, .kind = (int)rows[i].kind };
		if (rows[i].kind == HOLIDAY_NATIONAL)
			p->is_without_decree = false;
	}
	p->holidays = all;
	p->n_holidays = n;
	p->holiday_kinds = kind_options(c);
	return RC_OK;
}

/* Of a web hook's address only the host: the rest lets anyone write to the group. */
static const char *group_shown(struct ctx *c, const char *channel)
{
	const char *host = channel && strncmp(channel, "https://", 8) == 0 ? channel + 8 : NULL;

	if (!host)
		return channel;
	return arena_printf(c->a, "%s %.*s", msg_office_group_hook(c->lang), (int)strcspn(host, "/?#"), host);
}

static enum rc load_group(struct ctx *c, struct agency_id here, struct office_page *p)
{
	struct desk_sop_group_row r;

	p->has_group_field = p->here.level == LEVEL_AGENCY;
	if (!p->has_group_field)
		return RC_OK;
	TRY(q_desk_sop_group(c->db, c->a, here, &r));
	p->group = group_shown(c, r.group_channel);
	return RC_OK;
}

/* The words that app/office writes. */
static const char *change_text(struct ctx *c, const char *what)
{
	static const struct {
		const char *word;
		enum msg text;
	} all[] = {
		{ "account created", MSG_office_did_account_created }, { "password reset", MSG_office_did_password_reset },
		{ "account enabled", MSG_office_did_account_enabled }, { "account disabled", MSG_office_did_account_disabled },
		{ "agency added", MSG_office_did_agency_added }, { "agency enabled", MSG_office_did_agency_enabled },
		{ "agency disabled", MSG_office_did_agency_disabled }, { "holiday added", MSG_office_did_holiday_added },
		{ "holiday removed", MSG_office_did_holiday_removed },
		{ "group set", MSG_office_did_group_set }, { "group removed", MSG_office_did_group_removed },
		{ "sop installed", MSG_office_did_sop_installed }, { "sop retired", MSG_office_did_sop_retired },
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (strcmp(all[i].word, what) == 0)
			return msg_text(c->lang, all[i].text);
	return what;
}

static enum rc load_changes(struct ctx *c, struct office_page *p)
{
	struct desk_admin_events_row *rows;
	struct office_change *all;
	size_t n;

	TRY(q_desk_admin_events(c->db, c->a, &rows, &n));
	all = arena_new_many(c->a, struct office_change, n + 1);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct office_change){ .at = rows[i].at, .what = change_text(c, rows[i].what),
						 .target = rows[i].target, .actor = rows[i].actor };
	p->changes = all;
	p->n_changes = n;
	return RC_OK;
}

static const char *path_of(enum office_tab tab)
{
	switch (tab) {
	case OFFICE_ACCOUNTS: return "/meja/pengaturan";
	case OFFICE_AGENCIES: return "/meja/pengaturan/instansi";
	case OFFICE_SOP: return "/meja/pengaturan/sop";
	case OFFICE_HOLIDAYS: return "/meja/pengaturan/libur";
	case OFFICE_CHANGES: return "/meja/pengaturan/catatan";
	}
	return "/meja/pengaturan";
}

static enum rc load(struct ctx *c, const struct request *req, enum office_tab tab, struct agency_id here,
		    struct office_page *p)
{
	if (tab == OFFICE_HOLIDAYS)
		return load_holidays(c, req, p);
	if (tab == OFFICE_CHANGES)
		return load_changes(c, p);
	TRY(load_way(c, here, p));
	TRY(load_below(c, here, p));
	return tab == OFFICE_ACCOUNTS ? load_accounts(c, here, p) : load_group(c, here, p);
}

enum rc office_page_show(struct ctx *c, const struct request *req, struct response *res, enum office_tab tab,
			 const struct office_page *typed, struct agency_id here)
{
	struct office_page office = typed ? *typed : (struct office_page){ 0 };
	struct page p;

	office.tab = tab;
	office.csrf = csrf_token(c, req, res);
	office.may_agencies = true;
	office.may_sops = c->who.role == ROLE_NATIONAL_ADMIN || c->who.role == ROLE_AGENCY_ADMIN;
	office.may_holidays = office_may_change_holidays(c);
	TRY(load(c, req, tab, here, &office));
	page_init(&p, c, req, res);
	p.layout.title = msg_office_title(c->lang);
	p.layout.nav = NAV_SETTINGS;
	if (req->method == METHOD_POST) {
		p.layout.here = path_of(tab);
		p.layout.lang_href = layout_lang_href(c->a, path_of(tab), "", layout_other_lang(c->lang));
	}
	page_begin(&p);
	view_office(&p.out, &office);
	return page_end(&p);
}
