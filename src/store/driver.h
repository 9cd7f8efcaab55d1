/* SPDX-License-Identifier: Apache-2.0
 * driver - what an engine has to provide to db.c. Included by db*.c, sums.c, copy.c and backup.c only.
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "store/sums.h"

struct db_driver;

/* The common part; a driver's own struct begins with it. */
struct db {
	const struct db_driver *driver;
	enum db_mode mode;
	int depth; /* of transactions and savepoints */
	bool checkpoints_elsewhere;
	int again; /* how often running the failed use case as a whole again may help */
	struct sums sums;
	char message[256];
};

/* A statement whose outcome nobody asks for, now, whatever it adds up. */
CHECKED enum rc db_exec_now(struct db *db, const struct db_query *q, const struct db_value *params);

/* Failures leave their reason in db->message. */
struct db_driver {
	enum db_engine engine;
	enum rc (*open)(const char *url, enum db_mode mode, struct db **ret_db, struct err *err);
	void (*close)(struct db *db);
	enum rc (*start)(struct db_cursor *cur, const struct db_value *params);
	enum rc (*step)(struct db_cursor *cur, bool *ret_row);
	struct db_value (*column)(struct db_cursor *cur, int i);
	int64_t (*column_int)(struct db_cursor *cur, int i);
	void (*finish)(struct db_cursor *cur);
	int64_t (*changed)(struct db_cursor *cur);
	/*
	 * In a transaction: a statement whose outcome nobody asks for. It may be sent and not waited for; its failure then
	 * shows with a later one, at the latest when the innermost block ends. NULL: run it like any other.
	 */
	enum rc (*exec_unseen)(struct db *db, const struct db_query *q, const struct db_value *params);
	/* In a reader's transaction; NULL: nothing is gained by it. */
	void (*ahead)(struct db *db, const struct db_query *q, const struct db_value *params);
	/*
	 * Many rows by one statement, n_params values each. sql: an INSERT of one row on SQLite, a COPY ... FROM STDIN
	 * (FORMAT binary) on PostgreSQL, where types must fit exactly.
	 */
	enum rc (*insert_rows)(struct db *db, const struct db_query *q, const struct db_value *values, size_t n_rows);
	enum rc (*script)(struct db *db, const char *sql);
	/* depth 1 is the transaction, deeper ones are savepoints. */
	enum rc (*begin)(struct db *db, int depth);
	enum rc (*commit)(struct db *db, int depth);
	void (*rollback)(struct db *db, int depth);
	bool (*in_transaction)(const struct db *db);
	int64_t (*log_pages)(const struct db *db);
	enum rc (*checkpoint_by_itself)(struct db *db, bool on);
	enum rc (*checkpoint)(struct db *db, bool restart);
	enum rc (*check)(struct db *db, struct err *err);
	/* A consistent copy into a new file while others go on writing. */
	enum rc (*copy_to)(struct db *db, const char *path, struct err *err);
};

extern const struct db_driver db_sqlite_driver, db_pgsql_driver;

#endif
