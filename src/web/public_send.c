/* SPDX-License-Identifier: Apache-2.0
 * public_send - step 6: check everything, send, and the confirmation with number, code and QR.
 *
 * A draft is sent once: the second press of the button finds draft.report set and gets the same confirmation.
 */
#include "app/settings.h"
#include "core/redact.h"
#include "core/ticket.h"
#include "query_attachment.h"
#include "query_lookup.h"
#include "query_public.h"
#include "tmpl_public_form.h"
#include "view/qr.h"
#include "web/handlers.h"
#include "web/public_draft.h"

/* Numbers, addresses: what a reader of the public page could use. A secret report has no such readers. */
static bool looks_personal(const struct draft *d, enum visibility v)
{
	struct pii_span found[1];

	return v != VISIBILITY_SECRET &&
	       redact_find(draft_get(d, "judul"), found, 1) + redact_find(draft_get(d, "isi"), found, 1) > 0;
}

static enum rc fill(struct ctx *c, const struct draft *d, struct check_page *ck)
{
	struct attachment_of_draft_row *files;
	struct agency_by_slug_row agency;
	enum field_error wrong;
	size_t n;

	/* The words were checked before this page is shown; NONE would print nothing wrong but "not sure". */
	if (!kind_parse(draft_get(d, "jenis"), &ck->kind))
		ck->kind = KIND_NONE;
	if (!visibility_parse(draft_get(d, "sifat"), &ck->visibility))
		ck->visibility = VISIBILITY_NONE;
	ck->has_personal_data = looks_personal(d, ck->visibility);
	ck->has_happened_on = public_draft_day(d, &ck->happened_on, &wrong);
	TRY(public_region_name(c, public_draft_region(d), &ck->region));
	enum rc rc = q_agency_by_slug(c->db, c->a, draft_get(d, "instansi"), &agency);
	if (rc == RC_OK)
		ck->agency = public_agency_name(c, agency.name);
	else if (rc != RC_NOT_FOUND)
		return rc;
	TRY(q_attachment_of_draft(c->db, c->a, d->id, &files, &n));
	ck->n_files = (int)n;
	return RC_OK;
}

static enum rc show_check(struct ctx *c, const struct request *req, struct response *res,
			  const struct draft *d, const struct field_problems *problems)
{
	struct check_page ck = {
		.s = public_step(c, req, res, d, PUBLIC_STEPS, problems),
		.title = draft_get(d, "judul"),
		.body = draft_get(d, "isi"),
		.place = draft_get(d, "lokasi"),
		.name = draft_get(d, "nama"),
		.phone = draft_get(d, "telepon"),
		.email = draft_get(d, "surel"),
	};
	struct page p;

	TRY(fill(c, d, &ck));
	page_init(&p, c, req, res);
	p.layout.title = msg_form_check_title(c->lang);
	p.layout.noindex = true;
	page_begin(&p);
	view_form_check(&p.out, &ck);
	return page_end(&p);
}

/* RC_OK with ret_gone: answered already, by the confirmation or by the step that is not complete. */
static enum rc find_complete(struct ctx *c, const struct request *req, struct response *res, struct draft *d,
			     bool *ret_gone)
{
	enum rc rc = public_draft_find(c, req, d);
	int gap = 1;

	*ret_gone = true;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK && d->report.v != 0)
		return response_redirect(c, res, "/lapor/terkirim");
	if (rc == RC_OK)
		TRY(public_draft_gap(c, d, &gap));
	if (gap != 0)
		return response_redirect(c, res, "%s", public_step_path(gap));
	*ret_gone = false;
	return RC_OK;
}

enum rc form_check_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct field_problems none = { .n = 0 };
	struct draft d;
	bool gone;

	TRY(find_complete(c, req, res, &d, &gone));
	return gone ? RC_OK : show_check(c, req, res, &d, &none);
}

enum rc form_check_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *agreed = request_form(req, "setuju");
	struct field_problems problems = { .n = 0 };
	struct submit_out out;
	struct submit_in in;
	struct draft d;
	bool gone;

	TRY(find_complete(c, req, res, &d, &gone));
	if (gone)
		return RC_OK;
	if (req->csrf_failed) {
		res->status = 403;
		return show_check(c, req, res, &d, &problems);
	}
	if (!agreed || !*agreed) {
		field_problem_add(&problems, "setuju", FIELD_CONFIRM_MISSING);
		res->status = 422;
		return show_check(c, req, res, &d, &problems);
	}
	TRY(request_limit_take(c, req, REQUEST_LIMIT_SUBMIT));
	TRY(public_draft_input(c, &d, &in));
	enum rc rc = submit_report(c, &in, &out, &problems);
	if (rc == RC_INVALID && problems.n > 0) {
		res->status = 422;
		return show_check(c, req, res, &d, &problems);
	}
	TRY(rc);
	return response_redirect(c, res, "/lapor/terkirim");
}

static enum rc load_sent(struct ctx *c, struct report_id report, struct sent_page *s)
{
	char *shown = arena_alloc(c->a, 13);
	struct sent_report_row r;
	const struct ruleset *rules;

	TRY(q_sent_report(c->db, c->a, &(struct sent_report_args){ .id = report, .verify = CLOCK_VERIFY },
			  &r));
	ticket_code_show(r.code, shown);
	rules = rules_by_id(r.ruleset);
	*s = (struct sent_page){
		.number = r.number, .code = r.code, .code_shown = shown, .received_at = r.received_at,
		.has_verify_due = instant_is_set(r.due_at),
		.verify_due_on = instant_day(r.due_at, c->settings->zone),
		.limits = public_limits(rules ? rules : rules_on(public_today(c))),
		.agency = public_agency_name(c, r.agency),
		.email_masked = r.email ? redact_email(c->a, r.email) : NULL,
		.qr = qr_svg(c->a, arena_printf(c->a, "%s/lacak/%s", c->settings->base_url, r.code),
			     msg_sent_qr(c->lang)),
	};
	return RC_OK;
}

/* The report that this browser has just sent: by its draft, or by the code of one sent in one request. */
static enum rc find_sent(struct ctx *c, const struct request *req, struct report_id *ret)
{
	const char *typed =
		request_query(req, "langsung") ? request_cookie(req, c->a, PUBLIC_SENT_COOKIE) : NULL;
	char code[TICKET_CODE_LEN + 1];
	struct track_report_row r;
	struct draft d;

	if (typed && ticket_code_parse(typed, code)) {
		TRY(q_track_report(c->db, c->a, code, &r));
		*ret = r.id;
		return RC_OK;
	}
	TRY(public_draft_find(c, req, &d));
	*ret = d.report;
	return d.report.v ? RC_OK : RC_NOT_FOUND;
}

/* Whoever sits down at the same computer later must not find the code in the draft's cookie. */
static bool is_long_ago(const struct ctx *c, const struct sent_page *s)
{
	return c->now.ms - s->received_at.ms > MS_PER_HOUR;
}

enum rc form_sent_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct report_id report;
	struct sent_page s;
	struct page p;

	enum rc rc = find_sent(c, req, &report);
	if (rc == RC_NOT_FOUND)
		return response_redirect(c, res, "/lapor");
	TRY(rc);
	TRY(load_sent(c, report, &s));
	if (is_long_ago(c, &s))
		return response_redirect(c, res, "/lacak");
	page_init(&p, c, req, res);
	p.layout.title = msg_sent_title(c->lang);
	p.layout.noindex = true;
	response_header(res, "Referrer-Policy", "no-referrer");
	page_begin(&p);
	view_form_sent(&p.out, &s);
	return page_end(&p);
}
