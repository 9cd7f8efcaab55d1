/* SPDX-License-Identifier: Apache-2.0
 * public_track - following a report by its code: the form for the code, and the reporter's own page.
 *
 * A code that is unknown and one that is mistyped past its check character look the same as one of a report
 * that is gone; unknown ones count against the address. Neither page is kept by browsers or tells where it
 * was.
 */
#include "web/public_track.h"

#include "app/settings.h"
#include "base/parse.h"
#include "core/redact.h"
#include "core/ticket.h"
#include "core/transition.h"
#include "query_attachment.h"
#include "tmpl_public_track.h"
#include "web/archives.h"
#include "web/clock_words.h"
#include "web/csrf.h"
#include "web/handlers.h"
#include "web/public_ombudsman.h"

static void keep_private(struct page *p, struct response *res)
{
	p->layout.noindex = true;
	response_header(res, "Referrer-Policy", "no-referrer");
	response_header(res, "Cache-Control", "no-store");
	res->keeps_cache_header = true;
}

static enum rc show_find(struct ctx *c, const struct request *req, struct response *res, const char *typed,
			 const char *problem, int left)
{
	struct find_page f = { .typed = typed, .attempts_left = left, .channels = public_channels(c) };
	struct page p;

	if (problem)
		public_problem_add(c, &f.problems, "kode", problem);
	page_init(&p, c, req, res);
	p.layout.title = msg_find_title(c->lang);
	keep_private(&p, res);
	page_begin(&p);
	view_find(&p.out, &f);
	return page_end(&p);
}

enum rc track_find_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *typed = request_query(req, "kode");
	char code[TICKET_CODE_LEN + 1];

	if (!typed)
		return show_find(c, req, res, "", NULL, -1);
	if (ticket_code_parse(typed, code))
		return response_redirect(c, res, "/lacak/%s", code);
	res->status = 422;
	return show_find(c, req, res, typed, *typed ? msg_find_malformed(c->lang) : msg_find_missing(c->lang),
			 -1);
}

static enum rc load_files(struct ctx *c, struct track_data *d)
{
	const char *base = arena_printf(c->a, "/lacak/%s/berkas/", d->r.code);
	struct attachment_of_report_row *rows;
	struct pub_file *list;
	int64_t *seq;
	size_t n, k = 0;

	TRY(q_attachment_of_report(c->db, c->a, d->r.id, &rows, &n));
	list = arena_new_many(c->a, struct pub_file, n);
	seq = arena_new_many(c->a, int64_t, n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].audience == AUDIENCE_INTERNAL)
			continue;
		seq[k] = rows[i].seq;
		list[k++] = public_file_line(c, rows[i].id.v, rows[i].name, rows[i].mime, rows[i].size_bytes,
					     base);
	}
	d->files = (struct pub_files){ list, k };
	d->file_seq = seq;
	return RC_OK;
}

/* It may have left for an archive; else it counts as a guess. */
static enum rc unknown_code(struct ctx *c, const struct request *req, const char *typed)
{
	char code[TICKET_CODE_LEN + 1];

	if (ticket_code_parse(typed, code))
		TRY(archives_seek_code(c, code));
	if (!c->elsewhere_year)
		TRY(request_limit_take(c, req, REQUEST_LIMIT_TRACK));
	return ctx_refuse(c, RC_NOT_FOUND, code_unknown);
}

enum rc public_track_load(struct ctx *c, const struct request *req, const char *typed, struct track_data *ret)
{
	char code[TICKET_CODE_LEN + 1];

