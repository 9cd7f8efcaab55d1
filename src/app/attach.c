/* SPDX-License-Identifier: Apache-2.0
 * attach - the rows of files, and their bytes: in a store of files or, without one, beside the row.
 */
#include "app/attach.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/attach_file.h"
#include "base/hash.h"
#include "base/log.h"
#include "query_attachment.h"

#define IN_DATABASE "db"

static enum rc check_count(struct ctx *c, struct draft_id draft)
{
	struct attachment_of_draft_row *rows;
	size_t n;

	if (draft.v == 0)
		return RC_OK;
	TRY(q_attachment_of_draft(c->db, c->a, draft, &rows, &n));
	return n >= REPORT_FILES_MAX ? ctx_refuse(c, RC_INVALID, too_many_files) : RC_OK;
}

void attach_choose_place(struct ctx *c, struct prepared_file *f)
{
	if (!c->files || c->files->chosen == FILE_DATABASE)
		return;
	file_store_new_key(c->files->chosen, f->storage_key);
	f->next = c->new_files;
	c->new_files = f;
}

enum rc attach_announce(struct ctx *c)
{
	for (const struct prepared_file *f = c->new_files; f; f = f->next)
		TRY(q_attachment_loose_file_insert(c->db, &(struct attachment_loose_file_insert_args){
			.storage_key = f->storage_key, .due_at = instant_add_ms(c->now, ATTACH_ANNOUNCED_MS) }, NULL));
	return RC_OK;
}

void attach_put(struct ctx *c)
{
	const struct file_store *store;
	const char *name;
	bool is_away = false;

	for (struct prepared_file *f = c->new_files; f; f = f->next) {
		enum rc rc = is_away ? RC_UNAVAILABLE : file_store_find(c->files, f->storage_key, &store, &name, &c->err);

		if (rc == RC_OK)
			rc = store->put(store->arg, name, f->path, &c->err);
		if (rc == RC_OK)
			continue;
		if (!is_away)
			log_error("an attachment cannot be stored: %s", c->err.detail);
		is_away = true;
		f->refused = REFUSE_file_not_kept;
	}
	c->err = (struct err){ 0 };
}

static enum rc store_bytes(struct ctx *c, const struct prepared_file *f, struct attachment_id id)
{
	void *bytes;
	size_t n;

	TRY(attach_file_read(f->path, (size_t)REPORT_FILE_BYTES_MAX, &bytes, &n, &c->err));
	enum rc rc = q_attachment_data_insert(c->db, &(struct attachment_data_insert_args){
		.attachment_id = id, .bytes = { bytes, n } }, NULL);
	free(bytes);
	return rc;
}

/* From here on it has an owner. Too late: the cleaner has begun to remove it. */
static enum rc take_loose_file(struct ctx *c, const char *key)
{
	int64_t changed;

	TRY(q_attachment_loose_file_take(c->db, key, &changed));
	return changed == 1 ? RC_OK : err_set(&c->err, RC_UNAVAILABLE, REFUSE_unavailable, "a file came too late for its row");
}

enum rc attach_store(struct ctx *c, const struct prepared_file *f, struct draft_id draft, enum audience audience,
		     struct attachment_id *ret)
{
	bool is_outside = f->storage_key[0] != '\0';
	struct attachment_insert_row row;

	if (f->refused != REFUSE_none)
		return err_set(&c->err, RC_INVALID, f->refused, NULL);
	TRY(check_count(c, draft));
	if (is_outside)
		TRY(take_loose_file(c, f->storage_key));
	TRY(q_attachment_insert(c->db, c->a, &(struct attachment_insert_args){
		.draft_id = draft, .audience = audience, .name = f->name, .mime = f->mime,
		.size_bytes = f->size_bytes, .width = f->width, .height = f->height, .digest = { f->digest, HASH_BYTES },
		.storage_key = is_outside ? f->storage_key : IN_DATABASE, .created_at = c->now }, &row));
	if (!is_outside)
		TRY(store_bytes(c, f, row.id));
	*ret = row.id;
	return RC_OK;
}

enum rc attach_remove_from_draft(struct ctx *c, struct draft_id draft, struct attachment_id id)
{
	int64_t changed;

	/* The bytes go a day later: the transaction may still be undone. */
	TRY(q_attachment_drop(c->db, &(struct attachment_drop_args){ .id = id, .draft_id = draft }, &changed));
	return changed == 1 ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

enum rc attach_open(struct ctx *c, struct attachment_id id, const char *tmp_dir, struct attach_file *ret)
{
	struct attachment_read_row row;
	struct attachment_data_read_row data;

	TRY(q_attachment_read(c->db, c->a, id, &row));
	*ret = (struct attach_file){ .name = row.name, .mime = row.mime, .storage_key = row.storage_key,
				     .size_bytes = row.size_bytes, .digest = row.digest };
	if (strcmp(row.storage_key, IN_DATABASE) != 0)
		return RC_OK;
	TRY(q_attachment_data_read(c->db, c->a, id, &data));
	ret->is_temporary = true;
	return attach_file_write_temp(c->a, tmp_dir, data.bytes.p, data.bytes.n, &ret->path, &c->err);
}

/* The right bytes, however many times the store says so. */
static enum rc prove(struct ctx *c, const char *path, const struct attach_file *f)
{
	void *bytes;
	size_t n;

	TRY(attach_file_read(path, (size_t)REPORT_FILE_BYTES_MAX, &bytes, &n, &c->err));
	struct hash h = hash_of(bytes, n, NULL);
	free(bytes);
	if ((int64_t)n == f->size_bytes && f->digest.n == HASH_BYTES && hash_equal_bytes(h.b, f->digest.p, HASH_BYTES))
		return RC_OK;
	return err_set(&c->err, RC_FAILED, 0, "its bytes were changed");
}

static enum rc fetch(struct ctx *c, const char *tmp_dir, struct attach_file *f)
{
	const struct file_store *store;
	const char *name, *path;
	bool is_temporary;
	enum rc rc;

	TRY(file_store_find(c->files, f->storage_key, &store, &name, &c->err));
	rc = store->get(store->arg, c->a, name, (size_t)f->size_bytes, tmp_dir, &path, &is_temporary, &c->err);
	if (rc == RC_UNAVAILABLE)
		c->err.refusal = REFUSE_file_away;
	if (rc != RC_OK)
		return rc == RC_UNAVAILABLE ? rc : RC_FAILED;
	rc = prove(c, path, f);
	if (rc != RC_OK) {
		if (is_temporary)
			unlink(path);
		return RC_FAILED;
	}
	f->path = path;
	f->is_temporary = is_temporary;
	return RC_OK;
}

enum rc attach_fetch(struct ctx *c, const char *tmp_dir, struct attach_file *f)
{
	return f->path ? prove(c, f->path, f) : fetch(c, tmp_dir, f);
}
