/* SPDX-License-Identifier: Apache-2.0
 * attach - files of reports: sniffed, images re-encoded without metadata, stored under a random key.
 *
 * attach_prepare is slow (decoding) and touches no database: run it in the worker pool. attach_store
 * writes the row (and the bytes, when they are kept in the database).
 */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

#include "app/ctx.h"

struct prepared_file {
	enum refusal refused;      /* REFUSE_none: fine; else file_type, file_too_large, image_too_large, file_empty, file_broken */
	const char *name;          /* cleaned for showing and for Content-Disposition */
	const char *mime;          /* image/jpeg, image/png, application/pdf, video/mp4 */
	const char *path;          /* temporary file with the final bytes */
	int64_t size_bytes;
	int width, height;         /* images */
	unsigned char digest[32];
};

/* path: what the stranger sent. The result's file lies in tmp_dir and is the caller's. */
CHECKED enum rc attach_prepare(struct ctx *c, const char *path, const char *filename, const char *tmp_dir,
			       struct prepared_file *ret);
CHECKED enum rc attach_store(struct ctx *c, const struct prepared_file *f, struct draft_id draft,
			     enum audience audience, struct attachment_id *ret);
/* The transaction was rolled back: what attach_store put into the folder goes, too. */
void attach_undo(struct ctx *c);
CHECKED enum rc attach_remove_from_draft(struct ctx *c, struct draft_id draft, struct attachment_id id);
/* Where the bytes are: a path in files_dir, or a temporary copy out of the database (tmp_dir). */
CHECKED enum rc attach_open(struct ctx *c, struct attachment_id id, const char *tmp_dir, const char **ret_path,
			    const char **ret_mime, const char **ret_name);

#endif
