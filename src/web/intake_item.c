/* SPDX-License-Identifier: Apache-2.0
 * intake_item - /meja/penerimaan/{nomor}: one of what came by other ways, its steps, its history, and the small forms of the
 * team: verify, hand over, refuse (SOP tjt-21#2, tjt-21#3, tjt-22#2, tjt-22#3, tjt-25#2, tjt-25#3).
 */
#include <string.h>

#include "app/attach.h"
#include "app/intake.h"
#include "app/settings.h"
#include "base/parse.h"
#include "core/sop_run.h"
#include "i18n/vocab.h"
#include "tmpl_intake.h"
#include "web/clock_words.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/intake_parts.h"
#include "web/page.h"
#include "web/state.h"

#define WORD_MAX 40

/* A form of the page as it was sent. */
struct sent {
	int64_t version;
	bool relevant, complete, clear;
	const char *reason, *note, *problem;
};

static struct sent read_form(struct ctx *c, const struct request *req, struct field_problems *ret_problems)
{
	struct form_read f = form_read_begin(c, req);
	struct sent s = {
		.version = form_read_int(&f, "versi", 0, INT64_MAX, 0),
		.relevant = form_read_checked(&f, "relevan"), .complete = form_read_checked(&f, "lengkap"),
		.clear = form_read_checked(&f, "jelas"),
		.reason = form_read_text(&f, "alasan", 0, WORD_MAX),
		.note = form_read_lines(&f, "catatan", 0, REPORT_NOTE_MAX),
	};

	*ret_problems = f.problems;
	return s;
}

static const char *what_happened(struct ctx *c, const struct intake_story_row *e)
{
	if (e->task != SOP_TASK_NONE)
		return msg_text(c->lang, vocab_task(e->task));
	if (e->action == ACT_SUBMIT)
		return msg_intake_log_entered(c->lang);
	if (e->action == ACT_SETTLE)
		return msg_intake_log_settled(c->lang);
	if (e->action == ACT_ARCHIVE && e->to_state == INTAKE_REFUSED)
		return msg_text(c->lang, MSG_intake_state_refused);
	return msg_text(c->lang, vocab_action(e->action));
}

/* Newest first. */
static void fill_log(struct ctx *c, const struct intake_story_row *rows, size_t n, struct intake_item *p)
{
	struct intake_log *log = arena_new_many(c->a, struct intake_log, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct intake_story_row *e = &rows[n - 1 - i];
		enum msg reason = vocab_reason(e->reason);

		log[i] = (struct intake_log){ .what = what_happened(c, e), .who = e->actor, .role = e->role, .at = e->at,
					      .reason = reason != MSG_NONE ? msg_text(c->lang, reason) : NULL,
					      .note = e->note, .was_late = e->was_late };
	}
	p->log = log;
	p->n_log = n;
}

/* How a step went: the last event that ended it decides. */
static void fill_step(const struct intake_story_row *rows, size_t n, size_t index, size_t now, struct intake_step *s)
{
	size_t last = 0;

	for (size_t i = 0; i < n; i++) {
		if (rows[i].sop_step > 0)
			last = (size_t)rows[i].sop_step > last ? (size_t)rows[i].sop_step : last;
		if (rows[i].sop_step != (int64_t)index + 1)
			continue;
		s->state = rows[i].was_late ? INTAKE_STEP_LATE : INTAKE_STEP_DONE;
		s->at = rows[i].at;
	}
	if (index == now)
		s->state = INTAKE_STEP_NOW;
	else if (s->state == INTAKE_STEP_TO_COME && (now == SOP_END || now > index))
		s->state = INTAKE_STEP_SKIPPED;
}

