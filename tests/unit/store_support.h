/* SPDX-License-Identifier: Apache-2.0
 * store_support - a database of its own and a small table, for the tests of the store.
 */
#ifndef STORE_SUPPORT_H
#define STORE_SUPPORT_H

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/db.h"
#include "unit/place_support.h"

struct place {
	char folder[64], path[128], url[256];
};

static inline void place_make(struct place *p)
{
	snprintf(p->folder, sizeof(p->folder), "/tmp/lapor-store-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof(p->path), "%s/a.db", p->folder);
	place_url(p->folder, p->url, sizeof(p->url));
}

static inline void place_remove(const struct place *p)
{
	char command[160];

	snprintf(command, sizeof(command), "rm -rf '%s'", p->folder);
	assert_int_equal(system(command), 0);
}

static inline struct db *place_open(const struct place *p, enum db_mode mode)
{
	struct db *db = NULL;
	struct err err = { 0 };

	if (db_open(p->url, mode, &db, &err) != RC_OK)
		fail_msg("%s", err.detail);
	return db;
}

/* $1 is a parameter on both engines. */
#define SQL(text) .index = -1, .sql = { text, text }

static inline void thing_table(struct db *db)
{
	const char *sql = db_engine_of(db) == DB_PGSQL
		? "CREATE TABLE thing (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n BIGINT NOT NULL UNIQUE, "
		  "word TEXT, bytes BYTEA)"
		: "CREATE TABLE thing (id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, word TEXT, bytes BLOB) STRICT";

	assert_int_equal(db_script(db, sql), RC_OK);
}

static const struct db_query thing_add_query = { .name = "thing_add", .n_params = 1, .writes = true,
						 SQL("INSERT INTO thing (n) VALUES ($1)") };

/* Waits for its outcome, which in a transaction on PostgreSQL not every statement does. */
static inline enum rc thing_add(struct db *db, int64_t n)
{
	const struct db_value v = { .type = DB_INT, .i = n };
	int64_t changed;

	return db_exec(db, &thing_add_query, &v, &changed);
}

static inline enum rc thing_add_unseen(struct db *db, int64_t n)
{
	const struct db_value v = { .type = DB_INT, .i = n };

	return db_exec(db, &thing_add_query, &v, NULL);
}

/* How many things there are, and how many of them have this n (all: n < 0). */
static inline int64_t thing_count(struct db *db, int64_t n)
{
	static const struct db_query q = { .name = "thing_count", .n_params = 1, .n_columns = 1,
					   SQL("SELECT count(*) FROM thing WHERE $1 < 0 OR n = $1") };
	const struct db_value v = { .type = DB_INT, .i = n };
	struct db_cursor cur;
	int64_t count;
	bool row = false;

	assert_int_equal(db_start(db, NULL, &q, &v, &cur), RC_OK);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	assert_true(row);
	count = db_column_int(&cur, 0);
	db_finish(&cur);
	return count;
}

#endif
