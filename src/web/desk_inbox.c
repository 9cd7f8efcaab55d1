/* SPDX-License-Identifier: Apache-2.0
 * desk_inbox - GET /meja: the lists of an officer, their counts, their filters.
 *
 * Which reports a list has is desk_walk's business.
 */
#include <string.h>

#include "app/settings.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "core/access.h"
#include "core/redact.h"
#include "core/sop_shelf.h"
#include "core/ticket.h"
#include "core/transfer.h"
#include "i18n/vocab.h"
#include "query_archived.h"
#include "query_desk.h"
#include "query_desk_sop.h"
#include "query_minutes.h"
#include "tmpl_desk_inbox.h"
#include "web/desk_parts.h"
#include "web/desk_search.h"
#include "web/desk_walk.h"
#include "web/directory.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/route.h"

#define EXCERPT_POINTS 130
#define Q_MAX 100
#define LAPOR_SOURCE "lapor:"
#define ORDER_BEST "cocok"

/* What the query desk_counts counts beside the queues. */
enum count { COUNT_OVERDUE = -1, COUNT_DUE_TODAY = -2, COUNT_BELOW = -3 };

/* The numbers that the query desk_inbox knows. */
enum base { BASE_WORDS = 14, BASE_NUMBER, BASE_SOURCE };

static const struct {
	const char *word;
	enum msg name;
	enum queue queue;
} lists[] = {
	[DESK_ACTION] = { "tindakan", MSG_desk_list_action, QUEUE_NONE },
	[DESK_VERIFY] = { "verifikasi", MSG_desk_list_verify, QUEUE_VERIFY },
	[DESK_DISPOSE] = { "disposisi", MSG_desk_list_dispose, QUEUE_DISPOSE },
	[DESK_RESPOND] = { "tindak-lanjut", MSG_desk_list_respond, QUEUE_RESPOND },
	[DESK_WAITING] = { "menunggu-pelapor", MSG_desk_list_waiting, QUEUE_WAITING },
	[DESK_ANSWERED] = { "terjawab", MSG_desk_list_answered, QUEUE_ANSWERED },
	[DESK_OVERDUE] = { "lewat-batas", MSG_desk_list_overdue, QUEUE_NONE },
	[DESK_WATCHED] = { "dipantau", MSG_desk_list_watched, QUEUE_NONE },
	[DESK_ARCHIVE] = { "arsip", MSG_desk_list_archive, QUEUE_NONE },
	[DESK_SEARCH] = { "cari", MSG_desk_list_search, QUEUE_NONE },
};

/* What was asked for, checked. */
struct wish {
	enum desk_list list;
	const char *q, *after;
	struct desk_filter filter;
	bool latest_first;
	bool is_best_first;    /* of a search */
	bool has_filters;
	struct agency_id line; /* the node whose line is walked: the officer's, or its OPD for a unit */
};

static const char *query_text(struct ctx *c, const struct request *req, const char *name)
{
	const char *s = request_query(req, name);

	s = s ? utf8_clean(c->a, s, false) : "";
	return arena_strndup(c->a, s, utf8_prefix_bytes(s, Q_MAX));
}

static int64_t query_id(const struct request *req, const char *name)
{
	const char *s = request_query(req, name);
	int64_t v;

	return s && parse_int(s, 0, INT64_MAX, &v) ? v : 0;
}

static enum desk_list read_list(struct ctx *c, const struct request *req, const char *q)
{
	const char *word = query_text(c, req, "antrean");

	if (*q)
		return DESK_SEARCH;
	for (size_t i = 0; i < DESK_LISTS; i++)
		if (strcmp(word, lists[i].word) == 0)
			return (enum desk_list)i;
	/* Nothing ever lies with those who only read. */
	return desk_walk_only_reads(c->who.role) ? DESK_WATCHED : DESK_ACTION;
}

