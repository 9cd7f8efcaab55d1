/* SPDX-License-Identifier: Apache-2.0
 * migrate - applies what is missing of store/schema, and knows how far a database is.
 *
 * The table schema_version has one row per applied step. A database with tables but without
 * it belongs to somebody else and is left alone.
 */
#include "store/migrate.h"

#include <string.h>

#include "store/schema.h"

static const char version_table[] =
	"CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY, name TEXT NOT NULL)";

static const struct db_query count_tables = {
	.name = "count_tables",
	.index = -1,
	.n_columns = 2,
	.sql = {
		"SELECT count(*), count(CASE WHEN name = 'schema_version' THEN 1 END) FROM sqlite_schema "
		"WHERE type = 'table'",
		"SELECT count(*), count(CASE WHEN table_name = 'schema_version' THEN 1 END) "
		"FROM information_schema.tables WHERE table_schema = current_schema()",
	},
};

static const struct db_query newest_version = {
	.name = "newest_version",
	.index = -1,
	.n_columns = 1,
	.sql = { "SELECT coalesce(max(number), 0) FROM schema_version",
		 "SELECT coalesce(max(number), 0) FROM schema_version" },
};

static const struct db_query add_version = {
	.name = "add_version",
	.index = -1,
	.n_params = 2,
	.writes = true,
	.sql = { "INSERT INTO schema_version (number, name) VALUES (?1, ?2)",
		 "INSERT INTO schema_version (number, name) VALUES ($1::bigint, $2::text)" },
};

int migrate_latest(void)
{
	return schema_steps[schema_step_count - 1].number;
}

static enum rc failed(struct db *db, enum rc rc, const char *what, struct err *err)
{
	return err_set(err, rc, 0, "%s: %s", what, db_message(db));
}

/* The first row's integers. */
static enum rc read_ints(struct db *db, const struct db_query *q, int64_t *ret, int n)
{
	struct db_cursor cur;
	bool row = false;
	enum rc rc;

	TRY(db_start(db, NULL, q, NULL, &cur));
	rc = db_step(&cur, &row);
	for (int i = 0; rc == RC_OK && row && i < n; i++)
		ret[i] = db_column_int(&cur, i);
	db_finish(&cur);
	return rc;
}

enum rc migrate_version(struct db *db, int *ret_version, struct err *err)
{
	int64_t tables[2] = { 0, 0 }, version = 0;
	enum rc rc = read_ints(db, &count_tables, tables, 2);

	if (rc == RC_OK && tables[1] > 0)
		rc = read_ints(db, &newest_version, &version, 1);
	else if (rc == RC_OK && tables[0] > 0)
		return err_set(err, RC_INVALID, 0, "this database belongs to another program: choose another one");
	if (rc != RC_OK)
		return failed(db, rc, "the version of the database cannot be read", err);
	*ret_version = (int)version;
	return RC_OK;
}

static enum rc refuse_newer(int version, struct err *err)
{
	if (version <= migrate_latest())
		return RC_OK;
	return err_set(err, RC_INVALID, 0, "this database has version %d, this program knows up to %d: use a newer "
		       "program", version, migrate_latest());
}

static enum rc step_run(struct db *db, const struct schema_step *step)
{
	const struct db_value row[] = {
		{ .type = DB_INT, .i = step->number },
		{ .type = DB_TEXT, .p = step->name, .n = strlen(step->name) },
	};

	TRY(db_script(db, step->sql[db_engine_of(db)]));
	return db_exec(db, &add_version, row, NULL);
}

/* One step in one transaction. The version is read again inside it: two programs may migrate at once. */
static enum rc step_up(struct db *db, const struct schema_step *step, struct err *err)
{
	int version = 0;
	enum rc rc;
	TXN(t);

	rc = txn_begin(db, &t);
	if (rc == RC_OK)
		rc = db_script(db, version_table);
	if (rc != RC_OK)
		return failed(db, rc, "the database cannot be changed", err);
	TRY(migrate_version(db, &version, err));
	TRY(refuse_newer(version, err));
	if (version >= step->number)
		return RC_OK;
	rc = step_run(db, step);
	if (rc == RC_OK)
		rc = txn_commit(&t);
	return rc == RC_OK ? RC_OK : failed(db, rc, step->name, err);
}

enum rc migrate_up(struct db *db, struct err *err)
{
	int version = 0;

	TRY(migrate_version(db, &version, err));
	TRY(refuse_newer(version, err));
	for (size_t i = 0; i < schema_step_count; i++)
		if (schema_steps[i].number > version)
			TRY(step_up(db, &schema_steps[i], err));
	return RC_OK;
}

enum rc migrate_check(struct db *db, struct err *err)
{
	int version = 0;

	TRY(migrate_version(db, &version, err));
	TRY(refuse_newer(version, err));
	if (version == 0)
		return err_set(err, RC_INVALID, 0, "this database is empty: run lapor init or lapor demo first");
	if (version < migrate_latest())
		return err_set(err, RC_INVALID, 0, "this database has version %d, this program needs %d: make a backup, "
			       "then run lapor init to bring it up to date", version, migrate_latest());
	return RC_OK;
}
