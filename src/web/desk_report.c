/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_report.h"

#include <string.h>

#include "app/settings.h"
#include "core/access.h"
#include "core/redact.h"
#include "core/words.h"
#include "i18n/vocab.h"
#include "tmpl_desk_report.h"
#include "web/clock_words.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/desk_transfers.h"
#include "web/desk_sop.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/route.h"

#define TWIN_DAYS 30
#define TWINS_MAX 5
#define TWIN_PERCENT 30
#define TWIN_WORDS 24
#define TWIN_WORD_MIN 4

static void fill_head(struct ctx *c, const struct desk_report_row *r, struct desk_report *p)
{
	bool mine = r->holder_id.v == c->who.agency.v && r->is_open;

	p->number = r->number;
	p->version = r->version;
	p->state = r->state;
	p->kind = r->kind;
	p->class = r->class;
	p->visibility = r->visibility;
	p->asked_visibility = r->asked_visibility;
	p->channel = r->channel;
	p->received_at = r->received_at;
	p->is_escalated = r->is_escalated;
	if (r->is_escalated && route_allows(ROUTE_ADMINS, c->who.role))
		p->ombudsman_href = arena_printf(c->a, "/meja/laporan/%s/ombudsman", r->number);
	p->is_blocked = r->is_blocked;
	p->is_public = r->is_public;
	p->transfers = r->transfers;
	p->rating = r->rating;
	p->back_href = mine ? arena_printf(c->a, "/meja?antrean=%s", queue_word(r->queue)) : "/meja?antrean=dipantau";
	p->back_text = mine ? msg_text(c->lang, vocab_queue(r->queue)) : msg_desk_list_watched(c->lang);
	if (!r->is_open) {
		p->back_href = "/meja?antrean=arsip";
		p->back_text = msg_desk_list_archive(c->lang);
	}
}

/* The way on through the queue, for those who hold it. */
static enum rc fill_next(struct ctx *c, const struct desk_report_row *r, struct desk_report *p)
{
	struct desk_next_in_queue_row row;
	bool found;

	if (!r->is_open || r->holder_id.v != c->who.agency.v || !instant_is_set(r->due_at))
		return RC_OK;
	TRY(q_desk_next_in_queue(c->db, c->a, &(struct desk_next_in_queue_args){
		.holder_id = r->holder_id, .queue = r->queue, .due_after = r->due_at, .id_after = r->id.v }, &row, &found));
	p->next_number = found ? row.number : NULL;
	return RC_OK;
}

static void fill_texts(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	const struct desk_report_row *r = &l->r;
	int in_title = 0;

	p->shows_original = (l->bits & ACCESS_ORIGINAL) != 0;
	p->public_title = r->public_title;
	p->public_text = r->public_body;
	if (p->shows_original) {
		p->original = desk_parts_marked(c, r->body, p->is_revealed, &p->private_found);
		p->original_title = p->is_revealed ? r->title : redact_mask(c->a, r->title);
		desk_parts_marked(c, r->title, false, &in_title);
		p->private_found += in_title;
	}
	p->title = r->public_title     ? r->public_title :
		   p->shows_original ? p->original_title : msg_desk_text_not_released(c->lang);
}

static void fill_clock(struct ctx *c, const struct clock *k, struct desk_clock *ret)
{
	struct clock_reading r = clock_read(k, c->calendar, c->now);
	struct clock_explanation e;

	clock_explain(k, c->calendar, &e);
	*ret = (struct desk_clock){
		.kind = k->kind, .tone = r.tone, .unit = r.unit,
		.used = r.used, .total = r.total > 0 ? r.total : 1, .left = r.left,
		.paused_wd = k->paused_wd, .start_on = e.start_on, .due_on = e.due_on, .due_at = k->due_at,
		.due = desk_parts_due(c, k), .sentence = clock_words_explained(c, k, &e),
	};
}