static void fill_steps(struct ctx *c, const struct intake_page_row *r, const struct sop_book *book,
		       const struct intake_story_row *rows, size_t n, struct intake_item *p)
{
	const struct sop *sop = book ? book->sop : NULL;
	size_t now = r->sop_step > 0 ? (size_t)r->sop_step - 1 : SOP_END;
	struct intake_step *steps;

	if (!sop)
		return;
	steps = arena_new_many(c->a, struct intake_step, sop->step_n + 1);
	for (size_t i = 0; i < sop->step_n; i++) {
		const struct sop_step *from = &sop->steps[i];

		steps[i] = (struct intake_step){ .id = from->id, .name = from->name, .time = from->printed,
						 .who = from->by_n ? sop->actors[from->by[0]].name : "" };
		fill_step(rows, n, i, now, &steps[i]);
	}
	p->steps = steps;
	p->n_steps = sop->step_n;
	p->sop = *sop->number ? sop->number : sop->id;
}

static enum rc fill_files(struct ctx *c, const struct intake_page_row *r, struct intake_item *p)
{
	struct intake_file_count_row all;
	struct intake_files_row *rows;
	struct intake_file *files;
	size_t n;

	TRY(q_intake_file_count(c->db, c->a, r->id, &all));
	TRY(q_intake_files(c->db, c->a, r->id, &rows, &n));
	files = arena_new_many(c->a, struct intake_file, n + 1);
	for (size_t i = 0; i < n; i++) {
		const char *slash = strchr(rows[i].mime, '/');

		files[i] = (struct intake_file){ rows[i].id.v, rows[i].size_bytes, rows[i].name,
						 slash ? slash + 1 : rows[i].mime };
	}
	p->files = files;
	p->n_files = n;
	p->has_moved_files = all.n > (int64_t)n;
	return RC_OK;
}

static void fill_rights(struct ctx *c, const struct intake_page_row *r, struct intake_item *p)
{
	const struct {
		struct sop_act act;
		bool *may;
	} acts[] = {
		{ { .task = SOP_TASK_INTAKE_VERIFY }, &p->may_verify },
		{ { .task = SOP_TASK_INTAKE_HAND_OVER }, &p->may_hand_over },
		{ { .action = ACT_SUBMIT }, &p->may_enter },
	};

	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		*acts[i].may = intake_next(r->level, r->state, acts[i].act, c->who.role) != INTAKE_NONE;
	p->may_refuse = r->state != INTAKE_WATCHED &&
			intake_next(r->level, r->state, (struct sop_act){ .action = ACT_ARCHIVE }, c->who.role) != INTAKE_NONE;
}

/* The rule, what was counted from when, the days off on the way. */
static const char *why_then(struct ctx *c, const struct intake_page_row *r, const struct sop_book *book)
{
	const struct sop_step *step = intake_parts_step(book, r->sop_step);
	struct clock k = { .kind = CLOCK_STEP, .started_at = r->step_since_at, .due_at = r->due_at };
	char rule[SOP_RUN_RULE_MAX];

	if (!step || !instant_is_set(r->due_at))
		return NULL;
	k.limit = sop_run_limit(step);
	if (k.limit.n <= 0)
		return NULL;
	sop_run_rule(book->sop, book->version, (size_t)r->sop_step - 1, rule);
	k.rule = rule;
	return clock_words_sentence(c, &k);
}

