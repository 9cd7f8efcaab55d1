/* SPDX-License-Identifier: Apache-2.0
 * request - one HTTP request as a handler sees it: parsed, bounded, decoded, checked.
 *
 * The server has read the whole body before the handler runs (files are in temporary files). All
 * strings are NUL-terminated valid UTF-8 without NUL inside; broken ones were refused with 400.
 * They live as long as the request, in its arena. How to write a handler: web/handlers.h.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "app/ctx.h"

enum method { METHOD_GET, METHOD_POST };

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };

struct field {
	const char *name, *value;
};

/* A file part of a multipart form; its bytes are in a temporary file that goes with the request. */
struct upload {
	const char *field;
	const char *filename;   /* as sent: hostile */
	const char *path;       /* of the temporary file */
	int64_t size_bytes;
	bool too_large;         /* cut at the limit; path is "" */
};

struct web;

struct request {
	enum method method;     /* HEAD is METHOD_GET; its body is dropped by the server */
	const char *path;       /* decoded */
	const char *query_raw;  /* after the "?", as sent: for links that keep the page; "" for none */
	const char *route;      /* the pattern of routes.def: "/laporan/{nomor}" */
	const struct field *params;  size_t n_params;  /* {captures} of the route */
	const struct field *query;   size_t n_query;
	const struct field *form;    size_t n_form;
	const struct upload *uploads; size_t n_uploads;
	const char *address;    /* of the client, as the trusted proxy says; "" for loopback without one */
	bool wants_json;        /* Accept asks for application/json before text/html */
	/*
	 * The token of a WRITES form was missing or wrong. The handler then runs with a read-only
	 * connection and without its prepare step: all it can do is show the filled form again, with a
	 * status of 400 or more. If it does anything else, the dispatcher answers 403 "form expired".
	 */
	bool csrf_failed;
	bool has_flash;         /* a message left by the page before: show it once */
	int flash;              /* its enum msg */
	enum theme theme;
	const char *cookie;     /* whole header, "" when absent */
	const char *session_token; /* of the signed-in person; NULL for visitors */
	const char *tmp_dir;    /* for files made from the uploads; removed with the request; "" without uploads */
	void *prep;             /* what the route's prepare step left for the handler */

	/* For csrf, limit and response; not for handlers. */
	struct web *web;
	char session_csrf[65];
	char visitor[33];       /* random half of the visitor's CSRF cookie; "" when there is none */
};

/* NULL when absent. */
const char *request_param(const struct request *r, const char *name);
const char *request_query(const struct request *r, const char *name);
const char *request_form(const struct request *r, const char *name);
/* The value of a cookie, copied into the arena; NULL when absent. */
const char *request_cookie(const struct request *r, struct arena *a, const char *name);

/* What is counted per client address (settings). A direct loopback client is never limited. */
enum request_limit {
	REQUEST_LIMIT_SUBMIT,
	REQUEST_LIMIT_TRACK,
	REQUEST_LIMIT_LOGIN,
	REQUEST_LIMIT_DRAFT,  /* new ones */
	REQUEST_LIMIT_UPLOAD, /* requests with files, of citizens */
	REQUEST_LIMIT_COUNT
};
/* Takes one from the address's allowance; RC_LIMITED (too_many_requests) when it is used up. */
CHECKED enum rc request_limit_take(struct ctx *c, const struct request *r, enum request_limit what);
/* What is left of it, for "attempts left"; INT32_MAX when unlimited. */
int request_limit_left(struct ctx *c, const struct request *r, enum request_limit what);

#endif
