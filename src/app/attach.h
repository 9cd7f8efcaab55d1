/* SPDX-License-Identifier: Apache-2.0
 * attach - files of reports: sniffed, images re-encoded without metadata, stored under a random key.
 *
 * attach_prepare is slow (decoding) and touches no database: run it in the worker pool. Where attachments lie outside the
 * database, their bytes go there before the transaction: attach_announce in one of its own, then attach_put outside of
 * any. attach_store writes the row (and the bytes, when they are kept in the database). What was announced and not stored
 * within ATTACH_ANNOUNCED_MS is removed again (job/cleanup.c).
 */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

#include "app/ctx.h"
#include "app/file_store.h"

#define ATTACH_ANNOUNCED_MS MS_PER_HOUR

struct prepared_file {
	/* REFUSE_none: fine; else file_type, file_too_large, image_too_large, file_empty, file_broken, file_not_kept */
	enum refusal refused;
	const char *name;          /* cleaned for showing and for Content-Disposition */
	const char *mime;          /* image/jpeg, image/png, application/pdf, video/mp4 */
	const char *path;          /* temporary file with the final bytes */
	int64_t size_bytes;
	int width, height;         /* images */
	unsigned char digest[32];
	char storage_key[FILE_KEY_MAX + 1]; /* "": in the database */
	struct prepared_file *next; /* of ctx.new_files */
};

/* path: what the stranger sent. The result's file lies in tmp_dir and is the caller's, as ret is until the transaction ended. */
CHECKED enum rc attach_prepare(struct ctx *c, const char *path, const char *filename, const char *tmp_dir,
			       struct prepared_file *ret);
/* Gives a file that was prepared its place; it is then one of ctx.new_files unless that is the database. */
void attach_choose_place(struct ctx *c, struct prepared_file *f);
/* In a transaction of its own: the new files are coming. */
CHECKED enum rc attach_announce(struct ctx *c);
/* Outside of any: stores the new files. One that cannot be stored becomes refused (file_not_kept), all after it too. */
void attach_put(struct ctx *c);
CHECKED enum rc attach_store(struct ctx *c, const struct prepared_file *f, struct draft_id draft,
			     enum audience audience, struct attachment_id *ret);
CHECKED enum rc attach_remove_from_draft(struct ctx *c, struct draft_id draft, struct attachment_id id);

/* An attachment to be read. */
struct attach_file {
	const char *name, *mime;
	const char *path;          /* NULL: attach_fetch it first */
	bool is_temporary;         /* path is a copy, the caller's */
	const char *storage_key;
	int64_t size_bytes;
	struct db_blob digest;
};

/* In a transaction: what it is. Bytes out of the database are copied into tmp_dir. */
CHECKED enum rc attach_open(struct ctx *c, struct attachment_id id, const char *tmp_dir, struct attach_file *ret);
/*
 * Outside of any transaction: the bytes from where they lie, unless they are at path already, compared with their digest.
 * RC_UNAVAILABLE (file_away): the store does not answer; RC_FAILED: the file is lost or was changed.
 */
CHECKED enum rc attach_fetch(struct ctx *c, const char *tmp_dir, struct attach_file *f);

#endif
