/* SPDX-License-Identifier: Apache-2.0
 * public_sop - which SOPs governments work by, step by step, each standard beside what was measured.
 *
 * Measured are steps that ended in the last 90 days, from the counters that lapor check recounts; nothing is estimated.
 */
#include <string.h>

#include "app/settings.h"
#include "core/sop_law.h"
#include "core/sop_run.h"
#include "query_shelf.h"
#include "tmpl_public_sop.h"
#include "view/sop_fill.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/sop_words.h"

#define MEASURED_DAYS 90
#define MEASURED_LEAST 5 /* of fewer, figures would tell of single reports */
#define PERCENT 100

/* ---- the list */

static const char *page_path(struct ctx *c, const char *slug, const char *word)
{
	return arena_printf(c->a, "/sop/%s/%s", slug, word);
}

/* The version that a row of uses names; NULL when the shelf is older than the row. */
static const struct sop_book *book_of(const struct ctx *c, const struct shelf_users_row *r)
{
	return sop_shelf_find(c->sops, r->id);
}

static enum rc load_list(struct ctx *c, struct proc_page_list *p)
{
	struct proc_page_group *groups;
	struct proc_page_item *items;
	struct shelf_users_row *rows;
	size_t n;

	TRY(q_shelf_users(c->db, c->a, public_today(c), &rows, &n));
	groups = arena_new_many(c->a, struct proc_page_group, n + 1);
	items = arena_new_many(c->a, struct proc_page_item, n + 1);
	for (size_t i = 0, k = 0; i < n; i++) {
		const struct sop_book *book = book_of(c, &rows[i]);
		struct proc_page_group *g = p->n > 0 ? &groups[p->n - 1] : NULL;

		if (!book)
			continue;
		if (!g || strcmp(g->name, rows[i].name) != 0)
			groups[p->n++] = (struct proc_page_group){ .name = rows[i].name, .items = &items[k] };
		groups[p->n - 1].n++;
		items[k++] = (struct proc_page_item){
			.title = book->sop->title, .number = book->sop->number,
			.covers = sop_words_covers(c, book->sop->covers), .version = book->version,
			.href = page_path(c, rows[i].slug, rows[i].word), .since = rows[i].valid_from };
	}
	p->groups = groups;
	return RC_OK;
}

enum rc sop_list_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct proc_page_list list = { 0 };
	struct page p;

	TRY(load_list(c, &list));
	page_init(&p, c, req, res);
	p.layout.title = msg_proc_title(c->lang);
	page_begin(&p);
	view_proc_list(&p.out, &list);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}

/* ---- one of them */

static const char *joined(struct ctx *c, struct sop_texts t)
{
	const char *all = "";

	for (size_t i = 0; i < t.n; i++)
		all = arena_printf(c->a, "%s%s%s", all, i > 0 ? ", " : "", t.v[i]);
	return all;
}

static const char *who(struct ctx *c, const struct sop *s, const struct sop_step *step)
{
	const char *all = "";

	for (size_t i = 0; i < step->by_n; i++)
		all = arena_printf(c->a, "%s%s%s", all, i > 0 ? ", " : "", s->actors[step->by[i]].name);
	return all;
}

static bool same_time(struct sop_time a, struct sop_time b)
{
	return a.min == b.min && a.max == b.max && a.every_months == b.every_months &&
	       (a.unit == b.unit || a.unit == LIMIT_DAYS); /* "hari" are working days (E10) */
}

/* What the parts do, and where they and the step lead. */
static void add_parts(struct ctx *c, const struct sop *s, size_t at, struct proc_page_step *p)
{
	size_t end = at + 1, n_branches = s->steps[at].branch_n;
	struct proc_page_branch *branches;
	const char **parts;

	for (; end < s->step_n && sop_step_is_part(&s->steps[end]); end++)
		n_branches += s->steps[end].branch_n;
	parts = arena_new_many(c->a, const char *, end - at);
	branches = arena_new_many(c->a, struct proc_page_branch, n_branches + 1);
	for (size_t i = at; i < end; i++) {
		if (i > at)
			parts[p->n_parts++] = arena_printf(c->a, "%s. %s", s->steps[i].id, s->steps[i].name);
		for (size_t k = 0; k < s->steps[i].branch_n; k++) {
			const struct sop_branch *b = &s->steps[i].branches[k];

			branches[p->n_branches++] = (struct proc_page_branch){ b->when, b->to == SOP_END ? "" : b->to_id };
		}
	}
	p->parts = parts;
	p->branches = branches;
}

static struct proc_page_step step_of(struct ctx *c, const struct sop *s, size_t at)
{
	const struct sop_step *step = &s->steps[at];
	struct proc_page_step p = {
		.id = step->id, .name = step->name, .who = who(c, s, step), .output = step->output,
		.tells = joined(c, step->tells), .note = step->note, .is_beside = step->is_beside,
		.standard = sop_words_time(c, step->in_force), .start = sop_words_start(c, step->start),
		.printed = same_time(step->printed_time, step->in_force) ? "" : step->printed,
		.is_reporters = sop_run_waits(step) };

	p.is_measured = s->covers == SOP_COVERS_REPORT && sop_run_limit(step).n > 0 && !p.is_reporters;
	add_parts(c, s, at, &p);
	return p;
}

