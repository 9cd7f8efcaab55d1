/* SPDX-License-Identifier: Apache-2.0
 * migrate - applies what is missing of store/schema, and knows how far a database is.
 *
 * The table schema_version, made by the first step, has one row per applied step. A database
 * with tables but without it belongs to somebody else and is left alone.
 */
#include "store/migrate.h"

#include "query_version.h"
#include "store/schema.h"
#include "store/shape.h"

const struct db_query migrate_count_tables = {
	.name = "migrate_count_tables",
	.index = -1,
	.n_columns = 3,
	.sql = {
		"SELECT count(*), count(CASE WHEN name = 'schema_version' THEN 1 END), "
		"count(CASE WHEN name = '" SHAPE_MARKER "' THEN 1 END) FROM sqlite_schema WHERE type = 'table'",
		"SELECT count(*), count(CASE WHEN table_name = 'schema_version' THEN 1 END), "
		"count(CASE WHEN table_name = '" SHAPE_MARKER "' THEN 1 END) "
		"FROM information_schema.tables WHERE table_schema = current_schema()",
	},
};

int migrate_latest(void)
{
	return schema_steps[schema_step_count - 1].number;
}

static enum rc failed(struct db *db, enum rc rc, const char *what, struct err *err)
{
	return err_set(err, rc, 0, "%s: %s", what, db_message(db));
}

enum rc migrate_look(struct db *db, enum migrate_state *ret)
{
	int64_t all = 0, ours = 0, half = 0;
	struct db_cursor cur;
	bool row = false;
	enum rc rc;

	TRY(db_start(db, NULL, &migrate_count_tables, NULL, &cur));
	rc = db_step(&cur, &row);
	if (rc == RC_OK && row) {
		all = db_column_int(&cur, 0);
		ours = db_column_int(&cur, 1);
		half = db_column_int(&cur, 2);
	}
	db_finish(&cur);
	if (rc == RC_OK)
		*ret = half > 0 ? MIGRATE_HALF_COPIED : ours > 0 ? MIGRATE_OURS : all > 0 ? MIGRATE_FOREIGN : MIGRATE_EMPTY;
	return rc;
}

enum rc migrate_version(struct db *db, int *ret_version, struct err *err)
{
	struct schema_version_newest_row newest = { 0 };
	enum migrate_state state;
	enum rc rc = migrate_look(db, &state);

	if (rc == RC_OK && state == MIGRATE_OURS)
		rc = q_schema_version_newest(db, NULL, &newest);
	else if (rc == RC_OK && state == MIGRATE_HALF_COPIED)
		return err_set(err, RC_INVALID, 0, "this database was not filled to its end: run lapor copy again with "
			       "the same addresses, or remove it");
	else if (rc == RC_OK && state == MIGRATE_FOREIGN)
		return err_set(err, RC_INVALID, 0,
			       "this database belongs to another program: choose another one");
	if (rc != RC_OK)
		return failed(db, rc, "the version of the database cannot be read", err);
	*ret_version = (int)newest.number;
	return RC_OK;
}

static enum rc refuse_newer(int version, struct err *err)
{
	if (version <= migrate_latest())
		return RC_OK;
	return err_set(err, RC_INVALID, 0,
		       "this database has version %d, this program knows up to %d: use a newer "
		       "program",
		       version, migrate_latest());
}

static enum rc step_run(struct db *db, const struct schema_step *step)
{
	TRY(db_script(db, step->sql[db_engine_of(db)]));
	return q_schema_version_add(db, &(struct schema_version_add_args){
		.number = step->number, .name = step->name }, NULL);
}

/* One program migrates at a time: on SQLite the write lock sees to it, on PostgreSQL a lock of our own. */
static enum rc take_lock(struct db *db)
{
	if (db_engine_of(db) == DB_SQLITE)
		return RC_OK;
	return db_script(db, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
			     "SELECT pg_advisory_xact_lock(7309453, 1);");
}

/* One step in one transaction. The version is read again inside it: two programs may migrate at once. */
static enum rc step_up(struct db *db, const struct schema_step *step, struct err *err)
{
	int version = 0;
	enum rc rc;
	TXN(t);

	rc = txn_begin(db, &t);
	if (rc == RC_OK)
		rc = take_lock(db);
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
		return err_set(err, RC_INVALID, 0,
			       "this database is empty: run lapor init or lapor demo first");
	if (version < migrate_latest())
		return err_set(err, RC_INVALID, 0,
			       "this database has version %d, this program needs %d: make a backup, "
			       "then run lapor init to bring it up to date",
			       version, migrate_latest());
	return RC_OK;
}
