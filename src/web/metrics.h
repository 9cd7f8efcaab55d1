/* SPDX-License-Identifier: Apache-2.0
 * metrics - what the server counts, as Prometheus text. Routes are named by pattern, never by address.
 */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include <stdatomic.h>

#include "base/buf.h"

#define METRICS_STATUSES 20
#define METRICS_BUCKETS 14

struct metrics {
	size_t n_routes;               /* of the table; one more row for "no route" */
	atomic_uint_fast64_t *requests; /* [n_routes + 1][METRICS_STATUSES] */
	atomic_uint_fast64_t bucket[METRICS_BUCKETS + 1];
	atomic_uint_fast64_t total_us;
	atomic_int in_flight;
};

void metrics_init(struct metrics *m, size_t n_routes);
void metrics_done(struct metrics *m);
/* route: index in the table, -1 for none. */
void metrics_count(struct metrics *m, int route, int status, uint64_t took_us);
/* name_of gives the labels of a route: its pattern and its method. */
void metrics_print(struct metrics *m, struct buf *b, const char *(*name_of)(size_t route, const char **ret_method));

#endif
