/* SPDX-License-Identifier: Apache-2.0
 * public_track_post - what the reporter does on the tracking page: complete, reply, close, rate, reopen, ask
 * for protection, withdraw.
 *
 * Every one is one use case through act_by_code; whatever it refuses comes back on the page with the words
 * that were typed.
 */
#include "app/act.h"
#include "base/utf8.h"
#include "i18n/vocab.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/public_track.h"

#define DEEDS_PER_HOUR 20

struct deed {
	const char *anchor;    /* where a refusal is shown */
	enum msg done;         /* what the next page says */
	struct track_typed typed;
	struct track_data d;
	const char *code;
};

static enum rc begin(struct ctx *c, const struct request *req, struct deed *d)
{
	TRY(public_track_load(c, req, request_param(req, "kode"), &d->d));
	d->code = d->d.r.code;
	d->typed.reply = d->typed.reopen = d->typed.withdraw = "";
	return RC_OK;
}

/* The page again, with what is wrong; nothing was done. */
static enum rc show_again(struct ctx *c, const struct request *req, struct response *res, struct deed *d,
			  int status, const char *problem)
{
	if (problem)
		public_problem_add(c, &d->typed.problems, d->anchor, problem);
	res->status = status;
	return public_track_show(c, req, res, &d->d, &d->typed);
}

/*
 * Every deed goes as mail to the officers who hold the report: nobody has that much to say within an hour.
 * Counted by report, because whole villages share an address.
 */
static bool is_too_much(const struct ctx *c, const struct deed *d)
{
	int n = 0;

	for (size_t i = 0; i < d->d.n_events; i++)
		n += d->d.events[i].role == ROLE_CITIZEN && d->d.events[i].at.ms > c->now.ms - MS_PER_HOUR;
	return n >= DEEDS_PER_HOUR;
}

static enum rc show_too_much(struct ctx *c, const struct request *req, struct response *res, struct deed *d)
{
	return show_again(c, req, res, d, 429, msg_text(c->lang, MSG_refusal_too_many_requests));
}

static enum rc finish(struct ctx *c, const struct request *req, struct response *res, struct deed *d,
		      enum rc rc)
{
	if (rc == RC_OK) {
		response_flash(c, res, (int)d->done);
		return response_redirect(c, res, "/lacak/%s", d->code);
	}
	/* Failures are the dispatcher's; refusals are the reporter's to read. */
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	return show_again(c, req, res, d, error_page_status(rc),
			  msg_text(c->lang, vocab_refusal(c->err.refusal)));
}

/* A text of the form, as typed; problem is set when it is missing or too long. */
static const char *take_text(struct ctx *c, const struct request *req, const char *field, enum msg missing,
			     const char **ret_problem)
{
	const char *typed = request_form(req, field), *clean;

	*ret_problem = NULL;
	clean = utf8_clean(c->a, typed ? typed : "", true);
	if (!*clean)
		*ret_problem = msg_text(c->lang, missing);
	else if (utf8_length(clean) > REPORT_NOTE_MAX)
		*ret_problem = msg_track_too_long(c->lang);
	return clean;
}

static enum rc write_message(struct ctx *c, const struct request *req, struct response *res,
			     enum action action, enum msg done)
{
	struct attachment_id files[REPORT_FILES_MAX];
	struct public_uploads *up = req->prep;
	struct deed d = { .anchor = "balas", .done = done };
	struct act_out out;
	const char *problem;

	TRY(begin(c, req, &d));
	d.typed.reply = take_text(c, req, "balas", MSG_track_reply_empty, &problem);
	if (req->csrf_failed)
		return show_again(c, req, res, &d, 403, NULL);
	if (problem)
		return show_again(c, req, res, &d, 422, problem);
	if (is_too_much(c, &d))
		return show_too_much(c, req, res, &d);
	d.typed.uploads = up;
	if (up && public_uploads_refused(up) > 0)
		return show_again(c, req, res, &d, public_uploads_status(up), msg_track_files_refused(c->lang));
	if (up)
		TRY(public_uploads_store(c, up, (struct draft_id){ 0 }, 0));
	const struct act_in in = { .action = action,
				   .seen_version = -1,
				   .note = d.typed.reply,
				   .files = files,
				   .n_files = up ? public_uploads_ids(up, files) : 0 };

	return finish(c, req, res, &d, act_by_code(c, d.code, &in, &out));
}

enum rc track_reply_post(struct ctx *c, const struct request *req, struct response *res)
{
	return write_message(c, req, res, ACT_REPLY, MSG_track_flash_replied);
}

