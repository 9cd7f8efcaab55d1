/* SPDX-License-Identifier: Apache-2.0
 * export - all reports in the columns of LAPOR!'s own export, so that a file of ours can be imported elsewhere.
 *
 * Without --with-secrets, texts of secret and blocked reports and names of anonymous reporters stay here. Contact
 * data is never part of it.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/export_file.h"
#include "cmd/lapor.h"
#include "cmd/progress.h"
#include "core/redact.h"
#include "query_export.h"

#define PAGE_ROWS 500
#define PAGE_BYTES ((size_t)512 << 20)
#define HIDDEN "[Rahasia]"

struct exporter {
	struct session *s;
	struct arena *page; /* emptied after each page */
	struct export_file *file;
	bool with_secrets;
	int64_t n, total;
};

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* "lapor:9197446" -> "9197446"; ours: "2026-004187" -> "2026004187". */
static const char *tracking_id(struct arena *a, const struct export_page_row *r)
{
	if (r->source_ref && strncmp(r->source_ref, "lapor:", 6) == 0)
		return r->source_ref + 6;
	return arena_printf(a, "%.4s%s", r->number, r->number + 5);
}

static void fill_texts(struct exporter *x, const struct export_page_row *r, const char *cells[LAPOR_COLUMNS])
{
	bool is_hidden = !x->with_secrets && (r->visibility == VISIBILITY_SECRET || r->is_blocked);
	bool is_anonymous = !x->with_secrets && r->visibility == VISIBILITY_ANONYMOUS;

	cells[LAPOR_NAME] = or_empty(r->reporter_name);
	cells[LAPOR_TITLE] = r->title;
	cells[LAPOR_BODY] = r->body;
	cells[LAPOR_PUBLIC_BODY] = or_empty(r->public_body);
	if (is_anonymous) {
		/* The original may name its writer; the public text was checked by an officer. */
		cells[LAPOR_NAME] = "Anonim";
		cells[LAPOR_TITLE] = r->public_title ? r->public_title : redact_mask(x->page, r->title);
		cells[LAPOR_BODY] = r->public_body ? r->public_body : redact_mask(x->page, r->body);
	}
	if (is_hidden) {
		cells[LAPOR_NAME] = "Rahasia";
		cells[LAPOR_TITLE] = cells[LAPOR_BODY] = cells[LAPOR_PUBLIC_BODY] = HIDDEN;
		return;
	}
	cells[LAPOR_PROVINCE] = or_empty(r->province);
	cells[LAPOR_REGENCY] = or_empty(r->regency);
	cells[LAPOR_DISTRICT] = or_empty(r->district);
	cells[LAPOR_VILLAGE] = or_empty(r->village);
}

static enum rc fill_reason(struct exporter *x, const struct export_page_row *r, const char *cells[LAPOR_COLUMNS])
{
	struct export_pending_note_row note;
	bool found;

	if (r->state == STATE_ARCHIVED)
		cells[LAPOR_REASON] = lapor_archive_reason(r->closer);
	if (r->state != STATE_PENDING || cells[LAPOR_BODY] == (const char *)HIDDEN)
		return RC_OK;
	TRY(q_export_pending_note(x->s->db, x->page, &(struct export_pending_note_args){
		.report_id = r->id, .pend = ACT_PEND }, &note, &found));
	if (found)
		cells[LAPOR_REASON] = or_empty(note.note);
	return RC_OK;
}

static enum rc write_report(struct exporter *x, const struct export_page_row *r)
{
	const char *cells[LAPOR_COLUMNS];
	char date[16], time[9], rating[2] = "";

