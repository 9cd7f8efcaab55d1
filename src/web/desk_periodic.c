/* SPDX-License-Identifier: Apache-2.0
 * desk_periodic - /meja/berkala: the periodic reports of an agency, one of them, its paper, and what is done to it.
 */
#include <string.h>

#include "app/settings.h"
#include "base/parse.h"
#include "i18n/vocab.h"
#include "tmpl_periodic.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/periodic_show.h"

#define LIST_ROWS 24

static struct desk_due due_of(const struct ctx *c, enum periodic_state s, struct sop_id sop, struct instant since,
			      struct instant due)
{
	struct limit limit = periodic_limit(periodic_sop(c, sop), s);

	if (!instant_is_set(due) || limit.n == 0)
		return (struct desk_due){ .is_set = false };
	return desk_parts_due(c, &(struct clock){ .kind = CLOCK_STEP, .started_at = since, .limit = limit, .due_at = due,
						  .rule = "" });
}

static const char *key_of(struct ctx *c, struct day first, struct day last)
{
	char key[PERIODIC_KEY_MAX];

	periodic_key(first, last, key);
	return arena_strdup(c->a, key);
}

static enum rc load_rows(struct ctx *c, const struct request *req, struct periodic_list *p)
{
	const char *before = request_query(req, "sebelum");
	struct periodic_list_args args = { .agency_id = c->who.agency, .before_on = { INT32_MAX }, .max_rows = LIST_ROWS + 1 };
	struct periodic_row *mine = arena_new_many(c->a, struct periodic_row, LIST_ROWS);
	struct periodic_row *others = arena_new_many(c->a, struct periodic_row, LIST_ROWS);
	struct periodic_list_row *rows;
	size_t n;

	if (before && !day_parse(before, &args.before_on))
		args.before_on.n = INT32_MAX;
	TRY(q_periodic_list(c->db, c->a, &args, &rows, &n));
	for (size_t i = 0; i < n && i < LIST_ROWS; i++) {
		struct periodic_row r = { .key = key_of(c, rows[i].first_on, rows[i].last_on),
					  .period = periodic_show_period(c, rows[i].first_on, rows[i].last_on),
					  .state = rows[i].state, .holder = periodic_holder(rows[i].state),
					  .due = due_of(c, rows[i].state, rows[i].sop_id, rows[i].step_since_at, rows[i].due_at) };

		if (!periodic_may_see(&c->who, c->who.agency, rows[i].state))
			continue;
		if (r.holder == c->who.role)
			mine[p->n_mine++] = r;
		else
			others[p->n_rows++] = r;
	}
	p->mine = mine;
	p->rows = others;
	if (n > LIST_ROWS) {
		char day[11];

		day_format(rows[LIST_ROWS - 1].first_on, day);
		p->next_href = arena_printf(c->a, "/meja/berkala?sebelum=%s", day);
	}
	return RC_OK;
}

/* The last period that is over, when it has no report. */
static enum rc load_begin(struct ctx *c, struct periodic_list *p)
{
	struct periodic_find_row there;
	struct day first, last;
	enum rc rc;

	if (c->who.role != ROLE_AGENCY_ADMIN)
		return RC_OK;
	periodic_period_before(instant_day(c->now, c->settings->zone), periodic_months(c, c->who.agency), &first, &last);
	rc = q_periodic_find(c->db, c->a, &(struct periodic_find_args){ c->who.agency, first, last }, &there);
	if (rc == RC_NOT_FOUND)
		p->begin = periodic_show_period(c, first, last);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc show_list(struct ctx *c, const struct request *req, struct response *res, const char *problem)
{
	struct periodic_list list = { .csrf = csrf_token(c, req, res), .problem = problem };
	struct page p;

	TRY(load_rows(c, req, &list));
	TRY(load_begin(c, &list));
	page_init(&p, c, req, res);
	p.layout.title = msg_periodic_title(c->lang);
	p.layout.nav = NAV_PERIODIC;
	page_begin(&p);
	view_periodic_list(&p.out, &list);
	return page_end(&p);
}

enum rc desk_periodic_list_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show_list(c, req, res, NULL);
}

