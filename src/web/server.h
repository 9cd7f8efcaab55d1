/* SPDX-License-Identifier: Apache-2.0
 * server - sockets and bytes: libmicrohttpd, and only it.
 *
 * Two threads with epoll. A connection whose request writes is suspended until its batch is on disk.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/state.h"

struct server;

CHECKED enum rc server_start(struct web *w, struct server **ret, struct err *err);
const char *server_address(const struct server *s);
/* No new connections from here on. */
void server_quiesce(struct server *s);
/* Suspended connections: the daemon must not be stopped before there are none. */
int server_suspended(const struct server *s);
void server_stop(struct server *s);

#endif
