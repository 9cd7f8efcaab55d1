/* SPDX-License-Identifier: Apache-2.0
 * office_sop - /meja/pengaturan/sop: an admin sees by which SOPs an agency works, installs one that comes with lapor or
 * one of its own, and ends the use of one.
 */
#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "app/sop_load.h"
#include "app/sop_store.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "query_lookup.h"
#include "query_shelf.h"
#include "tmpl_office_sop.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/office_page.h"
#include "web/page.h"
#include "web/sop_words.h"
#include "web/state.h"

/* The agency the page is about: named, or the admin's own; 0 for a national admin who has not chosen. */
static enum rc find_agency(struct ctx *c, const struct request *req, struct agency_id *ret)
{
	const char *s = req->method == METHOD_GET ? request_query(req, "instansi") : request_form(req, "instansi");
	int64_t v = c->who.role == ROLE_AGENCY_ADMIN ? c->who.agency.v : 0;

	if (s && *s && !parse_int(s, 1, INT64_MAX, &v))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	*ret = (struct agency_id){ v };
	return v == 0 ? RC_OK : sop_store_may(c, *ret);
}

/* ---- showing */

static enum rc load_choice(struct ctx *c, struct proc_page_admin *p)
{
	struct proc_page_agency *all;
	struct shelf_agencies_row *rows;
	size_t n;

	TRY(q_shelf_agencies(c->db, c->a, &rows, &n));
	all = arena_new_many(c->a, struct proc_page_agency, n + 1);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct proc_page_agency){ rows[i].id.v, rows[i].name };
	p->agencies = all;
	p->n_agencies = n;
	return RC_OK;
}

static bool is_on(const struct shelf_of_agency_row *u, struct day on)
{
	return u->valid_from.n <= on.n && (u->valid_until.n == DAY_NONE || on.n < u->valid_until.n);
}

static enum rc load_uses(struct ctx *c, struct agency_id agency, const char *slug, struct proc_page_admin *p)
{
	struct day today = instant_day(c->now, c->settings->zone);
	struct shelf_of_agency_row *rows;
	struct proc_page_use *all;
	size_t n;

	TRY(q_shelf_of_agency(c->db, c->a, agency, &rows, &n));
	all = arena_new_many(c->a, struct proc_page_use, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct sop_book *book = sop_shelf_find(c->sops, rows[i].sop_id);

		all[i] = (struct proc_page_use){
			.word = rows[i].word, .title = book ? book->sop->title : rows[i].word, .version = (int)rows[i].version,
			.covers = sop_words_covers(c, rows[i].covers), .from = rows[i].valid_from,
			.until = rows[i].valid_until, .may_retire = rows[i].valid_until.n == DAY_NONE,
			.href = is_on(&rows[i], today) ? arena_printf(c->a, "/sop/%s/%s", slug, rows[i].word) : NULL };
	}
	p->uses = all;
	p->n_uses = n;
	return RC_OK;
}

static enum rc load_changes(struct ctx *c, const char *slug, struct proc_page_admin *p)
{
	struct proc_page_change *all;
	struct shelf_history_row *rows;
	size_t n;

	/* "slug " up to "slug!", the byte after a blank. */
	TRY(q_shelf_history(c->db, c->a, &(struct shelf_history_args){
		.low = arena_printf(c->a, "%s ", slug), .high = arena_printf(c->a, "%s!", slug) }, &rows, &n));
	all = arena_new_many(c->a, struct proc_page_change, n + 1);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct proc_page_change){
			.at = rows[i].at, .target = rows[i].target + strlen(slug) + 1, .actor = rows[i].actor,
			.what = msg_text(c->lang, strcmp(rows[i].what, "sop installed") == 0 ? MSG_office_did_sop_installed
											     : MSG_office_did_sop_retired) };
	p->changes = all;
	p->n_changes = n;
	return RC_OK;
}

static struct desk_options built_in_options(struct ctx *c, const struct web *w, const char *picked)
{
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < w->o.sop_file_n; i++)
		desk_parts_add(&o, w->o.sop_files[i].id, w->o.sop_files[i].title,
			       picked && strcmp(picked, w->o.sop_files[i].id) == 0, false);
	return desk_parts_options(&o);
}

static enum rc load(struct ctx *c, const struct request *req, const struct response *res, struct agency_id agency,
		    struct proc_page_admin *p)
{
	struct agency_by_id_row row;

