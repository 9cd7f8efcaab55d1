/* SPDX-License-Identifier: Apache-2.0
 * db - from an address to a driver, and what is the same for all of them: nesting of
 * transactions, running a statement to its end.
 */
#include "store/db.h"

#include <stdio.h>
#include <string.h>

#include "store/driver.h"

static const struct {
	const char *scheme;
	const struct db_driver *driver;
} engines[] = {
	{ "sqlite:", &db_sqlite_driver },
	{ "postgresql:", &db_pgsql_driver },
	{ "postgres:", &db_pgsql_driver },
};

enum rc db_open(const char *url, enum db_mode mode, struct db **ret_db, struct err *err)
{
	size_t n = strcspn(url, ":");

	for (size_t i = 0; i < ARRAY_LEN(engines); i++)
		if (strncmp(url, engines[i].scheme, strlen(engines[i].scheme)) == 0)
			return engines[i].driver->open(url, mode, ret_db, err);
	/* The scheme only: an address may carry a password. */
	if (url[n] == ':' && n < 20)
		return err_set(err, RC_INVALID, 0,
			       "unknown kind of database \"%.*s:\": write sqlite:PATH, for "
			       "example sqlite:/var/lib/lapor/lapor.db, or postgresql://...",
			       (int)n, url);
	return err_set(err, RC_INVALID, 0, "the database address has no kind: write sqlite:PATH, for example "
		       "sqlite:/var/lib/lapor/lapor.db");
}

void db_close(struct db *db)
{
	if (!db)
		return;
	sums_done(&db->sums);
	db->driver->close(db);
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->driver->engine;
}

const char *db_message(const struct db *db)
{
	return db->message;
}

void db_url_show(const char *url, char *out, size_t n)
{
	const char *rest = strstr(url, "://"), *end;

	if (!rest || strncmp(url, "postgres", 8) != 0) {
		snprintf(out, n, "%s", url);
		return;
	}
	rest += 3;
	end = rest + strcspn(rest, "?");
	for (const char *p = rest; p < end; p++)
		if (*p == '@')
			rest = p + 1;
	snprintf(out, n, "postgresql://%.*s", (int)(end - rest), rest);
}

int db_runs_again(const struct db *db)
{
	return db->again;
}

enum rc db_start(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *params,
		 struct db_cursor *ret_cursor)
{
	*ret_cursor = (struct db_cursor){ .db = db, .query = q, .arena = a };
	if (sums_matter(&db->sums, q))
		TRY(sums_write(db));
	return db->driver->start(ret_cursor, params);
}

enum rc db_step(struct db_cursor *cur, bool *ret_row)
{
	return cur->db->driver->step(cur, ret_row);
}

struct db_value db_column(struct db_cursor *cur, int i)
{
	return cur->db->driver->column(cur, i);
}

int64_t db_column_int(struct db_cursor *cur, int i)
{
	return cur->db->driver->column_int(cur, i);
}

void db_finish(struct db_cursor *cur)
{
	if (cur->stmt)
		cur->db->driver->finish(cur);
	cur->stmt = NULL;
}

void db_ahead(struct db *db, const struct db_query *q, const struct db_value *params)
{
	if (db->driver->ahead && db->depth > 0 && db->mode == DB_READ)
		db->driver->ahead(db, q, params);
}

static enum rc run_to_end(struct db *db, const struct db_query *q, const struct db_value *params, int64_t *ret_changed)
{
	struct db_cursor cur;
	enum rc rc;
	bool row = true;

	TRY(db_start(db, NULL, q, params, &cur));
	do {
		rc = db_step(&cur, &row);
	} while (rc == RC_OK && row);
	if (rc == RC_OK && ret_changed)
		*ret_changed = db->driver->changed(&cur);
	db_finish(&cur);
	return rc;
}

enum rc db_exec_now(struct db *db, const struct db_query *q, const struct db_value *params)
{
	bool may_be_unseen = db->depth > 0 && db->mode != DB_READ && db->driver->exec_unseen;

	return may_be_unseen ? db->driver->exec_unseen(db, q, params) : run_to_end(db, q, params, NULL);
}

enum rc db_exec(struct db *db, const struct db_query *q, const struct db_value *params, int64_t *ret_changed)
{
	if (ret_changed)
		return run_to_end(db, q, params, ret_changed);
	if (q->sums == 0 || db->depth == 0) {
		if (sums_matter(&db->sums, q))
			TRY(sums_write(db));
		return db_exec_now(db, q, params);
	}
	sums_add(db, q, params);
	return sums_are_many(&db->sums) ? sums_write(db) : RC_OK;
}

enum rc db_script(struct db *db, const char *sql)
{
	TRY(sums_write(db));
	return db->driver->script(db, sql);
}

enum rc txn_begin(struct db *db, struct txn *t)
{
	TRY(db->driver->begin(db, db->depth + 1));
	*t = (struct txn){ .db = db, .depth = ++db->depth, .open = true };
	sums_begin(&db->sums, t->depth);
	return RC_OK;
}

enum rc txn_commit(struct txn *t)
{
	enum rc rc;

	BUG_ON(!t->open || t->depth != t->db->depth);
	rc = t->depth == 1 ? sums_write(t->db) : RC_OK;
	if (rc == RC_OK)
		rc = t->db->driver->commit(t->db, t->depth);
	if (rc != RC_OK)
		return rc; /* txn_end rolls back */
	sums_commit(&t->db->sums, t->depth);
	t->open = false;
	t->db->depth--;
	return RC_OK;
}

void txn_end(struct txn *t)
{
	if (!t->open)
		return;
	BUG_ON(t->depth != t->db->depth);
	t->db->driver->rollback(t->db, t->depth);
	sums_roll_back(&t->db->sums, t->depth);
	t->open = false;
	t->db->depth--;
}

bool txn_is_alive(const struct db *db)
{
	return db->driver->in_transaction(db);
}

int64_t db_log_pages(const struct db *db)
{
	return db->driver->log_pages(db);
}

enum rc db_checkpoint_by_itself(struct db *db, bool on)
{
	return db->driver->checkpoint_by_itself(db, on);
}

enum rc db_checkpoint(struct db *db, bool restart)
{
	return db->driver->checkpoint(db, restart);
}

enum rc db_check(struct db *db, struct err *err)
{
	return db->driver->check(db, err);
}
