/* SPDX-License-Identifier: Apache-2.0
 * loop - HTTP/1.1 over kept connections, many at once on one thread, at a few microseconds a request.
 *
 * A connection carries one request at a time. The answer is given to its function whole, and may be read until
 * the next request of the same connection. One that gets no answer (closed, or nothing within half a minute)
 * is told with status 0, and the connection opened anew.
 */
#ifndef BENCH_LOOP_H
#define BENCH_LOOP_H

#include <stdint.h>
#include <sys/socket.h>

#include "text.h"

struct reply {
	int status;       /* 0: no answer came */
	const char *head; /* status line and fields, ends in NUL */
	const char *body; /* ends in NUL */
	size_t body_n;
};

struct conn;
typedef void reply_fn(struct conn *c, const struct reply *r);

struct conn {
	struct loop *loop;
	struct text out; /* the request: filled by the caller before loop_send */
	void *user;
	struct conn *next_idle;

	int fd;
	bool is_busy, wants_out;
	size_t sent, need; /* need: bytes of the whole answer, 0 while its head is not there */
	size_t head_n;
	struct text in;
	uint64_t due_ns; /* from when on the time counts */
	uint64_t sent_ns;
	reply_fn *done;
};

struct loop {
	struct sockaddr_storage address;
	socklen_t address_n;
	char host[128]; /* for the field Host */
	int epoll;
	struct conn *conns;
	size_t n_conns, n_busy;
	struct conn *idle, **last_idle; /* what loop_lay gave back */
	uint64_t checked_ns; /* when requests without answer were looked for */
};

uint64_t loop_now(void); /* ns */

/* HOST:PORT; opens n connections. */
void loop_start(struct loop *l, const char *where, size_t n);
void loop_stop(struct loop *l);

/* The beginning of a request in c->out; the caller adds fields, or ends it with loop_end or loop_body. */
void loop_begin(struct conn *c, const char *method, const char *path);
void loop_end(struct conn *c);
void loop_body(struct conn *c, const char *type, const struct text *body);

/* due_ns: 0 for now. */
void loop_send(struct conn *c, uint64_t due_ns, reply_fn *done);
/* Answers what comes until the time, or shortly before; at once when something came. */
void loop_wait(struct loop *l, uint64_t until_ns);
/*
 * Connections without a request, for those who do not care which: the one that was laid there first is taken, so that
 * none is left alone for so long that the server closes it. NULL: all have one.
 */
void loop_lay(struct conn *c);
struct conn *loop_take(struct loop *l);
/* Sends and waits, while nothing else is under way. */
struct reply loop_ask(struct conn *c);
/* What a cookie of the answer was set to; false: none was. */
bool loop_cookie(const struct reply *r, const char *name, char *ret, size_t size);

#endif