	/* Who has guessed too often does not get to know about a right one either. */
	if (request_limit_left(c, req, REQUEST_LIMIT_TRACK) <= 0)
		return ctx_refuse(c, RC_LIMITED, too_many_requests);
	enum rc rc =
		ticket_code_parse(typed, code) ? q_track_report(c->db, c->a, code, &ret->r) : RC_NOT_FOUND;
	if (rc == RC_NOT_FOUND)
		return unknown_code(c, req, typed);
	TRY(rc);
	public_story_ahead(c, ret->r.id, ret->r.version, AUDIENCE_REPORTER);
	TRY(q_public_events(c->db, c->a, &(struct public_events_args){
		.report_id = ret->r.id, .after_seq = public_events_after(ret->r.version),
		.widest = AUDIENCE_REPORTER }, &ret->events, &ret->n_events));
	TRY(q_clock_all(c->db, c->a, ret->r.id, &ret->clocks, &ret->n_clocks));
	if (ret->r.is_escalated)
		TRY(public_ombudsman_shown(c, ret->r.id, ret->r.ruleset, &ret->flag));
	return load_files(c, ret);
}

static void fill_clocks(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	const struct clock_all_row *now = public_track_story_clock_now(d->r.state, d->clocks, d->n_clocks);

	if (now)
		t->clock = public_track_story_clock(c, now);
	/* The agency keeps holding it, but what is waited for began with the answer or the question. */
	if (now && (d->r.state == STATE_ANSWERED || d->r.state == STATE_PENDING))
		t->held_since_on = t->clock.reading.start_on;
	t->is_late = d->r.is_open && instant_is_set(d->r.due_at) && d->r.due_at.ms < c->now.ms;
	for (size_t i = 0; i < d->n_clocks; i++)
		if (d->clocks[i].kind == CLOCK_OMBUDSMAN) {
			struct track_clock k = public_track_story_clock(c, &d->clocks[i]);

			k.on = !instant_is_set(d->clocks[i].ended_at);
			t->ombudsman = k;
		}
}

static void fill_rights(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	const struct ruleset *rules = rules_by_id(d->r.ruleset);
	uint64_t may = c->archive_year ? 0 : transition_actions(d->r.state, ROLE_CITIZEN);

	t->may_complete = may & (UINT64_C(1) << ACT_COMPLETE);
	t->may_reply = may & (UINT64_C(1) << ACT_REPLY);
	t->may_close = may & (UINT64_C(1) << ACT_CLOSE);
	t->may_rate = (may & (UINT64_C(1) << ACT_RATE)) && d->r.rating == 0;
	t->may_withdraw = may & (UINT64_C(1) << ACT_WITHDRAW);
	t->may_reopen = may & (UINT64_C(1) << ACT_REOPEN);
	t->may_hide_all = (may & (UINT64_C(1) << ACT_SET_VISIBILITY)) && d->r.visibility != VISIBILITY_SECRET;
	t->may_hide_name = t->may_hide_all && d->r.visibility == VISIBILITY_OPEN;
	if (t->may_reopen && rules && instant_is_set(d->r.closed_at)) {
		struct clock k = clock_words_reopen(c, rules, d->r.closed_at);

		t->may_reopen = c->now.ms <= k.due_at.ms;
		t->has_reopen_until = t->may_reopen;
		t->reopen_until = instant_day(k.due_at, c->settings->zone);
		t->reopen_why = clock_words_sentence(c, &k);
	}
}

static void fill_typed(struct ctx *c, const struct track_typed *typed, struct track_page *t)
{
	struct pub_file *list;
	size_t n = 0;

	t->typed_reply = typed ? typed->reply : "";
	t->typed_reopen = typed ? typed->reopen : "";
	t->typed_withdraw = typed ? typed->withdraw : "";
	if (!typed)
		return;
	t->problems = typed->problems;
	if (!typed->uploads)
		return;
	list = arena_new_many(c->a, struct pub_file, typed->uploads->n);
	for (size_t i = 0; i < typed->uploads->n; i++)
		if (typed->uploads->p[i].refused != REFUSE_none)
			list[n++] = (struct pub_file){
				.name = typed->uploads->p[i].name,
				.refused = public_refused_words(c, typed->uploads->p[i].refused) };
	t->refused_files = (struct pub_files){ list, n };
}

/* At a unit the office above is what people know; the unit stands below it. */
static void fill_holder(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	bool is_unit = d->r.holder_id.v == d->r.unit_id.v && d->r.unit_id.v && d->r.opd;

	t->holder = public_agency_name(c, is_unit ? d->r.opd : d->r.holder);
	t->holder_unit = is_unit ? public_agency_name(c, d->r.holder) : NULL;
}

