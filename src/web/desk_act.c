/* SPDX-License-Identifier: Apache-2.0
 * desk_act - the forms of the report page: one handler per shape of form, one use case each.
 *
 * A refusal shows the page again as it is now, with everything typed in the form it came from. Nothing is
 * overwritten: the version that the officer saw goes with every form.
 */
#include <string.h>

#include "app/act.h"
#include "i18n/vocab.h"
#include "web/desk_parts.h"
#include "web/desk_report.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/public_upload.h"

#define WORD_MAX 40

/* A form of the report page as it was sent. */
struct sent {
	const char *number;
	int64_t seen_version;
	struct desk_typed t;
	size_t n_problems;
	enum field_error problem;
};

static struct sent read_form(struct ctx *c, const struct request *req, enum action action)
{
	struct form_read f = form_read_begin(c, req);
	struct sent s = {
		.number = request_param(req, "nomor"),
		.seen_version = form_read_int(&f, "versi", 0, INT64_MAX, 0),
		.t = {
			.action = action,
			.reason = form_read_text(&f, "alasan", 0, WORD_MAX),
			.note = form_read_lines(&f, "catatan", 0, REPORT_NOTE_MAX),
			.title = form_read_text(&f, "judul", 0, REPORT_TITLE_MAX),
			.body = form_read_lines(&f, "isi", 0, REPORT_BODY_MAX),
			.to = form_read_id(&f, "tujuan"),
			.category = form_read_id(&f, "kategori"),
			.relevant = form_read_checked(&f, "relevan"),
			.complete = form_read_checked(&f, "lengkap"),
			.clear = form_read_checked(&f, "jelas"),
		},
	};

	/* An unknown word stays "not chosen", and the use case asks for a choice. */
	if (!class_parse(form_read_raw(&f, "klasifikasi"), &s.t.class))
		s.t.class = CLASS_NONE;
	if (!visibility_parse(form_read_raw(&f, "sifat"), &s.t.visibility))
		s.t.visibility = VISIBILITY_NONE;
	s.n_problems = f.problems.n;
	if (s.n_problems > 0)
		s.problem = f.problems.p[0].error;
	return s;
}

static struct act_in act_of(const struct sent *s)
{
	const struct desk_typed *t = &s->t;

	return (struct act_in){
		.action = t->action,
		.seen_version = s->seen_version,
		.reason = *t->reason ? t->reason : NULL,
		.note = *t->note ? t->note : NULL,
		.to = { t->to },
	};
}

/* The page once more, with status and sentence. Returns rc, so that nothing half done stays. */
static enum rc show_again(struct ctx *c, const struct request *req, struct response *res, struct sent *s, enum rc rc,
			  const char *problem)
{
	struct err why = c->err;

	s->t.problem = problem;
	res->status = rc == RC_OK ? 403 : error_page_status(rc);
	TRY(desk_report_show(c, req, res, s->number, &s->t));
	c->err = why;
	return rc;
}

/* What came from the use case: refusals are shown where they happened, failures go on. */
static enum rc answer_refusal(struct ctx *c, const struct request *req, struct response *res, struct sent *s, enum rc rc)
{
	switch (rc) {
	case RC_CONFLICT:
	case RC_INVALID:
	case RC_DENIED:
	case RC_TOO_LARGE:
	case RC_UNSUPPORTED:
		s->t.is_conflict = c->err.refusal == REFUSE_changed_meanwhile;
		return show_again(c, req, res, s, rc, desk_parts_refusal(c));
	case RC_OK:
	case RC_NOT_FOUND:
	case RC_LIMITED:
	case RC_UNAVAILABLE:
	case RC_FAILED:
		break;
	}
	return rc;
}

/* Before anything is done: is the token good, does every field fit? ret_done: the page is rendered. */
static enum rc check_form(struct ctx *c, const struct request *req, struct response *res, struct sent *s, bool *ret_done)
{
	*ret_done = true;
	if (req->csrf_failed)
		return show_again(c, req, res, s, RC_OK, msg_text(c->lang, MSG_refusal_form_expired));
	if (s->n_problems > 0)
		return show_again(c, req, res, s, RC_INVALID, msg_text(c->lang, vocab_field_error(s->problem)));
	*ret_done = false;
	return RC_OK;
}

/* What the reporter asked for is the least: an officer may protect more, never less. */
static enum rc check_protection(struct ctx *c, const struct sent *s, bool *ret_is_less)
{
	struct desk_report_row r;
	unsigned bits;

	TRY(desk_load_row(c, s->number, &r, &bits));
	*ret_is_less = s->t.visibility != VISIBILITY_NONE && s->t.visibility < r.asked_visibility;
	return RC_OK;
}

