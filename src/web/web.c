/* SPDX-License-Identifier: Apache-2.0 */
#include "web/web.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/serverkey.h"
#include "base/log.h"
#include "web/route.h"
#include "web/server.h"

#define POOL_THREADS 2U
#define PAGES_BYTES_MAX ((size_t)8 * 1024 * 1024)
/* Some ten seconds of photos or passwords; who comes later is told to try again. */
#define POOL_QUEUE 256U
/* They wait more than they work; when the store is away, so many people wait for its time to be over. */
#define TRANSFER_THREADS 4U
#define TRANSFER_QUEUE 64U
/* How long the answers that have begun are waited for when stopping. */
#define DRAIN_MS 10000

uint64_t web_clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

struct instant web_now(const struct web *w)
{
	if (instant_is_set(w->o.fixed_now))
		return w->o.fixed_now;
	return instant_add_ms(instant_now(), w->o.now_offset_ms);
}

/* What every request needs. */
static enum rc load_parts(struct db *db, void *arg)
{
	struct web *w = arg;
	struct arena *a = arena_new(64 * 1024);
	enum rc rc = serverkey_load(db, a, &w->key);

	arena_free(a);
	almanac_refresh(&w->almanac, db, w->o.settings, web_now(w), web_clock_us());
	return rc == RC_OK && !almanac_directory(&w->almanac) ? RC_UNAVAILABLE : rc;
}

/* A file has one node; a server may have several. */
static enum rc start_limits(struct web *w, struct err *err)
{
	struct hash key = hash_of("limits", 6, &w->key);

	w->limits = ratelimit_new(&key);
	if (strncmp(w->o.db_url, "sqlite:", 7) == 0)
		return RC_OK;
	return limitshare_start(w->o.writer, w->limits, &w->share, err);
}

static void web_free(struct web *w)
{
	pool_stop(w->pool);
	pool_stop(w->transfers);
	limitshare_stop(w->share);
	workers_done(&w->workers);
	almanac_done(&w->almanac);
	metrics_done(&w->metrics);
	pagecache_free(w->pages);
	ratelimit_free(w->limits);
	free(w);
}

enum rc web_start(const struct web_options *o, struct web **ret, struct err *err)
{
	struct web *w = calloc(1, sizeof(*w));
	size_t n_routes;
	enum rc rc;

	if (!w)
		BUG("out of memory");
	w->o = *o;
	if (!w->o.tmp_dir)
		w->o.tmp_dir = getenv("TMPDIR");
	if (!w->o.tmp_dir || w->o.tmp_dir[0] == '\0')
		w->o.tmp_dir = "/tmp";
	w->is_https = strncmp(o->settings->base_url, "https://", 8) == 0;
	w->started_us = web_clock_us();
	route_table(&n_routes);
	metrics_init(&w->metrics, n_routes);
	w->pages = pagecache_new(PAGES_BYTES_MAX);
	workers_init(&w->workers, o->db_url, o->replica_url, o->archive_urls, o->archive_n);
	almanac_init(&w->almanac, o->calendar, o->sops);
	w->pool = pool_start(POOL_THREADS, POOL_QUEUE);
	w->transfers = pool_start(TRANSFER_THREADS, TRANSFER_QUEUE);
	rc = writer_run(o->writer, load_parts, w);
	if (rc != RC_OK)
		err_set(err, rc, 0, "the server's key and the agencies cannot be read from the database");
	else
		rc = start_limits(w, err);
	if (rc == RC_OK)
		rc = server_start(w, &w->server, err);
	if (rc != RC_OK) {
		web_free(w);
		return rc;
	}
	*ret = w;
	return RC_OK;
}

const char *web_address(const struct web *w)
{
	return server_address(w->server);
}

static void wait_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

void web_drain(struct web *w)
{
	atomic_store(&w->draining, true);
}

void web_stop(struct web *w)
{
	if (!w)
		return;
	atomic_store(&w->stopping, true);
	server_quiesce(w->server);
	for (int waited = 0; atomic_load(&w->metrics.in_flight) > 0 && waited < DRAIN_MS; waited += 10)
		wait_ms(10);
	/* libmicrohttpd panics on suspended connections; each one ends with its job, so this ends too. */
	while (server_suspended(w->server) > 0)
		wait_ms(10);
	server_stop(w->server);
	web_free(w);
}
