/* SPDX-License-Identifier: Apache-2.0
 * What only a server and several sessions can show: lost connections, deadlocks, races for a key, refusals of the
 * server in plain words. Run by tests/pgsql/run.sh, which sets LAPOR_PGSQL (a database that fits) and LAPOR_SOCKET
 * (the folder of its socket, where the databases "latin" and "cutf8" do not fit).
 */
#include "unit/store_support.h"

#include <pthread.h>

#include "store/migrate.h"
#include "store/writer.h"

static int64_t number(struct db *db, const char *sql)
{
	const struct db_query q = { .name = "number", .index = -1, .sql = { sql, sql }, .n_columns = 1 };
	struct db_cursor cur;
	bool row = false;
	int64_t n = -1;

	if (db_start(db, NULL, &q, NULL, &cur) != RC_OK || db_step(&cur, &row) != RC_OK)
		fail_msg("%s: %s", sql, db_message(db));
	if (row)
		n = db_column_int(&cur, 0);
	db_finish(&cur);
	return n;
}

/* Ends the session that has this number, as a restart of the server does. */
static void cut(struct db *by, int64_t pid)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%lld, 5000)", (long long)pid);
	assert_int_equal(db_script(by, sql), RC_OK);
}

#define PID "SELECT pg_backend_pid()"

static void a_refusal_says_what_to_do(void **state)
{
	static const struct {
		const char *path, *says;
		enum rc rc;
	} cases[] = {
		{ "lapor@/nowhere?host=%s", "createdb", RC_INVALID },
		{ "somebody@/postgres?host=%s", "no such user", RC_INVALID },
		{ "lapor@/latin?host=%s", "not encoded as UTF8", RC_INVALID },
		{ "lapor@/cutf8?host=%s", "does not sort by bytes", RC_INVALID },
		{ "lapor@/postgres?host=%s/none", "start the server", RC_UNAVAILABLE },
		{ "lapor@127.0.0.1:1/postgres?application_name=%s", "start the server", RC_UNAVAILABLE },
		{ "keeper:wrong@/postgres?host=%s", "refused the password", RC_INVALID },
		{ "keeper@/postgres?host=%s", "asks for a password", RC_INVALID },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char path[200], url[220];
		struct err err = { 0 };
		struct db *db = NULL;

		/* The pattern is one of the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(path, sizeof(path), cases[i].path, getenv("LAPOR_SOCKET"));
#pragma GCC diagnostic pop
		snprintf(url, sizeof(url), "postgresql://%s", path);
		assert_int_equal(db_open(url, DB_WRITE, &db, &err), cases[i].rc);
		assert_null(db);
		if (!strstr(err.detail, cases[i].says))
			fail_msg("%s: \"%s\" lacks \"%s\"", cases[i].path, err.detail, cases[i].says);
		assert_null(strstr(err.detail, "wrong"));
	}
}

static void a_session_has_its_limits(void **state)
{
	static const char limits[] = "SELECT CASE WHEN current_setting('statement_timeout') = '30s' AND "
		"current_setting('lock_timeout') = '10s' AND current_setting('synchronous_commit') = 'on' THEN 1 ELSE 0 END";
	char url[320];
	struct place p;
	struct db *db, *reader;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	reader = place_open(&p, DB_READ);
	assert_int_equal(number(db, limits), 1);
	assert_int_equal(number(reader, limits), 1);
	assert_int_equal(number(reader, "SELECT CAST(current_setting('transaction_read_only') AS BOOLEAN)"), 1);
	/* Another session's lock is not waited for without end. */
	assert_int_equal(db_script(reader, "SET lock_timeout = '20ms'; SET default_transaction_read_only = off"), RC_OK);
	thing_table(db);
	assert_int_equal(db_script(db, "BEGIN; LOCK TABLE thing"), RC_OK);
	assert_int_equal(thing_add(reader, 1), RC_UNAVAILABLE);
	assert_int_equal(db_script(db, "ROLLBACK"), RC_OK);
	assert_int_equal(db_script(db, "SET statement_timeout = '20ms'"), RC_OK);
	assert_int_equal(db_script(db, "SELECT pg_sleep(5)"), RC_UNAVAILABLE);
	db_close(reader);
	db_close(db);
	/* The address has the last word. */
	snprintf(url, sizeof(url), "%s&options=-cstatement_timeout%%3D7s", getenv("LAPOR_PGSQL"));
	if (db_open(url, DB_READ, &db, &err) != RC_OK)
		fail_msg("%s", err.detail);
	assert_int_equal(number(db, "SELECT current_setting('statement_timeout') = '7s'"), 1);
	db_close(db);
	place_remove(&p);
}

static void a_lost_session_comes_back_with_the_next_transaction(void **state)
{
	struct place p;
	struct db *db, *other;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	other = place_open(&p, DB_WRITE);
	thing_table(db);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add(db, 1), RC_OK);
		cut(other, number(db, PID));
		/* Never half a transaction in a new session. */
		assert_int_equal(thing_add(db, 2), RC_UNAVAILABLE);
		assert_int_equal(thing_add(db, 3), RC_UNAVAILABLE);
		assert_false(txn_is_alive(db));
		assert_int_equal(txn_commit(&t), RC_UNAVAILABLE);
	}
	assert_int_equal(thing_count(other, -1), 0);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add(db, 4), RC_OK);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(other, -1), 1);
	/* Lost between two transactions: nobody notices. */
	cut(other, number(db, PID));
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add(db, 5), RC_OK);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(other, -1), 2);
	db_close(other);
	db_close(db);
	place_remove(&p);
}