/* POST /meja/laporan/{nomor}/verifikasi: verify, and with the main button disposition in the same transaction. */
enum rc desk_act_verify_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s = read_form(c, req, ACT_VERIFY);
	const char *step = request_form(req, "langkah");
	size_t n = step && strcmp(step, "disposisi") == 0 ? 2 : 1;
	struct act_in steps[2] = { act_of(&s), act_of(&s) };
	struct act_out out;
	bool done;
	enum rc rc;

	s.t.is_verify_form = true;
	rc = check_form(c, req, res, &s, &done);
	if (done)
		return rc;
	if (n == 2 && s.t.to == 0) {
		rc = ctx_refuse(c, RC_INVALID, target_required);
		return answer_refusal(c, req, res, &s, rc);
	}
	TRY(check_protection(c, &s, &done));
	if (done)
		return show_again(c, req, res, &s, RC_INVALID, msg_desk_less_than_asked(c->lang));
	steps[0].note = steps[0].reason = NULL;
	steps[0].to.v = 0;
	steps[0].class = s.t.class;
	steps[0].category.v = s.t.category;
	steps[0].visibility = s.t.visibility;
	steps[0].public_title = s.t.title;
	steps[0].public_body = s.t.body;
	steps[0].checked_relevant = s.t.relevant;
	steps[0].checked_complete = s.t.complete;
	steps[0].checked_clear = s.t.clear;
	steps[1].action = ACT_DISPOSE;
	rc = s.t.visibility == VISIBILITY_NONE ? ctx_refuse(c, RC_INVALID, visibility_required) :
						 act_all(c, s.number, steps, n, &out);
	if (rc != RC_OK)
		return answer_refusal(c, req, res, &s, rc);
	response_flash(c, res, n == 2 ? MSG_desk_done_disposed : MSG_desk_done_verified);
	if (n == 2)
		return response_redirect(c, res, "/meja?antrean=verifikasi");
	return response_redirect(c, res, "/meja/laporan/%s", s.number);
}

/* POST /meja/laporan/{nomor}/redaksi */
enum rc desk_act_text_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s = read_form(c, req, ACT_EDIT_TEXT);
	struct act_in in = act_of(&s);
	struct act_out out;
	bool done;
	enum rc rc = check_form(c, req, res, &s, &done);

	if (done)
		return rc;
	in.public_title = s.t.title;
	in.public_body = s.t.body;
	rc = act_by_number(c, s.number, &in, &out);
	if (rc != RC_OK)
		return answer_refusal(c, req, res, &s, rc);
	response_flash(c, res, MSG_desk_done_text);
	return response_redirect(c, res, "/meja/laporan/%s", s.number);
}

/* The small forms without files; what is not listed has a form of its own, or none. */
static bool is_small(enum action a)
{
	switch ((int)a) {
	case ACT_DISPOSE:
	case ACT_FORWARD_UNIT:
	case ACT_RETURN_UP:
	case ACT_REDISPOSE:
	case ACT_PEND:
	case ACT_COMPLETE:
	case ACT_ARCHIVE:
	case ACT_CLOSE:
	case ACT_REOPEN:
	case ACT_ARBITRATE:
	case ACT_NOTE:
	case ACT_SET_VISIBILITY:
	case ACT_RECLASSIFY:
	case ACT_BLOCK:
	case ACT_UNBLOCK:
	case ACT_TAKE: return true;
	default: return false;
	}
}

/* After these it lies with somebody else: the officer goes on with the next one. */
static bool leaves_the_desk(enum action a)
{
	return a == ACT_DISPOSE || a == ACT_ARBITRATE || a == ACT_FORWARD_UNIT || a == ACT_RETURN_UP || a == ACT_REDISPOSE ||
	       a == ACT_UNIT_ANSWER;
}

static enum rc go_on(struct ctx *c, struct response *res, const struct sent *s)
{
	enum action a = s->t.action;

	response_flash(c, res,
		       a == ACT_NOTE ? MSG_desk_done_note :
		       a == ACT_ANSWER || a == ACT_FOLLOW_UP ? MSG_desk_done_answered :
		       leaves_the_desk(a) ? MSG_desk_done_sent : MSG_desk_done_acted);
	if (leaves_the_desk(a))
		return response_redirect(c, res, "/meja");
	if (a == ACT_NOTE)
		return response_redirect(c, res, "/meja/laporan/%s?tab=internal#percakapan", s->number);
	return response_redirect(c, res, "/meja/laporan/%s", s->number);
}

