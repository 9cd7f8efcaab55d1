/* SPDX-License-Identifier: Apache-2.0
 * intake_list - GET /meja/penerimaan: what came by other ways, by its deadline; who has to act, since when.
 */
#include <string.h>

#include "app/settings.h"
#include "base/parse.h"
#include "tmpl_intake.h"
#include "web/desk_parts.h"
#include "web/handlers.h"
#include "web/intake_parts.h"
#include "web/page.h"

#define PAGE_ROWS 50

/* "ms_id", where the page before ended. */
static void read_after(const struct request *req, int64_t *at, int64_t *id)
{
	const char *s = request_query(req, "setelah");

	if (s)
		(void)parse_int_pair(s, '_', 0, INT64_MAX, at, id);
}

/* From which state on this person sees them. */
static int64_t least_state(const struct ctx *c, const struct intake_node *node)
{
	return c->who.role == intake_team(node->level) ? INTAKE_RECEIVED : INTAKE_HANDED_OVER;
}

static int workdays_since(const struct ctx *c, struct instant since)
{
	enum zone z = c->settings->zone;
	int n = calendar_count_workdays(c->calendar, instant_day(since, z), instant_day(c->now, z));

	return n > 0 ? n : 0;
}

static struct intake_row open_row(struct ctx *c, const struct intake_node *node, const struct intake_list_open_row *r)
{
	const struct sop_book *book = sop_shelf_find(c->sops, r->sop_id);
	const struct sop_step *step = intake_parts_step(book, r->sop_step);

	return (struct intake_row){
		.number = r->number, .title = r->title, .channel_note = r->channel_note, .channel = r->channel,
		.state = r->state, .visibility = r->visibility, .received_at = r->received_at,
		.due = desk_parts_due_held(c, r->step_since_at, r->due_at),
		.waits_for = intake_parts_waits_for(c, book ? book->sop : NULL, node->level, r->state),
		.step = step ? arena_printf(c->a, "%s. %s", step->id, step->name) : NULL,
		.waits_wd = workdays_since(c, r->step_since_at),
		.report_number = r->report_number, .report_state = r->report_state,
	};
}

static enum rc load_open(struct ctx *c, const struct request *req, const struct intake_node *node, struct intake_list *p)
{
	struct intake_list_open_args args = { .agency_id = c->who.agency, .least = least_state(c, node),
					      .max_rows = PAGE_ROWS + 1 };
	struct intake_list_open_row *rows;
	struct intake_row *made;
	size_t n;

	read_after(req, &args.after_at.ms, &args.after_id.v);
	TRY(q_intake_list_open(c->db, c->a, &args, &rows, &n));
	made = arena_new_many(c->a, struct intake_row, n + 1);
	for (size_t i = 0; i < n && i < PAGE_ROWS; i++)
		made[p->n_rows++] = open_row(c, node, &rows[i]);
	p->rows = made;
	if (n > PAGE_ROWS)
		p->next_href = arena_printf(c->a, "/meja/penerimaan?setelah=%lld_%lld",
					    (long long)rows[PAGE_ROWS - 1].sort_at.ms, (long long)rows[PAGE_ROWS - 1].id.v);
	if (args.after_id.v)
		p->first_href = "/meja/penerimaan";
	return RC_OK;
}

static enum rc load_done(struct ctx *c, const struct request *req, const struct intake_node *node, struct intake_list *p)
{
	struct intake_list_done_args args = { .agency_id = c->who.agency, .least = least_state(c, node),
					      .before_at = { INT64_MAX }, .before_id = { INT64_MAX },
					      .max_rows = PAGE_ROWS + 1 };
	struct intake_list_done_row *rows;
	struct intake_row *made;
	size_t n;

	read_after(req, &args.before_at.ms, &args.before_id.v);
	TRY(q_intake_list_done(c->db, c->a, &args, &rows, &n));
	made = arena_new_many(c->a, struct intake_row, n + 1);
	for (size_t i = 0; i < n && i < PAGE_ROWS; i++)
		made[p->n_rows++] = (struct intake_row){
			.number = rows[i].number, .title = rows[i].title, .channel_note = rows[i].channel_note,
			.channel = rows[i].channel, .state = rows[i].state, .visibility = rows[i].visibility,
			.received_at = rows[i].received_at, .closed_at = rows[i].closed_at,
			.report_number = rows[i].report_number };
	p->rows = made;
	if (n > PAGE_ROWS)
		p->next_href = arena_printf(c->a, "/meja/penerimaan?daftar=selesai&setelah=%lld_%lld",
					    (long long)rows[PAGE_ROWS - 1].closed_at.ms,
					    (long long)rows[PAGE_ROWS - 1].id.v);
	if (args.before_id.v != INT64_MAX)
		p->first_href = "/meja/penerimaan?daftar=selesai";
	return RC_OK;
}

static enum rc count(struct ctx *c, const struct intake_node *node, struct intake_list *p)
{
	struct intake_counts_row *rows;
	size_t n;

	TRY(q_intake_counts(c->db, c->a, &(struct intake_counts_args){ .agency_id = c->who.agency, .now = c->now }, &rows,
			    &n));
	for (size_t i = 0; i < n; i++)
		if ((int64_t)rows[i].state >= least_state(c, node)) {
			p->waiting += rows[i].n;
			p->late += rows[i].late;
		}
	return RC_OK;
}

enum rc intake_list_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *which = request_query(req, "daftar");
	struct intake_list list = { .is_done = which && strcmp(which, "selesai") == 0 };
	struct intake_node node;
	struct page p;

	TRY(intake_parts_node(c, &node));
	list.may_register = c->who.role == intake_team(node.level);
	TRY(count(c, &node, &list));
	TRY(list.is_done ? load_done(c, req, &node, &list) : load_open(c, req, &node, &list));
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_list_title(c->lang);
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake_list(&p.out, &list);
	return page_end(&p);
}
