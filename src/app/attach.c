/* SPDX-License-Identifier: Apache-2.0
 * attach - the rows of files. Bytes lie in the folder of the settings or, without one, beside the row.
 */
#include "app/attach.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/attach_file.h"
#include "app/settings.h"
#include "base/hash.h"
#include "query_attachment.h"

#define IN_DATABASE "db"

static bool has_folder(const struct ctx *c)
{
	return c->settings->files_dir && *c->settings->files_dir;
}

static enum rc check_count(struct ctx *c, struct draft_id draft)
{
	struct attachment_of_draft_row *rows;
	size_t n;

	if (draft.v == 0)
		return RC_OK;
	TRY(q_attachment_of_draft(c->db, c->a, draft, &rows, &n));
	return n >= REPORT_FILES_MAX ? ctx_refuse(c, RC_INVALID, too_many_files) : RC_OK;
}

static void remember_file(struct ctx *c, const char *key)
{
	struct ctx_file *f = arena_new_one(c->a, struct ctx_file);

	*f = (struct ctx_file){ .path = attach_file_path(c->a, c->settings->files_dir, key), .next = c->new_files };
	c->new_files = f;
}

void attach_undo(struct ctx *c)
{
	for (; c->new_files; c->new_files = c->new_files->next)
		unlink(c->new_files->path);
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

enum rc attach_store(struct ctx *c, const struct prepared_file *f, struct draft_id draft, enum audience audience,
		     struct attachment_id *ret)
{
	char key[ATTACH_FILE_KEY_LEN + 1] = IN_DATABASE;
	struct attachment_insert_row row;

	if (f->refused != REFUSE_none)
		return err_set(&c->err, RC_INVALID, f->refused, NULL);
	TRY(check_count(c, draft));
	if (has_folder(c)) {
		TRY(attach_file_save(c->a, c->settings->files_dir, f->path, key, &c->err));
		remember_file(c, key);
	}
	TRY(q_attachment_insert(c->db, c->a, &(struct attachment_insert_args){
		.draft_id = draft, .audience = audience, .name = f->name, .mime = f->mime,
		.size_bytes = f->size_bytes, .width = f->width, .height = f->height,
		.digest = { f->digest, HASH_BYTES }, .storage_key = key, .created_at = c->now }, &row));
	if (!has_folder(c))
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

enum rc attach_open(struct ctx *c, struct attachment_id id, const char *tmp_dir, const char **ret_path,
		    const char **ret_mime, const char **ret_name)
{
	struct attachment_read_row row;
	struct attachment_data_read_row data;
	const char *path;

	TRY(q_attachment_read(c->db, c->a, id, &row));
	if (strcmp(row.storage_key, IN_DATABASE) == 0) {
		TRY(q_attachment_data_read(c->db, c->a, id, &data));
		TRY(attach_file_write_temp(c->a, tmp_dir, data.bytes.p, data.bytes.n, &path, &c->err));
	} else {
		path = attach_file_path(c->a, c->settings->files_dir, row.storage_key);
		if (!path)
			return err_set(&c->err, RC_FAILED, REFUSE_internal, "bad storage key");
	}
	*ret_path = path;
	*ret_mime = row.mime;
	*ret_name = row.name;
	return RC_OK;
}
