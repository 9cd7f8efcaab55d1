/* SPDX-License-Identifier: Apache-2.0
 * desk_ombudsman - what passed sixty working days, for the admins: the list, one case, the dossier (national admin only, each
 * opening an event), and recording that it was handed over. Nothing of the reporter's identity is on these pages.
 */
#include <string.h>

#include "app/ombudsman.h"
#include "base/parse.h"
#include "core/access.h"
#include "i18n/vocab.h"
#include "query_ombudsman.h"
#include "tmpl_ombudsman_desk.h"
#include "web/csrf.h"
#include "web/desk_report.h"
#include "web/dossier_page.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/public_ombudsman.h"

#define PAGE_ROWS 50

/* "ms_id" of the last line of the page before; else the beginning. */
static void read_after(const struct request *req, struct instant *ret_at, struct report_id *ret_id)
{
	const char *after = request_query(req, "setelah");

	if (!after || !parse_int_pair(after, '_', 0, INT64_MAX, &ret_at->ms, &ret_id->v))
		ret_at->ms = ret_id->v = INT64_MAX;
}

static enum ombudsman_state read_state(const struct request *req)
{
	const char *word = request_query(req, "status");
	enum ombudsman_state s = OMBUDSMAN_AGREED;

	return word && ombudsman_state_parse(word, &s) ? s : OMBUDSMAN_AGREED;
}

static unsigned bits_of(const struct ctx *c, const struct ombudsman_list_row *r)
{
	return access_to(&(struct access_report){
				 .state = r->state, .class = r->class, .visibility = r->visibility, .is_public = r->is_public,
				 .is_blocked = r->is_blocked, .holder = r->holder_id, .agency = r->agency_id,
				 .opd = r->opd_id, .unit = r->unit_id },
			 &(struct access_person){ .role = c->who.role, .agency = c->who.agency });
}

/* Both queries give the same columns; the agency's is copied over. */
static enum rc load_rows(struct ctx *c, const struct request *req, enum ombudsman_state state,
			 struct ombudsman_list_row **ret, size_t *ret_n)
{
	struct ombudsman_list_agency_row *own;
	struct report_id id;
	struct instant at;

	read_after(req, &at, &id);
	if (c->who.role == ROLE_NATIONAL_ADMIN)
		return q_ombudsman_list(c->db, c->a, &(struct ombudsman_list_args){
			.state = state, .before_at = at, .before_id = id, .max_rows = PAGE_ROWS }, ret, ret_n);
	TRY(q_ombudsman_list_agency(c->db, c->a, &(struct ombudsman_list_agency_args){
		.state = state, .agency_id = c->who.agency, .before_at = at, .before_id = id, .max_rows = PAGE_ROWS },
		&own, ret_n));
	*ret = arena_new_many(c->a, struct ombudsman_list_row, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct ombudsman_list_row){
			.report_id = own[i].report_id, .asked_at = own[i].asked_at, .decided_at = own[i].decided_at,
			.sent_at = own[i].sent_at, .sent_number = own[i].sent_number, .number = own[i].number,
			.state = own[i].state, .class = own[i].class, .visibility = own[i].visibility,
			.is_public = own[i].is_public, .is_blocked = own[i].is_blocked, .holder_id = own[i].holder_id,
			.agency_id = own[i].agency_id, .opd_id = own[i].opd_id, .unit_id = own[i].unit_id,
			.public_title = own[i].public_title, .agency = own[i].agency, .with_agency = own[i].with_agency };
	return RC_OK;
}

enum rc ombudsman_list_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct ombudsman_list list = { .state = read_state(req), .is_national = c->who.role == ROLE_NATIONAL_ADMIN };
	struct ombudsman_line *lines;
	struct ombudsman_list_row *rows;
	struct page p;
	size_t n;

	TRY(load_rows(c, req, list.state, &rows, &n));
	lines = arena_new_many(c->a, struct ombudsman_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct ombudsman_list_row *r = &rows[i];
		unsigned bits = bits_of(c, r);
		bool sees = (bits & ACCESS_INTERNAL) != 0;

		/* One that is not public has gone elsewhere. */
		if (!(bits & ACCESS_SEE))
			continue;
		lines[list.n++] = (struct ombudsman_line){
			.number = r->number, .title = sees ? r->public_title : NULL, .agency = r->agency,
			.holder = r->with_agency, .asked_at = r->asked_at, .decided_at = r->decided_at,
			.sent_at = r->sent_at, .sent_number = r->sent_number, .may_open = sees };
	}
	list.lines = lines;
	if (n == PAGE_ROWS)
		list.next_href = arena_printf(c->a, "/meja/ombudsman?status=%s&setelah=%lld_%lld",
					      ombudsman_state_word(list.state), (long long)rows[n - 1].asked_at.ms,
					      (long long)rows[n - 1].report_id.v);
	page_init(&p, c, req, res);
	p.layout.title = msg_ombudsman_list_title(c->lang);
	p.layout.nav = NAV_OMBUDSMAN;
	page_begin(&p);
	view_ombudsman_list(&p.out, &list);
	return page_end(&p);
}

