/* SPDX-License-Identifier: Apache-2.0
 * db_sqlite - the driver for SQLite, the only file that knows sqlite3.h.
 *
 * One struct db is one connection in WAL mode with synchronous=FULL: what was committed is on
 * the disk. Statements are prepared once per connection and kept by the index of their query.
 */
#include <errno.h>
#include <libgen.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/driver.h"
#include "store/schema.h"

#define BUSY_MS 5000
#define CHECKPOINT_BUSY_MS 200 /* a checkpoint that restarts the log holds up the writer no longer */
#define DEPTH_MAX 8
#define CHECKPOINT_PAGES 1000
#define NEARLY_PAGES 1000

enum txn_word { TXN_BEGIN, TXN_COMMIT, TXN_ROLLBACK };

struct sqlite_db {
	struct db base;
	sqlite3 *h;
	int64_t log_pages;
	sqlite3_stmt *txn[DEPTH_MAX + 1][3];
	size_t n_cached;
	sqlite3_stmt *cached[]; /* by query index */
};

static struct sqlite_db *of(const struct db *db)
{
	return (struct sqlite_db *)db;
}

static enum rc rc_of(int code)
{
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	    code == SQLITE_CONSTRAINT_ROWID)
		return RC_CONFLICT;
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_NOMEM:
		return RC_UNAVAILABLE;
	default:
		return RC_FAILED;
	}
}

/* Keeps the reason; what: the query's name or the deed. SQLite's sentences hold no values. */
static enum rc failed(struct db *db, const char *what)
{
	sqlite3 *h = of(db)->h;

	snprintf(db->message, sizeof(db->message), "%s: %s", what, sqlite3_errmsg(h));
	return rc_of(sqlite3_extended_errcode(h));
}

/* Statements. */

/*
 * "INSERT ... VALUES (...) RETURNING id" costs SQLite a savepoint, with a copy of every page it touches; the id of
 * the inserted row it knows anyway. So that end is left off, and the row made here (gives_id).
 */
static int length_to_prepare(const struct db_query *q)
{
	static const char end[] = " RETURNING id";
	const char *sql = q->sql[DB_SQLITE];
	size_t n = strlen(sql), n_end = sizeof(end) - 1;

	if (strncmp(sql, "INSERT INTO", 11) == 0 && n > n_end && strcmp(sql + n - n_end, end) == 0 &&
	    strstr(sql, "VALUES (") && !strstr(sql, "ON CONFLICT"))
		return (int)(n - n_end);
	return -1;
}

static enum rc prepare(struct db *db, const struct db_query *q, unsigned flags, sqlite3_stmt **ret)
{
	if (sqlite3_prepare_v3(of(db)->h, q->sql[DB_SQLITE], length_to_prepare(q), flags, ret, NULL) != SQLITE_OK)
		return failed(db, q->name);
	return RC_OK;
}

static bool gives_id(const struct db_cursor *cur)
{
	return cur->query->n_columns == 1 && sqlite3_column_count(cur->stmt) == 0;
}

static bool is_cached(const struct db_cursor *cur)
{
	const struct sqlite_db *s = of(cur->db);
	int i = cur->query->index;

	return i >= 0 && (size_t)i < s->n_cached && s->cached[i] == cur->stmt;
}

/* The kept statement, or a fresh one when that one is running already. */
static enum rc statement(struct db *db, const struct db_query *q, sqlite3_stmt **ret)
{
	struct sqlite_db *s = of(db);
	int i = q->index;

	if (i < 0 || (size_t)i >= s->n_cached)
		return prepare(db, q, 0, ret);
	if (!s->cached[i])
		TRY(prepare(db, q, SQLITE_PREPARE_PERSISTENT, &s->cached[i]));
	else if (sqlite3_stmt_busy(s->cached[i]))
		return prepare(db, q, 0, ret);
	*ret = s->cached[i];
	return RC_OK;
}

