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
/* Connections that are kept open for the next call; of any thread. */
struct net_kept;
struct net_kept *net_kept_new(void);
void net_kept_free(struct net_kept *k);

/* One request to an object store, signed with AWS Signature Version 4. */
struct net_signed {
	const char *method;        /* GET, HEAD, PUT, DELETE */
	const char *url;           /* its path has only letters, digits and -._/, so that both sides sign the same bytes */
	const char *region;
	const char *access, *secret;
	const void *body;          /* of a PUT */
	size_t n;
	int to_fd;                 /* where the body of a 200 goes; else it is dropped */
	size_t max;                /* bytes that are taken of it */
};
struct net_answer {
	long status;
	int64_t length;            /* as announced; -1: not */
	size_t n;                  /* bytes of the body */
};
/* RC_OK: there is an answer, whatever it says. RC_UNAVAILABLE: there is none, or a longer one than max. */
CHECKED enum rc net_call_signed(struct net_kept *k, const struct net_signed *s, struct net_answer *ret, struct err *err);
/* May an object store have this address? https, or http on loopback; a path as above, no slash at its end, nothing behind it. */
bool net_store_is_safe(const char *url);
/* Loopback, link-local, private, multicast, or no address that is given out to anybody. */
bool net_address_is_inside(const struct sockaddr *address);

#endif
