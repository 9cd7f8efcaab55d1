/* SPDX-License-Identifier: Apache-2.0
 * db - the narrow door to a database: what a driver has to do, and nothing a caller may not use.
 *
 * Callers do not write SQL here: they call the functions that tools/gen_query makes from
 * store/queries/<group>.sql (build/.../query_<group>.h). Those use this interface. SQLite is
 * in db_sqlite.c, PostgreSQL in db_pgsql.c. One struct db is one connection and
 * belongs to one thread at a time. Transactions begin in app/ and job/ only.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"
#include "base/day.h"

struct db;

enum db_engine { DB_SQLITE = 0, DB_PGSQL = 1 };

enum db_mode {
	DB_READ,   /* cannot write: SQLite query_only, PostgreSQL READ ONLY */
	DB_WRITE,
	DB_ALONE,  /* writes, and is refused while another program has it open; on SQLite none can open it then */
};

/* A parameter or a column. */
enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
	enum db_type type;
	int64_t i;
	const char *p; /* text or blob; for text NUL-terminated */
	size_t n;      /* bytes without the NUL */
};

/* A statement that the generator made; one static const object each. */
struct db_query {
	const char *name;
	int index; /* dense, 0 .. db_query_count-1: where a connection keeps it prepared; -1: it does not */
	const char *sql[2];   /* by enum db_engine */
	int n_params, n_columns;
	bool writes;              /* INSERT, UPDATE or DELETE */
	const char *param_types;  /* a letter each: i integer, t text, b blob */
	const char *column_types;
	unsigned sums;            /* bits by parameter: it adds these to a counter, and may do so when the transaction ends */
	const char *scan;         /* why it may read a whole table; NULL: it must not */
};

/* Bytes; p NULL is SQL's NULL. */
struct db_blob {
	const void *p;
	size_t n;
};

/*
 * url: "sqlite:PATH" or "postgresql://USER@HOST:PORT/DATABASE". Errors go to err with a sentence that
 * says what to do: no such folder, not writable, not a database, server down, password refused.
 */
CHECKED enum rc db_open(const char *url, enum db_mode mode, struct db **ret_db, struct err *err);
void db_close(struct db *db); /* NULL is fine */
enum db_engine db_engine_of(const struct db *db);
/* The reason of the last failure on this connection, for the log. */
const char *db_message(const struct db *db);
/* The address as it may be printed: without user, password and options. */
void db_url_show(const char *url, char *out, size_t n);
/*
 * How often it may help to run the use case whose transaction just failed again as a whole, because it lost
 * against another writer: 0 on SQLite, where there is one.
 */
int db_runs_again(const struct db *db);

/* One running statement. Columns' text and blobs live in the arena given here. */
struct db_cursor {
	struct db *db;
	const struct db_query *query;
	struct arena *arena;
	void *stmt;
	bool has_id; /* the driver's own */
};
CHECKED enum rc db_start(struct db *db, struct arena *a, const struct db_query *q,
			 const struct db_value *params, struct db_cursor *ret_cursor);
/* ret_row: false at the end. */
CHECKED enum rc db_step(struct db_cursor *cur, bool *ret_row);
struct db_value db_column(struct db_cursor *cur, int i);
int64_t db_column_int(struct db_cursor *cur, int i); /* NULL: 0 */
void db_finish(struct db_cursor *cur);
/*
 * The same statement with the same numbers will be run in this transaction of a reader. Where answers travel it is sent now,
 * and its answer is kept for that; several asked for one behind the other cost one way there and back. Never needed: whoever
 * runs a statement that was not asked for ahead gets the same.
 */
void db_ahead(struct db *db, const struct db_query *q, const struct db_value *params);
/*
 * Runs to the end. ret_changed NULL: nobody asks what it did, and on PostgreSQL it is then not waited for in a
 * transaction: it runs in its turn, but its failure shows at the next statement that gives an answer, or when the
 * innermost block is committed. Whoever decides by its failure passes ret_changed.
 */
CHECKED enum rc db_exec(struct db *db, const struct db_query *q, const struct db_value *params,
			int64_t *ret_changed);
/* A script without parameters: migrations, pragmas and locks of tables only. */
CHECKED enum rc db_script(struct db *db, const char *sql);

/*
 * Transactions nest: inside the writer's batch, txn_begin is a savepoint. Leaving a block
 * without txn_commit rolls back: TXN(t) declares the guard.
 */
struct txn {
	struct db *db;
	int depth;
	bool open;
};
CHECKED enum rc txn_begin(struct db *db, struct txn *t);
CHECKED enum rc txn_commit(struct txn *t);
void txn_end(struct txn *t); /* rolls back unless committed */
#define TXN(t) struct txn t __attribute__((cleanup(txn_end))) = { 0 }
/* Is the outermost transaction still there? Some failures (disk full) end it as a whole. */
bool txn_is_alive(const struct db *db);

/* For the writer: how many pages wait in the write-ahead log, as of the last commit; 0 without one. */
int64_t db_log_pages(const struct db *db);
/* Off: somebody else calls db_checkpoint. On when a connection opens. */
CHECKED enum rc db_checkpoint_by_itself(struct db *db, bool on);
/*
 * Brings the log's pages into the database without stopping anyone; restart: then holds the
 * writers for a moment, so that the log begins anew. RC_UNAVAILABLE: readers were in the way.
 */
CHECKED enum rc db_checkpoint(struct db *db, bool restart);

/* The engine's own check of the whole file; RC_FAILED with the first finding in err. */
CHECKED enum rc db_check(struct db *db, struct err *err);

#endif
