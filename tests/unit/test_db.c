/* SPDX-License-Identifier: Apache-2.0
 * Addresses and their refusals, values in and out, transactions that nest.
 */
#include "unit/store_support.h"

#include <fcntl.h>
#include <sys/stat.h>

static void a_wrong_address_says_what_to_write(void **state)
{
	static const struct {
		const char *url, *says;
	} cases[] = {
		{ "lapor.db", "has no kind" },
		{ "mysql:lapor.db", "unknown kind of database \"mysql:\"" },
		{ "postgresql://u:secret@h/db?nonsense=1", "postgresql://USER@HOST:PORT/DATABASE" },
		{ "postgresql://u:secret@h:port/db", "impossible value" },
		{ "sqlite:", "has no path" },
		{ "sqlite:/no/such/folder/lapor.db",
		  "the folder /no/such/folder of the database does not exist" },
		{ "sqlite:/dev/null/lapor.db", "not" },
		{ "sqlite:/tmp", "is not a file" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct db *db = NULL;
		struct err err = { 0 };

		assert_int_equal(db_open(cases[i].url, DB_WRITE, &db, &err), RC_INVALID);
		assert_null(db);
		if (!strstr(err.detail, cases[i].says))
			fail_msg("%s: \"%s\" lacks \"%s\"", cases[i].url, err.detail, cases[i].says);
		assert_null(strstr(err.detail, "secret"));
	}
}

static void an_address_is_shown_without_its_secrets(void **state)
{
	static const char *const cases[][2] = {
		{ "sqlite:/var/lib/lapor/lapor.db", "sqlite:/var/lib/lapor/lapor.db" },
		{ "postgresql://lapor:secret@db.example:5433/lapor?password=secret", "postgresql://db.example:5433/lapor" },
		{ "postgres://lapor:se%40ret@/lapor?host=/run/postgresql", "postgresql:///lapor" },
		{ "postgresql://lapor:s@cret@db/lapor", "postgresql://db/lapor" },
		{ "postgresql:///lapor", "postgresql:///lapor" },
	};
	char shown[80];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		db_url_show(cases[i][0], shown, sizeof(shown));
		assert_string_equal(shown, cases[i][1]);
	}
}

static void a_missing_database_is_not_made_by_reading(void **state)
{
	struct place p;
	struct db *db = NULL;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	assert_int_equal(db_open(p.url, DB_READ, &db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "lapor init"));
	assert_int_equal(access(p.path, F_OK), -1);
	place_remove(&p);
}

static void a_file_of_another_kind_is_refused(void **state)
{
	struct place p;
	struct db *db = NULL;
	struct err err = { 0 };
	char junk[4096];
	int fd;

	(void)state;
	place_make(&p);
	memset(junk, 'x', sizeof(junk));
	fd = open(p.path, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, junk, sizeof(junk)), sizeof(junk));
	close(fd);
	assert_int_equal(db_open(p.url, DB_WRITE, &db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "is not a SQLite database"));
	place_remove(&p);
}

static void a_damaged_database_is_found_by_the_check(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };
	char junk[4096];
	int fd;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(thing_add(db, i), RC_OK);
	assert_int_equal(db_check(db, &err), RC_OK);
	db_close(db);
	memset(junk, 'x', sizeof(junk));
	fd = open(p.path, O_WRONLY);
	assert_int_equal(pwrite(fd, junk, sizeof(junk), 2 * sizeof(junk)), sizeof(junk));
	close(fd);
	db = place_open(&p, DB_READ);
	assert_int_equal(db_check(db, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "damaged"));
	db_close(db);
	place_remove(&p);
}

static void values_come_back_as_they_went_in(void **state)
{
	static const struct db_query put = { .name = "put", .n_params = 3, .n_columns = 1, .writes = true,
		SQL("INSERT INTO thing (n, word, bytes) VALUES ($1, $2, $3) RETURNING id") };
	static const struct db_query get = { .name = "get", .n_columns = 3,
		SQL("SELECT n, word, bytes FROM thing ORDER BY n") };
	const struct db_value full[] = { { .type = DB_INT, .i = INT64_MIN },
					 { .type = DB_TEXT, .p = "sé\n", .n = 4 },
					 { .type = DB_BLOB, .p = "\0x", .n = 2 } };
	const struct db_value empty[] = { { .type = DB_INT, .i = INT64_MAX }, { .type = DB_NULL },
		{ .type = DB_BLOB, .p = "", .n = 0 } };
	struct arena *a = arena_new(1 << 20);
	struct place p;
	struct db *db;
	struct db_cursor cur;
	bool row;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(db_exec(db, &put, full, NULL), RC_OK);
	assert_int_equal(db_exec(db, &put, empty, NULL), RC_OK);
	assert_int_equal(db_start(db, a, &get, NULL, &cur), RC_OK);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	assert_int_equal(db_column_int(&cur, 0), INT64_MIN);
	assert_string_equal(db_column(&cur, 1).p, "sé\n");
	assert_int_equal(db_column(&cur, 2).n, 2);
	assert_memory_equal(db_column(&cur, 2).p, "\0x", 2);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	assert_int_equal(db_column(&cur, 0).i, INT64_MAX);
	assert_int_equal(db_column(&cur, 1).type, DB_NULL);
	assert_int_equal(db_column(&cur, 2).type, DB_BLOB);
	assert_non_null(db_column(&cur, 2).p);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	assert_false(row);
	db_finish(&cur);
	db_close(db);
	arena_free(a);
	place_remove(&p);
}