	p->may_choose = c->who.role == ROLE_NATIONAL_ADMIN;
	p->agency_id = agency.v;
	if (agency.v == 0)
		return load_choice(c, p);
	TRY(q_agency_by_id(c->db, c->a, agency, &row));
	p->agency = row.name;
	p->built_in = built_in_options(c, res->web, request_form(req, "bawaan"));
	if (!p->day) {
		char *today = arena_alloc(c->a, 11);

		day_format(instant_day(c->now, c->settings->zone), today);
		p->day = today;
	}
	TRY(load_uses(c, agency, row.slug, p));
	return load_changes(c, row.slug, p);
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, struct agency_id agency,
		    struct proc_page_admin *p)
{
	struct office_page tabs = { .tab = OFFICE_SOP, .may_agencies = true, .may_sops = true,
				    .may_holidays = office_may_change_holidays(c) };
	struct page page;

	p->csrf = csrf_token(c, req, res);
	p->text = p->text ? p->text : "";
	TRY(load(c, req, res, agency, p));
	page_init(&page, c, req, res);
	page.layout.title = msg_osop_title(c->lang);
	page.layout.nav = NAV_SETTINGS;
	page.layout.is_error = p->problem != NULL;
	if (req->method == METHOD_POST) {
		page.layout.here = "/meja/pengaturan/sop";
		page.layout.lang_href = layout_lang_href(c->a, page.layout.here, "", layout_other_lang(c->lang));
	}
	page_begin(&page);
	view_office_sop(&page.out, p, &tabs);
	return page_end(&page);
}

enum rc office_sop_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct proc_page_admin p = { 0 };
	struct agency_id agency;

	TRY(find_agency(c, req, &agency));
	return show(c, req, res, agency, &p);
}

/* ---- installing */

static enum rc refuse(struct ctx *c, const struct request *req, struct response *res, struct agency_id agency, int status,
		      const char *problem, struct proc_page_admin *p)
{
	p->problem = problem;
	res->status = status;
	return show(c, req, res, agency, p);
}

static const struct upload *find_file(const struct request *req)
{
	for (size_t i = 0; i < req->n_uploads; i++)
		if (strcmp(req->uploads[i].field, "berkas") == 0 && (req->uploads[i].size_bytes > 0 || req->uploads[i].too_large))
			return &req->uploads[i];
	return NULL;
}

/* At most SOP_FILE_BYTES_MAX of UTF-8; NULL for anything else. */
static const char *read_file(struct ctx *c, const struct upload *u, size_t *ret_n)
{
	FILE *f = u->too_large || u->size_bytes > (int64_t)SOP_FILE_BYTES_MAX ? NULL : fopen(u->path, "re");
	char *text;
	size_t n;

	if (!f)
		return NULL;
	text = arena_alloc(c->a, (size_t)u->size_bytes + 1);
	n = fread(text, 1, (size_t)u->size_bytes, f);
	fclose(f);
	text[n] = '\0';
	*ret_n = n;
	return utf8_is_valid(text, n) && strlen(text) == n ? text : NULL;
}

/* Browsers send line ends as CRLF; a text is the same however it came. */
static const char *without_returns(struct ctx *c, const char *text)
{
	char *out = arena_strdup(c->a, text), *to = out;

	for (const char *p = text; *p; p++)
		if (*p != '\r')
			*to++ = *p;
	*to = '\0';
	return out;
}

/* The text that was picked, uploaded or pasted; false: p->problem says why there is none. */
static bool find_text(struct ctx *c, const struct request *req, const struct web *w, struct sop_store_in *in,
		      struct proc_page_admin *p)
{
	const char *picked = request_form(req, "bawaan"), *pasted = request_form(req, "isi");
	const struct upload *file = find_file(req);

	in->name = "SOP";
	for (size_t i = 0; picked && i < w->o.sop_file_n; i++)
		if (strcmp(w->o.sop_files[i].id, picked) == 0) {
			in->text = w->o.sop_files[i].text;
			in->n = w->o.sop_files[i].n;
			return true;
		}
	if (file) {
		in->text = read_file(c, file, &in->n);
		p->problem = in->text ? NULL : file->too_large || file->size_bytes > (int64_t)SOP_FILE_BYTES_MAX ?
			msg_osop_too_large(c->lang) : msg_osop_unreadable(c->lang);
	} else if (pasted && *pasted) {
		in->text = without_returns(c, pasted);
		in->n = strlen(in->text);
		p->problem = in->n > SOP_FILE_BYTES_MAX ? msg_osop_too_large(c->lang) : NULL;
	} else {
		p->problem = msg_osop_no_text(c->lang);
	}
	p->text = p->problem ? pasted : in->text;
	return !p->problem;
}

