/* SPDX-License-Identifier: Apache-2.0
 * public_report - one report as everybody may see it: the released text, public answers, the way it took. The
 * queries select nothing else; a report that is not public does not exist here.
 */
#include "app/settings.h"
#include "base/parse.h"
#include "core/ticket.h"
#include "i18n/vocab.h"
#include "query_attachment.h"
#include "query_clock.h"
#include "query_public.h"
#include "tmpl_public_list.h"
#include "web/handlers.h"
#include "web/public_track.h"

static enum rc load_files(struct ctx *c, const struct public_report_row *r, struct pub_files *ret,
			  int64_t **ret_seq)
{
	const char *base = arena_printf(c->a, "/laporan/%s/berkas/", r->number);
	struct attachment_of_report_row *rows;
	struct pub_file *list;
	int64_t *seq;
	size_t n, k = 0;

	TRY(q_attachment_of_report(c->db, c->a, r->id, &rows, &n));
	list = arena_new_many(c->a, struct pub_file, n);
	seq = arena_new_many(c->a, int64_t, n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].audience != AUDIENCE_PUBLIC)
			continue;
		seq[k] = rows[i].seq;
		list[k++] = public_file_line(c, rows[i].id.v, rows[i].name, rows[i].mime, rows[i].size_bytes,
					     base);
	}
	*ret = (struct pub_files){ list, k };
	*ret_seq = seq;
	return RC_OK;
}

static struct pub_files files_of(struct ctx *c, const struct pub_files *all, const int64_t *seq,
				 int64_t wanted)
{
	struct pub_file *list = arena_new_many(c->a, struct pub_file, all->n);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (seq[i] == wanted)
			list[n++] = all->p[i];
	return (struct pub_files){ list, n };
}

/* What officers wrote for everyone; what the reporter writes afterwards stays between him and them. */
static const char *public_words(const struct public_events_row *e)
{
	if (e->role == ROLE_CITIZEN)
		return NULL;
	return e->action == ACT_FOLLOW_UP || e->action == ACT_ANSWER || e->action == ACT_CLOSE ? e->note
											       : NULL;
}

static enum rc fill_events(struct ctx *c, const struct public_report_row *r, struct report_page *rp)
{
	struct public_events_row *rows;
	struct report_event *list;
	struct pub_files files;
	int64_t *seq;
	size_t n;

	TRY(load_files(c, r, &files, &seq));
	TRY(q_public_events(c->db, c->a, &(struct public_events_args){
		.report_id = r->id, .after_seq = public_events_after(r->version),
		.widest = AUDIENCE_PUBLIC }, &rows, &n));
	list = arena_new_many(c->a, struct report_event, n);
	for (size_t i = 0; i < n; i++) {
		const struct public_events_row *e = &rows[i];
		enum msg reason = vocab_reason(e->reason);
		bool moves = e->action == ACT_DISPOSE || e->action == ACT_FORWARD_UNIT;
		const char *text = public_words(e);

		if (!public_track_story_tells(e->action))
			continue;
		list[rp->n_events++] = (struct report_event){
			.action = e->action,
			.role = e->role,
			.at = e->at,
			.to = moves ? public_agency_name(c, e->to_name) : NULL,
			.text = text && *text ? text : NULL,
			.who = e->role == ROLE_CITIZEN || e->role == ROLE_SYSTEM
				       ? NULL
				       : public_agency_name(c, e->who),
			.reason = reason == MSG_NONE || e->role == ROLE_CITIZEN ? NULL
										: msg_text(c->lang, reason),
			.files = e->seq == 1 ? (struct pub_files){ 0 } : files_of(c, &files, seq, e->seq),
		};
		rp->n_answers += text && *text;
	}
	rp->files = files_of(c, &files, seq, 1);
	rp->events = list;
	return RC_OK;
}

static enum rc fill_clock(struct ctx *c, const struct public_report_row *r, struct report_page *rp)
{
	const struct clock_all_row *now;
	struct clock_all_row *rows;
	size_t n;

	TRY(q_clock_all(c->db, c->a, r->id, &rows, &n));
	now = public_track_story_clock_now(r->state, rows, n);
	if (now)
		rp->clock = public_track_story_clock(c, now);
	return RC_OK;
}

enum rc report_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *number = request_param(req, "nomor");
	struct public_report_row r;
	struct report_page rp;
	struct page p;

	if (!ticket_number_is_valid(number))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(q_public_report(c->db, c->a, &(struct public_report_args){
		.number = number, .open_visibility = VISIBILITY_OPEN }, &r));
	public_story_ahead(c, r.id, r.version, AUDIENCE_PUBLIC);
	rp = (struct report_page){
		.number = r.number,
		.title = r.public_title ? r.public_title : r.number,
		.body = r.public_body ? r.public_body : "",
		.category = r.category,
		.agency = public_agency_name(c, r.agency),
		.name = r.name,
		.kind = r.kind,
		.state = r.state,
		.is_escalated = r.is_escalated,
		.received_at = r.received_at,
		.is_late = r.is_open && instant_is_set(r.due_at) && r.due_at.ms < c->now.ms,
		.rating = (int)r.rating,
	};
	TRY(public_region_name(c, r.region_code, &rp.region));
	TRY(fill_events(c, &r, &rp));
	TRY(fill_clock(c, &r, &rp));

	page_init(&p, c, req, res);
	p.layout.title = rp.title;
	p.layout.nav = NAV_REPORTS;
	page_begin(&p);
	view_report(&p.out, &rp);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}

enum rc report_file_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct public_file_row file;
	int64_t id;

	if (!parse_int(request_param(req, "id"), 1, INT64_MAX, &id))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(q_public_file(c->db, c->a, &(struct public_file_args){
		.id = { id }, .number = request_param(req, "nomor"), .audience = AUDIENCE_PUBLIC }, &file));
	return response_attachment(c, res, file.id, true);
}
