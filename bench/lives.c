/* SPDX-License-Identifier: Apache-2.0
 * lives - whole lives of reports, as many at once as there are clients, each step as soon as the one before
 * was answered. Only the durable forms are counted; with --follow the actor first opens the page with the form.
 */
#include "modes.h"

#include <stdio.h>
#include <stdlib.h>

#include "life.h"

struct lives;

struct client {
	struct lives *all;
	struct conn *conn;
	struct life life;
	struct person visitor;
};

struct lives {
	const struct load_words *o;
	struct loop loop;
	struct people people;
	struct client *clients;
	struct tally step[LIFE_STEPS];
	uint64_t until_ns, n_begun, n_closed;
};

static void send_form(struct client *k);

static void begin_life(struct client *k)
{
	life_begin(&k->life, k->all->n_begun++, &k->visitor);
	send_form(k);
}

static void take_page(struct conn *c, const struct reply *r)
{
	struct client *k = c->user;
	char why[301];

	if (life_take_page(&k->life, r, why, sizeof(why))) {
		send_form(k);
		return;
	}
	tally_error(&k->all->step[k->life.next], "the page of a report", why);
	if (loop_now() < k->all->until_ns)
		begin_life(k);
}

static void take_form(struct conn *c, const struct reply *r)
{
	struct client *k = c->user;
	struct lives *all = k->all;
	enum life_step step = k->life.next;
	bool goes_on = loop_now() < all->until_ns;
	char why[301];

	if (!life_take(&k->life, r, why, sizeof(why))) {
		tally_error(&all->step[step], life_name(step), why);
		if (goes_on)
			begin_life(k);
		return;
	}
	tally_answer(&all->step[step], c);
	all->n_closed += k->life.next == LIFE_STEPS;
	if (!goes_on)
		return;
	if (k->life.next == LIFE_STEPS) {
		begin_life(k);
	} else if (all->o->follow) {
		life_write_page(&k->life, &all->people, c);
		loop_send(c, 0, take_page);
	} else {
		send_form(k);
	}
}

static void send_form(struct client *k)
{
	life_write(&k->life, &k->all->people, k->conn);
	loop_send(k->conn, 0, take_form);
}

static int print(const struct lives *all, double seconds, double cpu_us)
{
	uint64_t posts = 0, events = 0, errors = 0;

	for (enum life_step s = 0; s < LIFE_STEPS; s++) {
		const struct hist *h = &all->step[s].took;

		printf("step=%s n=%lu errors=%lu p50_us=%lu p99_us=%lu max_us=%lu\n", life_name(s), h->n,
		       all->step[s].errors, hist_at(h, 0.5), hist_at(h, 0.99), h->max);
		posts += h->n;
		events += h->n * (uint64_t)life_events(s);
		errors += all->step[s].errors;
	}
	printf("lives=%lu lives_per_s=%.1f posts=%lu posts_per_s=%.1f events=%lu events_per_s=%.1f errors=%lu own_cpu_us=%.1f\n",
	       all->n_closed, (double)all->n_closed / seconds, posts, (double)posts / seconds, events,
	       (double)events / seconds, errors, posts ? cpu_us / (double)posts : 0);
	return errors > 0 || all->n_closed == 0;
}

int mode_life(const struct load_words *o)
{
	struct lives *all = calloc(1, sizeof(*all));
	uint64_t begun_ns;
	double cpu_us;
	int status;

	if (!all || !(all->clients = calloc(o->clients, sizeof(struct client))))
		die("out of memory");
	all->o = o;
	loop_start(&all->loop, o->listen, o->clients);
	people_start(&all->people, &all->loop.conns[0], o->accounts);
	for (size_t i = 0; i < o->clients; i++) {
		struct client *k = &all->clients[i];

		*k = (struct client){ .all = all, .conn = &all->loop.conns[i] };
		people_visit(k->conn, &k->visitor);
		k->conn->user = k;
	}
	cpu_us = tally_own_cpu();
	begun_ns = loop_now();
	all->until_ns = begun_ns + (uint64_t)(o->seconds * 1e9);
	for (size_t i = 0; i < o->clients; i++)
		begin_life(&all->clients[i]);
	while (all->loop.n_busy > 0)
		loop_wait(&all->loop, UINT64_MAX);
	status = print(all, (double)(loop_now() - begun_ns) / 1e9, tally_own_cpu() - cpu_us);
	loop_stop(&all->loop);
	free(all->clients);
	free(all);
	return status;
}
