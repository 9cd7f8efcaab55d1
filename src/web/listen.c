/* SPDX-License-Identifier: Apache-2.0 */
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/parse.h"

#define BACKLOG 512

static enum rc refuse(struct err *err, const char *where, const char *why)
{
	return err_set(err, RC_INVALID, 0, "cannot listen on %s: %s", where, why);
}

static const char *reason(int error)
{
	switch (error) {
	case EADDRINUSE: return "the address is in use; stop the other program or choose another port";
	case EACCES: return "not permitted; choose a port above 1023 or another folder";
	case EADDRNOTAVAIL: return "this machine has no such address";
	case ENOENT: return "the folder does not exist; make it first";
	default: return strerror(error);
	}
}

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un local;
};

/* "ADDR:PORT" or "[ADDR]:PORT" */
static bool parse(const char *where, union address *ret, socklen_t *ret_n)
{
	const char *colon = strrchr(where, ':');
	size_t n = colon ? (size_t)(colon - where) : 0;
	char host[64];
	int64_t port;

	if (!colon || n == 0 || n >= sizeof(host) || !parse_int(colon + 1, 0, 65535, &port))
		return false;
	if (where[0] == '[' && where[n - 1] == ']') {
		snprintf(host, sizeof(host), "%.*s", (int)n - 2, where + 1);
		ret->v6 = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
		*ret_n = sizeof(ret->v6);
		return inet_pton(AF_INET6, host, &ret->v6.sin6_addr) == 1;
	}
	snprintf(host, sizeof(host), "%.*s", (int)n, where);
	if (strcmp(host, "localhost") == 0)
		snprintf(host, sizeof(host), "127.0.0.1");
	ret->v4 = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	*ret_n = sizeof(ret->v4);
	return inet_pton(AF_INET, host, &ret->v4.sin_addr) == 1;
}

/* A socket file that nobody listens on any more is left over from a crash. */
static void remove_stale(const union address *addr)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	if (connect(fd, &addr->any, sizeof(addr->local)) != 0 && errno == ECONNREFUSED)
		unlink(addr->local.sun_path);
	close(fd);
}

static void describe(int fd, const char *where, char text[LISTEN_TEXT_MAX])
{
	union address addr = { 0 };
	socklen_t n = sizeof(addr);
	char host[INET6_ADDRSTRLEN] = "";

	snprintf(text, LISTEN_TEXT_MAX, "%s", where);
	if (getsockname(fd, &addr.any, &n) != 0)
		return;
	if (addr.any.sa_family == AF_INET && inet_ntop(AF_INET, &addr.v4.sin_addr, host, sizeof(host)))
		snprintf(text, LISTEN_TEXT_MAX, "%s:%d", host, ntohs(addr.v4.sin_port));
	else if (addr.any.sa_family == AF_INET6 && inet_ntop(AF_INET6, &addr.v6.sin6_addr, host, sizeof(host)))
		snprintf(text, LISTEN_TEXT_MAX, "[%s]:%d", host, ntohs(addr.v6.sin6_port));
}

static enum rc bind_and_listen(int fd, const union address *addr, socklen_t n, const char *where, struct err *err)
{
	int on = 1;

	if (addr->any.sa_family != AF_UNIX)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, &addr->any, n) != 0 || listen(fd, BACKLOG) != 0)
		return refuse(err, where, reason(errno));
	/* The proxy's group gets in; the folder's rights decide about the rest. */
	if (addr->any.sa_family == AF_UNIX && chmod(addr->local.sun_path, 0660) != 0)
		return refuse(err, where, reason(errno));
	return RC_OK;
}

enum rc listen_open(const char *where, int *ret_fd, char ret_text[LISTEN_TEXT_MAX], struct err *err)
{
	union address addr = { 0 };
	socklen_t n;
	enum rc rc;
	int fd;

	if (strncmp(where, "unix:", 5) == 0) {
		if (strlen(where + 5) == 0 || strlen(where + 5) >= sizeof(addr.local.sun_path))
			return refuse(err, where, "the path of a unix socket has 1 to 107 bytes");
		addr.local.sun_family = AF_UNIX;
		snprintf(addr.local.sun_path, sizeof(addr.local.sun_path), "%s", where + 5);
		n = sizeof(addr.local);
		remove_stale(&addr);
	} else if (!parse(where, &addr, &n)) {
		return refuse(err, where, "write ADDRESS:PORT, e.g. 127.0.0.1:8080, [::1]:8080 or unix:/run/lapor/web.sock");
	}
	fd = socket(addr.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return refuse(err, where, reason(errno));
	rc = bind_and_listen(fd, &addr, n, where, err);
	if (rc != RC_OK) {
		close(fd);
		return rc;
	}
	describe(fd, where, ret_text);
	*ret_fd = fd;
	return RC_OK;
}

void listen_done(const char *text)
{
	if (strncmp(text, "unix:", 5) == 0)
		unlink(text + 5);
}
