/* SPDX-License-Identifier: Apache-2.0
 * exchange - one request and its answer, from the request line to the last byte. server feeds it what
 * comes from the socket; it says when there is something to answer. Knows no socket and no library.
 *
 * An exchange belongs to one thread at a time: the HTTP thread, then (writes) a pool thread, then the
 * writer's thread, then the HTTP thread again.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "web/body.h"
#include "web/head.h"
#include "web/route.h"
#include "web/state.h"

#define EXCHANGE_URI_MAX 4000

struct exchange {
	struct web *web;
	struct arena *a;
	uint64_t began_us;
	const char *uri;            /* as sent */
	struct head head;
	struct route_match match;
	struct body *body;          /* NULL without one */
	struct request req;
	struct response res;
	struct ctx c;
	bool has_head;              /* exchange_head was called */
	bool has_known_method;      /* GET, HEAD or POST */
	bool is_ready;              /* res is final */
	bool must_close;            /* the connection, after the answer */
	bool is_anonymous;          /* no cookie tells anything about the person */
	bool is_late;               /* the answer comes from the replica */
	int64_t dropped;            /* bytes of a refused body that were read on */
	struct instant session_seen_at;
	/* A public page: under which key it may be kept (NULL: not at all), and the state it shows. */
	const char *page_key;
	uint64_t page_generation;
	struct kept_page *kept;     /* the answer, rendered earlier; res is not used then */
	const char *etag;           /* of a page that may be kept; NULL: do not keep it */
	struct pool_job prepare, transfer;
	struct write_job write;
	enum rc handler_rc;
	/* What a handler that is run again begins with. */
	bool has_run;
	struct ctx c_before;
	size_t headers_before;
	void (*on_ready)(void *arg); /* server: wake the connection up */
	void *on_ready_arg;
};

/* uri: of the request line. */
struct exchange *exchange_begin(struct web *w, const char *uri);
/* ex->head is filled. True: go on with the body; false: ex->res is the answer already. */
bool exchange_head(struct exchange *ex);
enum exchange_feed { EXCHANGE_MORE, EXCHANGE_CUT };
/* Bytes of the body. EXCHANGE_CUT: far too much was sent after a refusal; drop the connection. */
enum exchange_feed exchange_feed(struct exchange *ex, const char *p, size_t n);
/*
 * The body is complete. True: ex->res is the answer. False: the work is done by other threads; the
 * caller suspends the connection, sets on_ready and calls exchange_submit.
 */
bool exchange_run(struct exchange *ex);
void exchange_submit(struct exchange *ex);
/* After the answer was sent, or the connection broke. */
void exchange_end(struct exchange *ex);

#endif
