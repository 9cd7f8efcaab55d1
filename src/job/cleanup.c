/* SPDX-License-Identifier: Apache-2.0
 * cleanup - drafts that were never sent, sessions that are over, files that belong to nothing, and
 * allowances that are whole again.
 */
#include "job/work.h"

#include "app/attach_file.h"
#include "app/settings.h"
#include "query_account.h"
#include "query_allowance.h"
#include "query_attachment.h"
#include "query_draft.h"

/* A file is stored a moment before its report; a day is more than any request lasts. */
#define LOOSE_FILE_MS MS_PER_DAY

static enum rc remove_draft(struct ctx *c, void *arg)
{
	const struct draft_id *id = arg;
	struct draft_report_row sent;
	enum rc rc = q_draft_report(c->db, c->a, *id, &sent);

	/* Locked from here on: who is just sending it has taken its files along, or comes too late. */
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	TRY(q_attachment_drop_all(c->db, *id, NULL));
	return q_draft_delete(c->db, &(struct draft_delete_args){ .id = *id, .now = c->now }, NULL);
}

static enum rc remove_file_row(struct ctx *c, void *arg)
{
	const struct attachment_id *id = arg;

	TRY(q_attachment_data_delete(c->db, *id, NULL));
	return q_attachment_delete(c->db, *id, NULL);
}

static enum rc remove_sessions(struct ctx *c, void *arg)
{
	return q_session_delete_expired(c->db, c->now, arg);
}

static enum rc drafts(struct work *w)
{
	struct draft_expired_row *rows;
	size_t n;

	TRY(q_draft_expired(w->c->db, w->c->a, &(struct draft_expired_args){
		.now = w->c->now, .max_rows = WORK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum rc rc = work_write(w, remove_draft, &rows[i].id);
		if (rc == RC_OK)
			w->tally->removed++;
		else
			work_failed(w, "draft", rows[i].id.v, rc);
	}
	return RC_OK;
}

/* The row first: a row without its file would be a loss, a file without a row is only rubbish. */
static enum rc files(struct work *w)
{
	struct attachment_loose_row *rows;
	size_t n;

	TRY(q_attachment_loose(w->c->db, w->c->a, &(struct attachment_loose_args){
		.before_at = instant_add_ms(w->c->now, -LOOSE_FILE_MS), .max_rows = WORK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum rc rc = work_write(w, remove_file_row, &rows[i].id);
		if (rc != RC_OK) {
			work_failed(w, "file", rows[i].id.v, rc);
			continue;
		}
		w->tally->removed++;
		if (w->c->settings->files_dir && *w->c->settings->files_dir)
			attach_file_remove(w->c->a, w->c->settings->files_dir, rows[i].storage_key);
	}
	return RC_OK;
}

static enum rc sessions(struct work *w)
{
	struct session_expired_row *rows;
	int64_t removed = 0;
	size_t n;

	TRY(q_session_expired(w->c->db, w->c->a, w->c->now, &rows, &n));
	if (n == 0)
		return RC_OK;
	enum rc rc = work_write(w, remove_sessions, &removed);
	if (rc != RC_OK)
		work_failed(w, "sessions", 0, rc);
	else
		w->tally->removed += removed;
	return RC_OK;
}

static enum rc remove_allowances(struct ctx *c, void *arg)
{
	return q_allowance_delete_over(c->db, c->now, arg);
}

static enum rc allowances(struct work *w)
{
	struct allowance_over_row row;
	int64_t removed = 0;
	bool found;
	enum rc rc;

	TRY(q_allowance_over(w->c->db, w->c->a, w->c->now, &row, &found));
	rc = found ? work_write(w, remove_allowances, &removed) : RC_OK;
	if (rc != RC_OK)
		work_failed(w, "allowances", 0, rc);
	return RC_OK;
}

enum rc cleanup_run(struct work *w)
{
	TRY(drafts(w));
	TRY(files(w));
	TRY(sessions(w));
	return allowances(w);
}