enum rc desk_periodic_begin_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct periodic_read_row r;
	struct periodic_id id;

	if (req->csrf_failed) {
		res->status = 403;
		return show_list(c, req, res, msg_text(c->lang, MSG_refusal_form_expired));
	}
	TRY(periodic_open_last(c, &id));
	TRY(q_periodic_read(c->db, c->a, id, &r));
	return response_redirect(c, res, "/meja/berkala/%s", key_of(c, r.first_on, r.last_on));
}

/* The report of the address, for those who may see it. */
static enum rc find(struct ctx *c, const struct request *req, struct periodic_read_row *ret)
{
	struct periodic_find_row there;
	struct day first, last;

	if (!periodic_key_parse(request_param(req, "periode"), &first, &last))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(q_periodic_find(c->db, c->a, &(struct periodic_find_args){ c->who.agency, first, last }, &there));
	TRY(q_periodic_read(c->db, c->a, there.id, ret));
	return periodic_may_see(&c->who, ret->agency_id, ret->state) ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

static const char *name_of(const struct periodic_people_row *rows, size_t n, enum role role)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].role == role)
			return rows[i].name;
	return NULL;
}

/* The moment an office was done with it for the last time, as far as nothing undid it. */
static struct instant done_at(const struct periodic_story *s, enum role role)
{
	const struct periodic_projection *p = &s->now;

	switch ((int)role) {
	case ROLE_SECTION_HEAD: return p->by_section.at;
	case ROLE_DIVISION_HEAD: return p->by_division.at;
	case ROLE_OFFICE_HEAD: return p->signature.at;
	default: break;
	}
	for (size_t i = s->n; i > 0; i--) {
		const struct periodic_events_row *e = &s->rows[i - 1];

		if (role == ROLE_REGENT && e->to_state == PERIODIC_DELIVERED)
			return e->at;
		if (role == ROLE_AGENCY_ADMIN && e->role == role &&
		    strcmp(e->what, sop_task_word(SOP_TASK_PERIODIC_SUBMIT)) == 0)
			return e->at;
	}
	return (struct instant){ 0 };
}

static bool is_done(enum periodic_state s, enum role role, struct instant at)
{
	if (role == ROLE_AGENCY_ADMIN)
		return periodic_holder(s) != ROLE_AGENCY_ADMIN || s == PERIODIC_DELIVERED;
	if (role == ROLE_REGENT)
		return s == PERIODIC_DELIVERED || s == PERIODIC_ARCHIVED;
	return instant_is_set(at);
}

static enum rc load_offices(struct ctx *c, const struct periodic_read_row *r, const struct periodic_story *story,
			    struct periodic_page *p)
{
	static const struct {
		enum role role;
		enum msg what;
	} offices[PERIODIC_OFFICES] = {
		{ ROLE_AGENCY_ADMIN, MSG_periodic_done_compiled }, { ROLE_SECTION_HEAD, MSG_periodic_done_initialled },
		{ ROLE_DIVISION_HEAD, MSG_periodic_done_initialled }, { ROLE_OFFICE_HEAD, MSG_periodic_done_signed },
		{ ROLE_REGENT, MSG_periodic_done_given },
	};
	struct periodic_people_row *rows;
	size_t n;

	TRY(q_periodic_people(c->db, c->a, r->agency_id, &rows, &n));
	for (size_t i = 0; i < PERIODIC_OFFICES; i++) {
		enum role role = offices[i].role;
		struct instant at = done_at(story, role);
		bool done = is_done(r->state, role, at);

		p->offices[i] = (struct periodic_office){
			.role = role, .name = name_of(rows, n, role), .what = offices[i].what,
			.turn = periodic_holder(r->state) == role ? PERIODIC_NOW : done ? PERIODIC_DONE : PERIODIC_LATER,
			.at = done ? at : (struct instant){ 0 } };
	}
	return RC_OK;
}

