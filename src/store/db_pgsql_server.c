/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql_server - what is asked of a PostgreSQL server before and beside the work: its version, its database, who else
 * is there, whether its tables still prove what they promise. Knows no libpq: the statements run like all others.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/db_pgsql.h"

#define VERSION_LEAST 150000
/* So long a session of a program that was just killed may still be seen. */
#define ALONE_TRIES 50
#define ALONE_WAIT_NS 100000000L

/* The first row; RC_NOT_FOUND when there is none. */
static enum rc ask(struct db *db, struct arena *a, const struct db_query *q, struct db_value *ret, int n)
{
	struct db_cursor cur;
	bool row = false;
	enum rc rc;

	TRY(db_start(db, a, q, NULL, &cur));
	rc = db_step(&cur, &row);
	for (int i = 0; rc == RC_OK && row && i < n; i++)
		ret[i] = db_column(&cur, i);
	db_finish(&cur);
	return rc == RC_OK && !row ? RC_NOT_FOUND : rc;
}

static const struct db_query read_database = {
	.name = "server_database",
	.index = -1,
	.n_columns = 3,
	.sql = { NULL, "SELECT pg_encoding_to_char(encoding) = 'UTF8', datlocprovider = 'c' AND datcollate IN ('C', 'POSIX'),"
		       " pg_is_in_recovery() FROM pg_database WHERE datname = current_database()" },
};

/* Sorting and prefix search compare bytes on both engines; anything else orders pages differently. */
enum rc db_pgsql_check_server(struct db *db, int version, struct err *err)
{
	const char *place = "make it anew with createdb --template=template0 --locale=C --encoding=UTF8";
	struct db_value v[3];

	if (version < VERSION_LEAST)
		return err_set(err, RC_INVALID, 0, "this PostgreSQL is older than version 15: use a newer server");
	if (ask(db, NULL, &read_database, v, 3) != RC_OK)
		return err_set(err, RC_UNAVAILABLE, 0, "PostgreSQL does not tell about its database");
	if (!v[0].i)
		return err_set(err, RC_INVALID, 0, "the database is not encoded as UTF8: %s", place);
	if (!v[1].i)
		return err_set(err, RC_INVALID, 0, "the database does not sort by bytes (locale C): %s", place);
	if (db->mode == DB_WRITE && v[2].i)
		return err_set(err, RC_UNAVAILABLE, 0, "this PostgreSQL is a replica, which cannot be written to: give "
			       "the address of the primary");
	return RC_OK;
}

static const struct db_query find_others = {
	.name = "server_others",
	.index = -1,
	.n_columns = 1,
	.sql = { NULL, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
		       " AND pid <> pg_backend_pid() AND application_name = 'lapor'" },
};

enum rc db_pgsql_check_alone(struct db *db, struct err *err)
{
	const struct timespec wait = { .tv_nsec = ALONE_WAIT_NS };

	for (int i = 0; i < ALONE_TRIES; i++) {
		struct db_value others;

		if (ask(db, NULL, &find_others, &others, 1) != RC_OK)
			return err_set(err, RC_UNAVAILABLE, 0, "PostgreSQL does not tell who is connected");
		if (others.i == 0)
			return RC_OK;
		nanosleep(&wait, NULL);
	}
	return err_set(err, RC_UNAVAILABLE, 0, "the database is used by another lapor (serve, work, ...): stop that first");
}

/* What makes the tables prove less than they promise: half-built indexes, rules that were switched off. */
static const struct db_query find_weakness = {
	.name = "check",
	.index = -1,
	.n_columns = 1,
	.sql = { NULL,
		 "WITH here AS (SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " WHERE n.nspname = current_schema())"
		 " SELECT 'index ' || h.relname || ' is not valid: run REINDEX INDEX CONCURRENTLY' FROM pg_index i"
		 " JOIN here h ON h.oid = i.indexrelid WHERE NOT i.indisvalid"
		 " UNION ALL SELECT 'constraint ' || k.conname || ' was never validated' FROM pg_constraint k"
		 " JOIN here h ON h.oid = k.conrelid WHERE NOT k.convalidated"
		 " UNION ALL SELECT 'trigger ' || t.tgname || ' of ' || h.relname || ' is switched off' FROM pg_trigger t"
		 " JOIN here h ON h.oid = t.tgrelid WHERE t.tgenabled = 'D' LIMIT 1" },
};

enum rc db_pgsql_check(struct db *db, struct err *err)
{
	struct arena *a = arena_new(64 * 1024);
	struct db_value finding;
	enum rc rc = ask(db, a, &find_weakness, &finding, 1);

	if (rc == RC_OK)
		rc = err_set(err, RC_FAILED, 0, "%s", finding.p);
	else if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	else
		err_set(err, rc, 0, "%s", db_message(db));
	arena_free(a);
	return rc;
}

enum rc db_pgsql_copy_to(struct db *db, const char *path, struct err *err)
{
	(void)db;
	(void)path;
	return err_set(err, RC_INVALID, 0, "lapor backup copies SQLite databases: for PostgreSQL use pg_dump "
		       "--format=custom --file=FILE URL, or the server's own base backups");
}
