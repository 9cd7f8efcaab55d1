/* SPDX-License-Identifier: Apache-2.0
 * request - one HTTP request as a handler sees it: parsed, bounded, decoded, checked.
 *
 * The server has read the whole body before the handler runs (files are in temporary files). All
 * strings are NUL-terminated valid UTF-8 without NUL inside; broken ones were refused with 400.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "app/ctx.h"

enum method { METHOD_GET, METHOD_POST };

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

struct request {
	enum method method;
	const char *path;       /* decoded */
	const char *query_raw;  /* after the "?", as sent: for links that keep the page */
	const struct field *params;  size_t n_params;  /* {captures} of the route */
	const struct field *query;   size_t n_query;
	const struct field *form;    size_t n_form;
	const struct upload *uploads; size_t n_uploads;
	const char *address;    /* of the client, as the trusted proxy says; "" for loopback without one */
	bool wants_json;        /* Accept asks for application/json before text/html */
	bool truncated;         /* multipart ended before its end boundary */
	const char *cookie;     /* whole header, "" when absent */
	void *prep;             /* what the route's prepare step left for the handler */
};

/* NULL when absent. */
const char *request_param(const struct request *r, const char *name);
const char *request_query(const struct request *r, const char *name);
const char *request_form(const struct request *r, const char *name);

#endif