static struct wish read_wish(struct ctx *c, const struct request *req)
{
	struct wish w = {
		.q = query_text(c, req, "q"),
		.after = query_text(c, req, "setelah"),
		.filter = { .category = query_id(req, "kategori"), .holder = query_id(req, "pemegang"),
			    .region = query_text(c, req, "wilayah") },
		.latest_first = strcmp(query_text(c, req, "urut"), "terjauh") == 0,
		.is_best_first = strcmp(query_text(c, req, "urut"), ORDER_BEST) == 0,
		.line = c->who.agency,
	};
	const char *state = query_text(c, req, "status");

	w.list = read_list(c, req, w.q);
	if (!state_parse(state, &w.filter.state))
		w.filter.state = STATE_NONE;
	w.has_filters = *w.q || desk_filter_is_set(&w.filter);
	return w;
}

/* A unit has no index of its own: it walks its OPD's and keeps what is its own. */
static enum rc find_line(struct ctx *c, struct wish *w)
{
	struct desk_agency_row row;

	if (c->who.role != ROLE_UNIT_OFFICER)
		return RC_OK;
	TRY(q_desk_agency(c->db, c->a, c->who.agency, &row));
	w->line = row.parent_id;
	return RC_OK;
}

static bool is_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* A number as people write it, a number of LAPOR!, or words: then which reports is desk_search's business. */
static void aim_search(struct ctx *c, const struct wish *w, struct desk_inbox_args *args)
{
	const char *q = w->q[0] == '#' ? w->q + 1 : w->q;

	args->base = BASE_WORDS;
	args->words = "[]";
	if (ticket_number_is_valid(q)) {
		args->base = BASE_NUMBER;
		args->words = q;
	} else if (is_digits(q) && strlen(q) >= 6) {
		args->base = BASE_SOURCE;
		args->words = arena_printf(c->a, LAPOR_SOURCE "%s", q);
	}
	args->in_line = c->who.role == ROLE_NATIONAL_ADMIN ? 0 : c->who.agency.v;
}

static struct desk_inbox_args make_args(struct ctx *c, const struct wish *w)
{
	struct desk_inbox_args args = {
		.words = "",
		.in_category = w->filter.category,
		.in_holder = w->filter.holder,
		.in_state = w->filter.state,
		.region_from = w->filter.region,
		/* "35.20" covers "35.20.01": everything up to the next sign after the dot. */
		.region_to = arena_printf(c->a, "%s/", w->filter.region),
		.n = DESK_WALK_PAGE,
	};

	aim_search(c, w, &args);
	args.in_unit = c->who.role == ROLE_UNIT_OFFICER ? c->who.agency.v : 0;
	return args;
}

static struct inbox_walk_row walk_row(const struct desk_inbox_row *r)
{
	return (struct inbox_walk_row){
		.id = r->id, .number = r->number, .channel = r->channel, .state = r->state, .holder_id = r->holder_id,
		.agency_id = r->agency_id, .opd_id = r->opd_id, .unit_id = r->unit_id, .class = r->class,
		.category_id = r->category_id, .visibility = r->visibility, .is_public = r->is_public,
		.is_blocked = r->is_blocked, .is_escalated = r->is_escalated, .transfers = r->transfers,
		.held_since_at = r->held_since_at, .due_at = r->due_at, .closed_at = r->closed_at,
		.is_arbitrated = r->is_arbitrated, .title = r->title, .excerpt = r->excerpt,
		.has_public_title = r->has_public_title, .has_public_body = r->has_public_body };
}

/* By the rules of today: the report's own page knows those it came under. */
static bool is_stuck(const struct ctx *c, const struct inbox_walk_row *r)
{
	const struct ruleset *rules = rules_on(instant_day(c->now, c->settings->zone));

	return state_is_open(r->state) &&
	       transfer_is_stuck(r->transfers, transfer_limit(rules, c->settings->arbitrate_after), r->is_arbitrated);
}

static enum rc make_row(struct ctx *c, const struct inbox_walk_row *r, unsigned access, struct desk_row *ret)
{
	bool original = (access & ACCESS_ORIGINAL) != 0;
	bool shows_title = original || r->has_public_title, shows_text = original || r->has_public_body;

