/* SPDX-License-Identifier: Apache-2.0
 * state - what the files of the web share: struct web inside. Not for handlers.
 */
#ifndef WEB_STATE_H
#define WEB_STATE_H

#include <stdatomic.h>

#include "base/hash.h"
#include "web/almanac.h"
#include "web/limitshare.h"
#include "web/metrics.h"
#include "web/pagecache.h"
#include "web/pool.h"
#include "web/ratelimit.h"
#include "web/web.h"
#include "web/worker.h"

struct web {
	struct web_options o;
	struct hash key;            /* of the installation */
	bool is_https;              /* base_url says so: cookies are Secure */
	struct ratelimit *limits;
	struct limitshare *share;   /* NULL: this node is alone */
	struct almanac almanac;     /* the calendar, the SOPs and the directory of each request */
	struct pagecache *pages;
	struct metrics metrics;
	struct pool *pool;
	struct pool *transfers;     /* attachments, to their store and from it */
	struct workers workers;
	struct server *server;
	atomic_bool draining, stopping; /* not ready any more; and then: taking no new connections */
	uint64_t started_us;
};

/* The present, as the options say. */
struct instant web_now(const struct web *w);
/* The monotonic clock, for durations. */
uint64_t web_clock_us(void);

#endif
