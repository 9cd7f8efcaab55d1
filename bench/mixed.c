/* SPDX-License-Identifier: Apache-2.0
 * mixed - what a nation sends, at a fixed rate: each request is due at its time, and its latency counts from then.
 *
 * Mostly reporters who look after their reports, then visitors, officers, and lives of reports that go on step by
 * step. Every so often one line says how it went and what the server holds; at the end the least memory, files and
 * threads that it held in the last quarter are compared with the second one: what grows meanwhile leaks.
 */
#include "modes.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "watch.h"

#define LIVES 64
#define CODES 1024
#define SAMPLES_MAX 4096
#define VISITORS 16

enum kind { TRACK, HOME, LIST, REPORT, SEARCH, INBOX, INBOX_SEARCH, DESK_REPORT, WRITE, KINDS };

static const struct {
	const char *name;
	unsigned percent;
} kinds[KINDS] = {
	[TRACK] = { "track", 40 }, [HOME] = { "home", 6 }, [LIST] = { "list", 7 }, [REPORT] = { "report", 7 },
	[SEARCH] = { "search", 10 }, [INBOX] = { "inbox", 15 }, [INBOX_SEARCH] = { "inbox search", 2 },
	[DESK_REPORT] = { "desk report", 3 }, [WRITE] = { "write", 10 },
};

/* What is under way on a connection. */
struct sent {
	struct mixed *m;
	enum kind kind;
	struct life *life;
};

struct sample {
	double at_s;
	struct watch w;
};

struct mixed {
	const struct load_words *o;
	struct loop loop;
	struct people people;
	struct person visitor[VISITORS];
	struct life life[LIVES];
	bool life_is_busy[LIVES];
	char code[CODES][32], number[CODES][32]; /* of reports that were sent, and that are public */
	size_t n_codes, n_numbers;
	struct sent *sent;
	uint64_t begun_ns, until_ns, n_sent, n_lives, dice;
	struct tally all[KINDS], part; /* of the whole run; since the last line */
	struct sample sample[SAMPLES_MAX];
	size_t n_samples;
};

/* splitmix64: the same requests in each run */
static uint64_t roll(struct mixed *m, uint64_t sides)
{
	uint64_t z = m->dice += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (z ^ z >> 31) % sides;
}

static enum kind choose_kind(struct mixed *m)
{
	uint64_t left = roll(m, 100);
	enum kind k = 0;

	while (left >= kinds[k].percent)
		left -= kinds[k++].percent;
	return k;
}

/* A ring of the latest. */
static void remember(char list[CODES][32], size_t *n, const char *what)
{
	snprintf(list[(*n)++ % CODES], sizeof(list[0]), "%s", what);
}

static const char *pick(struct mixed *m, char list[CODES][32], size_t n)
{
	return list[roll(m, n < CODES ? n : CODES)];
}

static const struct person *pick_officer(struct mixed *m)
{
	uint64_t n = roll(m, m->people.n_liaisons + 2);

	return n == 0 ? &m->people.national : n == 1 ? &m->people.admin : &m->people.liaison[n - 2];
}

static void begin_life(struct mixed *m, struct life *l)
{
	life_begin(l, m->n_lives, &m->visitor[m->n_lives % VISITORS]);
	m->n_lives++;
}

/* NULL: a step of each is under way. */
static struct life *pick_life(struct mixed *m)
{
	uint64_t first = roll(m, LIVES);

	for (size_t i = 0; i < LIVES; i++)
		if (!m->life_is_busy[(first + i) % LIVES])
			return &m->life[(first + i) % LIVES];
	return NULL;
}

static void write_search(struct mixed *m, char *path, size_t size, const char *base)
{
	const char *word = life_word(roll(m, 1000));

	if (roll(m, 2))
		snprintf(path, size, "%s?q=%s", base, word);
	else
		snprintf(path, size, "%s?q=%s+%s", base, word, life_word(roll(m, 1000)));
}

static void write_request(struct mixed *m, struct conn *c, struct sent *s)
{
	static const struct person anybody = { 0 };
	const struct person *who = &anybody;
	char path[160] = "/";

	switch (s->kind) {
	case TRACK: snprintf(path, sizeof(path), "/lacak/%s", pick(m, m->code, m->n_codes)); break;
	case LIST: snprintf(path, sizeof(path), "/laporan"); break;
	case REPORT: snprintf(path, sizeof(path), "/laporan/%s", pick(m, m->number, m->n_numbers)); break;
	case SEARCH: write_search(m, path, sizeof(path), "/laporan"); break;
	case INBOX:
		who = pick_officer(m);
		snprintf(path, sizeof(path), "/meja");
		break;
	case INBOX_SEARCH:
		who = pick_officer(m);
		write_search(m, path, sizeof(path), "/meja");
		break;
	case DESK_REPORT:
		who = &m->people.national;
		snprintf(path, sizeof(path), "/meja/laporan/%s", pick(m, m->number, m->n_numbers));
		break;
	case WRITE:
		s->life = pick_life(m);
		if (s->life) {
			m->life_is_busy[s->life - m->life] = true;
			life_write(s->life, &m->people, c);
			return;
		}
		s->kind = HOME;
		break;
	case HOME:
	case KINDS:
		break;
	}
	people_get(c, who, path);
}