static enum rc fill(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	const struct track_report_row *r = &d->r;
	char *shown = arena_alloc(c->a, 13);

	ticket_code_show(r->code, shown);
	*t = (struct track_page){
		.code = r->code,
		.code_shown = shown,
		.number = r->number,
		.title = r->title,
		.kind = r->kind,
		.visibility = r->visibility,
		.state = r->state,
		.is_escalated = r->is_escalated,
		.place = r->place,
		.category = r->category,
		.has_happened_on = r->happened_on.n != DAY_NONE,
		.happened_on = r->happened_on,
		.n_files = d->files.n,
		.held_since_on = instant_day(r->held_since_at, c->settings->zone),
		.closer = r->closer,
		.ended_on = instant_day(r->closed_at, c->settings->zone),
		.rating = (int)r->rating,
		.email_masked = r->email && *r->email ? redact_email(c->a, r->email) : NULL,
		.files_max = REPORT_FILES_MAX,
		.file_mb_max = PUBLIC_FILE_MB,
	};
	TRY(public_region_name(c, r->region_code, &t->region));
	fill_holder(c, d, t);
	fill_clocks(c, d, t);
	fill_rights(c, d, t);
	public_track_story_tell(c, d, t);
	public_track_sop_tell(c, d, t);
	if (d->flag.state != OMBUDSMAN_NONE)
		t->flag = &d->flag;
	return RC_OK;
}

static const char *title_of(struct ctx *c, const char *number)
{
	struct buf b;
	const char *title;

	buf_init(&b, 256);
	msg_track_title(&b, c->lang, c->settings->zone, number);
	title = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return title;
}

enum rc public_track_show(struct ctx *c, const struct request *req, struct response *res,
			  const struct track_data *d, const struct track_typed *typed)
{
	struct track_page t;
	struct page p;

	TRY(fill(c, d, &t));
	fill_typed(c, typed, &t);
	t.csrf = csrf_token(c, req, res);
	t.form_expired = req->csrf_failed;
	page_init(&p, c, req, res);
	p.layout.title = title_of(c, t.number);
	/* Also when a form of the page was posted to an address below it. */
	p.layout.here = arena_printf(c->a, "/lacak/%s", t.code);
	p.layout.lang_href = layout_lang_href(c->a, p.layout.here, "", layout_other_lang(c->lang));
	keep_private(&p, res);
	page_begin(&p);
	view_track(&p.out, &t);
	return page_end(&p);
}

enum rc track_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *typed = request_param(req, "kode");
	struct track_data d = { 0 };
	enum rc rc = public_track_load(c, req, typed, &d);

	if (rc == RC_NOT_FOUND && !c->elsewhere_year) {
		int left = request_limit_left(c, req, REQUEST_LIMIT_TRACK);

		res->status = 404;
		return show_find(c, req, res, typed, msg_find_unknown(c->lang),
				 left == INT32_MAX ? -1 : left);
	}
	TRY(rc);
	return public_track_show(c, req, res, &d, NULL);
}

enum rc track_file_get(struct ctx *c, const struct request *req, struct response *res)
{
	char code[TICKET_CODE_LEN + 1];
	struct track_file_row file;
	int64_t id;

	if (request_limit_left(c, req, REQUEST_LIMIT_TRACK) <= 0)
		return ctx_refuse(c, RC_LIMITED, too_many_requests);
	if (!ticket_code_parse(request_param(req, "kode"), code) ||
	    !parse_int(request_param(req, "id"), 1, INT64_MAX, &id))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	enum rc rc = q_track_file(c->db, c->a, &(struct track_file_args){
		.id = { id }, .code = code, .widest = AUDIENCE_REPORTER }, &file);
	/* Codes can be guessed here as well as at the page. */
	if (rc == RC_NOT_FOUND)
		return unknown_code(c, req, code);
	TRY(rc);
	return response_attachment(c, res, file.id, true);
}
