/* SPDX-License-Identifier: Apache-2.0
 * What a reader asks for ahead: the same answers as without it. That something is really sent before it is run shows where
 * answers travel, by a failure that comes early.
 */
#include "unit/store_support.h"

static const struct db_query ten_times = { .name = "ten_times", .n_params = 1, .n_columns = 1,
					   SQL("SELECT 10 * n FROM thing WHERE n = $1") };
/* On PostgreSQL it fails for 0. */
static const struct db_query one_through = { .name = "one_through", .n_params = 1, .n_columns = 1,
					     SQL("SELECT max(1 / (n * 0 + $1)) FROM thing") };
static const struct db_query add_up = { .name = "add_up", .n_params = 2, .n_columns = 1,
					SQL("SELECT CAST(sum(n) AS BIGINT) FROM thing WHERE n >= $1 AND n < $2") };

static struct db_value numeral(int64_t n)
{
	return (struct db_value){ .type = DB_INT, .i = n };
}

static enum rc run(struct db *db, const struct db_query *q, const struct db_value *v, int64_t *ret)
{
	struct db_cursor cur;
	bool row = false;
	enum rc rc;

	*ret = -1;
	TRY(db_start(db, NULL, q, v, &cur));
	rc = db_step(&cur, &row);
	if (rc == RC_OK && row)
		*ret = db_column_int(&cur, 0);
	db_finish(&cur);
	return rc;
}

static void expect(struct db *db, const struct db_query *q, int64_t a, int64_t b, int64_t wanted)
{
	const struct db_value v[] = { numeral(a), numeral(b) };
	int64_t got;

	assert_int_equal(run(db, q, v, &got), RC_OK);
	assert_int_equal(got, wanted);
}

static void ahead(struct db *db, const struct db_query *q, int64_t a, int64_t b)
{
	const struct db_value v[] = { numeral(a), numeral(b) };

	db_ahead(db, q, v);
}

static struct db *open_with_things(struct place *p, struct db **ret_writer)
{
	place_make(p);
	*ret_writer = place_open(p, DB_WRITE);
	thing_table(*ret_writer);
	for (int n = 1; n <= 20; n++)
		assert_int_equal(thing_add(*ret_writer, n), RC_OK);
	return place_open(p, DB_READ);
}

static void close_both(const struct place *p, struct db *db, struct db *writer)
{
	db_close(db);
	db_close(writer);
	place_remove(p);
}

static void answers_are_those_of_their_numbers(void **state)
{
	struct db *writer, *db;
	struct place p;

	(void)state;
	db = open_with_things(&p, &writer);
	for (int round = 0; round < 3; round++) {
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		expect(db, &ten_times, 5, 0, 50);
		/* In another order than asked for, one twice, one not asked for, more than have a place. */
		for (int n = 1; n <= 12; n++)
			ahead(db, &ten_times, n, 0);
		ahead(db, &add_up, 2, 4);
		expect(db, &add_up, 2, 5, 9);
		expect(db, &ten_times, 7, 0, 70);
		expect(db, &ten_times, 2, 0, 20);
		expect(db, &ten_times, 2, 0, 20);
		expect(db, &add_up, 2, 4, 5);
		expect(db, &ten_times, 12, 0, 120);
		expect(db, &ten_times, 13, 0, 130);
		expect(db, &ten_times, 1, 0, 10);
		/* Those of which nobody takes the answer are forgotten. */
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	close_both(&p, db, writer);
}

static void an_answer_does_not_outlive_its_moment(void **state)
{
	struct db *writer, *db;
	struct place p;

	(void)state;
	db = open_with_things(&p, &writer);
	for (int64_t n = 21; n <= 23; n++) {
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		expect(db, &ten_times, 1, 0, 10);
		ahead(db, &add_up, 21, 99);
		/* Taken in one round, left in the next. */
		if (n == 22)
			expect(db, &add_up, 21, 99, 21);
		txn_end(&t);
		assert_int_equal(thing_add(writer, n), RC_OK);
	}
	expect(db, &add_up, 21, 99, 21 + 22 + 23);
	close_both(&p, db, writer);
}

static void a_failure_ahead_is_one_of_the_page_and_not_of_the_next(void **state)
{
	bool is_sent = getenv("LAPOR_PGSQL") != NULL;
	struct db *writer, *db;
	int64_t got;
	struct place p;

	(void)state;
	db = open_with_things(&p, &writer);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		expect(db, &one_through, 1, 0, 1);
		ahead(db, &one_through, 0, 0);
		ahead(db, &ten_times, 2, 0);
		assert_int_equal(run(db, &ten_times, &(struct db_value){ .type = DB_INT, .i = 3 }, &got),
				 is_sent ? RC_FAILED : RC_OK);
		if (is_sent)
			assert_non_null(strstr(db_message(db), "one_through"));
		assert_int_equal(run(db, &ten_times, &(struct db_value){ .type = DB_INT, .i = 2 }, &got),
				 is_sent ? RC_FAILED : RC_OK);
	}
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		expect(db, &ten_times, 2, 0, 20);
		ahead(db, &ten_times, 4, 0);
		expect(db, &ten_times, 4, 0, 40);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	close_both(&p, db, writer);
}

static void what_was_asked_ahead_is_lost_with_its_session(void **state)
{
	static const struct db_query pid = { .name = "pid", .n_columns = 1, .index = -1, .sql = { NULL, "SELECT pg_backend_pid()" } };
	struct db *writer, *db;
	struct place p;
	int64_t got;
	char cut[80];

	(void)state;
	db = open_with_things(&p, &writer);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(run(db, &pid, NULL, &got), RC_OK);
		ahead(db, &ten_times, 2, 0);
		snprintf(cut, sizeof(cut), "SELECT pg_terminate_backend(%lld, 5000)", (long long)got);
		assert_int_equal(db_script(writer, cut), RC_OK);
		assert_int_equal(run(db, &ten_times, &(struct db_value){ .type = DB_INT, .i = 2 }, &got), RC_UNAVAILABLE);
		ahead(db, &ten_times, 3, 0);
		assert_int_not_equal(run(db, &ten_times, &(struct db_value){ .type = DB_INT, .i = 3 }, &got), RC_OK);
	}
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		expect(db, &ten_times, 2, 0, 20);
		ahead(db, &ten_times, 3, 0);
		expect(db, &ten_times, 3, 0, 30);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	close_both(&p, db, writer);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_of_their_numbers),
		cmocka_unit_test(an_answer_does_not_outlive_its_moment),
		cmocka_unit_test(a_failure_ahead_is_one_of_the_page_and_not_of_the_next),
	};
	static const struct CMUnitTest of_sessions[] = {
		cmocka_unit_test(what_was_asked_ahead_is_lost_with_its_session),
	};
	int bad = cmocka_run_group_tests(tests, NULL, NULL);

	/* A file cannot be lost. */
	if (getenv("LAPOR_PGSQL"))
		bad += cmocka_run_group_tests(of_sessions, NULL, NULL);
	return bad;
}