/* A step of a life was answered; what is known of it serves the other requests. */
static void go_on(struct mixed *m, struct life *l)
{
	if (l->next == LIFE_VERIFY)
		remember(m->code, &m->n_codes, l->code);
	if (l->next == LIFE_DISPOSE)
		remember(m->number, &m->n_numbers, l->number);
	if (l->next == LIFE_STEPS)
		begin_life(m, l);
}

/* False, and why: not what was to be answered. */
static bool check(struct sent *s, const struct reply *r, char *why, size_t size)
{
	if (s->kind == WRITE)
		return life_take(s->life, r, why, size);
	if (r->status == 200)
		return true;
	snprintf(why, size, r->status ? "%d " : "no answer", r->status);
	text_reason(r->body, why + strlen(why), size - strlen(why));
	return false;
}

static void answered(struct conn *c, const struct reply *r)
{
	struct sent *s = c->user;
	struct mixed *m = s->m;
	char why[301];

	if (check(s, r, why, sizeof(why))) {
		tally_answer(&m->all[s->kind], c);
		tally_answer(&m->part, c);
		if (s->kind == WRITE)
			go_on(m, s->life);
	} else {
		tally_error(&m->all[s->kind], s->kind == WRITE ? life_name(s->life->next) : kinds[s->kind].name, why);
		m->part.errors++;
		if (s->kind == WRITE)
			begin_life(m, s->life);
	}
	if (s->kind == WRITE)
		m->life_is_busy[s->life - m->life] = false;
	loop_lay(c);
}

static uint64_t due_of(const struct mixed *m, uint64_t nth)
{
	return m->begun_ns + (uint64_t)((double)nth * 1e9 / m->o->rate);
}

/* Sends what is due as long as there is a connection; the time of the next. */
static uint64_t send_due(struct mixed *m, uint64_t now)
{
	uint64_t due;

	while ((due = due_of(m, m->n_sent)) <= now && due < m->until_ns && m->loop.idle) {
		struct conn *c = loop_take(&m->loop);
		struct sent *s = c->user;

		s->kind = choose_kind(m);
		write_request(m, c, s);
		loop_send(c, due, answered);
		m->n_sent++;
	}
	return due < m->until_ns && m->loop.idle ? due : UINT64_MAX;
}

static void print_line(struct mixed *m, uint64_t now, double span_s)
{
	struct sample *s = &m->sample[m->n_samples];
	double before = m->n_samples > 0 ? s[-1].w.cpu_s : 0;
	const struct hist *h = &m->part.took;

	s->at_s = (double)(now - m->begun_ns) / 1e9;
	printf("t=%.0f per_s=%.1f errors=%lu p50_us=%lu p99_us=%lu max_us=%lu", s->at_s, (double)h->n / span_s,
	       m->part.errors, hist_at(h, 0.5), hist_at(h, 0.99), h->max);
	if (m->o->pid > 0) {
		if (!watch_read(m->o->pid, &s->w))
			die("process %ld is gone or may not be looked at", m->o->pid);
		printf(" rss_kb=%ld pss_kb=%ld own_kb=%ld files=%ld threads=%ld cpu_us=%.1f", s->w.held[WATCH_RSS_KB],
		       s->w.held[WATCH_PSS_KB], s->w.held[WATCH_OWN_KB], s->w.held[WATCH_FILES], s->w.held[WATCH_THREADS],
		       h->n && m->n_samples > 0 ? (s->w.cpu_s - before) * 1e6 / (double)h->n : 0);
		m->n_samples += m->n_samples + 1 < SAMPLES_MAX;
	}
	putchar('\n');
	m->part = (struct tally){ 0 };
}

static void run(struct mixed *m)
{
	uint64_t last = m->begun_ns, span = (uint64_t)(m->o->every * 1e9);

	while (due_of(m, m->n_sent) < m->until_ns || m->loop.n_busy > 0) {
		uint64_t now = loop_now(), next = send_due(m, now);

		if (now >= last + span) {
			print_line(m, now, (double)(now - last) / 1e9);
			last = now;
		}
		loop_wait(&m->loop, next < last + span ? next : last + span);
	}
	print_line(m, loop_now(), (double)(loop_now() - last) / 1e9);
}

