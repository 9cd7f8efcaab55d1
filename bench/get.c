/* SPDX-License-Identifier: Apache-2.0
 * get - one address again and again: as fast as it is answered, or at a fixed rate.
 *
 * At a fixed rate each request has a time when it is due, and its latency counts from then, whether or not a
 * connection was free: a server that stalls is charged with all who had to wait meanwhile.
 */
#include "modes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct getter {
	const struct load_words *o;
	struct loop loop;
	struct tally tally;
	uint64_t begun_ns, until_ns, n_sent;
};

static uint64_t due_of(const struct getter *g, uint64_t nth)
{
	return g->begun_ns + (uint64_t)((double)nth * 1e9 / g->o->rate);
}

static void answered(struct conn *c, const struct reply *r)
{
	struct getter *g = c->user;

	if (r->status >= 200 && r->status < 400)
		tally_answer(&g->tally, c);
	else
		tally_error(&g->tally, "GET", r->status ? r->head : "no answer");
	if (g->o->rate > 0)
		loop_lay(c);
	else if (loop_now() < g->until_ns)
		loop_send(c, 0, answered);
}

/* http://HOST:PORT/PATH */
static const char *split(const char *url, char *ret_where, size_t size)
{
	const char *path;

	if (strncmp(url, "http://", 7) != 0)
		die("%s: not an address of the form http://HOST:PORT/PATH", url);
	path = strchr(url + 7, '/');
	snprintf(ret_where, size, "%.*s", path ? (int)(path - url - 7) : (int)strlen(url + 7), url + 7);
	return path ? path : "/";
}

static void prepare(struct getter *g)
{
	char where[128];
	const char *path = split(g->o->url, where, sizeof(where));

	loop_start(&g->loop, where, g->o->clients);
	for (size_t i = 0; i < g->o->clients; i++) {
		struct conn *c = &g->loop.conns[i];

		c->user = g;
		loop_begin(c, "GET", path);
		for (size_t h = 0; h < g->o->n_headers; h++)
			text_printf(&c->out, "%s\r\n", g->o->header[h]);
		loop_end(c);
	}
}

static void run_closed(struct getter *g)
{
	for (size_t i = 0; i < g->loop.n_conns; i++)
		loop_send(&g->loop.conns[i], 0, answered);
	while (g->loop.n_busy > 0)
		loop_wait(&g->loop, UINT64_MAX);
}

static void run_at_rate(struct getter *g)
{
	for (size_t i = 0; i < g->loop.n_conns; i++)
		loop_lay(&g->loop.conns[i]);
	while (due_of(g, g->n_sent) < g->until_ns || g->loop.n_busy > 0) {
		uint64_t now = loop_now(), due;

		while ((due = due_of(g, g->n_sent)) <= now && due < g->until_ns && g->loop.idle) {
			loop_send(loop_take(&g->loop), due, answered);
			g->n_sent++;
		}
		loop_wait(&g->loop, g->loop.idle && due < g->until_ns ? due : UINT64_MAX);
	}
}

int mode_get(const struct load_words *o)
{
	struct getter *g = calloc(1, sizeof(*g));
	const struct hist *h;
	double cpu, seconds;
	bool bad;

	if (!g)
		die("out of memory");
	g->o = o;
	h = &g->tally.took;
	prepare(g);
	cpu = tally_own_cpu();
	g->begun_ns = loop_now();
	g->until_ns = g->begun_ns + (uint64_t)(o->seconds * 1e9);
	if (o->rate > 0)
		run_at_rate(g);
	else
		run_closed(g);
	seconds = (double)(loop_now() - g->begun_ns) / 1e9;
	printf("requests=%lu per_s=%.1f errors=%lu p50_us=%lu p90_us=%lu p99_us=%lu p999_us=%lu max_us=%lu own_cpu_us=%.1f\n",
	       h->n, (double)h->n / seconds, g->tally.errors, hist_at(h, 0.5), hist_at(h, 0.9), hist_at(h, 0.99),
	       hist_at(h, 0.999), h->max, h->n ? (tally_own_cpu() - cpu) / (double)h->n : 0);
	loop_stop(&g->loop);
	bad = g->tally.errors > 0 || h->n == 0;
	free(g);
	return bad;
}
