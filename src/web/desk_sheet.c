/* SPDX-License-Identifier: Apache-2.0
 * desk_sheet - what is printed of a report on its way: the lembar disposisi (SOP lumajang#1, lumajang#2) and the letter
 * that summons the unit complained of (SOP kapuas#3).
 */
#include <string.h>

#include "app/act.h"
#include "app/settings.h"
#include "base/parse.h"
#include "core/access.h"
#include "core/redact.h"
#include "tmpl_desk_sop.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/desk_sop.h"
#include "web/error_page.h"
#include "web/handlers.h"
#include "web/page.h"

static bool goes_down(enum action a)
{
	return a == ACT_DISPOSE || a == ACT_REDISPOSE || a == ACT_FORWARD_UNIT;
}

/* Where it was sent last, and the note that went with it: the one just before the disposition, by the same hand. */
static void find_disposition(const struct desk_loaded *l, struct desk_sheet *p)
{
	for (size_t i = l->n_events; i-- > 0;) {
		const struct desk_events_row *e = &l->events[i], *before = i > 0 ? &l->events[i - 1] : NULL;

		if (e->action == ACT_RETURN_UP)
			return; /* it has not been sent anew */
		if (!goes_down(e->action))
			continue;
		p->to = e->to_agency;
		if (before && before->action == ACT_NOTE && before->at.ms == e->at.ms && before->account_id.v == e->account_id.v)
			p->instruction = before->note;
		return;
	}
}

static const char *title_of(struct ctx *c, const struct desk_loaded *l)
{
	if (l->r.public_title)
		return l->r.public_title;
	return l->bits & ACCESS_ORIGINAL ? redact_mask(c->a, l->r.title) : msg_desk_text_not_released(c->lang);
}

static enum rc load(struct ctx *c, const char *number, struct desk_loaded *ret)
{
	TRY(desk_load(c, number, ret));
	return ret->bits & ACCESS_INTERNAL ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

static enum rc show_sheet(struct ctx *c, const struct request *req, struct response *res, const char *problem)
{
	struct desk_sheet sheet = { .csrf = csrf_token(c, req, res), .problem = problem };
	struct desk_agency_row own;
	struct desk_loaded l;
	struct page p;

	TRY(load(c, request_param(req, "nomor"), &l));
	TRY(q_desk_agency(c->db, c->a, c->who.agency, &own));
	sheet.number = l.r.number;
	sheet.title = title_of(c, &l);
	sheet.government = l.r.agency ? l.r.agency : l.r.holder;
	sheet.from = own.name;
	sheet.kind = l.r.kind;
	sheet.class = l.r.class;
	sheet.visibility = l.r.visibility;
	sheet.channel = l.r.channel;
	sheet.category = l.r.category;
	sheet.received_at = l.r.received_at;
	sheet.due = desk_parts_due_held(c, l.r.held_since_at, l.r.due_at);
	sheet.today = instant_day(c->now, c->settings->zone);
	sheet.may_record = desk_sop_allows(c, &l, SOP_TASK_DISPOSITION_SHEET);
	find_disposition(&l, &sheet);
	page_init(&p, c, req, res);
	p.layout.title = arena_printf(c->a, "%s %s", msg_desk_sheet_title(c->lang), sheet.number);
	p.layout.nav = NAV_DESK;
	page_begin(&p);
	view_desk_sheet(&p.out, &sheet);
	return page_end(&p);
}

/* GET /meja/laporan/{nomor}/lembar */
enum rc desk_sheet_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show_sheet(c, req, res, NULL);
}

/* POST /meja/laporan/{nomor}/lembar: it was printed, and that is a task of the SOP */
enum rc desk_sheet_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct act_in in = { .action = ACT_TASK, .seen_version = -1, .reason = sop_task_word(SOP_TASK_DISPOSITION_SHEET) };
	const char *number = request_param(req, "nomor");
	struct act_out out;
	struct err why;
	enum rc rc;

	if (req->csrf_failed) {
		res->status = 403;
		return show_sheet(c, req, res, msg_text(c->lang, MSG_refusal_form_expired));
	}
	rc = act_by_number(c, number, &in, &out);
	if (rc == RC_CONFLICT || rc == RC_INVALID || rc == RC_DENIED) {
		why = c->err;
		res->status = error_page_status(rc);
		TRY(show_sheet(c, req, res, desk_parts_refusal(c)));
		c->err = why;
		return rc;
	}
	TRY(rc);
	response_flash(c, res, MSG_desk_done_task);
	return response_redirect(c, res, "/meja/laporan/%s/lembar", number);
}

/* GET /meja/laporan/{nomor}/panggilan/{urutan} */
enum rc desk_sheet_summons_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct desk_summons letter = { 0 };
	struct desk_loaded l;
	struct page p;
	int64_t seq;

	TRY(load(c, request_param(req, "nomor"), &l));
	if (!parse_int(request_param(req, "urutan"), 1, INT64_MAX, &seq))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	for (size_t i = 0; i < l.n_events; i++) {
		const struct desk_events_row *e = &l.events[i];

		if (e->seq == seq && e->action == ACT_TASK && e->reason && e->note && strcmp(e->reason, "summon") == 0)
			letter = (struct desk_summons){ .number = l.r.number, .title = title_of(c, &l), .text = e->note,
							.government = l.r.agency, .opd = e->actor_agency,
							.author = e->actor, .at = e->at };
	}
	if (!letter.number)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	page_init(&p, c, req, res);
	p.layout.title = arena_printf(c->a, "%s %s", msg_desk_summon_title(c->lang), letter.number);
	p.layout.nav = NAV_DESK;
	page_begin(&p);
	view_desk_summons(&p.out, &letter);
	return page_end(&p);
}