/* SOP tjt-20#2b: only beside the original, and masked like it. */
static void fill_wording(struct ctx *c, const struct desk_report_row *r, struct desk_report *p)
{
	struct worddiff *d = arena_new_many(c->a, struct worddiff, 2);

	if (!p->shows_original || !r->public_body || !r->public_title)
		return;
	d[0] = worddiff_make(c->a, p->is_revealed ? r->title : redact_mask(c->a, r->title), r->public_title);
	d[1] = worddiff_make(c->a, p->is_revealed ? r->body : redact_mask(c->a, r->body), r->public_body);
	p->title_diff = &d[0];
	p->body_diff = &d[1];
}

/* The clocks that run, and in the head the one that is due first. */
static void fill_clocks(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_clock *all = arena_new_many(c->a, struct desk_clock, l->n_clocks + 1);

	p->due = desk_parts_due_held(c, l->r.held_since_at, l->r.is_open ? l->r.due_at : (struct instant){ 0 });
	for (size_t i = 0; i < l->n_clocks; i++) {
		struct clock k = desk_load_clock(&l->clocks[i]);

		fill_clock(c, &k, &all[p->n_clocks]);
		all[p->n_clocks].name = desk_sop_clock_name(c, &k);
		if (k.due_at.ms == l->r.due_at.ms)
			p->due = all[p->n_clocks].due;
		p->n_clocks++;
	}
	p->clocks = all;
}

/* The name where it stands open anyway; contact only after opening it. */
static enum rc fill_reporter(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_reporter_row who;

	if (!(l->bits & ACCESS_NAME) && !p->is_revealed)
		return RC_OK;
	TRY(q_desk_reporter(c->db, c->a, l->r.reporter_id, &who));
	p->reporter = who.name;
	if (p->is_revealed) {
		p->reporter_email = who.email;
		p->reporter_phone = who.phone;
	}
	return RC_OK;
}

static void fill_summary(const struct desk_report_row *r, struct desk_report *p)
{
	p->place = r->place && *r->place ? r->place : NULL;
	p->region = r->region;
	p->category = r->category;
	p->holder = r->holder;
	p->asked_agency = r->asked_agency;
	p->taker = r->taker;
	p->has_happened_on = r->happened_on.n != INT32_MIN;
	p->happened_on = r->happened_on;
}

/* The long words of a title, each once; they point into a normalised copy. */
static size_t title_words(struct ctx *c, const char *title, const char *ret[TWIN_WORDS])
{
	char *s = words_normal(c->a, title), *word;
	size_t n = 0;

	while (n < TWIN_WORDS && (word = strsep(&s, " ")) != NULL) {
		bool seen = strlen(word) < TWIN_WORD_MIN;

		for (size_t i = 0; i < n && !seen; i++)
			seen = strcmp(ret[i], word) == 0;
		if (!seen)
			ret[n++] = word;
	}
	return n;
}

/* Common words of two titles, in percent of all of both. */
static int alike(const char **a, size_t n_a, const char **b, size_t n_b)
{
	size_t common = 0;

	for (size_t i = 0; i < n_a; i++)
		for (size_t k = 0; k < n_b; k++)
			common += strcmp(a[i], b[k]) == 0;
	return n_a + n_b == 0 ? 0 : (int)(200 * common / (n_a + n_b));
}

/* Keeps the most alike ones, best first. */
static void insert_twin(struct desk_twin *all, size_t *n, struct desk_twin t)
{
	size_t at = *n < TWINS_MAX ? (*n)++ : TWINS_MAX;

	while (at > 0 && all[at - 1].percent < t.percent) {
		if (at < TWINS_MAX)
			all[at] = all[at - 1];
		at--;
	}
	if (at < TWINS_MAX)
		all[at] = t;
}

static enum rc fill_twins(struct ctx *c, const struct desk_report_row *r, struct desk_report *p)
{
	struct desk_twin *all = arena_new_many(c->a, struct desk_twin, TWINS_MAX + 1);
	const char *own[TWIN_WORDS], *other[TWIN_WORDS];
	size_t n_own = title_words(c, r->public_title ? r->public_title : r->title, own), n;
	struct desk_twins_row *rows;

