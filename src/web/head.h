/* SPDX-License-Identifier: Apache-2.0
 * head - what the headers of a request say, and whether they are shaped in a way that two servers could
 * read differently (request smuggling). Pure; web/server hands over what libmicrohttpd saw.
 */
#ifndef WEB_HEAD_H
#define WEB_HEAD_H

#include "base/arena.h"

#define HEAD_LINES_MAX 64

struct head_line {
	const char *name, *value;
	size_t name_n, value_n; /* as received: a NUL inside makes them longer than the C string */
};

struct head {
	const char *method, *version;
	struct head_line lines[HEAD_LINES_MAX];
	size_t n_lines;
	bool too_many;      /* more lines than fit */
	bool odd_line_ends; /* bare LF, NUL, folded lines: what libmicrohttpd hides, as far as web/server can tell */
	const char *peer;   /* address of the other end of the socket; "unix" */
	/* filled by head_check */
	const char *content_type, *cookie, *accept, *forwarded_for, *none_match, *fetch_site, *range;
	int64_t content_length; /* -1: none */
	bool is_chunked;
};

/* 0: fine, and the fields above are filled. Else the status to answer before closing: 400, 431, 501. */
int head_check(struct head *h);
/*
 * Whose allowance is counted: the last entry of X-Forwarded-For when the peer is the trusted proxy, "" for
 * loopback (or the unix socket) without that header, else the peer itself.
 */
const char *head_client(struct arena *a, const struct head *h, const char *trusted_proxy);
/* Accept asks for application/json more than for text/html. Wildcards do not count as asking for JSON. */
bool head_wants_json(const char *accept);
/* If-None-Match holds the tag (given with its quotes) or is "*". */
bool head_has_tag(const char *none_match, const char *tag);
/* Accept-Encoding names the coding and does not refuse it with q=0. */
bool head_accepts(const struct head *h, const char *coding);

#endif