static void measure(struct ctx *c, const struct shelf_figures_row *rows, size_t n, size_t at, struct proc_page_step *p)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].step != (int64_t)at + 1 || rows[i].done == 0)
			continue;
		p->is_measured = true;
		p->is_few = rows[i].done < MEASURED_LEAST;
		if (p->is_few)
			continue;
		p->done = rows[i].done;
		p->in_time_percent = (int)((rows[i].done - rows[i].late) * PERCENT / rows[i].done);
		p->mean = sop_words_span(c, (rows[i].minutes + rows[i].done / 2) / rows[i].done);
	}
}

static enum rc load_steps(struct ctx *c, const struct sop_book *book, struct proc_page *p)
{
	struct shelf_figures_row *rows;
	struct proc_page_step *steps = arena_new_many(c->a, struct proc_page_step, book->sop->step_n);
	size_t n;

	TRY(q_shelf_figures(c->db, c->a, &(struct shelf_figures_args){
		.sop_id = book->id, .from_day = day_add(public_today(c), -MEASURED_DAYS) }, &rows, &n));
	for (size_t i = 0; i < book->sop->step_n; i++) {
		if (sop_step_is_part(&book->sop->steps[i]))
			continue;
		steps[p->n_steps] = step_of(c, book->sop, i);
		measure(c, rows, n, i, &steps[p->n_steps++]);
	}
	p->steps = steps;
	return RC_OK;
}

static void load_laws(struct ctx *c, const struct sop *s, struct proc_page *p)
{
	struct proc_page_law *laws = arena_new_many(c->a, struct proc_page_law, s->law_n + 1);

	for (size_t i = 0; i < s->law_n; i++) {
		const struct sop_citation *law = &s->laws[i];
		const struct sop_law *known = sop_law_find(law->reads[0] ? law->reads : law->printed);
		bool is_old = known && known->superseded_by;

		laws[i] = (struct proc_page_law){ law->printed, law->title, law->reads,
						 is_old ? sop_law_in_force(known)->name : "" };
	}
	p->laws = laws;
	p->n_laws = s->law_n;
}

static void load_rules(struct ctx *c, const struct sop *s, struct proc_page *p)
{
	struct proc_page_decision *decisions = arena_new_many(c->a, struct proc_page_decision, s->decision_n + 1);
	const char **rules = arena_new_many(c->a, const char *, s->gate_n + 1);

	for (size_t i = 0; i < s->gate_n; i++)
		rules[i] = s->gates[i].why;
	for (size_t i = 0; i < s->decision_n; i++)
		decisions[i] = (struct proc_page_decision){
			s->decisions[i].conflict, s->decisions[i].printed, s->decisions[i].decision };
	p->rules = rules;
	p->n_rules = s->gate_n;
	p->decisions = decisions;
	p->n_decisions = s->decision_n;
}

/* What the agency uses today under this word, and since when. */
static const struct sop_book *find_used(const struct ctx *c, struct agency_id agency, const char *word, struct day *ret_since)
{
	struct day today = public_today(c);

	for (size_t i = c->sops ? c->sops->use_n : 0; i > 0; i--) {
		const struct sop_use *u = &c->sops->uses[i - 1];
		const struct sop_book *book = &c->sops->books[u->book];

		if (u->agency.v == agency.v && u->from.n <= today.n && (u->until.n == DAY_NONE || today.n < u->until.n) &&
		    strcmp(book->sop->id, word) == 0) {
			*ret_since = u->from;
			return book;
		}
	}
	return NULL;
}

static enum rc find_page(struct ctx *c, const struct request *req, struct shelf_agency_row *ret_agency,
			 const struct sop_book **ret_book, struct day *ret_since)
{
	enum rc rc = q_shelf_agency(c->db, c->a, request_param(req, "instansi"), ret_agency);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	*ret_book = find_used(c, ret_agency->id, request_param(req, "sop"), ret_since);
	return *ret_book ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

enum rc sop_page_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct shelf_agency_row agency;
	const struct sop_book *book;
	struct proc_page s = { 0 };
	struct page p;

	TRY(find_page(c, req, &agency, &book, &s.since));
	s.title = book->sop->title;
	s.number = book->sop->number;
	s.government = book->sop->government;
	s.office = book->sop->office;
	s.agency = agency.name;
	s.covers = sop_words_covers(c, book->sop->covers);
	s.total = book->sop->total_printed;
	s.version = book->version;
	s.is_accountable = book->sop->is_accountable;
	s.sheet_href = arena_printf(c->a, "%s/lembar", page_path(c, agency.slug, book->sop->id));
	TRY(load_steps(c, book, &s));
	load_laws(c, book->sop, &s);
	load_rules(c, book->sop, &s);
	page_init(&p, c, req, res);
	p.layout.title = s.title;
	page_begin(&p);
	view_proc_page(&p.out, &s);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}

/* GET /sop/{instansi}/{sop}/lembar: the page of PermenPANRB 35/2012, to be printed */
enum rc sop_sheet_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct shelf_agency_row agency;
	const struct sop_book *book;
	struct sop_page sheet;
	struct day since;
	struct out o;

	TRY(find_page(c, req, &agency, &book, &since));
	sop_fill(c->a, book->sop, c->lang, &sheet);
	out_begin(&o, &res->body, c->lang, c->settings->zone);
	view_proc_sheet(&o, &sheet, page_path(c, agency.slug, book->sop->id));
	out_end(&o);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return RC_OK;
}