static enum msg what_of(const char *what)
{
	enum sop_task task;

	if (strcmp(what, PERIODIC_REMIND) == 0)
		return MSG_periodic_what_remind;
	return sop_task_parse(what, &task) ? vocab_task(task) : MSG_periodic_what_open;
}

static void load_events(struct ctx *c, const struct periodic_story *s, struct periodic_page *p)
{
	struct periodic_event_line *lines = arena_new_many(c->a, struct periodic_event_line, s->n + 1);

	for (size_t i = 0; i < s->n; i++) {
		const struct periodic_events_row *e = &s->rows[s->n - 1 - i];

		lines[i] = (struct periodic_event_line){
			.what = what_of(e->what), .role = e->role, .name = e->account, .at = e->at, .version = e->version,
			.was_late = e->was_late && strcmp(e->what, PERIODIC_REMIND) != 0, .number = e->number, .note = e->note };
	}
	p->events = lines;
	p->n_events = s->n;
}

static enum rc load_versions(struct ctx *c, const struct periodic_read_row *r, struct periodic_page *p)
{
	struct periodic_versions_row *rows;
	struct periodic_version_line *lines;
	size_t n;

	TRY(q_periodic_versions(c->db, c->a, r->id, &rows, &n));
	lines = arena_new_many(c->a, struct periodic_version_line, n + 1);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct periodic_version_line){ rows[i].version, rows[i].account, rows[i].at,
							   rows[i].version == r->version };
	p->versions = lines;
	p->n_versions = n;
	return RC_OK;
}

/* What was typed wins over what is there. */
static void fill_fields(struct periodic_page *p, const struct periodic_page *typed, const struct periodic_story *story)
{
	const struct periodic_words none = { "", "", "", "" };

	p->typed = p->paper ? p->paper->form->words : none;
	p->typed_number = p->typed_note = "";
	/* A letter that a return made void is the draft of the next one. */
	for (size_t i = story->n; i > 0 && *p->typed_number == '\0'; i--)
		if (story->rows[i - 1].number) {
			p->typed_number = story->rows[i - 1].number;
			p->typed_note = story->rows[i - 1].note;
		}
	if (!typed)
		return;
	p->refused = typed->refused;
	p->refused_at = typed->refused_at;
	if (typed->typed.summary)
		p->typed = typed->typed;
	if (typed->typed_number)
		p->typed_number = typed->typed_number;
	if (typed->typed_note)
		p->typed_note = typed->typed_note;
}

/* The letter's draft is no reason for a return. */
static void split_notes(const struct periodic_read_row *r, const struct periodic_page *typed, struct periodic_page *p)
{
	bool at_letter = r->state == PERIODIC_DIVISION_CHECKED || r->state == PERIODIC_COVERED;

	if (!at_letter && !(typed && typed->typed_note))
		p->typed_note = "";
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct periodic_page *typed)
{
	struct periodic_page page = { .csrf = csrf_token(c, req, res) };
	struct periodic_paper paper;
	struct periodic_story story;
	struct periodic_read_row r;
	struct page p;

	TRY(find(c, req, &r));
	TRY(periodic_show_story(c, r.id, &story));
	page.key = key_of(c, r.first_on, r.last_on);
	page.period = periodic_show_period(c, r.first_on, r.last_on);
	page.state = r.state;
	page.holder = periodic_holder(r.state);
	page.due = due_of(c, r.state, r.sop_id, r.step_since_at, r.due_at);
	page.step = periodic_step_id(periodic_sop(c, r.sop_id), r.state);
	if (*page.step)
		page.step = arena_printf(c->a, "%s#%s", r.sop_id.v && periodic_sop(c, r.sop_id) ?
					 periodic_sop(c, r.sop_id)->id : "tjt-24", page.step);
	page.seq = r.seq;
	page.version = r.version;
	page.is_mine = page.holder == c->who.role;
	page.voided = story.now.voided;
	if (r.version > 0) {
		TRY(periodic_show_paper(c, &r, &story, r.version, &paper));
		page.paper = &paper;
	}
	page.n_deeds = periodic_show_deeds(c, &r, page.deeds);
	TRY(load_offices(c, &r, &story, &page));
	TRY(load_versions(c, &r, &page));
	load_events(c, &story, &page);
	fill_fields(&page, typed, &story);
	split_notes(&r, typed, &page);
	page_init(&p, c, req, res);
	p.layout.title = page.period;
	p.layout.nav = NAV_PERIODIC;
	page_begin(&p);
	view_periodic(&p.out, &page);
	return page_end(&p);
}