/* A report outside of this admin's line, or without a case, has no such page. */
static enum rc show_case(struct ctx *c, const struct request *req, struct response *res, const char *typed,
			 const char *problem)
{
	bool is_national = c->who.role == ROLE_NATIONAL_ADMIN;
	struct ombudsman_desk_page d = { .csrf = csrf_token(c, req, res), .typed = typed, .problem = problem };
	struct desk_report_row r;
	unsigned bits;
	struct page p;

	TRY(desk_load_row(c, request_param(req, "nomor"), &r, &bits));
	TRY(public_ombudsman_shown(c, r.id, r.ruleset, &d.shown));
	if (!(bits & ACCESS_INTERNAL) || d.shown.state == OMBUDSMAN_NONE)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	d.number = r.number;
	d.title = r.public_title;
	d.may_fetch = is_national;
	d.may_hand_over = is_national && d.shown.state == OMBUDSMAN_AGREED;
	page_init(&p, c, req, res);
	p.layout.title = arena_printf(c->a, "%s %s", msg_ombudsman_case(c->lang), r.number);
	p.layout.nav = NAV_OMBUDSMAN;
	p.layout.here = arena_printf(c->a, "/meja/laporan/%s/ombudsman", r.number);
	p.layout.lang_href = layout_lang_href(c->a, p.layout.here, "", layout_other_lang(c->lang));
	page_begin(&p);
	view_ombudsman_case(&p.out, &d);
	return page_end(&p);
}

enum rc ombudsman_case_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show_case(c, req, res, "", NULL);
}

/* The page again with what was typed, and why; the rc goes on, so that nothing half done stays. */
static enum rc show_refusal(struct ctx *c, const struct request *req, struct response *res, const char *typed, enum rc rc)
{
	struct err why = c->err;

	if (rc != RC_CONFLICT && rc != RC_INVALID && rc != RC_DENIED)
		return rc;
	res->status = error_page_status(rc);
	TRY(show_case(c, req, res, typed, msg_text(c->lang, vocab_refusal(why.refusal))));
	c->err = why;
	return rc;
}

enum rc ombudsman_case_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *number = request_param(req, "nomor"), *given;
	struct form_read f = form_read_begin(c, req);
	struct desk_report_row r;
	unsigned bits;

	given = form_read_text(&f, "nomor", 1, OMBUDSMAN_NUMBER_MAX);
	if (c->who.role != ROLE_NATIONAL_ADMIN)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(desk_load_row(c, number, &r, &bits));
	if (req->csrf_failed) {
		res->status = 403;
		return show_case(c, req, res, given, msg_text(c->lang, MSG_refusal_form_expired));
	}
	if (f.problems.n > 0) {
		res->status = 422;
		return show_case(c, req, res, given, msg_ombudsman_number_wrong(c->lang));
	}
	enum rc rc = ombudsman_hand_over(c, number, given);
	if (rc != RC_OK)
		return show_refusal(c, req, res, given, rc);
	response_flash(c, res, MSG_ombudsman_flash_sent);
	return response_redirect(c, res, "/meja/laporan/%s/ombudsman", number);
}

enum rc ombudsman_fetch_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *number = request_param(req, "nomor"), *how = request_form(req, "bentuk"), *bundle;
	struct hash digest;

	if (req->csrf_failed) {
		res->status = 403;
		return show_case(c, req, res, "", msg_text(c->lang, MSG_refusal_form_expired));
	}
	TRY(ombudsman_open_bundle(c, number, &bundle, &digest));
	if (how && strcmp(how, "json") == 0)
		return dossier_page_file(c, res, number, bundle, &digest);
	return dossier_page_show(c, req, res, bundle, &digest, arena_printf(c->a, "/meja/laporan/%s/ombudsman", number));
}