static void failures_have_kinds(void **state)
{
	static const struct db_query nulls = { .name = "nulls", .writes = true,
					       SQL("INSERT INTO thing (n) VALUES (NULL)") };
	static const struct db_query wrong = { .name = "wrong", SQL("SELECT nothing FROM nowhere") };
	struct place p;
	struct db *db, *reader;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(thing_add(db, 1), RC_OK);
	assert_int_equal(thing_add(db, 1), RC_CONFLICT);
	assert_non_null(strstr(db_message(db), "thing_add: "));
	assert_int_equal(db_exec(db, &nulls, NULL, NULL), RC_FAILED);
	assert_int_equal(db_exec(db, &wrong, NULL, NULL), RC_FAILED);
	reader = place_open(&p, DB_READ);
	assert_int_equal(thing_count(reader, -1), 1);
	assert_int_equal(thing_add(reader, 2), RC_UNAVAILABLE);
	assert_int_equal(thing_count(reader, -1), 1);
	db_close(reader);
	db_close(db);
	place_remove(&p);
}

static void references_must_exist(void **state)
{
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(db_script(db, "CREATE TABLE a (id INTEGER PRIMARY KEY); "
				       "CREATE TABLE b (a_id INTEGER REFERENCES a(id)); "
				       "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)"), RC_OK);
	assert_int_equal(db_script(db, "INSERT INTO b VALUES (2)"), RC_FAILED);
	assert_int_equal(db_script(db, "DELETE FROM a"), RC_FAILED);
	db_close(db);
	place_remove(&p);
}

static void one_query_can_run_within_itself(void **state)
{
	/* Kept by its number, unlike the other queries here. */
	static const struct db_query q = { .name = "all_things", .n_columns = 1,
		.index = 0, .sql = { "SELECT n FROM thing", "SELECT n FROM thing" } };
	struct place p;
	struct db *db;
	struct db_cursor outer, inner;
	bool row;
	int seen = 0;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	for (int i = 0; i < 3; i++)
		assert_int_equal(thing_add(db, i), RC_OK);
	assert_int_equal(db_start(db, NULL, &q, NULL, &outer), RC_OK);
	while (db_step(&outer, &row) == RC_OK && row) {
		assert_int_equal(db_start(db, NULL, &q, NULL, &inner), RC_OK);
		while (db_step(&inner, &row) == RC_OK && row)
			seen++;
		db_finish(&inner);
	}
	db_finish(&outer);
	assert_int_equal(seen, 9);
	db_close(db);
	place_remove(&p);
}

static void add_and_leave(struct db *db, int64_t n, bool commit)
{
	TXN(t);

	assert_int_equal(txn_begin(db, &t), RC_OK);
	assert_int_equal(thing_add(db, n), RC_OK);
	if (commit)
		assert_int_equal(txn_commit(&t), RC_OK);
}

static void leaving_a_transaction_without_commit_rolls_back_that_one_alone(void **state)
{
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	add_and_leave(db, 1, false);
	assert_int_equal(thing_count(db, -1), 0);
	add_and_leave(db, 1, true);
	assert_int_equal(thing_count(db, -1), 1);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		add_and_leave(db, 2, false);
		add_and_leave(db, 3, true);
		assert_true(txn_is_alive(db));
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_false(txn_is_alive(db));
	assert_int_equal(thing_count(db, 2), 0);
	assert_int_equal(thing_count(db, 3), 1);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		add_and_leave(db, 4, true);
	}
	assert_int_equal(thing_count(db, 4), 0);
	db_close(db);
	place_remove(&p);
}

/* Counters, by word and number. */
#define COUNT_IN "INSERT INTO tally (word, n, sum) VALUES ($1, $2, $3) " \
	"ON CONFLICT (word, n) DO UPDATE SET sum = tally.sum + excluded.sum"

static void count_in(struct db *db, const char *word, int64_t n, int64_t more)
{
	static const struct db_query q = { .name = "count_in", .n_params = 3, .param_types = "tii", .writes = true,
					   .sums = 1 << 2, SQL(COUNT_IN) };
	const struct db_value v[] = { { .type = DB_TEXT, .p = word, .n = strlen(word) }, { .type = DB_INT, .i = n },
				      { .type = DB_INT, .i = more } };

	assert_int_equal(db_exec(db, &q, v, NULL), RC_OK);
}