/* "line: 3, column: 5: ..." of what could not be read is a finding too. */
static struct proc_page_finding unreadable(const char *problem)
{
	struct proc_page_finding f = { .is_error = true, .text = problem };
	const char *at = strstr(problem, "line: ");
	int end = 0;

	if (at && sscanf(at, "line: %d, column: %d: %n", &f.line, &f.column, &end) == 2 && end > 0)
		f.text = at + end;
	return f;
}

static void take_findings(struct ctx *c, const struct sop_store_check *check, struct proc_page_admin *p)
{
	struct proc_page_finding *all = arena_new_many(c->a, struct proc_page_finding, check->found.n + 1);

	p->has_findings = true;
	p->is_installable = !check->problem && check->found.errors == 0;
	if (check->problem)
		all[p->n_findings++] = unreadable(check->problem);
	for (size_t i = 0; i < check->found.n; i++) {
		const struct sop_finding *f = &check->found.v[i];

		all[p->n_findings++] = (struct proc_page_finding){ f->is_error, f->line, f->column, f->conflict, f->text };
		p->n_warnings += !f->is_error;
	}
	p->findings = all;
}

static enum rc install(struct ctx *c, const struct request *req, struct response *res, const struct sop_store_in *in,
		       struct sop_store_check *check, struct proc_page_admin *p)
{
	struct sop_store_done done;
	enum rc rc = sop_store_install(c, in, check, &done);

	if (rc == RC_CONFLICT)
		return refuse(c, req, res, in->agency, 409, msg_osop_same(c->lang), p);
	if (rc == RC_INVALID) {
		bool is_bad = check->problem || check->found.errors > 0;

		take_findings(c, check, p);
		return refuse(c, req, res, in->agency, 422, is_bad ? msg_osop_bad(c->lang) : msg_osop_bad_day(c->lang), p);
	}
	TRY(rc);
	res->changes_almanac = true;
	response_flash(c, res, MSG_osop_installed);
	return response_redirect(c, res, "/meja/pengaturan/sop?instansi=%lld", (long long)in->agency.v);
}

/* POST /meja/pengaturan/sop: checks, or installs */
enum rc office_sop_install_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct sop_store_check *check = arena_new_one(c->a, struct sop_store_check);
	struct proc_page_admin p = { .day = form_read_text(&f, "mulai", 0, 10) };
	const char *step = request_form(req, "langkah");
	struct sop_store_in in = { 0 };

	TRY(find_agency(c, req, &in.agency));
	if (in.agency.v == 0)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	if (req->csrf_failed)
		return refuse(c, req, res, in.agency, 403, msg_text(c->lang, MSG_refusal_form_expired), &p);
	if (!find_text(c, req, res->web, &in, &p))
		return refuse(c, req, res, in.agency, 422, p.problem, &p);
	if (step && strcmp(step, "periksa") == 0) {
		(void)sop_store_check(c->a, in.name, in.text, in.n, instant_day(c->now, c->settings->zone), check);
		take_findings(c, check, &p);
		return show(c, req, res, in.agency, &p);
	}
	if (!day_parse(p.day, &in.from))
		return refuse(c, req, res, in.agency, 422, msg_osop_bad_day(c->lang), &p);
	return install(c, req, res, &in, check, &p);
}

/* POST /meja/pengaturan/sop/akhiri */
enum rc office_sop_retire_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct proc_page_admin p = { .day = form_read_text(&f, "mulai", 0, 10) };
	struct agency_id agency;
	struct day from;
	enum rc rc;

	TRY(find_agency(c, req, &agency));
	if (agency.v == 0)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	if (req->csrf_failed)
		return refuse(c, req, res, agency, 403, msg_text(c->lang, MSG_refusal_form_expired), &p);
	if (!day_parse(p.day, &from))
		return refuse(c, req, res, agency, 422, msg_osop_bad_day(c->lang), &p);
	rc = sop_store_retire(c, agency, form_read_text(&f, "sop", 1, 31), from);
	if (rc == RC_INVALID)
		return refuse(c, req, res, agency, 422, msg_osop_bad_day(c->lang), &p);
	TRY(rc);
	res->changes_almanac = true;
	response_flash(c, res, MSG_osop_retired);
	return response_redirect(c, res, "/meja/pengaturan/sop?instansi=%lld", (long long)agency.v);
}
