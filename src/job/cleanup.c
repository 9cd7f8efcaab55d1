/* SPDX-License-Identifier: Apache-2.0
 * cleanup - drafts that were never sent, sessions that are over, files that belong to nothing, and
 * allowances that are whole again.
 */
#include "job/work.h"

#include "app/file_store.h"
#include "query_account.h"
#include "query_allowance.h"
#include "query_attachment.h"
#include "query_draft.h"

/* An attachment is stored a moment before its report; a day is more than any request lasts. */
#define LOOSE_FILE_MS MS_PER_DAY
#define LONGEST_WAIT_MINUTES (6 * 60)

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

/* The row first, the file once that is on disk: a row without its file would be a loss. */
static enum rc remove_attachment(struct ctx *c, void *arg)
{
	const struct attachment_loose_row *row = arg;
	const char *name;
	int64_t changed;

	TRY(q_attachment_data_delete(c->db, row->id, NULL));
	TRY(q_attachment_delete(c->db, row->id, &changed));
	if (changed == 0 || file_store_place(row->storage_key, &name) == FILE_DATABASE)
		return RC_OK;
	return q_attachment_loose_file_insert(c->db, &(struct attachment_loose_file_insert_args){
		.storage_key = row->storage_key, .due_at = c->now }, NULL);
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

static enum rc attachments(struct work *w)
{
	struct attachment_loose_row *rows;
	size_t n;

	TRY(q_attachment_loose(w->c->db, w->c->a, &(struct attachment_loose_args){
		.before_at = instant_add_ms(w->c->now, -LOOSE_FILE_MS), .max_rows = WORK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum rc rc = work_write(w, remove_attachment, &rows[i]);
		if (rc == RC_OK)
			w->tally->removed++;
		else
			work_failed(w, "attachment", rows[i].id.v, rc);
	}
	return RC_OK;
}

struct loose_file {
	const char *key;
	struct instant next_at; /* when it is tried again, if it cannot be removed now */
	bool is_mine;
};

static enum rc claim_file(struct ctx *c, void *arg)
{
	struct loose_file *f = arg;
	int64_t changed;

	TRY(q_attachment_loose_file_claim(c->db, &(struct attachment_loose_file_claim_args){
		.storage_key = f->key, .now = c->now, .next_at = f->next_at }, &changed));
	f->is_mine = changed == 1;
	return RC_OK;
}

static enum rc forget_file(struct ctx *c, void *arg)
{
	const struct loose_file *f = arg;

	return q_attachment_loose_file_delete(c->db, f->key, NULL);
}

/* Removed by whoever claims it, outside of a transaction; what fails is tried again after 1, 2, 4, ... minutes, for ever. */
static enum rc remove_file(struct work *w, const struct attachment_loose_file_due_row *row)
{
	int64_t minutes = row->tries < 9 ? INT64_C(1) << row->tries : LONGEST_WAIT_MINUTES;
	struct loose_file f = { .key = row->storage_key, .next_at = instant_add_ms(w->c->now, minutes * MS_PER_MINUTE) };
	const struct file_store *store;
	const char *name;

	TRY(work_write(w, claim_file, &f));
	if (!f.is_mine)
		return RC_OK;
	TRY(file_store_find(w->c->files, f.key, &store, &name, &w->c->err));
	TRY(store->remove(store->arg, name, &w->c->err));
	return work_write(w, forget_file, &f);
}

static enum rc loose_files(struct work *w)
{
	struct attachment_loose_file_due_row *rows;
	size_t n;

	TRY(q_attachment_loose_file_due(w->c->db, w->c->a, &(struct attachment_loose_file_due_args){
		.now = w->c->now, .max_rows = WORK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum rc rc = remove_file(w, &rows[i]);
		if (rc == RC_OK)
			continue;
		work_failed(w, "removal of a file, try", rows[i].tries + 1, rc);
		/* The store is away: the other files are not tried one after the other. */
		if (rc == RC_UNAVAILABLE)
			break;
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
	TRY(attachments(w));
	TRY(loose_files(w));
	TRY(sessions(w));
	return allowances(w);
}
