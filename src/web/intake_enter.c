/* SPDX-License-Identifier: Apache-2.0
 * intake_enter - /meja/penerimaan/{nomor}/masukkan: what was handed over becomes a report, with its answer when it is
 * settled already (SOP tjt-21#4, tjt-22#4, tjt-25#4, E7).
 */
#include "app/intake.h"
#include "app/settings.h"
#include "core/ticket.h"
#include "tmpl_office_intake.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/error_page.h"
#include "web/handlers.h"
#include "web/intake_parts.h"
#include "web/manual_form.h"
#include "web/page.h"

static const char *item_href(struct ctx *c, const char *number)
{
	return arena_printf(c->a, "/meja/penerimaan/%s", number);
}

/* The form as it would have been typed from the intake. */
static struct manual_form prefilled(struct ctx *c, const struct intake_page_row *r)
{
	struct manual_form s = manual_form_fresh();

	s.in = (struct submit_in){ .kind = r->kind, .channel = r->channel, .visibility = r->visibility,
				   .title = r->title, .body = r->body, .place = r->place, .region_code = r->region_code,
				   .category = r->category_id, .name = r->name, .email = r->email, .phone = r->phone };
	manual_form_split_day(c, r->happened_on, &s.day, &s.month, &s.year);
	s.answer = r->answer;
	s.version = r->version;
	return s;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct intake_page_row *r,
		    const struct manual_form *s, const char *problem)
{
	struct intake_page in = {
		.csrf = csrf_token(c, req, res), .action = arena_printf(c->a, "/meja/penerimaan/%s/masukkan", r->number),
		.heading = msg_intake_enter_title(c->lang), .lead = msg_intake_enter_lead(c->lang),
		.button = msg_intake_enter_button(c->lang), .contact_hint = msg_intake_code_hint(c->lang),
		.back_href = item_href(c, r->number), .back_text = r->number,
		.answer_hint = msg_intake_enter_answer_hint(c->lang), .takes_answer = true };
	struct page p;

	TRY(manual_form_fill(c, s, problem, &in));
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_enter_title(c->lang);
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake(&p.out, &in);
	return page_end(&p);
}

static enum rc load(struct ctx *c, const struct request *req, struct intake_page_row *r)
{
	TRY(intake_parts_load(c, req, r));
	return c->who.role == intake_enterer(r->level) ? RC_OK : ctx_refuse(c, RC_DENIED, not_allowed);
}

enum rc intake_enter_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct intake_page_row r;

	TRY(load(c, req, &r));
	if (r.state != INTAKE_HANDED_OVER)
		return response_redirect(c, res, "/meja/penerimaan/%s", r.number);
	const struct manual_form s = prefilled(c, &r);
	return show(c, req, res, &r, &s, NULL);
}

/* Number and code, once: the receipt for the reporter. */
static enum rc show_done(struct ctx *c, const struct request *req, struct response *res, const struct intake_page_row *r,
			 const struct submit_out *out)
{
	char *code = arena_alloc(c->a, 16);
	struct intake_done done = {
		.number = out->number, .code = code, .next_href = item_href(c, r->number),
		.next_text = msg_intake_enter_back(c->lang),
		.track_href = arena_printf(c->a, "%s/lacak", c->settings->base_url) };
	struct page p;

	ticket_code_show(out->code, code);
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_done(c->lang);
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake_done(&p.out, &done);
	return page_end(&p);
}

enum rc intake_enter_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct manual_form s = manual_form_read(c, req, "enter", false);
	struct field_problems refused = { .n = 0 };
	struct intake_page_row r;
	struct submit_out out;
	enum rc rc;

	TRY(load(c, req, &r));
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &r, &s, msg_text(c->lang, MSG_refusal_form_expired));
	}
	if (s.problems.n > 0) {
		res->status = 422;
		return show(c, req, res, &r, &s, NULL);
	}
	rc = intake_enter(c, r.number, s.version, &s.in, s.answer, &out, &refused);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		s.problems = refused;
		res->status = error_page_status(rc);
		TRY(show(c, req, res, &r, &s, refused.n > 0 ? NULL : desk_parts_refusal(c)));
		return rc;
	}
	return rc == RC_OK ? show_done(c, req, res, &r, &out) : rc;
}
