/* SPDX-License-Identifier: Apache-2.0 */
#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "web/exchange.h"
#include "web/listen.h"

#define THREADS 2U
#define CONNECTIONS_MAX 2000U
#define CONNECTION_MEMORY ((size_t)16 * 1024)
#define TIMEOUT_S 30U

struct server {
	struct web *web;
	struct MHD_Daemon *daemon;
	int listen_fd;
	char address[LISTEN_TEXT_MAX];
	atomic_int suspended;
	bool knows_layout; /* of the header memory: see odd_line_ends */
};

/* What libmicrohttpd calls between its first and last word about a request. */
struct call {
	struct exchange *ex;
	struct MHD_Connection *connection;
	struct server *server;
	bool began_body;
};

static enum MHD_Result take_line(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n,
				 const char *value, size_t value_n)
{
	struct head *h = arg;

	(void)kind;
	if (h->n_lines == HEAD_LINES_MAX) {
		h->too_many = true;
		return MHD_NO;
	}
	h->lines[h->n_lines++] = (struct head_line){
		.name = name, .name_n = name_n, .value = value ? value : "", .value_n = value ? value_n : 0,
	};
	return MHD_YES;
}

/*
 * libmicrohttpd 0.9.75 ends a line at a bare LF, cuts a value at a NUL and joins folded lines, and says
 * nothing. But it leaves names and values where they arrived and overwrites CR LF with two NULs; so in a
 * request of the right shape each name begins two bytes behind the value before it. Anything else is odd.
 * What this cannot see: four or more NULs at the end of the very last value.
 */
static bool odd_line_ends(const char *version, const struct head *h)
{
	const char *expected = version + strlen(version) + 2, *tail;

	for (size_t i = 0; i < h->n_lines; i++) {
		const struct head_line *line = &h->lines[i];

		if (line->name != expected)
			return true;
		expected = line->value + line->value_n + 2;
	}
	/* The empty line: CR LF again. */
	tail = expected - 2;
	return h->n_lines > 0 && (tail[0] | tail[1] | tail[2] | tail[3]) != '\0';
}

static const char *peer_text(struct arena *a, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";

	if (!info || !info->client_addr)
		return "unix";
	if (info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, sizeof(text));
	else if (info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text,
			  sizeof(text));
	else
		return "unix";
	/* An IPv4 peer of an IPv6 socket. */
	return arena_strdup(a, strncmp(text, "::ffff:", 7) == 0 ? text + 7 : text);
}

static bool read_head(struct call *call, const char *method, const char *version)
{
	struct head *h = &call->ex->head;

	h->method = method;
	h->version = version;
	h->peer = peer_text(call->ex->a, call->connection);
	MHD_get_connection_values_n(call->connection, MHD_HEADER_KIND, take_line, h);
	h->odd_line_ends = call->server->knows_layout && !h->too_many && odd_line_ends(version, h);
	return exchange_head(call->ex);
}

static struct MHD_Response *file_response(struct exchange *ex)
{
	struct MHD_Response *r;
	struct stat st;
	int fd = open(ex->res.file_path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && ex->res.file_is_temporary)
		unlink(ex->res.file_path);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		log_error("%s: a stored file cannot be read: %s", ex->req.route, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	r = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
	if (!r)
		close(fd);
	return r;
}

static struct MHD_Response *make_response(struct exchange *ex)
{
	struct response *res = &ex->res;
	struct MHD_Response *r;

	if (res->file_path)
		return file_response(ex);
	if (res->static_bytes)
		return MHD_create_response_from_buffer(res->n_static_bytes, (void *)(uintptr_t)res->static_bytes,
						       MHD_RESPMEM_PERSISTENT);
	if (!res->body.p || res->body.n == 0)
		return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	/* The rendered page is handed over, not copied. */
	r = MHD_create_response_from_buffer(res->body.n, res->body.p, MHD_RESPMEM_MUST_FREE);
	if (r)
		res->body.p = NULL;
	return r;
}

static void free_kept(void *native)
{
	MHD_destroy_response(native);
}

/* Keeps the finished answer of a public page for those who ask next; otherwise lets go of it. */
static void keep_or_destroy(struct exchange *ex, struct MHD_Response *r, size_t size)
{
	if (!ex->page_key || !ex->etag || ex->res.status != 200 || ex->must_close) {
		MHD_destroy_response(r);
		return;
	}
	pagecache_put(ex->web->pages, &(struct kept_page){
		.key = (char *)(uintptr_t)ex->page_key, .etag = (char *)(uintptr_t)ex->etag,
		.generation = ex->page_generation, .born_us = ex->began_us, .size = size,
		.native = r, .free_native = free_kept,
	});
}

static enum MHD_Result answer(struct call *call)
{
	struct exchange *ex = call->ex;
	size_t size = ex->res.body.n;
	struct MHD_Response *r;
	enum MHD_Result ok;