static void fill(struct ctx *c, const struct intake_page_row *r, const struct sent *s, struct intake_item *p)
{
	const struct sop_book *book = sop_shelf_find(c->sops, r->sop_id);
	const struct sop *sop = book ? book->sop : NULL;
	const struct sop_step *step = intake_parts_step(book, r->sop_step);

	*p = (struct intake_item){
		.number = r->number, .agency = r->agency, .title = r->title, .body = r->body,
		.channel_note = r->channel_note, .name = r->name, .email = r->email, .phone = r->phone, .place = r->place,
		.region = r->region, .category = r->category, .answer = r->answer, .channel = r->channel,
		.kind = r->kind, .visibility = r->visibility, .state = r->state, .version = r->version,
		.received_at = r->received_at, .happened_on = r->happened_on, .due_at = r->due_at,
		.due = desk_parts_due_held(c, r->step_since_at, r->due_at), .due_why = why_then(c, r, book),
		.waits_for = intake_parts_waits_for(c, sop, r->level, r->state),
		.enterer = intake_parts_role(c, sop, intake_enterer(r->level)),
		.reasons = desk_parts_reasons(c, ACT_ARCHIVE, s ? s->reason : NULL),
		.report_number = r->report_number, .report_state = r->report_state,
		.is_recapped = step && step->in_force.every_months > 0,
	};
	if (s) {
		p->relevant = s->relevant;
		p->complete = s->complete;
		p->clear = s->clear;
		p->note = s->note;
		p->problem = s->problem;
	}
	fill_rights(c, r, p);
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct sent *s)
{
	struct intake_story_row *story;
	struct intake_page_row r;
	struct intake_item item;
	struct page p;
	size_t n;

	TRY(intake_parts_load(c, req, &r));
	TRY(q_intake_story(c->db, c->a, r.id, &story, &n));
	fill(c, &r, s, &item);
	item.csrf = csrf_token(c, req, res);
	fill_log(c, story, n, &item);
	fill_steps(c, &r, sop_shelf_find(c->sops, r.sop_id), story, n, &item);
	TRY(fill_files(c, &r, &item));
	page_init(&p, c, req, res);
	p.layout.title = item.number;
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake_item(&p.out, &item);
	return page_end(&p);
}

enum rc intake_item_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, NULL);
}

enum rc intake_item_file_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct intake_page_row r;
	struct intake_file_row file;
	int64_t id;
	enum rc rc;

	TRY(intake_parts_load(c, req, &r));
	if (!parse_int(request_param(req, "id"), 1, INT64_MAX, &id))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	rc = q_intake_file(c->db, c->a, (struct attachment_id){ id }, &file);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && file.intake_id.v != r.id.v))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	return response_attachment(c, res, file.id, false);
}

/* What the use case said: on to the page, or the page again with the reason and what was typed. */
static enum rc answer(struct ctx *c, const struct request *req, struct response *res, struct sent *s, enum rc rc, enum msg done)
{
	struct err why = c->err;

	if (rc == RC_OK) {
		response_flash(c, res, (int)done);
		/* Refused by the one who should have entered it, it is no longer theirs to see. */
		return done == MSG_intake_refused ? response_redirect(c, res, "/meja/penerimaan") :
		       response_redirect(c, res, "/meja/penerimaan/%s", request_param(req, "nomor"));
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DENIED)
		return rc;
	s->problem = desk_parts_refusal(c);
	res->status = error_page_status(rc);
	TRY(show(c, req, res, s));
	c->err = why;
	return rc;
}

/* Before anything is done; ret_done: the page is rendered. */
static enum rc check(struct ctx *c, const struct request *req, struct response *res, struct sent *s, bool *ret_done)
{
	struct field_problems problems;

	*s = read_form(c, req, &problems);
	*ret_done = req->csrf_failed || problems.n > 0;
	if (!*ret_done)
		return RC_OK;
	s->problem = msg_text(c->lang, req->csrf_failed ? MSG_refusal_form_expired : vocab_field_error(problems.p[0].error));
	res->status = req->csrf_failed ? 403 : 422;
	return show(c, req, res, s);
}

enum rc intake_item_verify_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s;
	bool done;
	enum rc rc;

	TRY(check(c, req, res, &s, &done));
	if (done)
		return RC_OK;
	rc = intake_verify(c, request_param(req, "nomor"), s.version, s.relevant, s.complete, s.clear);
	return answer(c, req, res, &s, rc, MSG_intake_verified);
}

enum rc intake_item_hand_over_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s;
	bool done;
	enum rc rc;

	TRY(check(c, req, res, &s, &done));
	if (done)
		return RC_OK;
	rc = intake_hand_over(c, request_param(req, "nomor"), s.version);
	return answer(c, req, res, &s, rc, MSG_intake_handed_over);
}

enum rc intake_item_refuse_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s;
	bool done;
	enum rc rc;

	TRY(check(c, req, res, &s, &done));
	if (done)
		return RC_OK;
	rc = intake_refuse(c, request_param(req, "nomor"), s.version, *s.reason ? s.reason : NULL, s.note);
	return answer(c, req, res, &s, rc, MSG_intake_refused);
}
