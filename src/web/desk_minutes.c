/* SPDX-License-Identifier: Apache-2.0
 * desk_minutes - the pages of berita acara (SOP kapuas#3): write, submit, decide, print; and what waits for the head.
 */
#include <string.h>

#include "app/minutes.h"
#include "app/settings.h"
#include "base/parse.h"
#include "core/access.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "i18n/vocab.h"
#include "query_minutes.h"
#include "tmpl_minutes.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/desk_report.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/public_upload.h"

#define LINES_MAX 60

static void split_lines(struct ctx *c, const char *text, struct minutes_text_shown *t)
{
	const char **lines = arena_new_many(c->a, const char *, LINES_MAX);
	char *rest = arena_strdup(c->a, text), *line;

	while (t->n_lines < LINES_MAX && (line = strsep(&rest, "\n")) != NULL)
		if (*line)
			lines[t->n_lines++] = line;
	t->lines = lines;
}

static struct minutes_text_shown show_text(struct ctx *c, const struct minutes_text *in)
{
	struct minutes_text_shown t = { .has_day = in->held_on.n != DAY_NONE, .held_on = in->held_on, .iso = "",
					.place = in->place, .findings = in->findings, .conclusion = in->conclusion,
					.proposed_answer = in->proposed_answer, .people = in->people };

	if (t.has_day) {
		char *iso = arena_alloc(c->a, 11);

		day_format(in->held_on, iso);
		t.iso = iso;
	}
	split_lines(c, in->people, &t);
	return t;
}

static const char *hex(struct ctx *c, struct db_blob b)
{
	char *text;

	if (!b.p)
		return NULL;
	text = arena_alloc(c->a, 2 * b.n + 1);
	parse_hex_encode(b.p, b.n, text);
	return text;
}

/* ret_waits: the newest is with the head of the OPD that has the report now. */
static enum rc load_versions(struct ctx *c, const struct desk_report_row *r, struct minutes_page *p, bool *ret_waits)
{
	struct minutes_of_report_row *rows;
	struct minutes_version *all;
	size_t n;

	TRY(q_minutes_of_report(c->db, c->a, r->id, &rows, &n));
	all = arena_new_many(c->a, struct minutes_version, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct minutes_text text = { rows[i].held_on, rows[i].place, rows[i].people, rows[i].findings,
						   rows[i].conclusion, rows[i].proposed_answer };

		all[i] = (struct minutes_version){
			.version = rows[i].version, .state = rows[i].state, .text = show_text(c, &text),
			.writer = rows[i].writer, .decider = rows[i].decider, .remark = rows[i].remark,
			.written_at = rows[i].written_at, .decided_at = rows[i].decided_at,
			.digest = hex(c, rows[i].digest) };
	}
	p->versions = all;
	p->n_versions = n;
	p->seen = n > 0 ? all[0].version : 0;
	*ret_waits = n > 0 && rows[0].state == MINUTES_SUBMITTED && rows[0].opd_id.v == r->opd_id.v;
	return RC_OK;
}

/* Photos are what came with a task field_check. */
static void load_photos(struct ctx *c, const struct desk_loaded *l, const struct desk_report *story,
			struct minutes_page *p)
{
	struct desk_file *all = arena_new_many(c->a, struct desk_file, story->n_files + 1);

	for (size_t i = 0; i < story->n_files; i++)
		for (size_t k = 0; k < l->n_events; k++)
			if (l->events[k].seq == l->files[i].seq && l->events[k].action == ACT_TASK &&
			    l->events[k].reason && strcmp(l->events[k].reason, "field_check") == 0)
				all[p->n_photos++] = story->files[i];
	p->photos = all;
}

static bool allows(const struct ctx *c, const struct desk_report_row *r, enum sop_task task)
{
	const struct sop_book *book = sop_shelf_find(c->sops, r->sop_id);

	return book && r->is_open && r->sop_step > 0 &&
	       sop_run_allows(book->sop, (size_t)r->sop_step - 1, (struct sop_act){ .task = task }, c->who.role);
}

static enum rc load(struct ctx *c, const char *number, struct minutes_page *p)
{
	struct desk_report story = { .shows_internal = true };
	struct desk_loaded l;
	bool waits;