	if (!r->region_code)
		return RC_OK;
	TRY(q_desk_twins(c->db, c->a, &(struct desk_twins_args){
		.category = r->category_id.v, .region = r->region_code, .self = r->id.v,
		.from_at = instant_add_ms(r->received_at, -TWIN_DAYS * MS_PER_DAY),
		.to_at = instant_add_ms(r->received_at, TWIN_DAYS * MS_PER_DAY) }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(c->a);
		int percent = alike(own, n_own, other, title_words(c, rows[i].title, other));

		arena_rewind(c->a, mark);
		if (percent >= TWIN_PERCENT)
			insert_twin(all, &p->n_twins, (struct desk_twin){
				.number = rows[i].number, .title = rows[i].title, .received_at = rows[i].received_at,
				.state = rows[i].state, .percent = percent });
	}
	p->twins = all;
	return RC_OK;
}

static void choose_tab(const struct request *req, struct desk_report *p, const struct desk_typed *typed)
{
	const char *tab = request_query(req, "tab");

	p->internal_tab = p->n_notes > 0 || p->n_talk == 0;
	if (tab)
		p->internal_tab = strcmp(tab, "pelapor") != 0;
	if (typed && typed->action == ACT_NOTE)
		p->internal_tab = true;
	p->internal_tab = p->internal_tab && p->shows_internal;
}

static enum rc fill(struct ctx *c, const struct request *req, const struct desk_loaded *l, const struct desk_typed *typed,
		    struct desk_report *p)
{
	struct desk_transfers *sent_around;

	p->is_revealed = typed && typed->is_revealed;
	p->shows_internal = (l->bits & ACCESS_INTERNAL) != 0;
	fill_head(c, &l->r, p);
	fill_texts(c, l, p);
	fill_wording(c, &l->r, p);
	fill_clocks(c, l, p);
	fill_summary(&l->r, p);
	TRY(fill_next(c, &l->r, p));
	TRY(fill_reporter(c, l, p));
	TRY(fill_twins(c, &l->r, p));
	desk_story_tell(c, l, p);
	sent_around = arena_new_one(c->a, struct desk_transfers);
	desk_transfers_tell(c, l, sent_around);
	p->sent_around = sent_around;
	TRY(desk_offer_forms(c, l, typed, p));
	TRY(desk_sop_fill(c, l, typed, p));
	if (typed && !typed->is_revealed)
		desk_offer_refusal(typed, p);
	choose_tab(req, p, typed);
	if (typed && typed->is_conflict)
		p->conflict = msg_desk_conflict_text(c->lang);
	return RC_OK;
}

enum rc desk_report_show(struct ctx *c, const struct request *req, struct response *res, const char *number,
			 const struct desk_typed *typed)
{
	struct desk_report report = { .csrf = csrf_token(c, req, res) };
	struct desk_loaded l;
	struct page p;

	TRY(desk_load(c, number, &l));
	/* Somebody else's public report: there is nothing to do here. */
	if (!(l.bits & ACCESS_INTERNAL))
		return response_redirect(c, res, "/laporan/%s", l.r.number);
	TRY(fill(c, req, &l, typed, &report));
	page_init(&p, c, req, res);
	p.layout.title = arena_printf(c->a, "%s %s", report.number, report.title);
	p.layout.nav = NAV_DESK;
	/* Also after a form was refused: links of the frame lead to the page, not to the form's address. */
	p.layout.here = arena_printf(c->a, "/meja/laporan/%s", report.number);
	p.layout.lang_href = layout_lang_href(c->a, p.layout.here, "", layout_other_lang(c->lang));
	page_begin(&p);
	view_desk_report(&p.out, &report);
	return page_end(&p);
}

enum rc desk_report_get(struct ctx *c, const struct request *req, struct response *res)
{
	return desk_report_show(c, req, res, request_param(req, "nomor"), NULL);
}