enum rc desk_periodic_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, NULL);
}

enum rc desk_periodic_print_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *asked = request_query(req, "versi");
	struct periodic_paper paper;
	struct periodic_story story;
	struct periodic_read_row r;
	struct page p;
	int64_t version;

	TRY(find(c, req, &r));
	version = r.version;
	if (asked && !parse_int(asked, 1, INT64_MAX, &version))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(periodic_show_story(c, r.id, &story));
	TRY(periodic_show_paper(c, &r, &story, version, &paper));
	page_init(&p, c, req, res);
	p.layout.title = paper.period;
	p.layout.nav = NAV_PERIODIC;
	page_begin(&p);
	view_periodic_print(&p.out, key_of(c, r.first_on, r.last_on), &paper);
	return page_end(&p);
}

static void read_form(struct form_read *f, struct periodic_in *in, struct periodic_page *typed)
{
	if (in->task == SOP_TASK_PERIODIC_FORM) {
		in->words = (struct periodic_words){
			form_read_text(f, "nomor", 0, PERIODIC_NUMBER_MAX), form_read_lines(f, "ringkasan", 0, PERIODIC_TEXT_MAX),
			form_read_lines(f, "kendala", 0, PERIODIC_TEXT_MAX), form_read_lines(f, "upaya", 0, PERIODIC_TEXT_MAX) };
		typed->typed = in->words;
	} else if (in->task == SOP_TASK_PERIODIC_COVER || in->task == SOP_TASK_PERIODIC_RETURN) {
		in->number = form_read_text(f, "nomor", 0, PERIODIC_NUMBER_MAX);
		in->note = form_read_lines(f, "catatan", 0, PERIODIC_TEXT_MAX);
		typed->typed_number = in->number;
		typed->typed_note = in->note;
	}
}

static enum rc show_refused(struct ctx *c, const struct request *req, struct response *res, int status,
			    struct periodic_page *typed, enum sop_task task, const char *why)
{
	typed->refused = why;
	typed->refused_at = periodic_show_word(task);
	res->status = status;
	return show(c, req, res, typed);
}

enum rc desk_periodic_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct periodic_in in = { .seen_seq = form_read_int(&f, "versi", 0, INT32_MAX, 0) };
	struct periodic_page typed = { .seq = 0 };
	struct periodic_read_row r;
	struct periodic_out out;
	enum rc rc;

	if (!periodic_show_word_parse(request_param(req, "tugas"), &in.task))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(find(c, req, &r));
	read_form(&f, &in, &typed);
	if (req->csrf_failed)
		return show_refused(c, req, res, 403, &typed, in.task, msg_text(c->lang, MSG_refusal_form_expired));
	if (f.problems.n > 0)
		return show_refused(c, req, res, 422, &typed, in.task,
				    msg_text(c->lang, vocab_field_error(f.problems.p[0].error)));
	rc = periodic_act(c, r.id, &in, &out);
	if (rc == RC_CONFLICT || rc == RC_INVALID)
		return show_refused(c, req, res, rc == RC_CONFLICT ? 409 : 422, &typed, in.task, desk_parts_refusal(c));
	TRY(rc);
	response_flash(c, res, MSG_periodic_done);
	return response_redirect(c, res, "/meja/berkala/%s", request_param(req, "periode"));
}