	TRY(desk_load(c, number, &l));
	if (!(l.bits & ACCESS_INTERNAL))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	desk_story_tell(c, &l, &story);
	p->number = l.r.number;
	p->title = l.r.public_title ? l.r.public_title : msg_desk_text_not_released(c->lang);
	p->government = l.r.agency;
	p->opd = l.r.opd;
	TRY(load_versions(c, &l.r, p, &waits));
	load_photos(c, &l, &story, p);
	p->may_write = (l.bits & ACCESS_ACT) && !waits && allows(c, &l.r, SOP_TASK_FIELD_MINUTES);
	p->may_decide = c->who.role == ROLE_OPD_HEAD && waits && allows(c, &l.r, SOP_TASK_MINUTES_APPROVE);
	return RC_OK;
}

static void init_page(struct page *p, struct ctx *c, const struct request *req, struct response *res, const char *number)
{
	page_init(p, c, req, res);
	p->layout.nav = NAV_DESK;
	p->layout.title = arena_printf(c->a, "%s %s", msg_minutes_title(c->lang), number);
}

/* typed: the form that was refused, or NULL; decide_problem and remark: of the other one. */
static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct minutes_in *typed,
		    const char *problem, const char *decide_problem, const char *remark)
{
	struct minutes_page minutes = { .csrf = csrf_token(c, req, res), .problem = problem,
					.decide_problem = decide_problem, .remark_typed = remark };
	const struct minutes_text none = { { DAY_NONE }, "", "", "", "", "" };
	struct page p;

	TRY(load(c, request_param(req, "nomor"), &minutes));
	minutes.form = typed ? show_text(c, &typed->text) :
		       minutes.n_versions > 0 ? minutes.versions[0].text : show_text(c, &none);
	init_page(&p, c, req, res, minutes.number);
	p.layout.here = arena_printf(c->a, "/meja/laporan/%s/berita-acara", minutes.number);
	p.layout.lang_href = layout_lang_href(c->a, p.layout.here, "", layout_other_lang(c->lang));
	page_begin(&p);
	view_minutes(&p.out, &minutes);
	return page_end(&p);
}

/* GET /meja/laporan/{nomor}/berita-acara */
enum rc desk_minutes_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, NULL, NULL, NULL, NULL);
}

/* GET /meja/laporan/{nomor}/berita-acara/{versi}: the sheet that is printed */
enum rc desk_minutes_sheet_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct minutes_page minutes = { 0 };
	struct page p;
	int64_t version;

	TRY(load(c, request_param(req, "nomor"), &minutes));
	if (!parse_int(request_param(req, "versi"), 1, INT32_MAX, &version))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	for (size_t i = 0; i < minutes.n_versions; i++) {
		if (minutes.versions[i].version != version)
			continue;
		init_page(&p, c, req, res, minutes.number);
		page_begin(&p);
		view_minutes_sheet(&p.out, &minutes, &minutes.versions[i]);
		return page_end(&p);
	}
	return ctx_refuse(c, RC_NOT_FOUND, not_found);
}

static struct minutes_in read_form(struct ctx *c, const struct request *req, bool *ret_fits)
{
	struct form_read f = form_read_begin(c, req);
	const char *step = request_form(req, "langkah");
	struct minutes_in in = {
		.number = request_param(req, "nomor"),
		.seen = form_read_int(&f, "dilihat", 0, INT32_MAX, 0),
		.text = {
			.held_on = form_read_day(&f, "hari"),
			.place = form_read_text(&f, "tempat", 0, MINUTES_PLACE_MAX),
			.people = form_read_lines(&f, "hadir", 0, MINUTES_TEXT_MAX),
			.findings = form_read_lines(&f, "temuan", 0, MINUTES_TEXT_MAX),
			.conclusion = form_read_lines(&f, "kesimpulan", 0, MINUTES_TEXT_MAX),
			.proposed_answer = form_read_lines(&f, "usul", 0, MINUTES_TEXT_MAX),
		},
		.submits = step && strcmp(step, "ajukan") == 0,
	};

	*ret_fits = f.problems.n == 0;
	return in;
}