static int bind(sqlite3_stmt *stmt, int i, const struct db_value *v)
{
	switch (v->type) {
	case DB_NULL: return sqlite3_bind_null(stmt, i);
	case DB_INT: return sqlite3_bind_int64(stmt, i, v->i);
	case DB_TEXT: return sqlite3_bind_text64(stmt, i, v->p, v->n, SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB: return sqlite3_bind_blob64(stmt, i, v->p, v->n, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/* Values are not copied: the caller's live until the statement has finished. */
static enum rc sqlite_start(struct db_cursor *cur, const struct db_value *params)
{
	sqlite3_stmt *stmt = NULL;

	TRY(statement(cur->db, cur->query, &stmt));
	cur->stmt = stmt;
	for (int i = 0; i < cur->query->n_params; i++) {
		if (bind(stmt, i + 1, &params[i]) != SQLITE_OK) {
			enum rc rc = failed(cur->db, cur->query->name);

			db_finish(cur);
			return rc;
		}
	}
	return RC_OK;
}

static enum rc sqlite_step(struct db_cursor *cur, bool *ret_row)
{
	bool is_over = cur->has_id;
	int code = is_over ? SQLITE_DONE : sqlite3_step(cur->stmt);

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return failed(cur->db, cur->query->name);
	cur->has_id = !is_over && gives_id(cur);
	*ret_row = code == SQLITE_ROW || cur->has_id;
	return RC_OK;
}

static struct db_value sqlite_column(struct db_cursor *cur, int i)
{
	sqlite3_stmt *stmt = cur->stmt;
	const void *p;
	size_t n;

	if (cur->has_id)
		return (struct db_value){ .type = DB_INT, .i = sqlite3_last_insert_rowid(of(cur->db)->h) };
	switch (sqlite3_column_type(stmt, i)) {
	case SQLITE_NULL:
		return (struct db_value){ .type = DB_NULL };
	case SQLITE_INTEGER:
		return (struct db_value){ .type = DB_INT, .i = sqlite3_column_int64(stmt, i) };
	case SQLITE_BLOB:
		p = sqlite3_column_blob(stmt, i);
		n = (size_t)sqlite3_column_bytes(stmt, i);
		return (struct db_value){ .type = DB_BLOB,
					  .p = arena_memdup(cur->arena, p ? p : "", n),
					  .n = n };
	default:
		p = sqlite3_column_text(stmt, i);
		n = (size_t)sqlite3_column_bytes(stmt, i);
		return (struct db_value){ .type = DB_TEXT,
					  .p = arena_strndup(cur->arena, p ? p : "", n),
					  .n = n };
	}
}

static int64_t sqlite_column_int(struct db_cursor *cur, int i)
{
	return cur->has_id ? sqlite3_last_insert_rowid(of(cur->db)->h) : sqlite3_column_int64(cur->stmt, i);
}

static void sqlite_finish(struct db_cursor *cur)
{
	if (is_cached(cur)) {
		sqlite3_reset(cur->stmt);
		/* The values' memory goes with its owner. */
		sqlite3_clear_bindings(cur->stmt);
	} else {
		sqlite3_finalize(cur->stmt);
	}
}

static int64_t sqlite_changed(struct db_cursor *cur)
{
	return sqlite3_changes64(of(cur->db)->h);
}

static enum rc insert_row(sqlite3_stmt *stmt, int n, const struct db_value *values)
{
	for (int i = 0; i < n; i++)
		if (bind(stmt, i + 1, &values[i]) != SQLITE_OK)
			return RC_FAILED;
	if (sqlite3_step(stmt) != SQLITE_DONE)
		return RC_FAILED;
	return sqlite3_reset(stmt) == SQLITE_OK ? RC_OK : RC_FAILED;
}

static enum rc sqlite_insert_rows(struct db *db, const struct db_query *q, const struct db_value *values, size_t n_rows)
{
	sqlite3_stmt *stmt;
	enum rc rc = RC_OK;

	TRY(prepare(db, q, 0, &stmt));
	for (size_t i = 0; rc == RC_OK && i < n_rows; i++)
		rc = insert_row(stmt, q->n_params, &values[i * (size_t)q->n_params]);
	if (rc != RC_OK)
		rc = failed(db, q->name);
	sqlite3_finalize(stmt);
	return rc;
}

static enum rc sqlite_script(struct db *db, const char *sql)
{
	if (sqlite3_exec(of(db)->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		return failed(db, "script");
	return RC_OK;
}

/* Transactions. */

static void txn_sql(char *out, size_t n, enum db_mode mode, int depth, enum txn_word word)
{
	if (depth > 1 && word == TXN_BEGIN)
		snprintf(out, n, "SAVEPOINT s%d", depth);
	else if (depth > 1)
		snprintf(out, n, "%s s%d", word == TXN_COMMIT ? "RELEASE" : "ROLLBACK TO", depth);
	else if (word == TXN_BEGIN)
		snprintf(out, n, "BEGIN%s", mode == DB_WRITE ? " IMMEDIATE" : "");
	else
		snprintf(out, n, "%s", word == TXN_COMMIT ? "COMMIT" : "ROLLBACK");
}

static enum rc txn_run(struct db *db, int depth, enum txn_word word)
{
	struct sqlite_db *s = of(db);
	sqlite3_stmt **stmt;
	char sql[40];
	enum rc rc = RC_OK;

	BUG_ON(depth < 1 || depth > DEPTH_MAX);
	stmt = &s->txn[depth][word];
	txn_sql(sql, sizeof(sql), db->mode, depth, word);
	if (!*stmt && sqlite3_prepare_v3(s->h, sql, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) != SQLITE_OK)
		return failed(db, sql);
	if (sqlite3_step(*stmt) != SQLITE_DONE)
		rc = failed(db, sql);
	sqlite3_reset(*stmt);
	return rc;
}

static enum rc sqlite_begin(struct db *db, int depth)
{
	if (depth > 1 && sqlite3_get_autocommit(of(db)->h)) {
		snprintf(db->message, sizeof(db->message), "the transaction around this one is gone");
		return RC_UNAVAILABLE;
	}
	return txn_run(db, depth, TXN_BEGIN);
}

static enum rc sqlite_commit(struct db *db, int depth)
{
	if (sqlite3_get_autocommit(of(db)->h)) {
		/* A full disk or an I/O failure has rolled everything back before. */
		snprintf(db->message, sizeof(db->message),
			 "the transaction was rolled back by an earlier failure");
		return RC_UNAVAILABLE;
	}
	return txn_run(db, depth, TXN_COMMIT);
}

static void sqlite_rollback(struct db *db, int depth)
{
	char message[sizeof(db->message)];

	if (sqlite3_get_autocommit(of(db)->h))
		return;
	/* The reason that led here is worth more than anything the rollback says. */
	memcpy(message, db->message, sizeof(message));
	if (txn_run(db, depth, TXN_ROLLBACK) != RC_OK ||
	    (depth > 1 && txn_run(db, depth, TXN_COMMIT) != RC_OK))
		BUG("cannot roll back: %s", db->message);
	memcpy(db->message, message, sizeof(message));
}

static bool sqlite_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(of(db)->h);
}

/* The write-ahead log. */

static int log_hook(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct sqlite_db *s = arg;

	(void)name;
	s->log_pages = pages;
	if (s->base.mode == DB_WRITE && pages >= CHECKPOINT_PAGES && !(s->base.checkpoints_elsewhere))
		sqlite3_wal_checkpoint_v2(h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	return SQLITE_OK;
}

static int64_t sqlite_log_pages(const struct db *db)
{
	return of(db)->log_pages;
}

static enum rc sqlite_checkpoint_by_itself(struct db *db, bool on)
{
	db->checkpoints_elsewhere = !on;
	return RC_OK;
}

static enum rc sqlite_checkpoint(struct db *db, bool restart)
{
	int mode = restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
	int in_log = 0, done = 0, code;
	sqlite3 *h = of(db)->h;

	sqlite3_busy_timeout(h, CHECKPOINT_BUSY_MS);
	code = sqlite3_wal_checkpoint_v2(h, NULL, mode, &in_log, &done);
	sqlite3_busy_timeout(h, BUSY_MS);
	if (code != SQLITE_OK)
		return failed(db, "checkpoint");
	/* Readers of this moment are a commit or two behind; one far behind is there to stay. */
	if (done + NEARLY_PAGES < in_log) {
		snprintf(db->message, sizeof(db->message), "a reader holds an older state");
		return RC_UNAVAILABLE;
	}
	return RC_OK;
}

/* Checking and copying. */

static enum rc check_with(struct db *db, const char *sql, bool ok_is_row, struct err *err)
{
	sqlite3_stmt *stmt;
	int code;
	const char *finding;

	if (sqlite3_prepare_v2(of(db)->h, sql, -1, &stmt, NULL) != SQLITE_OK)
		return err_set(err, RC_FAILED, 0, "the database is damaged: %s", sqlite3_errmsg(of(db)->h));
	code = sqlite3_step(stmt);
	finding = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
	if (code == SQLITE_DONE || (ok_is_row && finding && strcmp(finding, "ok") == 0)) {
		sqlite3_finalize(stmt);
		return RC_OK;
	}
	if (ok_is_row)
		err_set(err, RC_FAILED, 0, "the database is damaged, restore a backup: %s",
			finding ? finding : sqlite3_errmsg(of(db)->h));
	else
		err_set(err, RC_FAILED, 0, "table %s refers to rows that are not there",
			finding ? finding : "?");
	sqlite3_finalize(stmt);
	return RC_FAILED;
}

static enum rc sqlite_check(struct db *db, struct err *err)
{
	TRY(check_with(db, "PRAGMA integrity_check(1)", true, err));
	return check_with(db, "PRAGMA foreign_key_check", false, err);
}

static enum rc copy_pages(struct db *db, sqlite3 *to, struct err *err)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", of(db)->h, "main");
	int code;

	if (b) {
		/* All at once: one read transaction, so that writers do not make it start anew. */
		code = sqlite3_backup_step(b, -1);
		if (sqlite3_backup_finish(b) == SQLITE_OK && code == SQLITE_DONE)
			return RC_OK;
	}
	return err_set(err, RC_UNAVAILABLE, 0, "the copy could not be written: %s", sqlite3_errmsg(to));
}

static enum rc sqlite_copy_to(struct db *db, const char *path, struct err *err)
{
	sqlite3 *to = NULL;
	enum rc rc;

	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		rc = err_set(err, RC_UNAVAILABLE, 0, "%s cannot be created: %s", path, sqlite3_errmsg(to));
	else
		rc = copy_pages(db, to, err);
	sqlite3_close(to);
	return rc;
}

/* Opening and closing. */

static void sqlite_close(struct db *db)
{
	struct sqlite_db *s = of(db);

	for (size_t i = 0; i < s->n_cached; i++)
		sqlite3_finalize(s->cached[i]);
	for (int depth = 0; depth <= DEPTH_MAX; depth++)
		for (int word = TXN_BEGIN; word <= TXN_ROLLBACK; word++)
			sqlite3_finalize(s->txn[depth][word]);
	if (sqlite3_close(s->h) != SQLITE_OK)
		BUG("a statement outlives its connection: %s", sqlite3_errmsg(s->h));
	free(s);
}

/* What stands in the way of a path, as a sentence; RC_OK when nothing is seen. */
static enum rc explain_path(const char *path, enum db_mode mode, struct err *err)
{
	char copy[4096];
	const char *folder;
	struct stat st;

	if (!*path)
		return err_set(err, RC_INVALID, 0, "the database address has no path: write sqlite:PATH");
	if (strlen(path) >= sizeof(copy))
		return err_set(err, RC_INVALID, 0, "the path of the database is too long");
	if (strcmp(path, ":memory:") == 0)
		return RC_OK;
	snprintf(copy, sizeof(copy), "%s", path);
	folder = dirname(copy);
	if (stat(folder, &st) != 0)
		return err_set(err, RC_INVALID, 0,
			       "the folder %s of the database does not exist: create it first", folder);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, RC_INVALID, 0, "%s is not a folder: choose another path for the database",
			       folder);
	if (stat(path, &st) != 0) {
		if (mode == DB_READ)
			return err_set(err, RC_INVALID, 0, "there is no database %s: create it with "
				       "lapor init --db sqlite:%s", path, path);
	} else if (!S_ISREG(st.st_mode)) {
		return err_set(err, RC_INVALID, 0, "%s is not a file: choose another path for the database",
			       path);
	} else if (access(path, R_OK | (mode == DB_READ ? 0 : W_OK)) != 0) {
		return err_set(err, RC_INVALID, 0, "this user may not %s %s: change its owner or permissions",
			       mode == DB_READ ? "read" : "write to", path);
	}
	if (access(folder, W_OK | X_OK) != 0)
		return err_set(err, RC_INVALID, 0,
			       "this user may not write into the folder %s, where the log of the "
			       "database belongs: change its owner or permissions",
			       folder);
	return RC_OK;
}

static enum rc explain_failure(sqlite3 *h, const char *path, struct err *err)
{
	switch (sqlite3_errcode(h) & 0xff) {
	case SQLITE_NOTADB:
		return err_set(err, RC_INVALID, 0, "%s is not a SQLite database: choose another file", path);
	case SQLITE_CORRUPT:
		return err_set(err, RC_FAILED, 0, "the database %s is damaged: restore a backup", path);
	case SQLITE_FULL:
		return err_set(err, RC_UNAVAILABLE, 0, "no room for the database %s: the disk is full", path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, RC_UNAVAILABLE, 0,
			       "the database %s is held by another program: stop that first", path);
	default:
		return err_set(err, RC_UNAVAILABLE, 0, "the database %s cannot be opened: %s", path,
			       sqlite3_errmsg(h));
	}
}

/* The mapping is small on purpose: its pages count as memory of the process. */
static const char settings_both[] =
	"PRAGMA foreign_keys = ON;"
	"PRAGMA synchronous = FULL;"
	"PRAGMA temp_store = MEMORY;"
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA mmap_size = 33554432;"
	/* Read something, so that a file of another kind is found out here. */
	"PRAGMA schema_version;";
static const char settings_read[] = "PRAGMA query_only = ON; PRAGMA cache_size = -4000;";
static const char settings_write[] =
	"PRAGMA journal_mode = WAL;"
	"PRAGMA journal_size_limit = 67108864;"
	"PRAGMA cache_size = -16000;";

static enum rc set_up(struct sqlite_db *s, const char *path, bool alone, struct err *err)
{
	/* Before the first PRAGMA, which may already meet a lock. */
	sqlite3_busy_timeout(s->h, BUSY_MS);
	sqlite3_extended_result_codes(s->h, 1);
	sqlite3_db_config(s->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* First of all: then the log's index is not shared, and whoever has it open is in the way. */
	if (alone && sqlite3_exec(s->h, "PRAGMA locking_mode = EXCLUSIVE;", NULL, NULL, NULL) != SQLITE_OK)
		return explain_failure(s->h, path, err);
	if (sqlite3_exec(s->h, settings_both, NULL, NULL, NULL) != SQLITE_OK)
		return explain_failure(s->h, path, err);
	if (sqlite3_exec(s->h, s->base.mode == DB_WRITE ? settings_write : settings_read, NULL, NULL, NULL) !=
	    SQLITE_OK)
		return explain_failure(s->h, path, err);
	sqlite3_wal_hook(s->h, log_hook, s);
	return RC_OK;
}

/*
 * Before the first connection: connections are never shared between threads, and without its
 * memory statistics SQLite does not take one lock of all threads at each allocation.
 */
static void configure(void)
{
	/* Too late when a library has used SQLite before: slower then, not wrong. */
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum rc sqlite_open(const char *url, enum db_mode mode, struct db **ret_db, struct err *err)
{
	const char *path = url + strlen("sqlite:");
	static pthread_once_t configured = PTHREAD_ONCE_INIT;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == DB_READ ? 0 : SQLITE_OPEN_CREATE);
	struct sqlite_db *s;
	enum rc rc;

	pthread_once(&configured, configure);
	TRY(explain_path(path, mode, err));
	s = calloc(1, sizeof(*s) + db_query_count * sizeof(s->cached[0]));
	if (!s)
		BUG("out of memory");
	s->n_cached = db_query_count;
	s->base = (struct db){ .driver = &db_sqlite_driver, .mode = mode == DB_READ ? DB_READ : DB_WRITE };
	if (sqlite3_open_v2(path, &s->h, flags, NULL) != SQLITE_OK)
		rc = explain_failure(s->h, path, err);
	else
		rc = set_up(s, path, mode == DB_ALONE, err);
	if (rc != RC_OK) {
		sqlite_close(&s->base);
		return rc;
	}
	*ret_db = &s->base;
	return RC_OK;
}

const struct db_driver db_sqlite_driver = {
	.engine = DB_SQLITE,
	.open = sqlite_open,
	.close = sqlite_close,
	.start = sqlite_start,
	.step = sqlite_step,
	.column = sqlite_column,
	.column_int = sqlite_column_int,
	.finish = sqlite_finish,
	.changed = sqlite_changed,
	.insert_rows = sqlite_insert_rows,
	.script = sqlite_script,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.in_transaction = sqlite_in_transaction,
	.log_pages = sqlite_log_pages,
	.checkpoint_by_itself = sqlite_checkpoint_by_itself,
	.checkpoint = sqlite_checkpoint,
	.check = sqlite_check,
	.copy_to = sqlite_copy_to,
};
