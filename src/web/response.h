/* SPDX-License-Identifier: Apache-2.0
 * response - what a handler answers: a rendered page, a redirect, JSON, a file.
 *
 * The dispatcher adds the security headers, Cache-Control, the language and theme cookies, and takes the flash
 * cookie back once a page has shown it. A handler that answers an error of its own (a form with problems:
 * 422) sets the status, renders the body and returns RC_OK to keep what it wrote, or the rc to roll it back.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include "app/attach.h"
#include "base/buf.h"
#include "web/request.h"

#define RESPONSE_HEADERS_MAX 24

struct response {
	int status;                    /* 200 at first */
	const char *content_type;      /* "text/html; charset=utf-8" at first */
	struct buf body;               /* render into it; at most 4 MB */
	struct field headers[RESPONSE_HEADERS_MAX];
	size_t n_headers;
	const char *file_path;         /* set: the body is this file */
	bool file_is_temporary;        /* and it is removed once opened */
	struct attach_file *fetch;     /* set: an attachment that is fetched first, off the HTTP thread */
	/* Static bytes of the program (assets), instead of body; never copied. */
	const void *static_bytes;
	size_t n_static_bytes;
	bool is_cacheable;             /* public page without anything personal: kept while nothing is written; ETag */
	bool keeps_cache_header;       /* the handler set Cache-Control itself */
	bool changes_almanac;          /* once it is committed, the almanac looks again */
	char new_visitor[33];          /* csrf: the random half of a cookie given with this answer */
	struct arena *a;               /* the request's */
	struct web *web;
};

/* Name and value are kept as they are: literals, or strings in the request's arena. */
void response_header(struct response *res, const char *name, const char *value);
/* 303 to a path of our own; fmt gives path and query, already encoded. */
CHECKED enum rc response_redirect(struct ctx *c, struct response *res, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* HttpOnly, SameSite=Lax, Path=/, Secure when the site is served over https. max_age_s 0: session; <0: delete. */
void response_cookie(struct ctx *c, struct response *res, const char *name, const char *value, int max_age_s);
/* A short message shown once on the next page (signed cookie): message ids, no personal data. */
void response_flash(struct ctx *c, struct response *res, int message_id);
/*
 * Answers with an attachment that this person may have, as a download, never as a page. in_page: images may stand in one
 * (only image/jpeg and image/png).
 */
CHECKED enum rc response_attachment(struct ctx *c, struct response *res, struct attachment_id id, bool in_page);
/* What was fetched is there. */
void response_fetched(struct response *res);
/* Sets status and content type application/json; write the text into res->body afterwards. */
void response_json(struct response *res, int status);
/* A JSON string with its quotes. */
void response_json_string(struct buf *b, const char *s);

#endif
