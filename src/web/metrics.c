/* SPDX-License-Identifier: Apache-2.0 */
#include "web/metrics.h"

#include <inttypes.h>
#include <stdlib.h>

/* The last one stands for all others. */
static const int statuses[METRICS_STATUSES] = {
	200, 201, 204, 303, 304, 308, 400, 403, 404, 405, 409, 413, 415, 422, 429, 431, 500, 501, 503, 0,
};

static const uint64_t bounds_us[METRICS_BUCKETS] = {
	100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000,
};

static const char *const bounds_text[METRICS_BUCKETS] = {
	"0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01",
	"0.025", "0.05", "0.1", "0.25", "0.5", "1", "5",
};

void metrics_init(struct metrics *m, size_t n_routes)
{
	m->n_routes = n_routes;
	m->requests = calloc((n_routes + 1) * METRICS_STATUSES, sizeof(m->requests[0]));
	if (!m->requests)
		BUG("out of memory");
}

void metrics_done(struct metrics *m)
{
	free(m->requests);
	m->requests = NULL;
}

static size_t status_index(int status)
{
	size_t i = 0;

	while (i < METRICS_STATUSES - 1 && statuses[i] != status)
		i++;
	return i;
}

static void add(atomic_uint_fast64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t get(atomic_uint_fast64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_count(struct metrics *m, int route, int status, uint64_t took_us)
{
	size_t row = route < 0 ? m->n_routes : (size_t)route, i = 0;

	add(&m->requests[row * METRICS_STATUSES + status_index(status)], 1);
	while (i < METRICS_BUCKETS && took_us > bounds_us[i])
		i++;
	add(&m->bucket[i], 1);
	add(&m->total_us, took_us);
}

static void print_requests(struct metrics *m, struct buf *b,
			   const char *(*name_of)(size_t route, const char **ret_method))
{
	buf_lit(b, "# HELP lapor_http_requests_total Requests answered, by route and status.\n"
		   "# TYPE lapor_http_requests_total counter\n");
	for (size_t row = 0; row <= m->n_routes; row++) {
		const char *method = "", *route = row < m->n_routes ? name_of(row, &method) : "none";

		for (size_t i = 0; i < METRICS_STATUSES; i++) {
			uint64_t n = get(&m->requests[row * METRICS_STATUSES + i]);

			if (n > 0)
				buf_printf(b, "lapor_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %" PRIu64 "\n",
					   method, route, statuses[i], n);
		}
	}
}

void metrics_print(struct metrics *m, struct buf *b, const char *(*name_of)(size_t route, const char **ret_method))
{
	uint64_t sum = 0, total_us = get(&m->total_us);

	print_requests(m, b, name_of);
	buf_lit(b, "# HELP lapor_http_seconds From the request line to the last byte handed over.\n"
		   "# TYPE lapor_http_seconds histogram\n");
	for (size_t i = 0; i <= METRICS_BUCKETS; i++) {
		sum += get(&m->bucket[i]);
		buf_printf(b, "lapor_http_seconds_bucket{le=\"%s\"} %" PRIu64 "\n",
			   i < METRICS_BUCKETS ? bounds_text[i] : "+Inf", sum);
	}
	buf_printf(b, "lapor_http_seconds_sum %" PRIu64 ".%06" PRIu64 "\nlapor_http_seconds_count %" PRIu64 "\n",
		   total_us / 1000000, total_us % 1000000, sum);
	buf_printf(b, "# TYPE lapor_http_in_flight gauge\nlapor_http_in_flight %d\n",
		   atomic_load_explicit(&m->in_flight, memory_order_relaxed));
}