enum rc track_complete_post(struct ctx *c, const struct request *req, struct response *res)
{
	return write_message(c, req, res, ACT_COMPLETE, MSG_track_flash_completed);
}

/* 0 when none was chosen. */
static int rating_of(struct ctx *c, const struct request *req)
{
	struct form_read f = form_read_begin(c, req);

	return (int)form_read_int(&f, "nilai", 1, 5, 0);
}

static enum rc rate(struct ctx *c, const char *code, int rating)
{
	const struct act_in in = { .action = ACT_RATE, .seen_version = -1, .rating = rating };
	struct act_out out;

	return act_by_code(c, code, &in, &out);
}

/* Closing may carry a rating, which never stands in the way of the closing. */
enum rc track_close_post(struct ctx *c, const struct request *req, struct response *res)
{
	const struct act_in close = { .action = ACT_CLOSE, .seen_version = -1, .reason = "solved" };
	struct deed d = { .anchor = "nilai", .done = MSG_track_flash_closed };
	struct act_out out;

	TRY(begin(c, req, &d));
	if (req->csrf_failed)
		return show_again(c, req, res, &d, 403, NULL);
	int rating = rating_of(c, req);
	enum rc rc = act_by_code(c, d.code, &close, &out);

	if (rc == RC_OK && rating > 0 && d.d.r.rating == 0)
		rc = rate(c, d.code, rating);
	return finish(c, req, res, &d, rc);
}

enum rc track_rate_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct deed d = { .anchor = "nilai", .done = MSG_track_flash_rated };

	TRY(begin(c, req, &d));
	if (req->csrf_failed)
		return show_again(c, req, res, &d, 403, NULL);
	int rating = rating_of(c, req);

	if (rating == 0)
		return show_again(c, req, res, &d, 422, msg_track_rate_missing(c->lang));
	return finish(c, req, res, &d, rate(c, d.code, rating));
}

/* A deed that is a text: what was typed stays on the page whatever becomes of it. typed: its place in d->typed. */
static enum rc act_with_text(struct ctx *c, const struct request *req, struct response *res, struct deed *d,
			     const char **typed, enum msg if_empty, const struct act_in *deed_in)
{
	struct act_in in = *deed_in;
	const char *problem;
	struct act_out out;

	TRY(begin(c, req, d));
	*typed = take_text(c, req, "alasan", if_empty, &problem);
	if (req->csrf_failed)
		return show_again(c, req, res, d, 403, NULL);
	if (problem)
		return show_again(c, req, res, d, 422, problem);
	if (is_too_much(c, d))
		return show_too_much(c, req, res, d);
	in.note = *typed;
	return finish(c, req, res, d, act_by_code(c, d->code, &in, &out));
}

enum rc track_reopen_post(struct ctx *c, const struct request *req, struct response *res)
{
	const struct act_in in = { .action = ACT_REOPEN, .seen_version = -1, .reason = "not_solved" };
	struct deed d = { .anchor = "buka", .done = MSG_track_flash_reopened };

	return act_with_text(c, req, res, &d, &d.typed.reopen, MSG_track_reopen_empty, &in);
}

enum rc track_withdraw_post(struct ctx *c, const struct request *req, struct response *res)
{
	const struct act_in in = { .action = ACT_WITHDRAW, .seen_version = -1, .reason = "other" };
	struct deed d = { .anchor = "cabut", .done = MSG_track_flash_withdrawn };

	return act_with_text(c, req, res, &d, &d.typed.withdraw, MSG_track_withdraw_empty, &in);
}

/* More protection only: what was public a while cannot be asked to be more public. */
enum rc track_protect_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct deed d = { .anchor = "sifat", .done = MSG_track_flash_protected };
	const char *word = request_form(req, "sifat");
	enum visibility wanted = VISIBILITY_NONE;
	struct act_out out;

	TRY(begin(c, req, &d));
	if (req->csrf_failed)
		return show_again(c, req, res, &d, 403, NULL);
	if (!word || !visibility_parse(word, &wanted) || wanted <= d.d.r.visibility)
		return show_again(c, req, res, &d, 422,
				  msg_text(c->lang, vocab_field_error(FIELD_VISIBILITY_MISSING)));
	const struct act_in in = { .action = ACT_SET_VISIBILITY, .seen_version = -1, .visibility = wanted };

	return finish(c, req, res, &d, act_by_code(c, d.code, &in, &out));
}