/* Shows it again; rc stays, so that nothing half done does. */
static enum rc refuse(struct ctx *c, const struct request *req, struct response *res, const struct minutes_in *in,
		      enum rc rc, const char *problem)
{
	struct err why = c->err;

	res->status = error_page_status(rc);
	TRY(show(c, req, res, in, problem, NULL, NULL));
	c->err = why;
	return rc;
}

static const char *problem_of(const struct ctx *c)
{
	switch (c->err.refusal) {
	case REFUSE_text_required: return msg_minutes_missing(c->lang);
	case REFUSE_changed_meanwhile:
	case REFUSE_not_possible_now: return msg_minutes_changed(c->lang);
	default: return desk_parts_refusal(c);
	}
}

static enum rc save(struct ctx *c, struct minutes_in *in, struct public_uploads *up)
{
	struct attachment_id ids[REPORT_FILES_MAX];

	if (up) {
		TRY(public_uploads_store(c, up, (struct draft_id){ 0 }, 0));
		in->n_photos = public_uploads_ids(up, ids);
		in->photos = ids;
	}
	return minutes_save(c, in);
}

/* POST /meja/laporan/{nomor}/berita-acara */
enum rc desk_minutes_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct public_uploads *up = req->prep;
	bool fits;
	struct minutes_in in = read_form(c, req, &fits);
	enum rc rc;

	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &in, msg_text(c->lang, MSG_refusal_form_expired), NULL, NULL);
	}
	if (!fits)
		return refuse(c, req, res, &in, RC_INVALID, msg_text(c->lang, MSG_refusal_bad_request));
	if (up && public_uploads_refused(up) > 0) {
		rc = refuse(c, req, res, &in, RC_INVALID, msg_desk_files_again(c->lang));
		res->status = public_uploads_status(up);
		return rc;
	}
	rc = save(c, &in, up);
	if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DENIED)
		return refuse(c, req, res, &in, rc, problem_of(c));
	TRY(rc);
	response_flash(c, res, in.submits ? MSG_minutes_done_submitted : MSG_minutes_done_kept);
	return response_redirect(c, res, "/meja/laporan/%s/berita-acara", in.number);
}

/* POST /meja/laporan/{nomor}/berita-acara/putusan */
enum rc desk_minutes_decide_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *number = request_param(req, "nomor"), *step = request_form(req, "langkah");
	const char *remark = form_read_lines(&f, "catatan", 0, REPORT_NOTE_MAX);
	int64_t seen = form_read_int(&f, "dilihat", 0, INT32_MAX, 0);
	bool approves = step && strcmp(step, "setujui") == 0;
	struct err why;
	enum rc rc;

	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, NULL, NULL, msg_text(c->lang, MSG_refusal_form_expired), remark);
	}
	rc = f.problems.n > 0 ? ctx_refuse(c, RC_INVALID, text_too_long) :
				minutes_decide(c, number, seen, approves, remark);
	if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DENIED) {
		why = c->err;
		res->status = error_page_status(rc);
		TRY(show(c, req, res, NULL, NULL, problem_of(c), remark));
		c->err = why;
		return rc;
	}
	TRY(rc);
	response_flash(c, res, approves ? MSG_minutes_done_approved : MSG_minutes_done_returned);
	return response_redirect(c, res, "/meja/laporan/%s/berita-acara", number);
}

/* GET /meja/berita-acara: what waits for the head of this OPD */
enum rc desk_minutes_list_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct minutes_waiting_row *rows;
	struct minutes_waiting_line *lines;
	struct minutes_list list = { 0 };
	struct page p;

	if (c->who.role != ROLE_OPD_HEAD)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(q_minutes_waiting(c->db, c->a, c->who.agency, &rows, &list.n));
	lines = arena_new_many(c->a, struct minutes_waiting_line, list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		lines[i] = (struct minutes_waiting_line){ rows[i].number, rows[i].public_title, rows[i].version,
							  rows[i].written_at };
	list.lines = lines;
	page_init(&p, c, req, res);
	p.layout.title = msg_minutes_list_title(c->lang);
	p.layout.nav = NAV_DESK;
	page_begin(&p);
	view_minutes_list(&p.out, &list);
	return page_end(&p);
}