	for (int i = 0; i < LAPOR_COLUMNS; i++)
		cells[i] = "";
	lapor_date_text(r->received_at, date);
	lapor_time_text(r->received_at, time);
	if (r->rating >= 1 && r->rating <= 5)
		rating[0] = (char)('0' + r->rating);
	cells[LAPOR_ID] = tracking_id(x->page, r);
	cells[LAPOR_DATE] = date;
	cells[LAPOR_TIME] = time;
	cells[LAPOR_CLASS] = lapor_class_name(r->class);
	cells[LAPOR_CATEGORY_ID] = or_empty(r->category_sp4n);
	cells[LAPOR_CATEGORY] = or_empty(r->category_name);
	cells[LAPOR_TYPE] = lapor_type_name(r->visibility);
	cells[LAPOR_SOURCE] = lapor_channel_name(r->channel);
	cells[LAPOR_PARENT] = or_empty(r->agency_name);
	cells[LAPOR_AGENCY_ID] = or_empty(r->opd_name ? r->opd_sp4n : r->agency_sp4n);
	cells[LAPOR_AGENCY] = or_empty(r->opd_name ? r->opd_name : r->agency_name);
	cells[LAPOR_STATUS] = lapor_status_name(r->state, r->closer, r->is_blocked);
	cells[LAPOR_RATING] = rating;
	fill_texts(x, r, cells);
	TRY(fill_reason(x, r, cells));
	return export_file_row(x->file, cells, LAPOR_COLUMNS, &x->s->c.err);
}

/* The info rows above the header, as LAPOR! has them. */
static enum rc write_head(struct exporter *x)
{
	const char *headers[LAPOR_COLUMNS];
	char date[16];
	struct err *err = &x->s->c.err;
	const char *government = x->s->settings.government;

	lapor_date_text(x->s->c.now, date);
	TRY(export_file_row(x->file, (const char *const[]){ "Judul Laporan", "Laporan Ringkas" }, 2, err));
	TRY(export_file_row(x->file, (const char *const[]){ "Nama Instansi", government }, 2, err));
	TRY(export_file_row(x->file, (const char *const[]){ "Tanggal Generate", date }, 2, err));
	for (int i = 0; i < LAPOR_COLUMNS; i++)
		headers[i] = lapor_header((enum lapor_column)i);
	return export_file_row(x->file, headers, LAPOR_COLUMNS, err);
}

static enum rc write_all(struct exporter *x)
{
	struct report_id after = { 0 };
	struct progress p;
	enum rc rc = RC_OK;
	size_t n = 1;

	progress_begin(&p, "reports");
	while (rc == RC_OK && n > 0) {
		struct export_page_row *rows;

		arena_reset(x->page);
		rc = q_export_page(x->s->db, x->page, &(struct export_page_args){ after, PAGE_ROWS }, &rows, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++, x->n++) {
			rc = write_report(x, &rows[i]);
			after = rows[i].id;
		}
		progress_show(&p, (int)(x->total ? x->n * 1000 / x->total : 1000), x->n);
	}
	progress_end(&p);
	return rc;
}

/* One look at the database, whatever is written meanwhile. */
static enum rc export_all(struct exporter *x, const char *path)
{
	struct export_count_row count;
	TXN(t);

	TRY(txn_begin(x->s->db, &t));
	TRY(q_export_count(x->s->db, x->s->a, &count));
	x->total = count.n;
	TRY(export_file_open(x->s->a, path, &x->file, &x->s->c.err));
	TRY(write_head(x));
	TRY(write_all(x));
	return export_file_close(x->file, &x->s->c.err);
}

int export_run(const struct args *args)
{
	struct session s;
	struct exporter x = { .s = &s, .with_secrets = options_flag(args, "with-secrets") };
	int status;

	if (strcmp(options_text(args, "format"), "lapor") != 0)
		return command_fail(args, "--format %s is unknown: the only one is lapor", options_text(args, "format"));
	status = command_open(args, DB_READ, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	x.page = arena_new(PAGE_BYTES);
	if (export_all(&x, options_text(args, "out")) != RC_OK) {
		status = s.c.err.detail[0] ? command_fail_err(args, &s.c.err)
					   : command_fail(args, "stopped: %s", db_message(s.db));
		export_file_drop(x.file);
	} else {
		fprintf(stderr, "lapor export: %lld reports\n", (long long)x.n);
	}
	arena_free(x.page);
	command_close(&s);
	return status;
}
