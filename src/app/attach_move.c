/* SPDX-License-Identifier: Apache-2.0 */
#include "app/attach_move.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/attach_file.h"
#include "query_attachment.h"

/* Who looked at the row a moment ago is still reading there. */
#define OLD_FILE_MS MS_PER_HOUR

struct move {
	struct attachment_id id;
	struct attach_file file;
	enum file_place from, to;
	char key[FILE_KEY_MAX + 1]; /* in the new place */
};

static enum rc announce(struct ctx *c, const struct move *m)
{
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(q_attachment_loose_file_insert(c->db, &(struct attachment_loose_file_insert_args){
		.storage_key = m->key, .due_at = instant_add_ms(c->now, ATTACH_ANNOUNCED_MS) }, NULL));
	return txn_commit(&t);
}

static enum rc put(struct ctx *c, const struct move *m)
{
	const struct file_store *store;
	const char *name;

	TRY(file_store_find(c->files, m->key, &store, &name, &c->err));
	TRY(announce(c, m));
	return store->put(store->arg, name, m->file.path, &c->err);
}

static enum rc insert_data(struct ctx *c, const struct move *m)
{
	void *bytes;
	size_t n;

	TRY(attach_file_read(m->file.path, (size_t)REPORT_FILE_BYTES_MAX, &bytes, &n, &c->err));
	enum rc rc = q_attachment_data_insert(c->db, &(struct attachment_data_insert_args){
		.attachment_id = m->id, .bytes = { bytes, n } }, NULL);
	free(bytes);
	return rc;
}

static enum rc leave_old_place(struct ctx *c, const struct move *m)
{
	if (m->from == FILE_DATABASE)
		return q_attachment_data_delete(c->db, m->id, NULL);
	return q_attachment_loose_file_insert(c->db, &(struct attachment_loose_file_insert_args){
		.storage_key = m->file.storage_key, .due_at = instant_add_ms(c->now, OLD_FILE_MS) }, NULL);
}

static enum rc change_row(struct ctx *c, const struct move *m)
{
	int64_t changed;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(q_attachment_move(c->db, &(struct attachment_move_args){
		.id = m->id, .from_key = m->file.storage_key, .to_key = m->key }, &changed));
	/* Removed meanwhile: what was put goes the way of all that no row took. */
	if (changed == 0)
		return RC_OK;
	if (m->to == FILE_DATABASE) {
		TRY(insert_data(c, m));
	} else {
		TRY(q_attachment_loose_file_take(c->db, m->key, &changed));
		if (changed == 0)
			return err_set(&c->err, RC_FAILED, 0, "it took too long: run it again");
	}
	TRY(leave_old_place(c, m));
	return txn_commit(&t);
}

static enum rc read_row(struct ctx *c, struct move *m, const char *tmp_dir)
{
	const char *name;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(attach_open(c, m->id, tmp_dir, &m->file));
	m->from = file_store_place(m->file.storage_key, &name);
	return RC_OK;
}

enum rc attach_move(struct ctx *c, struct attachment_id id, enum file_place to, const char *tmp_dir)
{
	struct move m = { .id = id, .to = to };
	enum rc rc = read_row(c, &m, tmp_dir);

	/* Removed meanwhile. */
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = attach_fetch(c, tmp_dir, &m.file);
	file_store_new_key(to, m.key);
	if (rc == RC_OK && to != FILE_DATABASE)
		rc = put(c, &m);
	if (rc == RC_OK)
		rc = change_row(c, &m);
	if (m.file.path && m.file.is_temporary)
		unlink(m.file.path);
	return rc;
}
