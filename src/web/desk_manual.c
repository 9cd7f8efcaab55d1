/* SPDX-License-Identifier: Apache-2.0
 * desk_manual - /meja/manual: what came by letter, telephone, counter or social media is written down by an officer and
 * goes the same way as every report (SOP tjt-21#4, tjt-22#4, tjt-25#4).
 */
#include "app/submit.h"
#include "core/ticket.h"
#include "core/transition.h"
#include "tmpl_office_intake.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/handlers.h"
#include "web/manual_form.h"
#include "web/page.h"

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct manual_form *s,
		    const char *problem)
{
	struct intake_page in = { .csrf = csrf_token(c, req, res), .action = "/meja/manual",
				  .heading = msg_intake_title(c->lang), .lead = msg_intake_lead(c->lang),
				  .button = msg_intake_button(c->lang), .contact_hint = msg_intake_code_hint(c->lang),
				  .asks_channel = true };
	struct page p;

	TRY(manual_form_fill(c, s, problem, &in));
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_title(c->lang);
	p.layout.nav = NAV_MANUAL;
	page_begin(&p);
	view_intake(&p.out, &in);
	return page_end(&p);
}

static bool may_take_in(const struct ctx *c)
{
	return transition_find(ACT_SUBMIT, STATE_NONE, c->who.role) != NULL;
}

enum rc desk_manual_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct manual_form fresh = manual_form_fresh();

	if (!may_take_in(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	return show(c, req, res, &fresh, NULL);
}

/* Number and code, once: the code is in no address and no cookie. */
static enum rc show_done(struct ctx *c, const struct request *req, struct response *res, const struct submit_out *out)
{
	char *code = arena_alloc(c->a, 16);
	struct intake_done done = {
		.number = out->number, .code = code, .may_open = c->who.role == ROLE_NATIONAL_ADMIN,
		.next_href = "/meja/manual", .next_text = msg_intake_next(c->lang) };
	struct page p;

	ticket_code_show(out->code, code);
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_done(c->lang);
	p.layout.nav = NAV_MANUAL;
	page_begin(&p);
	view_intake_done(&p.out, &done);
	return page_end(&p);
}

enum rc desk_manual_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct manual_form s = manual_form_read(c, req, "manual", true);
	struct field_problems refused = { .n = 0 };
	struct submit_out out;
	enum rc rc;

	if (!may_take_in(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &s, msg_text(c->lang, MSG_refusal_form_expired));
	}
	/* What does not read is not sent: a date that is none must not become "no date". */
	if (s.problems.n > 0) {
		res->status = 422;
		return show(c, req, res, &s, NULL);
	}
	rc = submit_report(c, &s.in, &out, &refused);
	if (rc == RC_INVALID) {
		s.problems = refused;
		res->status = 422;
		return show(c, req, res, &s, refused.n > 0 ? NULL : desk_parts_refusal(c));
	}
	return rc == RC_OK ? show_done(c, req, res, &out) : rc;
}
