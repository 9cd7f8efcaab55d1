/* SPDX-License-Identifier: Apache-2.0
 * intake_recap - /meja/penerimaan/rekap?bulan=2026-11: a month of what came by other ways, by channel, to print; written
 * down once it is over (SOP tjt-25#6).
 */
#include <string.h>

#include "app/intake.h"
#include "app/settings.h"
#include "base/parse.h"
#include "core/redact.h"
#include "i18n/format.h"
#include "tmpl_intake.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/error_page.h"
#include "web/handlers.h"
#include "web/intake_parts.h"
#include "web/page.h"

#define LINES_MAX 500
#define FIRST_YEAR 2000
#define LAST_YEAR 2199

/* "2026-11" as year * 12 + month - 1; the month of now when it is none. */
static int read_month(const struct ctx *c, const char *s)
{
	struct civil now = instant_civil(c->now, c->settings->zone);
	int64_t year, month;

	if (s && strlen(s) == 7 && s[4] == '-' && parse_int_n(s, 4, FIRST_YEAR, LAST_YEAR, &year) &&
	    parse_int_n(s + 5, 2, 1, 12, &month))
		return (int)(year * 12 + month - 1);
	return now.year * 12 + now.month - 1;
}

static const char *month_word(struct ctx *c, int month)
{
	return month < FIRST_YEAR * 12 || month > LAST_YEAR * 12 + 11 ? NULL :
	       arena_printf(c->a, "%04d-%02d", month / 12, month % 12 + 1);
}

static const char *month_name(struct ctx *c, int month)
{
	return arena_printf(c->a, "%s %d", format_month(c->lang, month % 12 + 1), month / 12);
}

static struct intake_sum live_sum(const struct intake_tally *t)
{
	return (struct intake_sum){ t->channel, t->received, t->entered, t->settled, t->refused, t->waiting, t->disposed,
				    t->late };
}

/* As it was written down, if it was; else as it is now. */
static enum rc load_sums(struct ctx *c, int month, struct intake_recap *p)
{
	struct intake_recap_rows_row *rows;
	struct intake_tally *live;
	struct intake_sum *sums;
	size_t n, n_live;

	TRY(q_intake_recap_rows(c->db, c->a, &(struct intake_recap_rows_args){ c->who.agency, month }, &rows, &n));
	TRY(intake_month(c, c->who.agency, month, &live, &n_live));
	p->is_recorded = n > 0;
	p->n_sums = n > 0 ? n : n_live;
	sums = arena_new_many(c->a, struct intake_sum, p->n_sums);
	for (size_t i = 0; i < p->n_sums; i++)
		sums[i] = n == 0 ? live_sum(&live[i]) :
				   (struct intake_sum){ (enum channel)rows[i].channel, rows[i].received, rows[i].entered,
							rows[i].settled, rows[i].refused, rows[i].waiting, rows[i].disposed,
							rows[i].late };
	p->sums = sums;
	if (n > 0) {
		p->made_at = rows[0].made_at;
		p->made_by = rows[0].maker ? rows[0].maker : "";
	}
	return RC_OK;
}

static enum rc load_lines(struct ctx *c, int month, struct intake_recap *p)
{
	struct intake_month_rows_row *rows;
	struct intake_month_line *lines;
	size_t n;

	TRY(q_intake_month_rows(c->db, c->a, &(struct intake_month_rows_args){
		.agency_id = c->who.agency, .from_at = intake_month_begin(c, month),
		.before_at = intake_month_begin(c, month + 1), .max_rows = LINES_MAX + 1 }, &rows, &n));
	p->cut_at = n > LINES_MAX ? LINES_MAX : 0;
	p->n_lines = n > LINES_MAX ? LINES_MAX : n;
	lines = arena_new_many(c->a, struct intake_month_line, p->n_lines + 1);
	/* A printed list passes through many hands: of secret ones nothing but the number, of others no personal data. */
	for (size_t i = 0; i < p->n_lines; i++)
		lines[i] = (struct intake_month_line){
			.number = rows[i].number, .channel = rows[i].channel, .state = rows[i].state,
			.title = rows[i].visibility == VISIBILITY_SECRET ? NULL : redact_mask(c->a, rows[i].title),
			.received_at = rows[i].received_at, .report_number = rows[i].report_number,
			.report_state = rows[i].report_state };
	p->lines = lines;
	return RC_OK;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, int month, const char *problem)
{
	struct intake_recap recap = {
		.csrf = csrf_token(c, req, res), .month_word = month_word(c, month), .now = c->now, .problem = problem,
		.month = month_name(c, month), .previous_month = month_name(c, month - 1),
		.next_month = month_name(c, month + 1),
		.previous = month_word(c, month - 1), .next = month_word(c, month + 1),
		.is_over = c->now.ms >= intake_month_begin(c, month + 1).ms };
	struct intake_node node;
	struct page p;

	TRY(intake_parts_node(c, &node));
	recap.agency = node.name;
	recap.may_record = c->who.role == intake_enterer(node.level);
	TRY(load_sums(c, month, &recap));
	TRY(load_lines(c, month, &recap));
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_recap_title(c->lang);
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake_recap(&p.out, &recap);
	return page_end(&p);
}

enum rc intake_recap_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, read_month(c, request_query(req, "bulan")), NULL);
}

enum rc intake_recap_post(struct ctx *c, const struct request *req, struct response *res)
{
	int month = read_month(c, request_form(req, "bulan"));
	struct err why;
	enum rc rc;

	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, month, msg_text(c->lang, MSG_refusal_form_expired));
	}
	rc = intake_recap(c, month);
	if (rc == RC_OK) {
		response_flash(c, res, MSG_intake_recap_saved);
		return response_redirect(c, res, "/meja/penerimaan/rekap?bulan=%s", month_word(c, month));
	}
	if (rc != RC_CONFLICT)
		return rc;
	why = c->err;
	res->status = error_page_status(rc);
	TRY(show(c, req, res, month, desk_parts_refusal(c)));
	c->err = why;
	return rc;
}
