/* SPDX-License-Identifier: Apache-2.0
 * demo - fills a new database with an invented regency: agencies, accounts, and reports of three years.
 *
 * The same seed and the same present give the same data. Only empty databases are filled.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/settings.h"
#include "cmd/command.h"
#include "cmd/demo_intake.h"
#include "cmd/demo_life.h"
#include "cmd/demo_line.h"
#include "cmd/progress.h"
#include "core/ticket.h"
#include "query_setup.h"
#include "store/migrate.h"

#define WORDS_BATCH 20000
#define CACHE_KB "400000"
#define MADE_BYTES_MAX ((size_t)16 << 20)
#define YEARS_MS (3 * 365 * MS_PER_DAY)
/* The desk needs work: this many come in the last weeks. */
#define RECENT_MS (35 * MS_PER_DAY)
#define RECENT_LEAST 700

/* A report that is lived and not yet stored. */
struct made {
	struct arena *a;
	struct life life;
	char number[TICKET_NUMBER_MAX + 1], code[TICKET_CODE_LEN + 1];
};

struct maker {
	struct session *s;
	struct demo_world *worlds; /* a report in each, in turn */
	size_t n_worlds;
	struct life_tally *tally;
	struct progress progress;
	struct made *made; /* a place for each that waits on the line */
	int64_t n, recent;
	uint64_t seed;
};

/*
 * All of it is one transaction, so that a demo that is cut off was never there. For one that only adds to an empty
 * file the old kind of journal stays empty, where the write-ahead log would take every page twice.
 */
static enum rc begin_filling(struct session *s, struct txn *t)
{
	if (db_engine_of(s->db) == DB_SQLITE)
		TRY(db_script(s->db, "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = TRUNCATE;"
				     "PRAGMA cache_size = -" CACHE_KB "; PRAGMA locking_mode = EXCLUSIVE;"));
	return txn_begin(s->db, t);
}

static enum rc end_filling(struct session *s, struct txn *t)
{
	TRY(txn_commit(t));
	if (db_engine_of(s->db) != DB_SQLITE)
		return RC_OK;
	return db_script(s->db, "PRAGMA optimize; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;");
}

static enum rc refuse_used(struct session *s)
{
	struct setup_report_any_row report;
	struct setup_account_of_role_row account;
	bool has_reports, has_accounts;

	TRY(q_setup_report_any(s->db, s->a, &report, &has_reports));
	TRY(q_setup_account_of_role(s->db, s->a, ROLE_OPERATOR, &account, &has_accounts));
	if (has_reports || has_accounts)
		return err_set(&s->c.err, RC_INVALID, 0, "this database is in use: give the path of a new one");
	return RC_OK;
}

/* 0..1 of a day to the hour when people write: few at night, most from morning to evening. */
static double hour_share(double u)
{
	if (u < 0.06)
		return u / 0.06 * 6 / 24;
	if (u < 0.9)
		return (6 + (u - 0.06) / 0.84 * 14) / 24;
	return (20 + (u - 0.9) / 0.1 * 4) / 24;
}

/* When the i-th comes in: ever more over the years, in the order of i. */
static struct instant time_of(const struct maker *m, int64_t i, struct rand_seq *random)
{
	double within = (double)(rand_below(random, 1000) + 1) / 1001;
	int64_t old = m->n - m->recent, now = m->s->c.now.ms, day;
	enum zone z = calendar_zone(m->s->c.calendar);
	double u, ms, share;

	if (i < old) {
		u = 1 - pow(1 - ((double)i + within) / (double)old, 1.25);
		ms = (double)(now - YEARS_MS) + u * (double)(YEARS_MS - RECENT_MS);
	} else {
		u = ((double)(i - old) + within) / (double)m->recent;
		ms = (double)(now - RECENT_MS) + u * (double)RECENT_MS;
	}
	day = instant_at_day(instant_day((struct instant){ (int64_t)ms }, z), z).ms;
	share = hour_share((ms - (double)day) / (double)MS_PER_DAY);
	ms = (double)day + share * (double)MS_PER_DAY;
	return (struct instant){ ms < (double)now ? (int64_t)ms : now - 1 };
}