static void a_reader_goes_on_in_a_new_session(void **state)
{
	struct place p;
	struct db *db, *reader;
	int64_t pid;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(thing_add(db, 1), RC_OK);
	reader = place_open(&p, DB_READ);
	pid = number(reader, PID);
	cut(db, pid);
	assert_int_equal(thing_count(reader, -1), 1);
	assert_int_not_equal(number(reader, PID), pid);
	/* Its limits came back as well. */
	assert_int_equal(thing_add(reader, 2), RC_UNAVAILABLE);
	{
		static const struct db_query q = { .name = "things", .n_columns = 1, .index = -1,
						   .sql = { "SELECT n FROM thing", "SELECT n FROM thing" } };
		struct db_cursor cur;
		bool row;
		TXN(t);

		/* Within a look at one moment it is not the same moment any more. */
		assert_int_equal(txn_begin(reader, &t), RC_OK);
		cut(db, number(reader, PID));
		assert_int_equal(db_start(reader, NULL, &q, NULL, &cur), RC_OK);
		assert_int_equal(db_step(&cur, &row), RC_UNAVAILABLE);
		db_finish(&cur);
	}
	assert_int_equal(thing_count(reader, -1), 1);
	db_close(reader);
	db_close(db);
	place_remove(&p);
}

static void a_failure_that_was_passed_over_is_no_commit(void **state)
{
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add(db, 1), RC_OK);
		assert_int_equal(thing_add(db, 1), RC_CONFLICT);
		assert_int_not_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(db, -1), 0);
	db_close(db);
	place_remove(&p);
}

/* Statements that nobody waits for. */

static void an_unseen_failure_shows_with_the_next_answer_and_by_its_name(void **state)
{
	struct place p;
	struct db *db;
	static const struct db_query q = { .name = "things", .n_columns = 1, SQL("SELECT n FROM thing") };
	struct db_cursor cur;
	bool row;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add_unseen(db, 1), RC_OK);
		assert_int_equal(thing_add_unseen(db, 1), RC_OK);
		assert_int_equal(thing_add_unseen(db, 2), RC_OK);
		assert_int_equal(db_start(db, NULL, &q, NULL, &cur), RC_OK);
		assert_int_equal(db_step(&cur, &row), RC_CONFLICT);
		db_finish(&cur);
		assert_non_null(strstr(db_message(db), "thing_add: "));
		/* Nothing goes on after it. */
		assert_int_equal(thing_add(db, 3), RC_FAILED);
		assert_int_equal(thing_add_unseen(db, 4), RC_FAILED);
		assert_non_null(strstr(db_message(db), "thing_add: duplicate key"));
		assert_int_not_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(db, -1), 0);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add_unseen(db, 1), RC_OK);
		assert_int_equal(thing_add_unseen(db, 1), RC_OK);
		assert_int_equal(txn_commit(&t), RC_CONFLICT);
		assert_non_null(strstr(db_message(db), "thing_add: duplicate key"));
	}
	assert_int_equal(thing_count(db, -1), 0);
	db_close(db);
	place_remove(&p);
}