static int64_t tally_ask(struct db *db, const char *sql)
{
	const struct db_query q = { .name = "tally_ask", .n_columns = 1, SQL(sql) };
	struct db_cursor cur;
	int64_t n = -1;
	bool row;

	assert_int_equal(db_start(db, NULL, &q, NULL, &cur), RC_OK);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	if (row)
		n = db_column_int(&cur, 0);
	db_finish(&cur);
	return n;
}

static int64_t tally_of(struct db *db, const char *word)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "SELECT sum FROM tally WHERE word = '%s' ORDER BY n", word);
	return tally_ask(db, sql);
}

static void sums_are_added_up_when_the_transaction_ends(void **state)
{
	struct place p;
	struct db *db, *reader;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(db_script(db, "CREATE TABLE tally (word TEXT, n BIGINT, sum BIGINT, PRIMARY KEY (word, n))"), RC_OK);
	reader = place_open(&p, DB_READ);
	/* Alone: at once. */
	count_in(db, "a", 1, 5);
	assert_int_equal(tally_of(reader, "a"), 5);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		for (int i = 0; i < 10000; i++) {
			count_in(db, i % 2 ? "a" : "b", 1, 1);
			count_in(db, "c", i % 2, i % 4 < 2 ? 1 : -1);
		}
		assert_int_equal(tally_of(db, "a"), 5005);
		count_in(db, "a", 1, -5);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(tally_of(reader, "a"), 5000);
	assert_int_equal(tally_of(reader, "b"), 5000);
	assert_int_equal(tally_ask(reader, "SELECT CAST(coalesce(sum(sum), 0) AS BIGINT) FROM tally WHERE word = 'c'"), 0);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		count_in(db, "d", 1, 1);
		count_in(db, "d", 1, -1);
	}
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		count_in(db, "d", 1, 1);
		count_in(db, "d", 1, -1);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	/* Nothing came of it, so nothing was written. */
	assert_int_equal(tally_of(reader, "d"), -1);
	db_close(reader);
	db_close(db);
	place_remove(&p);
}

static void sums_go_with_their_block(void **state)
{
	struct place p;
	struct db *db;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(db_script(db, "CREATE TABLE tally (word TEXT, n BIGINT, sum BIGINT, PRIMARY KEY (word, n))"), RC_OK);
	{
		TXN(t);
		assert_int_equal(txn_begin(db, &t), RC_OK);
		count_in(db, "a", 1, 1);
		{
			TXN(inner);
			assert_int_equal(txn_begin(db, &inner), RC_OK);
			count_in(db, "a", 1, 10);
			/* They are written for whoever looks at them, together with those of the blocks around. */
			assert_int_equal(tally_of(db, "a"), 11);
			count_in(db, "a", 1, 100);
		}
		count_in(db, "a", 1, 1000);
		{
			TXN(inner);
			assert_int_equal(txn_begin(db, &inner), RC_OK);
			count_in(db, "a", 1, 10000);
			assert_int_equal(tally_of(db, "a"), 11001);
			assert_int_equal(txn_commit(&inner), RC_OK);
		}
		count_in(db, "a", 1, 100000);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	assert_int_equal(tally_of(db, "a"), 111001);
	db_close(db);
	place_remove(&p);
}

static void a_reader_in_a_transaction_sees_one_moment(void **state)
{
	struct place p;
	struct db *db, *reader;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	reader = place_open(&p, DB_READ);
	{
		TXN(t);
		assert_int_equal(txn_begin(reader, &t), RC_OK);
		assert_int_equal(thing_count(reader, -1), 0);
		assert_int_equal(thing_add(db, 1), RC_OK);
		assert_int_equal(thing_count(reader, -1), 0);
	}
	assert_int_equal(thing_count(reader, -1), 1);
	db_close(reader);
	db_close(db);
	place_remove(&p);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(values_come_back_as_they_went_in),
		cmocka_unit_test(failures_have_kinds),
		cmocka_unit_test(references_must_exist),
		cmocka_unit_test(one_query_can_run_within_itself),
		cmocka_unit_test(leaving_a_transaction_without_commit_rolls_back_that_one_alone),
		cmocka_unit_test(a_reader_in_a_transaction_sees_one_moment),
		cmocka_unit_test(sums_are_added_up_when_the_transaction_ends),
		cmocka_unit_test(sums_go_with_their_block),
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_shown_without_its_secrets),
		cmocka_unit_test(a_wrong_address_says_what_to_write),
		cmocka_unit_test(a_missing_database_is_not_made_by_reading),
		cmocka_unit_test(a_file_of_another_kind_is_refused),
		cmocka_unit_test(a_damaged_database_is_found_by_the_check),
	};
	int failed = cmocka_run_group_tests(both, NULL, NULL);

	return place_is_pgsql() ? failed : failed + cmocka_run_group_tests(tests, NULL, NULL);
}