/* A code of its own for every report of a seed: steps that can be undone never meet. */
static void code_of(uint64_t seed, uint64_t i, char out[TICKET_CODE_LEN + 1])
{
	const uint64_t mask = (UINT64_C(1) << 45) - 1;
	uint64_t x = (i + seed * 977) & mask;
	unsigned char bits[9];

	for (int round = 0; round < 3; round++) {
		x = (x * UINT64_C(0x9E3779B97F4B) + 0x1234567) & mask;
		x ^= x >> 22;
	}
	for (int k = 0; k < 9; k++)
		bits[k] = (unsigned char)(x >> (5 * k) & 31);
	ticket_code_make(bits, out);
}

/* Lives it on the line's other thread, without the database. */
static void make_one(void *arg, int64_t i)
{
	struct maker *m = arg;
	struct made *x = &m->made[i % DEMO_LINE_WAITING];
	struct rand_seq random = { m->seed * UINT64_C(0x2545F4914F6CDD1D) + (uint64_t)i * 7919 };
	struct instant at = time_of(m, i, &random);
	struct ctx c = m->s->c;

	arena_reset(x->a);
	c.a = x->a;
	code_of(m->seed, (uint64_t)i, x->code);
	demo_life_make(&x->life, &c, m->tally, &m->worlds[(size_t)i % m->n_worlds], &random, at, c.now, x->number, x->code);
	life_end(&x->life);
}

static enum rc store_one(void *arg, int64_t i)
{
	struct maker *m = arg;
	struct made *x = &m->made[i % DEMO_LINE_WAITING];
	const struct ctx *c = &m->s->c;
	int year = instant_civil(x->life.in.received_at, calendar_zone(c->calendar)).year;
	struct report_id id;
	int64_t n;

	TRY(life_tally_number(m->tally, c->db, year, &n));
	ticket_number_make(year, n, x->number);
	TRY(life_store(&x->life, c->now, &id));
	progress_show(&m->progress, (int)(i * 1000 / m->n), i);
	return i % WORDS_BATCH == WORDS_BATCH - 1 ? life_tally_flush_words(m->tally, c->db) : RC_OK;
}

static enum rc make_reports(struct maker *m)
{
	enum rc rc;

	m->tally = life_tally_new();
	m->made = arena_new_many(m->s->a, struct made, DEMO_LINE_WAITING);
	for (size_t i = 0; i < DEMO_LINE_WAITING; i++)
		m->made[i].a = arena_new(MADE_BYTES_MAX);
	progress_begin(&m->progress, "reports");
	rc = demo_line_run(&(struct demo_line){ .n = m->n, .make = make_one, .take = store_one, .arg = m });
	if (rc == RC_OK)
		rc = life_tally_flush(m->tally, m->s->db);
	progress_end(&m->progress);
	for (size_t i = 0; i < DEMO_LINE_WAITING; i++)
		arena_free(m->made[i].a);
	life_tally_free(m->tally);
	return rc;
}

static enum rc make_all(const struct args *args, struct session *s, int64_t n)
{
	uint64_t seed = (uint64_t)options_int(args, "seed", 1);
	struct maker m = { .s = s, .n = n, .seed = seed };
	struct demo_government plan[DEMO_GOVERNMENTS_MAX];
	TXN(t);

	TRY(demo_world_plan(s, options_text(args, "sop"), plan, &m.n_worlds));
	TRY(migrate_up(s->db, &s->c.err));
	TRY(refuse_used(s));
	TRY(begin_filling(s, &t));
	m.worlds = arena_new_many(s->a, struct demo_world, m.n_worlds);
	TRY(demo_world_make(s, seed, plan, m.n_worlds, m.worlds));
	TRY(command_load_calendar(s));
	TRY(command_load_sops(s));
	m.recent = n / 3 < RECENT_LEAST + n / 50 ? n / 3 : RECENT_LEAST + n / 50;
	TRY(make_reports(&m));
	TRY(demo_intake_make(s));
	return end_filling(s, &t);
}

int demo_run(const struct args *args)
{
	int64_t n = options_int(args, "reports", 2000);
	struct timespec from, to;
	struct session s;
	int status = command_open(args, DB_WRITE, NEED_NOTHING, &s);

	if (status != 0)
		return status;
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (make_all(args, &s, n) != RC_OK) {
		status = s.c.err.detail[0] ? command_fail_err(args, &s.c.err)
					   : command_fail(args, "stopped: %s", db_message(s.db));
	} else {
		clock_gettime(CLOCK_MONOTONIC, &to);
		fprintf(stderr, "lapor demo: %lld reports in %.1f s\n", (long long)n,
			(double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
	}
	command_close(&s);
	return status;
}