static void an_unseen_failure_is_that_of_its_block(void **state)
{
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		/* Twice: the first block is the first to write, the second is not. */
		for (int64_t n = 10; n <= 20; n += 10) {
			TXN(inner);
			assert_int_equal(txn_begin(db, &inner), RC_OK);
			assert_int_equal(thing_add_unseen(db, n), RC_OK);
			assert_int_equal(thing_add_unseen(db, n), RC_OK);
			assert_int_equal(txn_commit(&inner), RC_CONFLICT);
			txn_end(&inner);
			assert_int_equal(thing_add_unseen(db, n + 1), RC_OK);
		}
		/* What failed before a block is not taken for a failure in it. */
		assert_int_equal(thing_add_unseen(db, 11), RC_OK);
		{
			TXN(inner);
			if (txn_begin(db, &inner) == RC_OK)
				assert_int_not_equal(thing_add(db, 30), RC_OK);
		}
		assert_int_not_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(db, -1), 0);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		for (int64_t n = 10; n <= 20; n += 10) {
			TXN(inner);
			assert_int_equal(txn_begin(db, &inner), RC_OK);
			assert_int_equal(thing_add_unseen(db, n), RC_OK);
			txn_end(&inner);
			assert_int_equal(thing_add_unseen(db, n + 1), RC_OK);
		}
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(db, -1), 2);
	assert_int_equal(thing_count(db, 11) + thing_count(db, 21), 2);
	db_close(db);
	place_remove(&p);
}

#define MANY 1000

static void unseen_statements_keep_their_order_and_their_values(void **state)
{
	static const struct db_query put = { .name = "put", .n_params = 3, .writes = true,
		SQL("INSERT INTO thing (n, word, bytes) VALUES ($1, $2, $3)") };
	static const struct db_query append = { .name = "append", .n_params = 2, .writes = true,
		SQL("UPDATE thing SET word = word || $2 WHERE n = $1") };
	static const size_t large = 3 << 20;
	struct place p;
	struct db *db;
	char *text = malloc(large);

	(void)state;
	memset(text, 'x', large);
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	{
		const struct db_value first[] = { { .type = DB_INT, .i = -1 }, { .type = DB_TEXT, .p = text, .n = large },
						  { .type = DB_BLOB, .p = text, .n = large } };
		const struct db_value none[] = { { .type = DB_INT, .i = -2 }, { .type = DB_NULL }, { .type = DB_NULL } };
		TXN(t);

		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(db_exec(db, &put, first, NULL), RC_OK);
		/* What was sent does not need its memory any more. */
		memset(text, 'y', large);
		assert_int_equal(db_exec(db, &put, none, NULL), RC_OK);
		for (int64_t i = 0; i < MANY; i++) {
			char digit = (char)('0' + i % 10);
			const struct db_value v[] = { { .type = DB_INT, .i = -1 }, { .type = DB_TEXT, .p = &digit, .n = 1 } };

			assert_int_equal(thing_add_unseen(db, i), RC_OK);
			assert_int_equal(db_exec(db, &append, v, NULL), RC_OK);
		}
		assert_int_equal(thing_count(db, -1), MANY + 2);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(number(db, "SELECT count(*) FROM thing WHERE n = -2 AND word IS NULL AND bytes IS NULL"), 1);
	assert_int_equal(number(db, "SELECT count(*) FROM thing WHERE n = -1 AND word = repeat('x', 3145728) ||"
				    " repeat('0123456789', 100) AND bytes = convert_to(repeat('x', 3145728), 'UTF8')"), 1);
	db_close(db);
	free(text);
	place_remove(&p);
}

static void unseen_statements_are_lost_with_their_session(void **state)
{
	struct place p;
	struct db *db, *other;
	int64_t pid;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	other = place_open(&p, DB_WRITE);
	thing_table(db);
	for (int asked = 0; asked <= 1; asked++) {
		TXN(t);

		pid = number(db, PID);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add_unseen(db, 1), RC_OK);
		if (asked)
			assert_int_equal(thing_count(db, 1), 1);
		assert_int_equal(thing_add_unseen(db, 2), RC_OK);
		cut(other, pid);
		assert_int_equal(txn_commit(&t), RC_UNAVAILABLE);
		assert_false(txn_is_alive(db));
	}
	assert_int_equal(thing_count(other, -1), 0);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add_unseen(db, 3), RC_OK);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(other, 3), 1);
	/* Lost after the transaction began, but before it has done anything. */
	pid = number(db, PID);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		cut(other, pid);
		assert_int_equal(thing_count(db, -1), 1);
		assert_int_equal(thing_add_unseen(db, 4), RC_OK);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(thing_count(other, -1), 2);
	db_close(other);
	db_close(db);
	place_remove(&p);
}

