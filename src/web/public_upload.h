/* SPDX-License-Identifier: Apache-2.0
 * public_upload - files that come with a citizen's form: decoded in the worker pool, then stored by the
 * handler.
 */
#ifndef WEB_PUBLIC_UPLOAD_H
#define WEB_PUBLIC_UPLOAD_H

#include "app/attach.h"
#include "web/response.h"

struct public_uploads {
	struct prepared_file p[REPORT_FILES_MAX];
	struct attachment_id
		stored[REPORT_FILES_MAX]; /* of those that were not refused, by position; 0: not stored */
	size_t n;
	bool too_many; /* more came than may; the rest was dropped */
};

/* The prepare step of routes with a file field "lampiran": leaves a struct public_uploads in req->prep. */
CHECKED enum rc public_uploads_prepare(struct ctx *c, struct request *req);
/* Stores what was not refused; files past the allowed number (n_before are there already) become refused. */
CHECKED enum rc public_uploads_store(struct ctx *c, struct public_uploads *up, struct draft_id draft,
				     size_t n_before);
size_t public_uploads_refused(const struct public_uploads *up);
/* Of the page that says why: 503 when a file could not be kept just now, 422 when they were refused for what they are. */
int public_uploads_status(const struct public_uploads *up);
/* The ids of the stored ones; ret has room for REPORT_FILES_MAX. */
size_t public_uploads_ids(const struct public_uploads *up, struct attachment_id *ret);

#endif
