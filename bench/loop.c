/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define EVENTS_MAX 256
#define ANSWER_NS UINT64_C(30000000000)
#define FIRST_BYTES 16384

uint64_t loop_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void watch(struct conn *c, int op, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.ptr = c };

	if (epoll_ctl(c->loop->epoll, op, c->fd, &e) != 0)
		die("epoll: %s", strerror(errno));
	c->wants_out = events & EPOLLOUT;
}

/* Blocking, because a connection on loopback is there at once or not at all. */
static void connect_to(struct conn *c)
{
	const struct loop *l = c->loop;
	int one = 1;

	c->fd = socket(l->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (const struct sockaddr *)&l->address, l->address_n) != 0)
		die("%s: %s", l->host, strerror(errno));
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	watch(c, EPOLL_CTL_ADD, EPOLLIN);
}

static void connect_anew(struct conn *c)
{
	close(c->fd);
	connect_to(c);
}

static void resolve(struct loop *l, const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(where, ':');
	struct addrinfo *found;
	char host[128];

	snprintf(l->host, sizeof(l->host), "%s", where);
	snprintf(host, sizeof(host), "%.*s", colon ? (int)(colon - where) : 0, where);
	if (!colon || getaddrinfo(host, colon + 1, &hints, &found) != 0)
		die("%s: not an address of the form HOST:PORT", where);
	memcpy(&l->address, found->ai_addr, found->ai_addrlen);
	l->address_n = found->ai_addrlen;
	freeaddrinfo(found);
}

void loop_start(struct loop *l, const char *where, size_t n)
{
	*l = (struct loop){ .n_conns = n, .epoll = epoll_create1(EPOLL_CLOEXEC), .last_idle = &l->idle };
	resolve(l, where);
	l->conns = calloc(n, sizeof(*l->conns));
	if (!l->conns || l->epoll < 0)
		die("out of memory");
	for (size_t i = 0; i < n; i++) {
		l->conns[i].loop = l;
		connect_to(&l->conns[i]);
	}
}

void loop_stop(struct loop *l)
{
	for (size_t i = 0; i < l->n_conns; i++) {
		close(l->conns[i].fd);
		text_free(&l->conns[i].in);
		text_free(&l->conns[i].out);
	}
	free(l->conns);
	close(l->epoll);
}

void loop_begin(struct conn *c, const char *method, const char *path)
{
	text_clear(&c->out);
	text_printf(&c->out, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, c->loop->host);
}

void loop_end(struct conn *c)
{
	text_add(&c->out, "\r\n");
}