static enum rc refuse(struct db *db, void *arg)
{
	++*(int *)arg;
	TRY(thing_add_unseen(db, 7));
	return RC_DENIED;
}

static void a_refusal_is_one_whatever_fails_behind_it(void **state)
{
	struct err err = { 0 };
	struct writer *w;
	struct place p;
	struct db *db;
	int runs = 0;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(thing_add(db, 7), RC_OK);
	assert_int_equal(writer_start(db, NULL, &w, &err), RC_OK);
	assert_int_equal(writer_run(w, refuse, &runs), RC_DENIED);
	assert_int_equal(runs, 1);
	writer_stop(w);
	place_remove(&p);
}

static void a_rule_that_is_switched_off_is_found(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(db_check(db, &err), RC_OK);
	assert_int_equal(db_script(db, "ALTER TABLE event DISABLE TRIGGER event_no_change"), RC_OK);
	assert_int_equal(db_check(db, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "event_no_change"));
	db_close(db);
	place_remove(&p);
}

static void *migrate_main(void *arg)
{
	const struct place *p = arg;
	struct err err = { 0 };
	struct db *db = NULL;
	bool ok = db_open(p->url, DB_WRITE, &db, &err) == RC_OK && migrate_up(db, &err) == RC_OK;

	db_close(db);
	if (!ok)
		print_message("%s\n", err.detail);
	return ok ? arg : NULL;
}

static void several_programs_may_migrate_at_once(void **state)
{
	struct place p;
	pthread_t threads[6];
	struct db *db;

	(void)state;
	place_make(&p);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, migrate_main, &p), 0);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
		void *ok;

		pthread_join(threads[i], &ok);
		assert_non_null(ok);
	}
	db = place_open(&p, DB_READ);
	assert_int_equal(number(db, "SELECT count(*) FROM schema_version"), migrate_latest());
	db_close(db);
	place_remove(&p);
}

/* Two jobs that meet in the middle of their first run. */
struct meeting {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int here, runs;
};

static void meet(struct meeting *m)
{
	pthread_mutex_lock(&m->lock);
	m->runs++;
	m->here++;
	pthread_cond_broadcast(&m->changed);
	while (m->here < 2)
		pthread_cond_wait(&m->changed, &m->lock);
	pthread_mutex_unlock(&m->lock);
}

struct guest {
	struct writer *writer;
	struct meeting *meeting;
	int64_t n;
	bool was_there;
	enum rc (*run)(struct db *db, void *arg);
	enum rc rc;
};

static void *guest_main(void *arg)
{
	struct guest *g = arg;

	g->rc = writer_run(g->writer, g->run, g);
	return NULL;
}

static enum rc count_up(struct db *db, int64_t n)
{
	static const struct db_query q = { .name = "count_up", .n_params = 1, .writes = true,
					   SQL("UPDATE thing SET word = coalesce(word, '') || 'x' WHERE n = $1") };
	const struct db_value v = { .type = DB_INT, .i = n };
	int64_t changed;

	return db_exec(db, &q, &v, &changed);
}