/* The numbers of the public list. */
static void read_numbers(struct mixed *m, struct conn *c)
{
	static const struct person anybody = { 0 };
	const char *s;
	char number[32];
	struct reply r;

	people_get(c, &anybody, "/laporan");
	r = loop_ask(c);
	for (s = r.body; (s = text_between(s, "href=\"/laporan/", "\"", number, sizeof(number))) != NULL;)
		if (number[0] >= '0' && number[0] <= '9')
			remember(m->number, &m->n_numbers, number);
}

static void prepare(struct mixed *m)
{
	struct conn *c;
	struct reply r;
	char why[301];

	loop_start(&m->loop, m->o->listen, m->o->clients);
	c = &m->loop.conns[0];
	people_start(&m->people, c, m->o->accounts);
	for (size_t i = 0; i < VISITORS; i++)
		people_visit(c, &m->visitor[i]);
	read_numbers(m, c);
	for (size_t i = 0; i < LIVES; i++) {
		begin_life(m, &m->life[i]);
		/* So that there is something to track, and lives at each of their steps. */
		for (size_t k = 0; k <= i % LIFE_STEPS; k++) {
			life_write(&m->life[i], &m->people, c);
			r = loop_ask(c);
			if (!life_take(&m->life[i], &r, why, sizeof(why)))
				die("%s: %s", life_name(m->life[i].next), why);
			go_on(m, &m->life[i]);
		}
	}
	for (size_t i = 0; i < m->o->clients; i++) {
		m->sent[i].m = m;
		m->loop.conns[i].user = &m->sent[i];
		loop_lay(&m->loop.conns[i]);
	}
}

/* The least that was held between two shares of the run: what comes and goes is no leak. */
static long least(const struct mixed *m, enum watched what, double from, double to)
{
	double whole_s = m->sample[m->n_samples - 1].at_s;
	long n = LONG_MAX;

	for (size_t i = 0; i < m->n_samples; i++) {
		const struct sample *s = &m->sample[i];

		if (s->at_s > from * whole_s && s->at_s <= to * whole_s && s->w.held[what] < n)
			n = s->w.held[what];
	}
	return n;
}

/* What the last quarter holds more than the second; true: too much. */
static bool has_grown(const struct mixed *m)
{
	long more[WATCH_THREADS + 1];

	if (m->o->pid <= 0)
		return false;
	if (m->n_samples < 4)
		die("too few lines to tell what grows: --every must fit four times into --seconds");
	for (enum watched what = 0; what <= WATCH_THREADS; what++)
		more[what] = least(m, what, 0.75, 1) - least(m, what, 0.25, 0.5);
	printf("grown_kb=%ld of_at_most=%ld grown_files=%ld grown_threads=%ld\n", more[WATCH_OWN_KB], m->o->grow_kb,
	       more[WATCH_FILES], more[WATCH_THREADS]);
	return more[WATCH_OWN_KB] > m->o->grow_kb || more[WATCH_FILES] > 0 || more[WATCH_THREADS] > 0;
}

static int print_end(const struct mixed *m, double seconds, double cpu_us)
{
	struct tally *sum = calloc(1, sizeof(*sum));
	bool bad;

	if (!sum)
		die("out of memory");
	for (enum kind k = 0; k < KINDS; k++) {
		const struct hist *h = &m->all[k].took;

		printf("kind=%s n=%lu errors=%lu p50_us=%lu p99_us=%lu max_us=%lu\n", kinds[k].name, h->n, m->all[k].errors,
		       hist_at(h, 0.5), hist_at(h, 0.99), h->max);
		hist_merge(&sum->took, h);
		sum->errors += m->all[k].errors;
	}
	bad = has_grown(m) || sum->errors > 0 || sum->took.n == 0;
	printf("requests=%lu per_s=%.1f errors=%lu p50_us=%lu p99_us=%lu p999_us=%lu max_us=%lu own_cpu_us=%.1f verdict=%s\n",
	       sum->took.n, (double)sum->took.n / seconds, sum->errors, hist_at(&sum->took, 0.5), hist_at(&sum->took, 0.99),
	       hist_at(&sum->took, 0.999), sum->took.max, sum->took.n ? cpu_us / (double)sum->took.n : 0, bad ? "bad" : "good");
	free(sum);
	return bad;
}

int mode_mixed(const struct load_words *o)
{
	struct mixed *m = calloc(1, sizeof(*m));
	double cpu_us;
	int status;

	if (!m || !(m->sent = calloc(o->clients, sizeof(*m->sent))))
		die("out of memory");
	m->o = o;
	prepare(m);
	cpu_us = tally_own_cpu();
	m->begun_ns = loop_now();
	m->until_ns = m->begun_ns + (uint64_t)(o->seconds * 1e9);
	run(m);
	status = print_end(m, (double)(loop_now() - m->begun_ns) / 1e9, tally_own_cpu() - cpu_us);
	loop_stop(&m->loop);
	free(m->sent);
	free(m);
	return status;
}
