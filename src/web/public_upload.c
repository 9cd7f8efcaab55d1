/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_upload.h"

enum rc public_uploads_prepare(struct ctx *c, struct request *req)
{
	struct public_uploads *up = arena_new_one(c->a, struct public_uploads);

	if (req->n_uploads > 0 && (c->who.role == ROLE_NONE || c->who.role == ROLE_CITIZEN))
		TRY(request_limit_take(c, req, REQUEST_LIMIT_UPLOAD));
	for (size_t i = 0; i < req->n_uploads; i++) {
		const struct upload *u = &req->uploads[i];
		struct prepared_file *f = &up->p[up->n];

		/* A file field that was left empty is sent as a file without name and bytes. */
		if (u->size_bytes == 0 && !u->too_large && u->filename[0] == '\0')
			continue;
		if (up->n == REPORT_FILES_MAX) {
			up->too_many = true;
			break;
		}
		if (u->too_large)
			*f = (struct prepared_file){ .refused = REFUSE_file_too_large, .name = u->filename };
		else
			TRY(attach_prepare(c, u->path, u->filename, req->tmp_dir, f));
		up->n++;
	}
	req->prep = up;
	return RC_OK;
}

enum rc public_uploads_store(struct ctx *c, struct public_uploads *up, struct draft_id draft, size_t n_before)
{
	size_t n = n_before;

	for (size_t i = 0; i < up->n; i++) {
		struct prepared_file *f = &up->p[i];

		if (f->refused != REFUSE_none)
			continue;
		if (n >= REPORT_FILES_MAX) {
			f->refused = REFUSE_too_many_files;
			continue;
		}
		/* Officers and the reporter see it; a photo becomes public by an officer's act only. */
		TRY(attach_store(c, f, draft, AUDIENCE_REPORTER, &up->stored[i]));
		n++;
	}
	return RC_OK;
}

size_t public_uploads_refused(const struct public_uploads *up)
{
	size_t n = up->too_many;

	for (size_t i = 0; i < up->n; i++)
		n += up->p[i].refused != REFUSE_none;
	return n;
}

size_t public_uploads_ids(const struct public_uploads *up, struct attachment_id *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < up->n; i++)
		if (up->stored[i].v)
			ret[n++] = up->stored[i];
	return n;
}

int public_uploads_status(const struct public_uploads *up)
{
	for (size_t i = 0; i < up->n; i++)
		if (up->p[i].refused == REFUSE_file_not_kept)
			return 503;
	return 422;
}