void loop_body(struct conn *c, const char *type, const struct text *body)
{
	text_printf(&c->out, "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, body->n);
	text_bytes(&c->out, body->p, body->n);
}

static void finish(struct conn *c, const struct reply *r)
{
	c->is_busy = false;
	c->loop->n_busy--;
	c->done(c, r);
}

static void lose(struct conn *c)
{
	connect_anew(c);
	finish(c, &(struct reply){ .head = "", .body = "" });
}

static void push_out(struct conn *c)
{
	while (c->sent < c->out.n) {
		ssize_t n = send(c->fd, c->out.p + c->sent, c->out.n - c->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EAGAIN) {
			if (!c->wants_out)
				watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
			return;
		}
		/* The end is read as well, and told there. */
		if (n <= 0)
			break;
		c->sent += (size_t)n;
	}
	if (c->wants_out)
		watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

void loop_send(struct conn *c, uint64_t due_ns, reply_fn *done)
{
	c->sent_ns = loop_now();
	c->due_ns = due_ns ? due_ns : c->sent_ns;
	c->done = done;
	c->is_busy = true;
	c->sent = c->need = 0;
	c->loop->n_busy++;
	text_clear(&c->in);
	push_out(c);
}

/* The head is there: how long the whole is. */
static void measure(struct conn *c)
{
	const char *end = strstr(c->in.p, "\r\n\r\n"), *length;

	if (!end)
		return;
	c->head_n = (size_t)(end - c->in.p) + 4;
	c->in.p[c->head_n - 1] = '\0';
	length = strcasestr(c->in.p, "\r\ncontent-length:");
	c->in.p[c->head_n - 1] = '\n';
	if (!length && strncmp(c->in.p + 9, "304", 3) != 0)
		die("an answer without a length: %.200s", c->in.p);
	c->need = c->head_n + (length ? strtoul(length + 17, NULL, 10) : 0);
}

static void take_answer(struct conn *c)
{
	struct reply r = { .head = c->in.p, .body = c->in.p + c->head_n, .body_n = c->need - c->head_n };

	c->in.p[c->head_n - 1] = '\0';
	r.status = (int)strtol(c->in.p + 9, NULL, 10);
	if (strcasestr(r.head, "\r\nconnection: close"))
		connect_anew(c);
	finish(c, &r);
}

static void pull_in(struct conn *c)
{
	size_t room = c->need > c->in.n ? c->need - c->in.n : FIRST_BYTES;
	ssize_t n;

	text_room(&c->in, room);
	n = recv(c->fd, c->in.p + c->in.n, room, MSG_DONTWAIT);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0) {
		if (c->is_busy)
			lose(c);
		else
			connect_anew(c);
		return;
	}
	c->in.n += (size_t)n;
	c->in.p[c->in.n] = '\0';
	if (!c->is_busy)
		die("bytes that nobody asked for: %.200s", c->in.p);
	if (c->need == 0)
		measure(c);
	if (c->need > 0 && c->in.n >= c->need)
		take_answer(c);
}

static void give_up_late(struct loop *l, uint64_t now)
{
	l->checked_ns = now;
	for (size_t i = 0; i < l->n_conns; i++)
		if (l->conns[i].is_busy && now > l->conns[i].sent_ns + ANSWER_NS)
			lose(&l->conns[i]);
}

void loop_wait(struct loop *l, uint64_t until_ns)
{
	struct epoll_event events[EVENTS_MAX];
	uint64_t now = loop_now(), left = until_ns > now ? until_ns - now : 0;
	struct timespec t;
	int n;

	if (left > 1000000000)
		left = 1000000000;
	t = (struct timespec){ (time_t)(left / 1000000000), (long)(left % 1000000000) };
	n = epoll_pwait2(l->epoll, events, EVENTS_MAX, &t, NULL);
	for (int i = 0; i < n; i++) {
		struct conn *c = events[i].data.ptr;

		if (events[i].events & EPOLLOUT && c->is_busy)
			push_out(c);
		if (events[i].events & ~(uint32_t)EPOLLOUT)
			pull_in(c);
	}
	if (now - l->checked_ns > 1000000000)
		give_up_late(l, now);
}

void loop_lay(struct conn *c)
{
	c->next_idle = NULL;
	*c->loop->last_idle = c;
	c->loop->last_idle = &c->next_idle;
}

struct conn *loop_take(struct loop *l)
{
	struct conn *c = l->idle;

	if (!c)
		return NULL;
	l->idle = c->next_idle;
	if (!l->idle)
		l->last_idle = &l->idle;
	return c;
}

static void keep_reply(struct conn *c, const struct reply *r)
{
	*(struct reply *)c->user = *r;
}

struct reply loop_ask(struct conn *c)
{
	void *user = c->user;
	struct reply r;

	c->user = &r;
	loop_send(c, 0, keep_reply);
	while (c->is_busy)
		loop_wait(c->loop, UINT64_MAX);
	c->user = user;
	return r;
}

bool loop_cookie(const struct reply *r, const char *name, char *ret, size_t size)
{
	char before[64];

	snprintf(before, sizeof(before), "\r\nSet-Cookie: %s=", name);
	return text_between(r->head, before, ";", ret, size) != NULL;
}
