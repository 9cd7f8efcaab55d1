/* SPDX-License-Identifier: Apache-2.0
 * net - sending over the network (libcurl behind it). Never called inside a transaction.
 */
#ifndef CHANNEL_NET_H
#define CHANNEL_NET_H

#include "base/err.h"

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

#endif
