/* SPDX-License-Identifier: Apache-2.0
 * desk_deviation - the ledger of deviations: one's own to account for, the agency's for its admin and coordinator.
 */
#include <string.h>

#include "app/deviation.h"
#include "base/parse.h"
#include "core/sop_shelf.h"
#include "i18n/vocab.h"
#include "query_desk_sop.h"
#include "tmpl_deviation.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"

#define PAGE_ROWS 30

/* A form that was refused, and where it stood. */
struct typed {
	int64_t id;
	const char *problem, *cause, *correction, *review;
};

static bool is_wide(enum role role)
{
	return role == ROLE_AGENCY_ADMIN || role == ROLE_COORDINATOR;
}

/* Others of the line may know the report, but not who was asked why. */
static bool may_open(enum role role)
{
	return is_wide(role) || role == ROLE_LIAISON || role == ROLE_UNIT_OFFICER;
}

static bool is_asked(enum deviation_state s)
{
	return s == DEVIATION_ASKED || s == DEVIATION_RETURNED;
}

static void name_step(const struct ctx *c, const struct desk_sop_deviations_row *r, struct deviation_shown *d)
{
	const struct sop_book *book = sop_shelf_find(c->sops, r->sop_id);
	enum sop_task task;

	if (book && r->step > 0 && (size_t)r->step <= book->sop->step_n) {
		d->word = book->sop->id;
		d->step_id = book->sop->steps[r->step - 1].id;
		d->step_name = book->sop->steps[r->step - 1].name;
	}
	d->missing = sop_task_parse(r->what, &task) ? msg_text(c->lang, vocab_task(task)) : r->what;
}

static struct deviation_shown make(const struct ctx *c, const struct desk_sop_deviations_row *r, const struct typed *t)
{
	bool mine = is_wide(c->who.role) || !r->account_id.v || r->account_id.v == c->who.account.v;
	bool accounts = c->who.role == ROLE_AGENCY_ADMIN || c->who.role == ROLE_LIAISON || c->who.role == ROLE_UNIT_OFFICER;
	struct deviation_shown d = {
		.id = r->id.v, .number = r->number, .word = "", .step_id = "", .step_name = "", .kind = r->kind,
		.due_at = r->due_at, .noticed_at = r->noticed_at, .accounted_at = r->accounted_at,
		.reviewed_at = r->reviewed_at, .holder = r->holder, .person = r->person, .state = r->state,
		.cause = r->cause, .correction = r->correction, .accounter = r->accounter, .review = r->review,
		.reviewer = r->reviewer,
		.may_account = accounts && mine && is_asked(r->state),
		.may_review = c->who.role == ROLE_COORDINATOR && r->state == DEVIATION_ACCOUNTED,
		.typed_cause = r->cause, .typed_correction = r->correction,
	};

	name_step(c, r, &d);
	if (t && t->id == d.id) {
		d.problem = t->problem;
		d.typed_cause = t->cause;
		d.typed_correction = t->correction;
		d.typed_review = t->review;
	}
	return d;
}

/* "at_id" of the last row of the page before. */
static void start_after(const struct request *req, struct desk_sop_deviations_args *args)
{
	const char *s = request_query(req, "setelah");

	if (!s || !parse_int_pair(s, '_', 0, INT64_MAX, &args->before_at.ms, &args->before_id.v))
		args->before_at.ms = args->before_id.v = INT64_MAX;
}

static enum rc load(struct ctx *c, const struct request *req, const struct typed *t, struct deviation_page *p)
{
	const char *filter = request_query(req, "saring");
	struct desk_sop_deviations_args args = { .node = c->who.agency, .wide = is_wide(c->who.role), .n = PAGE_ROWS + 1 };
	struct desk_sop_deviations_row *rows;
	struct deviation_shown *all;
	size_t n;