	*ret = (struct desk_row){
		.number = r->number,
		.title = shows_title ? redact_mask(c->a, r->title) : msg_desk_text_not_released(c->lang),
		.excerpt = shows_text ? utf8_excerpt(c->a, redact_mask(c->a, r->excerpt), EXCERPT_POINTS) : NULL,
		.channel = r->channel,
		.state = r->state,
		.visibility = r->visibility,
		.due = desk_parts_due_held(c, r->held_since_at, r->due_at),
		.closed_at = r->closed_at,
		.is_escalated = r->is_escalated,
		.is_stuck = is_stuck(c, r),
		.is_blocked = r->is_blocked,
	};
	TRY(directory_category_name(c, r->category_id, &ret->category));
	return directory_agency_short(c, r->holder_id, &ret->holder);
}

/* One filter into the address of a page: "&kategori=7". Values are ids, words of ours, or encoded text. */
static void add_pair(struct buf *b, const char *name, const char *value)
{
	struct out o = { .b = b };

	if (!value || *value == '\0')
		return;
	buf_char(b, strchr(buf_cstr(b), '?') ? '&' : '?');
	buf_str(b, name);
	buf_char(b, '=');
	out_url(&o, value);
}

static const char *page_href(struct ctx *c, const struct wish *w, bool with_filters, const char *after)
{
	struct buf b;
	const char *made;

	buf_init(&b, 2048);
	buf_str(&b, "/meja");
	if (w->list != DESK_ACTION && w->list != DESK_SEARCH)
		add_pair(&b, "antrean", lists[w->list].word);
	if (with_filters) {
		add_pair(&b, "q", w->q);
		add_pair(&b, "status", w->filter.state ? state_word(w->filter.state) : "");
		add_pair(&b, "kategori", w->filter.category ? arena_printf(c->a, "%lld", (long long)w->filter.category) : "");
		add_pair(&b, "pemegang", w->filter.holder ? arena_printf(c->a, "%lld", (long long)w->filter.holder) : "");
		add_pair(&b, "wilayah", w->filter.region);
	}
	add_pair(&b, "urut", w->latest_first ? "terjauh" : w->is_best_first ? ORDER_BEST : "");
	add_pair(&b, "setelah", after);
	made = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

/* A search for words: which reports, and where the next page begins. */
static enum rc find_reports(struct ctx *c, const struct wish *w, struct desk_inbox_args *args, struct desk_inbox *p)
{
	const struct desk_search s = { .typed = w->q, .category = w->filter.category, .holder = w->filter.holder,
				       .state = w->filter.state, .region = w->filter.region,
				       .is_best_first = w->is_best_first, .after = w->after };
	struct found found;

	TRY(desk_search_load(c, &s, DESK_WALK_PAGE, &found));
	args->words = find_list(c, found.ids, found.n);
	p->is_cut = found.went_far;
	p->is_next_older = found.is_next_older;
	if (found.has_next)
		p->next_href = page_href(c, w, true, desk_search_next(c, &found));
	return RC_OK;
}

static enum rc load_found(struct ctx *c, const struct wish *w, struct desk_inbox *p, struct desk_row *made)
{
	struct desk_inbox_args args = make_args(c, w);
	struct desk_inbox_row *rows;
	size_t n;

	if (args.base == BASE_WORDS)
		TRY(find_reports(c, w, &args, p));
	TRY(q_desk_inbox(c->db, c->a, &args, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct inbox_walk_row r = walk_row(&rows[i]);
		unsigned access = desk_walk_access(c, &r);

		if (access & ACCESS_SEE)
			TRY(make_row(c, &r, access, &made[p->n_rows++]));
	}
	p->walked = FIND_LOOK_MAX;
	return RC_OK;
}

static enum rc load_list(struct ctx *c, const struct wish *w, struct desk_inbox *p, struct desk_row *made)
{
	struct desk_walked *walked = arena_new_one(c->a, struct desk_walked);

	TRY(desk_walk_load(c, &(struct desk_walk){
		.list = w->list, .queue = lists[w->list].queue, .line = w->line, .filter = w->filter,
		.latest_first = w->latest_first, .after = w->after }, walked));
	for (size_t i = 0; i < walked->n; i++)
		TRY(make_row(c, walked->row[i].r, walked->row[i].access, &made[p->n_rows++]));
	p->walked = walked->most;
	p->next_href = walked->next ? page_href(c, w, true, walked->next) : NULL;
	return RC_OK;
}

static enum rc load_rows(struct ctx *c, const struct wish *w, struct desk_inbox *p)
{
	struct desk_row *made = arena_new_many(c->a, struct desk_row, DESK_WALK_PAGE);

	p->rows = made;
	TRY(w->list == DESK_SEARCH ? load_found(c, w, p, made) : load_list(c, w, p, made));
	p->is_cut |= p->n_rows == 0 && p->next_href != NULL;
	return RC_OK;
}

static bool list_is_shown(enum role role, enum desk_list list)
{
	switch (list) {
	case DESK_VERIFY:
	case DESK_DISPOSE: return role == ROLE_NATIONAL_ADMIN || role == ROLE_AGENCY_ADMIN;
	case DESK_RESPOND: return role == ROLE_AGENCY_ADMIN || role == ROLE_LIAISON || role == ROLE_OPD_HEAD;
	case DESK_WAITING:
	case DESK_ANSWERED: return role != ROLE_UNIT_OFFICER && !desk_walk_only_reads(role);
	case DESK_ACTION:
	case DESK_OVERDUE: return !desk_walk_only_reads(role);
	case DESK_WATCHED:
	case DESK_ARCHIVE: return true;
	case DESK_SEARCH: return false;
	}
	return false;
}

/* What lies below is counted for the list of what is watched; a nation is too wide for that, a unit has nothing below it. */
static bool counts_below(enum role role)
{
	/* An overseer sees few of what is below. */
	return role != ROLE_NATIONAL_ADMIN && role != ROLE_UNIT_OFFICER && role != ROLE_OVERSIGHT;
}

static void take_count(struct desk_inbox *p, int64_t what, int64_t n)
{
	if (what == COUNT_OVERDUE)
		p->overdue = n;
	else if (what == COUNT_DUE_TODAY)
		p->due_today = n;
	else if (what == COUNT_BELOW)
		p->queues[DESK_WATCHED].n = n;
	for (size_t k = 0; k < DESK_LISTS; k++)
		if (lists[k].queue != QUEUE_NONE && (int64_t)lists[k].queue == what)
			p->queues[k].n = n;
}

/* Counters of the node for the queues; bounded counts, that stop at DESK_COUNT_MOST, for the rest. */
static struct desk_counts_args wanted_counts(const struct ctx *c)
{
	struct instant end = calendar_end_of_day(c->calendar, instant_day(c->now, c->settings->zone));

	return (struct desk_counts_args){ .node = c->who.agency, .now = c->now, .end_of_day = end,
					  .most = DESK_COUNT_MOST, .wants_below = counts_below(c->who.role) };
}

static enum rc count_lists(struct ctx *c, const struct desk_counts_args *wanted, struct desk_inbox *p)
{
	struct desk_counts_row *rows;
	size_t n;

	TRY(q_desk_counts(c->db, c->a, wanted, &rows, &n));
	for (size_t i = 0; i < n; i++)
		take_count(p, rows[i].what, rows[i].n);
	p->queues[DESK_ACTION].n = p->queues[DESK_VERIFY].n + p->queues[DESK_DISPOSE].n + p->queues[DESK_RESPOND].n;
	if (!wanted->wants_below)
		p->queues[DESK_WATCHED].n = -1;
	p->queues[DESK_OVERDUE].n = p->overdue;
	p->queues[DESK_ARCHIVE].n = -1;
	p->queues[DESK_OVERDUE].is_more = p->overdue >= DESK_COUNT_MOST;
	if (p->queues[DESK_OVERDUE].is_more)
		p->queues[DESK_OVERDUE].n = DESK_COUNT_MOST - 1;
	return RC_OK;
}

static void name_lists(struct ctx *c, const struct wish *w, struct desk_inbox *p)
{
	for (size_t k = 0; k < DESK_LISTS; k++) {
		p->queues[k].list = (enum desk_list)k;
		p->queues[k].name = msg_text(c->lang, lists[k].name);
		p->queues[k].href = k == DESK_ACTION ? "/meja" : arena_printf(c->a, "/meja?antrean=%s", lists[k].word);
		p->queues[k].is_current = k == w->list;
		p->queues[k].is_shown = list_is_shown(c->who.role, (enum desk_list)k);
	}
	if (c->who.role == ROLE_OVERSIGHT)
		p->queues[DESK_WATCHED].name = msg_desk_list_oversight(c->lang);
	p->watched_href = p->queues[DESK_WATCHED].href;
	p->list = w->list;
	p->list_name = w->list == DESK_SEARCH ? msg_desk_list_search(c->lang) : p->queues[w->list].name;
	p->list_word = w->list == DESK_SEARCH ? "" : lists[w->list].word;
}

static struct desk_options state_options(struct ctx *c, enum state selected)
{
	static const enum state all[] = { STATE_RECEIVED, STATE_VERIFIED, STATE_AT_AGENCY, STATE_AGENCY_VERIFIED, STATE_AT_OPD,
					  STATE_AT_UNIT, STATE_IN_PROGRESS, STATE_ANSWERED, STATE_PENDING, STATE_CLOSED,
					  STATE_ARCHIVED };
	struct desk_list_of_options o = { .c = c };

	desk_parts_add(&o, "", msg_desk_all(c->lang), selected == STATE_NONE, false);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		desk_parts_add(&o, state_word(all[i]), msg_text(c->lang, vocab_state_detail(all[i])), all[i] == selected, false);
	return desk_parts_options(&o);
}

static struct desk_options sort_options(struct ctx *c, const struct wish *w)
{
	struct desk_list_of_options o = { .c = c };
	bool latest_first = w->latest_first;

	if (w->list == DESK_SEARCH) {
		desk_parts_add(&o, "", msg_list_newest(c->lang), !w->is_best_first, false);
		desk_parts_add(&o, ORDER_BEST, msg_list_best(c->lang), w->is_best_first, false);
		return desk_parts_options(&o);
	}
	desk_parts_add(&o, "", msg_desk_sort_due(c->lang), !latest_first, false);
	desk_parts_add(&o, "terjauh", msg_desk_sort_late(c->lang), latest_first, false);
	return desk_parts_options(&o);
}

static void fill_filters(struct ctx *c, const struct wish *w, struct desk_inbox *p)
{
	const char *all = msg_desk_all(c->lang);

	p->q = w->q;
	p->has_filters = w->has_filters;
	p->clear_href = page_href(c, w, false, NULL);
	p->states = state_options(c, w->filter.state);
	p->sorts = sort_options(c, w);
	p->categories = desk_parts_categories(c, all, w->filter.category);
	p->regions = desk_parts_regions(c, all, w->filter.region);
	p->holders = desk_parts_children(c, c->who.agency, all, w->filter.holder);
}

/* The nearest deadline among what waits for others, for the empty inbox. */
static enum rc load_next_due(struct ctx *c, struct desk_inbox *p)
{
	struct desk_next_due_row row;
	enum rc rc;

	if (p->n_rows > 0 || p->list != DESK_ACTION)
		return RC_OK;
	rc = q_desk_next_due(c->db, c->a, &(struct desk_next_due_args){ .holder_id = c->who.agency, .queue = QUEUE_WAITING },
			     &row);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	p->next_due = row.due_at;
	return RC_OK;
}

/* Those who account for deviations or review them, where some SOP keeps a ledger. */
static bool has_ledger(const struct ctx *c)
{
	enum role role = c->who.role;

	if (role != ROLE_AGENCY_ADMIN && role != ROLE_LIAISON && role != ROLE_UNIT_OFFICER && role != ROLE_COORDINATOR)
		return false;
	for (size_t i = 0; c->sops && i < c->sops->book_n; i++)
		if (c->sops->books[i].sop->is_accountable)
			return true;
	return false;
}

/* Minutes wait for the head; the admin accounts for any deviation of his agency, the coordinator reviews them. */
static enum rc load_others(struct ctx *c, struct desk_inbox *p)
{
	bool wide = c->who.role == ROLE_AGENCY_ADMIN || c->who.role == ROLE_COORDINATOR;
	struct desk_sop_deviations_waiting_row deviations;
	struct minutes_count_waiting_row minutes;

	if (c->who.role == ROLE_OPD_HEAD) {
		TRY(q_minutes_count_waiting(c->db, c->a, c->who.agency, &minutes));
		p->others[p->n_others++] =
			(struct desk_other){ msg_desk_other_minutes(c->lang), "/meja/berita-acara", minutes.n };
	}
	if (!has_ledger(c))
		return RC_OK;
	TRY(q_desk_sop_deviations_waiting(c->db, c->a, &(struct desk_sop_deviations_waiting_args){
		.node = c->who.agency, .wide = wide, .reviews = c->who.role == ROLE_COORDINATOR,
		.only = wide ? (struct account_id){ 0 } : c->who.account }, &deviations));
	p->others[p->n_others++] =
		(struct desk_other){ msg_deviation_title(c->lang), "/meja/penyimpangan", deviations.n };
	return RC_OK;
}

/* A number that is not here, but in an archive, leads there. */
static enum rc find_archived(struct ctx *c, const char *typed, const char **ret)
{
	const char *q = typed[0] == '#' ? typed + 1 : typed;
	struct archived_by_number_row by_number;
	struct archived_by_source_row by_source;
	bool found = false;

	if (ticket_number_is_valid(q)) {
		TRY(q_archived_by_number(c->db, c->a, q, &by_number, &found));
		*ret = found ? q : NULL;
	} else if (is_digits(q)) {
		TRY(q_archived_by_source(c->db, c->a, arena_printf(c->a, LAPOR_SOURCE "%s", q), &by_source, &found));
		*ret = found ? by_source.number : NULL;
	}
	return RC_OK;
}

enum rc desk_inbox_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct desk_inbox inbox = { .now = c->now };
	struct wish w = read_wish(c, req);
	struct desk_counts_args counts;
	const char *archived = NULL;
	struct page p;

	if (c->who.role == ROLE_OPERATOR)
		return response_redirect(c, res, "/meja/pengaturan");
	if (c->who.role == ROLE_INTAKE || c->who.role == ROLE_OPD_INTAKE)
		return response_redirect(c, res, "/meja/penerimaan");
	/* Those on the way of the periodic report only: no report ever lies with them. */
	if (!route_allows(ROUTE_OFFICERS, c->who.role) && route_allows(ROUTE_PERIODIC, c->who.role))
		return response_redirect(c, res, "/meja/berkala");
	counts = wanted_counts(c);
	q_desk_counts_ahead(c->db, &counts);
	TRY(find_line(c, &w));
	name_lists(c, &w, &inbox);
	fill_filters(c, &w, &inbox);
	TRY(load_rows(c, &w, &inbox));
	TRY(count_lists(c, &counts, &inbox));
	if (w.list == DESK_SEARCH && inbox.n_rows == 0)
		TRY(find_archived(c, w.q, &archived));
	if (archived)
		return response_redirect(c, res, "/meja/laporan/%s", archived);
	TRY(load_next_due(c, &inbox));
	TRY(load_others(c, &inbox));
	if (*w.after)
		inbox.first_href = page_href(c, &w, true, NULL);
	page_init(&p, c, req, res);
	p.layout.title = inbox.list_name;
	p.layout.nav = NAV_DESK;
	page_begin(&p);
	view_desk_inbox(&p.out, &inbox);
	return page_end(&p);
}