/* Each takes its own row first and then the other's. */
static enum rc cross(struct db *db, void *arg)
{
	struct guest *g = arg;

	TRY(count_up(db, g->n));
	meet(g->meeting);
	return count_up(db, 1 - g->n);
}

/* What a use case does with a key: looks whether it is there, else makes it. */
static enum rc find_or_make(struct db *db, void *arg)
{
	struct guest *g = arg;

	g->was_there = thing_count(db, 7) == 1;
	meet(g->meeting);
	return g->was_there ? RC_OK : thing_add(db, 7);
}

static void run_two(struct place *p, enum rc (*run)(struct db *, void *), struct guest guests[2], struct meeting *m)
{
	struct err err = { 0 };
	struct writer *w;
	pthread_t threads[2];

	*m = (struct meeting){ .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
	if (writer_start(place_open(p, DB_WRITE), p->url, &w, &err) != RC_OK)
		fail_msg("%s", err.detail);
	for (int i = 0; i < 2; i++) {
		guests[i] = (struct guest){ .writer = w, .meeting = m, .n = i, .run = run };
		assert_int_equal(pthread_create(&threads[i], NULL, guest_main, &guests[i]), 0);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	writer_stop(w);
}

static void a_deadlock_is_run_again_as_a_whole(void **state)
{
	struct guest guests[2];
	struct meeting m;
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(thing_add(db, 0), RC_OK);
	assert_int_equal(thing_add(db, 1), RC_OK);
	run_two(&p, cross, guests, &m);
	assert_int_equal(guests[0].rc, RC_OK);
	assert_int_equal(guests[1].rc, RC_OK);
	assert_int_equal(m.runs, 3);
	/* The lost run has left nothing. */
	assert_int_equal(number(db, "SELECT count(*) FROM thing WHERE word = 'xx'"), 2);
	db_close(db);
	place_remove(&p);
}

static void who_loses_the_race_for_a_key_finds_it_there(void **state)
{
	struct guest guests[2];
	struct meeting m;
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	run_two(&p, find_or_make, guests, &m);
	assert_int_equal(guests[0].rc, RC_OK);
	assert_int_equal(guests[1].rc, RC_OK);
	assert_int_equal(guests[0].was_there + guests[1].was_there, 1);
	assert_int_equal(m.runs, 3);
	assert_int_equal(thing_count(db, -1), 1);
	db_close(db);
	place_remove(&p);
}

static enum rc add_seven(struct db *db, void *arg)
{
	++*(int *)arg;
	return thing_add(db, 7);
}

static void a_key_that_is_taken_is_a_conflict_in_the_end(void **state)
{
	struct err err = { 0 };
	struct writer *w;
	struct place p;
	struct db *db;
	int runs = 0;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(thing_add(db, 7), RC_OK);
	assert_int_equal(writer_start(db, NULL, &w, &err), RC_OK);
	assert_int_equal(writer_run(w, add_seven, &runs), RC_CONFLICT);
	assert_int_equal(runs, 2);
	writer_stop(w);
	place_remove(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_says_what_to_do),
		cmocka_unit_test(a_session_has_its_limits),
		cmocka_unit_test(a_lost_session_comes_back_with_the_next_transaction),
		cmocka_unit_test(a_reader_goes_on_in_a_new_session),
		cmocka_unit_test(a_failure_that_was_passed_over_is_no_commit),
		cmocka_unit_test(an_unseen_failure_shows_with_the_next_answer_and_by_its_name),
		cmocka_unit_test(an_unseen_failure_is_that_of_its_block),
		cmocka_unit_test(unseen_statements_keep_their_order_and_their_values),
		cmocka_unit_test(unseen_statements_are_lost_with_their_session),
		cmocka_unit_test(a_refusal_is_one_whatever_fails_behind_it),
		cmocka_unit_test(a_rule_that_is_switched_off_is_found),
		cmocka_unit_test(several_programs_may_migrate_at_once),
		cmocka_unit_test(a_deadlock_is_run_again_as_a_whole),
		cmocka_unit_test(who_loses_the_race_for_a_key_finds_it_there),
		cmocka_unit_test(a_key_that_is_taken_is_a_conflict_in_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
