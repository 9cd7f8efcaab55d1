/* SPDX-License-Identifier: Apache-2.0
 * net - sending over the network (libcurl behind it). Never called inside a transaction.
 */
#ifndef CHANNEL_NET_H
#define CHANNEL_NET_H

#include "base/err.h"

struct sockaddr;

struct net_smtp {
	const char *url;            /* "smtp://127.0.0.1:25", "smtps://..." */
	const char *user, *password; /* NULL: no login */
	int timeout_s;              /* of the whole transfer */
};

/* Once, before threads. */
void net_init(void);
/*
 * Hands a finished message to the relay: RC_OK means that it took it over. TLS is required unless the relay is on
 * loopback. RC_INVALID: refused for good (5xx); RC_UNAVAILABLE: worth another try.
 */
CHECKED enum rc net_send_mail(const struct net_smtp *s, const char *from, const char *to, const char *message, size_t n,
			      struct err *err);

/* May a web hook have this address? https; http only on loopback. Nobody is called. */
bool net_hook_is_safe(const char *url);
/*
 * Posts a JSON document to a web hook: RC_OK means that it answered 2xx. Redirects are not followed. may_be_inside:
 * also to loopback and private networks; else whoever may name a hook could talk to what only this machine reaches.
 * RC_INVALID: the address is not safe or is inside, or the other side refused it for good (4xx but 408, 425, 429);
 * RC_UNAVAILABLE: worth another try. The address holds the group's secret and stays out of err.
 */
CHECKED enum rc net_post_json(const char *url, const char *json, size_t n, int timeout_s, bool may_be_inside,
			      struct err *err);
/* Loopback, link-local, private, multicast, or no address that is given out to anybody. */
bool net_address_is_inside(const struct sockaddr *address);

#endif