	p->is_wide = args.wide != 0;
	p->shows_all = filter && strcmp(filter, "semua") == 0;
	args.open = !p->shows_all;
	args.only.v = p->is_wide ? 0 : c->who.account.v;
	start_after(req, &args);
	TRY(q_desk_sop_deviations(c->db, c->a, &args, &rows, &n));
	all = arena_new_many(c->a, struct deviation_shown, n + 1);
	for (size_t i = 0; i < n && p->n < PAGE_ROWS; i++)
		all[p->n++] = make(c, &rows[i], t);
	p->rows = all;
	if (n > PAGE_ROWS)
		p->next_href = arena_printf(c->a, "/meja/penyimpangan?%ssetelah=%lld_%lld", p->shows_all ? "saring=semua&" : "",
					    (long long)rows[PAGE_ROWS - 1].noticed_at.ms, (long long)rows[PAGE_ROWS - 1].id.v);
	p->problem = t ? t->problem : NULL;
	for (size_t i = 0; t && i < p->n; i++)
		if (p->rows[i].id == t->id)
			p->problem = NULL;
	return RC_OK;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct typed *t)
{
	struct deviation_page page = { .csrf = csrf_token(c, req, res) };
	struct page p;

	if (!may_open(c->who.role))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(load(c, req, t, &page));
	page_init(&p, c, req, res);
	p.layout.title = msg_deviation_title(c->lang);
	p.layout.nav = NAV_DESK;
	if (t) {
		p.layout.here = "/meja/penyimpangan";
		p.layout.lang_href = layout_lang_href(c->a, p.layout.here, "", layout_other_lang(c->lang));
	}
	page_begin(&p);
	view_deviations(&p.out, &page);
	return page_end(&p);
}

/* GET /meja/penyimpangan */
enum rc desk_deviation_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, NULL);
}

static enum rc answer(struct ctx *c, const struct request *req, struct response *res, struct typed *t, enum rc rc, int flash)
{
	struct err why = c->err;

	if (rc == RC_OK) {
		response_flash(c, res, flash);
		return response_redirect(c, res, "/meja/penyimpangan");
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	t->problem = desk_parts_refusal(c);
	res->status = error_page_status(rc);
	TRY(show(c, req, res, t));
	c->err = why;
	return rc;
}

static enum rc read_id(struct ctx *c, const struct request *req, struct deviation_id *ret)
{
	return parse_int(request_param(req, "id"), 1, INT64_MAX, &ret->v) ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

static enum rc show_expired(struct ctx *c, const struct request *req, struct response *res, struct typed *t)
{
	t->problem = msg_text(c->lang, MSG_refusal_form_expired);
	res->status = 403;
	return show(c, req, res, t);
}

/* POST /meja/penyimpangan/{id}/penjelasan */
enum rc desk_deviation_account_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct typed t = { .cause = form_read_lines(&f, "sebab", 0, DEVIATION_TEXT_MAX + 1),
			   .correction = form_read_lines(&f, "korektif", 0, DEVIATION_TEXT_MAX + 1), .review = "" };
	struct deviation_id id;

	TRY(read_id(c, req, &id));
	t.id = id.v;
	if (req->csrf_failed)
		return show_expired(c, req, res, &t);
	return answer(c, req, res, &t, deviation_account(c, id, t.cause, t.correction), MSG_deviation_done_accounted);
}

/* POST /meja/penyimpangan/{id}/tinjauan */
enum rc desk_deviation_review_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *step = request_form(req, "langkah");
	struct typed t = { .review = form_read_lines(&f, "tinjauan", 0, DEVIATION_TEXT_MAX + 1), .cause = "", .correction = "" };
	bool accepts = step && strcmp(step, "terima") == 0;
	struct deviation_id id;

	TRY(read_id(c, req, &id));
	t.id = id.v;
	if (req->csrf_failed)
		return show_expired(c, req, res, &t);
	return answer(c, req, res, &t, deviation_review(c, id, accepts, t.review), MSG_deviation_done_reviewed);
}