	if (ex->kept)
		return MHD_queue_response(call->connection, MHD_HTTP_OK, ex->kept->native);
	r = make_response(ex);
	if (!r) {
		ex->res.status = 500;
		r = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
		if (!r)
			return MHD_NO;
	}
	if (ex->res.status != 304)
		MHD_add_response_header(r, "Content-Type", ex->res.content_type);
	for (size_t i = 0; i < ex->res.n_headers; i++)
		MHD_add_response_header(r, ex->res.headers[i].name, ex->res.headers[i].value);
	ok = MHD_queue_response(call->connection, (unsigned)ex->res.status, r);
	keep_or_destroy(ex, r, size);
	return ok;
}

/* On the writer's or a pool thread: the answer is there. */
static void wake_up(void *arg)
{
	struct call *call = arg;
	struct server *s = call->server;

	MHD_resume_connection(call->connection);
	/* The call may be gone from here on. */
	atomic_fetch_sub(&s->suspended, 1);
}

static enum MHD_Result run(struct call *call)
{
	if (exchange_run(call->ex))
		return answer(call);
	/* Suspended first: the other thread may be done before exchange_submit returns. */
	atomic_fetch_add(&call->server->suspended, 1);
	MHD_suspend_connection(call->connection);
	call->ex->on_ready = wake_up;
	call->ex->on_ready_arg = call;
	exchange_submit(call->ex);
	return MHD_YES;
}

/* libmicrohttpd's three kinds of call: head, body (n > 0), end of body (n = 0). */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
				  const char *version, const char *data, size_t *n, void **state)
{
	struct call *call = *state;

	(void)arg;
	(void)url;
	if (!call)
		return MHD_NO;
	if (!call->began_body) {
		call->began_body = true;
		call->connection = connection;
		/* An answer given this early costs the connection; without a body it has time until the next call. */
		return read_head(call, method, version) || !call->ex->must_close ? MHD_YES : answer(call);
	}
	if (*n > 0) {
		enum exchange_feed feed = exchange_feed(call->ex, data, *n);

		*n = 0;
		return feed == EXCHANGE_MORE ? MHD_YES : MHD_NO;
	}
	return run(call);
}

/* The earliest call: the address as it was sent, before libmicrohttpd decodes and cuts it. */
static void *on_uri(void *arg, const char *uri, struct MHD_Connection *connection)
{
	struct server *s = arg;
	struct exchange *ex = exchange_begin(s->web, uri);
	struct call *call = arena_new_one(ex->a, struct call);

	call->ex = ex;
	call->server = s;
	call->connection = connection;
	return call;
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
	struct call *call = *state;

	(void)arg;
	(void)connection;
	(void)why;
	*state = NULL;
	if (call)
		exchange_end(call->ex);
}

/* We decode addresses and cookies ourselves. */
static size_t leave_as_is(void *arg, struct MHD_Connection *connection, char *text)
{
	(void)arg;
	(void)connection;
	return strlen(text);
}

/* Its messages quote what strangers sent: they stay out of the log. */
static void on_message(void *arg, const char *fmt, va_list ap)
{
	(void)arg;
	(void)fmt;
	(void)ap;
}

/* A part of the descriptors is for databases and files. */
static unsigned connections_max(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > CONNECTIONS_MAX + 200)
		return CONNECTIONS_MAX;
	return limit.rlim_cur > 300 ? (unsigned)limit.rlim_cur - 200 : 100;
}

enum rc server_start(struct web *w, struct server **ret, struct err *err)
{
	struct server *s = calloc(1, sizeof(*s));
	enum rc rc;

	if (!s)
		BUG("out of memory");
	s->web = w;
	s->knows_layout = strncmp(MHD_get_version(), "0.9.75", 6) == 0;
	rc = listen_open(w->o.listen, &s->listen_fd, s->address, err);
	if (rc != RC_OK) {
		free(s);
		return rc;
	}
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, s,
		MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL, MHD_OPTION_LISTEN_SOCKET, s->listen_fd,
		MHD_OPTION_THREAD_POOL_SIZE, THREADS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_LIMIT, connections_max(), MHD_OPTION_CONNECTION_TIMEOUT, TIMEOUT_S,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, leave_as_is, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
	if (!s->daemon) {
		close(s->listen_fd);
		listen_done(s->address);
		free(s);
		return err_set(err, RC_FAILED, 0, "the HTTP server does not start; are there enough file descriptors (ulimit -n)?");
	}
	*ret = s;
	return RC_OK;
}

const char *server_address(const struct server *s)
{
	return s->address;
}

void server_quiesce(struct server *s)
{
	if (MHD_quiesce_daemon(s->daemon) == MHD_INVALID_SOCKET)
		log_warn("the HTTP server goes on listening while it stops");
}

int server_suspended(const struct server *s)
{
	return atomic_load(&s->suspended);
}

void server_stop(struct server *s)
{
	MHD_stop_daemon(s->daemon);
	close(s->listen_fd);
	listen_done(s->address);
	free(s);
}
