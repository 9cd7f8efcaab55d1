/* SPDX-License-Identifier: Apache-2.0
 * health - /healthz for supervisors (does it live?), /readyz for load balancers (may it get requests?), /metrics for
 * Prometheus.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "query_setting.h"
#include "query_version.h"
#include "web/handlers.h"
#include "web/route.h"
#include "web/state.h"

enum rc health_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct setting_read_row row;
	bool ok = c->db && q_setting_read(c->db, c->a, "server_key", &row) == RC_OK;

	(void)req;
	res->status = ok ? 200 : 503;
	res->content_type = "text/plain; charset=utf-8";
	buf_str(&res->body, ok ? "ok\n" : "the database does not answer\n");
	return RC_OK;
}

/* Longer than the database's own limits let anything run. */
#define STUCK_MS 45000

/* NULL: nothing stands in the way. */
static const char *why_not_ready(struct ctx *c, struct web *w)
{
	struct schema_version_newest_row newest;

	if (atomic_load(&w->draining) || atomic_load(&w->stopping))
		return "ending";
	if (!c->db || q_schema_version_newest(c->db, c->a, &newest) != RC_OK)
		return "the database does not answer";
	if (newest.number != w->o.schema_number)
		return "the database has another version than this program";
	if (writer_get_stats(w->o.writer).oldest_ms > STUCK_MS)
		return "writes get no answer";
	return NULL;
}

enum rc health_ready_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *why = why_not_ready(c, req->web);

	res->status = why ? 503 : 200;
	res->content_type = "text/plain; charset=utf-8";
	buf_printf(&res->body, "%s\n", why ? why : "ready");
	return RC_OK;
}

static const char *route_name(size_t route, const char **ret_method)
{
	size_t n;
	const struct route *table = route_table(&n);

	*ret_method = table[route].method == METHOD_POST ? "POST" : "GET";
	return table[route].pattern;
}

static void gauge(struct buf *b, const char *name, uint64_t value)
{
	buf_printf(b, "# TYPE %s gauge\n%s %" PRIu64 "\n", name, name, value);
}

static void counter(struct buf *b, const char *name, uint64_t value)
{
	buf_printf(b, "# TYPE %s counter\n%s %" PRIu64 "\n", name, name, value);
}

static void print_file_size(struct buf *b, const char *db_url, const char *suffix, const char *which)
{
	char path[1024];
	struct stat st;

	if (strncmp(db_url, "sqlite:", 7) != 0)
		return;
	if (snprintf(path, sizeof(path), "%s%s", db_url + 7, suffix) >= (int)sizeof(path) || stat(path, &st) != 0)
		return;
	buf_printf(b, "lapor_db_bytes{file=\"%s\"} %" PRIu64 "\n", which, (uint64_t)st.st_size);
}

static void print_workers(struct web *w, struct buf *b)
{
	struct writer_stats ws = writer_get_stats(w->o.writer);
	struct pool_stats ps = pool_get_stats(w->pool), ts = pool_get_stats(w->transfers);

	counter(b, "lapor_writer_jobs_total", ws.jobs);
	counter(b, "lapor_writer_batches_total", ws.batches);
	counter(b, "lapor_writer_failed_batches_total", ws.failed_batches);
	gauge(b, "lapor_writer_largest_batch", ws.largest_batch);
	gauge(b, "lapor_writer_queued", ws.queued);
	gauge(b, "lapor_writer_oldest_ms", ws.oldest_ms);
	counter(b, "lapor_pool_jobs_total", ps.jobs);
	counter(b, "lapor_pool_refused_total", ps.refused);
	gauge(b, "lapor_pool_queued", ps.queued);
	counter(b, "lapor_transfers_total", ts.jobs);
	counter(b, "lapor_transfers_refused_total", ts.refused);
	gauge(b, "lapor_transfers_queued", ts.queued);
}

/* For those on this machine only: a request that came through the proxy does not see it. */
enum rc health_metrics_get(struct ctx *c, const struct request *req, struct response *res)
{
	if (req->address[0] != '\0')
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	res->content_type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_print(&req->web->metrics, &res->body, route_name);
	print_workers(req->web, &res->body);
	buf_lit(&res->body, "# TYPE lapor_db_bytes gauge\n");
	print_file_size(&res->body, req->web->o.db_url, "", "main");
	print_file_size(&res->body, req->web->o.db_url, "-wal", "wal");
	gauge(&res->body, "lapor_uptime_seconds", (web_clock_us() - req->web->started_us) / 1000000);
	return RC_OK;
}