/* POST /meja/laporan/{nomor}/tindakan/{aksi} */
enum rc desk_act_small_post(struct ctx *c, const struct request *req, struct response *res)
{
	enum action action = ACT_NONE;
	struct act_in in;
	struct act_out out;
	struct sent s;
	bool done;
	enum rc rc;

	if (!action_parse(request_param(req, "aksi"), &action) || !is_small(action))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	s = read_form(c, req, action);
	rc = check_form(c, req, res, &s, &done);
	if (done)
		return rc;
	if (action == ACT_SET_VISIBILITY) {
		TRY(check_protection(c, &s, &done));
		if (done)
			return show_again(c, req, res, &s, RC_INVALID, msg_desk_less_than_asked(c->lang));
	}
	in = act_of(&s);
	/* A note depends on nothing that could have changed meanwhile. */
	if (action == ACT_NOTE)
		in.seen_version = -1;
	if (action == ACT_SET_VISIBILITY)
		in.visibility = s.t.visibility;
	if (action == ACT_RECLASSIFY) {
		in.class = s.t.class;
		in.category.v = s.t.category;
	}
	rc = act_by_number(c, s.number, &in, &out);
	if (rc != RC_OK)
		return answer_refusal(c, req, res, &s, rc);
	return go_on(c, res, &s);
}

static bool is_answer(enum action a)
{
	return a == ACT_FOLLOW_UP || a == ACT_UNIT_ANSWER || a == ACT_ANSWER;
}

static enum rc answer_with_files(struct ctx *c, const struct sent *s, struct public_uploads *up)
{
	struct attachment_id ids[REPORT_FILES_MAX];
	struct act_in in = act_of(s);
	struct act_out out;

	/* Who may see them follows from the event they come with. */
	if (up) {
		TRY(public_uploads_store(c, up, (struct draft_id){ 0 }, 0));
		in.n_files = public_uploads_ids(up, ids);
		in.files = ids;
	}
	return act_by_number(c, s->number, &in, &out);
}

/* Why a file was not taken; NULL when all were. */
static const char *files_problem(struct ctx *c, const struct public_uploads *up)
{
	if (!up || public_uploads_refused(up) == 0)
		return NULL;
	for (size_t i = 0; i < up->n; i++)
		if (up->p[i].refused != REFUSE_none)
			return arena_printf(c->a, "%s: %s", up->p[i].name, msg_text(c->lang, vocab_refusal((int)up->p[i].refused)));
	return msg_text(c->lang, MSG_refusal_too_many_files);
}

/* Browsers do not keep chosen files, so the page says that they have to be chosen again. */
static const char *with_files_lost(struct ctx *c, const struct request *req, const char *problem)
{
	if (req->n_uploads == 0)
		return problem;
	return arena_printf(c->a, "%s %s", problem, msg_desk_files_again(c->lang));
}

/* POST /meja/laporan/{nomor}/tanggapan/{aksi}: follow-up, unit's material, answer; with files */
enum rc desk_act_answer_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct public_uploads *up = req->prep;
	const char *problem;
	enum action action = ACT_NONE;
	struct sent s;
	bool done;
	enum rc rc;

	if (!action_parse(request_param(req, "aksi"), &action) || !is_answer(action))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	s = read_form(c, req, action);
	rc = check_form(c, req, res, &s, &done);
	if (done)
		return rc;
	problem = files_problem(c, up);
	if (problem) {
		rc = show_again(c, req, res, &s, RC_INVALID, with_files_lost(c, req, problem));
		res->status = public_uploads_status(up);
		return rc;
	}
	rc = answer_with_files(c, &s, up);
	if (rc == RC_CONFLICT || rc == RC_INVALID || rc == RC_DENIED) {
		s.t.is_conflict = c->err.refusal == REFUSE_changed_meanwhile;
		return show_again(c, req, res, &s, rc, with_files_lost(c, req, desk_parts_refusal(c)));
	}
	return rc == RC_OK ? go_on(c, res, &s) : rc;
}

/* POST /meja/laporan/{nomor}/buka: identity and personal data, once, on the answer to this very request. */
enum rc desk_act_reveal_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct sent s = read_form(c, req, ACT_REVEAL);
	struct act_in in = act_of(&s);
	struct act_out out;
	bool done;
	enum rc rc = check_form(c, req, res, &s, &done);

	if (done)
		return rc;
	/* Opening changes nothing that another officer could have decided on. */
	in.seen_version = -1;
	rc = s.t.note[0] ? act_by_number(c, s.number, &in, &out) : ctx_refuse(c, RC_INVALID, text_required);
	if (rc != RC_OK)
		return answer_refusal(c, req, res, &s, rc);
	return desk_report_show(c, req, res, s.number, &(struct desk_typed){ .is_revealed = true });
}
