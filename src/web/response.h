/* SPDX-License-Identifier: Apache-2.0
 * response - what a handler answers: a rendered page, a redirect, JSON, a file.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include "base/buf.h"
#include "web/request.h"

#define RESPONSE_HEADERS_MAX 12

struct response {
	int status;                    /* 200 at first */
	const char *content_type;      /* "text/html; charset=utf-8" at first */
	struct buf body;
	struct field headers[RESPONSE_HEADERS_MAX];
	size_t n_headers;
	const char *file_path;         /* set: the body is this file */
	bool is_cacheable;             /* public page without personal content: short max-age and ETag */
};

void response_header(struct response *res, const char *name, const char *value);
/* 303 to a path of our own; fmt gives path and query, already encoded. */
CHECKED enum rc response_redirect(struct ctx *c, struct response *res, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* HttpOnly, SameSite=Lax, Path=/, Secure when the site is served over https. max_age_s 0: session; <0: delete. */
void response_cookie(struct ctx *c, struct response *res, const char *name, const char *value, int max_age_s);
/* A short message shown once on the next page (signed cookie): message ids, no personal data. */
void response_flash(struct ctx *c, struct response *res, int message_id);
/* Content-Disposition: attachment, X-Content-Type-Options, no inline HTML ever. */
void response_download(struct ctx *c, struct response *res, const char *path, const char *mime, const char *filename);

#endif
