/* SPDX-License-Identifier: Apache-2.0 */
#include "web/archives.h"

#include <string.h>

#include "app/archive.h"
#include "app/settings.h"
#include "base/log.h"
#include "base/parse.h"
#include "core/ticket.h"
#include "query_archived.h"
#include "tmpl_public_archive.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/public_common.h"

enum rc archives_seek_code(struct ctx *c, const char *code)
{
	struct archived_by_code_row row;
	bool found;

	if (c->archive_year)
		return RC_OK;
	TRY(q_archived_by_code(c->db, c->a, code, &row, &found));
	if (found)
		c->elsewhere_year = (int)row.year;
	return RC_OK;
}

/* What is said by number only is said of public reports only; officers' rights are judged in the archive. */
enum rc archives_seek(struct exchange *ex, struct db *db)
{
	const char *pattern = ex->match.route->pattern, *number = request_param(&ex->req, "nomor");
	bool is_public = strncmp(pattern, "/laporan/", 9) == 0, is_desk = strncmp(pattern, "/meja/laporan/", 14) == 0;
	struct archived_by_number_row row;
	bool found;

	if (ex->c.elsewhere_year || !number || !(is_public || is_desk) || !ticket_number_is_valid(number))
		return RC_OK;
	TRY(q_archived_by_number(db, ex->a, number, &row, &found));
	if (found && (is_desk || row.is_public))
		ex->c.elsewhere_year = (int)row.year;
	return RC_OK;
}

int archives_asked(const struct exchange *ex)
{
	const char *asked = ex->match.route->handler == list_get ? request_query(&ex->req, "arsip") : NULL;
	int64_t year;

	return asked && parse_int(asked, 1990, 2200, &year) ? (int)year : 0;
}

static enum rc show_away(struct exchange *ex, int year)
{
	const char *word = arena_printf(ex->a, "%d", year);
	struct ctx *c = &ex->c;
	struct buf title;
	struct page p;

	ex->res.status = 503;
	response_header(&ex->res, "Retry-After", "60");
	buf_init(&title, 256);
	msg_archive_away_title(&title, c->lang, c->settings->zone, word);
	if (ex->req.wants_json) {
		response_json(&ex->res, 503);
		buf_lit(&ex->res.body, "{\"galat\":");
		response_json_string(&ex->res.body, buf_cstr(&title));
		buf_lit(&ex->res.body, "}\n");
		buf_done(&title);
		return RC_OK;
	}
	page_init(&p, c, &ex->req, &ex->res);
	p.layout.title = arena_strdup(c->a, buf_cstr(&title));
	p.layout.noindex = true;
	page_begin(&p);
	view_archive_away(&p.out, &(struct archive_away){
		.year = word, .channels = public_channels(c), .operator_name = c->settings->operator_name,
		.here = p.layout.here, .is_desk = p.layout.is_desk });
	buf_done(&title);
	return page_end(&p);
}

enum rc archives_run(struct exchange *ex, int year)
{
	struct workers *ws = &ex->web->workers;
	struct db *present = ex->c.db, *db;
	struct archived_word_row row;
	bool found;
	enum rc rc;
	TXN(t);

	TRY(q_archived_word(present, ex->a, year, &row, &found));
	if (!found)
		return ctx_refuse(&ex->c, RC_NOT_FOUND, not_found);
	db = worker_archive(ws, year, row.word, ex->began_us);
	if (!db)
		return show_away(ex, year);
	rc = txn_begin(db, &t);
	if (rc == RC_OK) {
		ex->c.db = db;
		ex->c.archive_year = year;
		ex->c.elsewhere_year = 0;
		ex->c.err = (struct err){ 0 };
		rc = ex->match.route->handler(&ex->c, &ex->req, &ex->res);
		ex->c.db = present;
		ex->c.archive_year = 0;
	}
	if (rc != RC_UNAVAILABLE)
		return rc;
	log_warn("the archive of %d does not answer: %s", year, db_message(db));
	txn_end(&t);
	worker_leave_archive(ws, db, ex->began_us);
	buf_reset(&ex->res.body);
	return show_away(ex, year);
}
