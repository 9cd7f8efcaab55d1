/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql - the driver for PostgreSQL 15 and later, the only file that knows libpq-fe.h.
 *
 * One struct db is one session. Statements are prepared by their name on first use; values travel in binary, both
 * ways. A session that was lost is opened again when the next transaction begins (a reader's: with the next
 * statement), never within one. Writers see each statement's newest committed rows and lock what they
 * decide upon; a reader's transaction sees one moment.
 */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/db_pgsql.h"
#include "store/schema.h"

#define PARAMS_MAX 64
/* How often a use case that lost a race is worth running again. */
#define AGAIN_DEADLOCK 8
#define AGAIN_UNIQUE 1

/* A statement from its start to its finish; then kept for the next one. */
struct run {
	PGresult *result; /* NULL until the first step */
	int row;
	Oid type[PARAMS_MAX];
	const char *value[PARAMS_MAX];
	int length[PARAMS_MAX], format[PARAMS_MAX];
	uint64_t number[PARAMS_MAX]; /* integers in network order; value points here */
	struct run *next;
};

struct pgsql_db {
	struct db base;
	PGconn *h;
	struct run *spare;
	bool is_broken; /* the session is in an unknown state: open another one */
	size_t n_prepared;
	bool prepared[]; /* by query index */
};

static struct pgsql_db *of(const struct db *db)
{
	return (struct pgsql_db *)db;
}

/* Failures. */

static bool is_lost(const struct db *db)
{
	return of(db)->is_broken || PQstatus(of(db)->h) != CONNECTION_OK;
}

static void note_race(struct db *db, const char *state)
{
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		db->again = AGAIN_DEADLOCK;
	else if (strcmp(state, "23505") == 0 && db->again < AGAIN_UNIQUE)
		db->again = AGAIN_UNIQUE;
}

/*
 * Keeps the reason; what: the query's name or the deed. Only PostgreSQL's first line is taken, and not even that
 * where it may quote a value (class 22).
 */
static enum rc failed(struct db *db, const char *what, const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (!state || is_lost(db)) {
		snprintf(db->message, sizeof(db->message), "%s: the connection to PostgreSQL was lost", what);
		return RC_UNAVAILABLE;
	}
	note_race(db, state);
	/* What follows the first failure in a transaction tells nothing new. */
	if (strcmp(state, "25P02") == 0 && db->message[0])
		return RC_FAILED;
	if (strncmp(state, "22", 2) == 0 || !text)
		text = "a value was refused";
	snprintf(db->message, sizeof(db->message), "%s: %s (%s)", what, text, state);
	return db_pgsql_rc(state);
}

static bool is_ok(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* A text without parameters whose rows nobody wants. */
static enum rc command(struct db *db, const char *what, const char *sql)
{
	PGresult *r = PQexec(of(db)->h, sql);
	enum rc rc = is_ok(r) ? RC_OK : failed(db, what, r);

	PQclear(r);
	return rc;
}

/* Sessions. */

/*
 * The timeouts hold unless the address or the role has others. What was committed is on the disk: a server that was
 * told to be careless is not believed.
 */
static const char settings_both[] =
	"SET client_min_messages = warning; SET jit = off;"
	"SELECT set_config(s.name, s.value, false) FROM (VALUES ('statement_timeout', '30s'), ('lock_timeout', '10s'),"
	" ('idle_in_transaction_session_timeout', '300s')) AS s (name, value)"
	" WHERE current_setting(s.name) = '0';"
	"SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';";
static const char settings_read[] = "SET default_transaction_read_only = on;";
static const char settings_write[] = "SET default_transaction_isolation = 'read committed';";

static enum rc set_up(struct db *db)
{
	TRY(command(db, "settings", settings_both));
	return command(db, "settings", db->mode == DB_READ ? settings_read : settings_write);
}

/* A new session in the place of a lost one. */
static enum rc revive(struct db *db)
{
	struct pgsql_db *s = of(db);
	enum rc rc;

	if (!is_lost(db))
		return RC_OK;
	PQreset(s->h);
	s->is_broken = false;
	memset(s->prepared, 0, s->n_prepared * sizeof(s->prepared[0]));
	if (PQstatus(s->h) != CONNECTION_OK) {
		snprintf(db->message, sizeof(db->message), "PostgreSQL cannot be reached");
		return RC_UNAVAILABLE;
	}
	rc = set_up(db);
	if (rc != RC_OK)
		s->is_broken = true;
	return rc;
}

/* Reading outside of a transaction may be done again in a new session. */
static bool can_go_on(struct db *db)
{
	return is_lost(db) && db->depth == 0 && db->mode == DB_READ && revive(db) == RC_OK;
}

/* Statements. */

static bool is_kept(const struct db *db, const struct db_query *q)
{
	return q->index >= 0 && (size_t)q->index < of(db)->n_prepared && q->param_types;
}

static enum rc prepare(struct db *db, const struct db_query *q)
{
	struct pgsql_db *s = of(db);
	Oid types[PARAMS_MAX];
	PGresult *r;
	enum rc rc;

	if (!is_kept(db, q) || s->prepared[q->index])
		return RC_OK;
	for (int i = 0; i < q->n_params; i++)
		types[i] = db_pgsql_type(q->param_types[i]);
	r = PQprepare(s->h, q->name, q->sql[DB_PGSQL], q->n_params, types);
	rc = is_ok(r) ? RC_OK : failed(db, q->name, r);
	PQclear(r);
	s->prepared[q->index] = rc == RC_OK;
	return rc;
}

static struct run *run_take(struct pgsql_db *s)
{
	struct run *run = s->spare;

	if (run)
		s->spare = run->next;
	else
		run = malloc(sizeof(*run));
	if (!run)
		BUG("out of memory");
	run->result = NULL;
	run->row = -1;
	return run;
}

/* Texts and bytes are not copied: the caller's live until the statement has finished. */
static void bind(struct run *run, int i, const struct db_value *v)
{
	run->format[i] = 1;
	run->length[i] = (int)v->n;
	run->value[i] = v->p ? v->p : "";
	switch (v->type) {
	case DB_NULL:
		run->type[i] = 0;
		run->value[i] = NULL;
		break;
	case DB_INT:
		run->type[i] = TYPE_INT8;
		run->number[i] = htobe64((uint64_t)v->i);
		run->value[i] = (const char *)&run->number[i];
		run->length[i] = sizeof(run->number[i]);
		break;
	case DB_TEXT: run->type[i] = TYPE_TEXT; break;
	case DB_BLOB: run->type[i] = TYPE_BYTEA; break;
	}
}

static enum rc pgsql_start(struct db_cursor *cur, const struct db_value *params)
{
	struct pgsql_db *s = of(cur->db);
	struct run *run;
	enum rc rc;

	BUG_ON(cur->query->n_params > PARAMS_MAX);
	if (cur->db->depth == 0)
		TRY(revive(cur->db));
	rc = prepare(cur->db, cur->query);
	if (rc != RC_OK && can_go_on(cur->db))
		rc = prepare(cur->db, cur->query);
	if (rc != RC_OK)
		return rc;
	run = run_take(s);
	for (int i = 0; i < cur->query->n_params; i++)
		bind(run, i, &params[i]);
	cur->stmt = run;
	return RC_OK;
}

static enum rc look_at(struct db_cursor *cur, const PGresult *r)
{
	if (!is_ok(r))
		return failed(cur->db, cur->query->name, r);
	for (int i = 0; i < PQnfields(r); i++) {
		if (db_pgsql_is_readable(PQftype(r, i)))
			continue;
		snprintf(cur->db->message, sizeof(cur->db->message), "%s: column %d has a type that is not read: %u",
			 cur->query->name, i + 1, PQftype(r, i));
		return RC_FAILED;
	}
	return RC_OK;
}

static enum rc execute_once(struct db_cursor *cur, struct run *run)
{
	const struct db_query *q = cur->query;
	PGconn *h = of(cur->db)->h;
	enum rc rc;

	TRY(prepare(cur->db, q));
	if (is_kept(cur->db, q))
		run->result = PQexecPrepared(h, q->name, q->n_params, run->value, run->length, run->format, 1);
	else
		run->result = PQexecParams(h, q->sql[DB_PGSQL], q->n_params, run->type, run->value, run->length,
					   run->format, 1);
	rc = look_at(cur, run->result);
	if (rc != RC_OK) {
		PQclear(run->result);
		run->result = NULL;
	}
	return rc;
}

static enum rc pgsql_step(struct db_cursor *cur, bool *ret_row)
{
	struct run *run = cur->stmt;
	enum rc rc = RC_OK;

	if (!run->result) {
		rc = execute_once(cur, run);
		if (rc != RC_OK && can_go_on(cur->db))
			rc = execute_once(cur, run);
	}
	if (rc == RC_OK)
		*ret_row = ++run->row < PQntuples(run->result);
	return rc;
}

static int64_t pgsql_column_int(struct db_cursor *cur, int i)
{
	const struct run *run = cur->stmt;

	if (PQgetisnull(run->result, run->row, i))
		return 0;
	return db_pgsql_int(PQgetvalue(run->result, run->row, i), PQftype(run->result, i));
}

static struct db_value pgsql_column(struct db_cursor *cur, int i)
{
	const struct run *run = cur->stmt;
	Oid type = PQftype(run->result, i);
	const char *p = PQgetvalue(run->result, run->row, i);
	size_t n = (size_t)PQgetlength(run->result, run->row, i);

	if (PQgetisnull(run->result, run->row, i))
		return (struct db_value){ .type = DB_NULL };
	return db_pgsql_value(cur->arena, type, p, n);
}

static void pgsql_finish(struct db_cursor *cur)
{
	struct pgsql_db *s = of(cur->db);
	struct run *run = cur->stmt;

	PQclear(run->result);
	run->next = s->spare;
	s->spare = run;
}

static int64_t pgsql_changed(struct db_cursor *cur)
{
	struct run *run = cur->stmt;
	const char *n = PQcmdTuples(run->result);

	return *n ? strtoll(n, NULL, 10) : 0;
}

/* The server may refuse what it was given so far at any time, or only at the end. */
static enum rc put_rows(struct db *db, const struct db_query *q, const struct buf *rows)
{
	PGconn *h = of(db)->h;
	bool sent = PQputCopyData(h, rows->p, (int)rows->n) == 1;
	PGresult *r;
	enum rc rc = RC_OK;

	if (PQputCopyEnd(h, sent ? NULL : "the rows could not be sent") != 1)
		sent = false;
	while ((r = PQgetResult(h))) {
		if (rc == RC_OK && !is_ok(r))
			rc = failed(db, q->name, r);
		PQclear(r);
	}
	return rc == RC_OK && !sent ? failed(db, q->name, NULL) : rc;
}

/* By COPY, which takes some hundred thousand rows a second. */
static enum rc pgsql_insert_rows(struct db *db, const struct db_query *q, const struct db_value *values, size_t n_rows)
{
	PGresult *r = PQexec(of(db)->h, q->sql[DB_PGSQL]);
	enum rc rc = PQresultStatus(r) == PGRES_COPY_IN ? RC_OK : failed(db, q->name, r);
	struct buf rows;

	PQclear(r);
	if (rc != RC_OK)
		return rc;
	buf_init(&rows, INT32_MAX / 2);
	db_pgsql_copy_rows(&rows, values, (size_t)q->n_params, n_rows);
	BUG_ON(rows.overflow);
	rc = put_rows(db, q, &rows);
	buf_done(&rows);
	return rc;
}

static enum rc pgsql_script(struct db *db, const char *sql)
{
	if (db->depth == 0)
		TRY(revive(db));
	return command(db, "script", sql);
}

/* Transactions. */

static bool pgsql_in_transaction(const struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(of(db)->h);

	return !is_lost(db) && status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

static enum rc begin_outermost(struct db *db)
{
	const char *sql = db->mode == DB_READ ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
	enum rc rc;

	db->again = 0;
	db->message[0] = '\0';
	TRY(revive(db));
	rc = command(db, "BEGIN", sql);
	/* The server went away and came back since the last one: nothing was done yet. */
	if (rc != RC_OK && is_lost(db) && revive(db) == RC_OK)
		rc = command(db, "BEGIN", sql);
	return rc;
}

static enum rc pgsql_begin(struct db *db, int depth)
{
	char sql[40];

	if (depth == 1)
		return begin_outermost(db);
	if (!pgsql_in_transaction(db)) {
		snprintf(db->message, sizeof(db->message), "the transaction around this one is gone");
		return RC_UNAVAILABLE;
	}
	snprintf(sql, sizeof(sql), "SAVEPOINT s%d", depth);
	return command(db, sql, sql);
}

/* The COMMIT of a transaction in which something failed is a ROLLBACK that reports success. */
static enum rc commit_outermost(struct db *db)
{
	PGresult *r;
	enum rc rc = RC_OK;

	if (PQtransactionStatus(of(db)->h) == PQTRANS_INERROR)
		return db->again > 0 ? RC_UNAVAILABLE : RC_FAILED;
	r = PQexec(of(db)->h, "COMMIT");
	if (!is_ok(r))
		rc = failed(db, "COMMIT", r);
	else if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
		rc = RC_FAILED;
	PQclear(r);
	return rc;
}

static enum rc pgsql_commit(struct db *db, int depth)
{
	char sql[40];

	if (!pgsql_in_transaction(db)) {
		if (!db->message[0])
			snprintf(db->message, sizeof(db->message),
				 "the transaction was rolled back by an earlier failure");
		return RC_UNAVAILABLE;
	}
	if (depth == 1)
		return commit_outermost(db);
	snprintf(sql, sizeof(sql), "RELEASE SAVEPOINT s%d", depth);
	return command(db, sql, sql);
}

static void pgsql_rollback(struct db *db, int depth)
{
	char sql[80], message[sizeof(db->message)];

	if (!pgsql_in_transaction(db))
		return;
	/* The reason that led here is worth more than anything the rollback says. */
	memcpy(message, db->message, sizeof(message));
	if (depth == 1)
		snprintf(sql, sizeof(sql), "ROLLBACK");
	else
		snprintf(sql, sizeof(sql), "ROLLBACK TO SAVEPOINT s%d; RELEASE SAVEPOINT s%d", depth, depth);
	if (command(db, "rollback", sql) != RC_OK)
		of(db)->is_broken = true;
	memcpy(db->message, message, sizeof(message));
}

/* PostgreSQL keeps its own log. */

static int64_t pgsql_log_pages(const struct db *db)
{
	(void)db;
	return 0;
}

static enum rc pgsql_checkpoint_by_itself(struct db *db, bool on)
{
	(void)db;
	(void)on;
	return RC_OK;
}

static enum rc pgsql_checkpoint(struct db *db, bool restart)
{
	(void)db;
	(void)restart;
	return RC_OK;
}

/* Opening and closing. */

static void pgsql_close(struct db *db)
{
	struct pgsql_db *s = of(db);

	while (s->spare) {
		struct run *run = s->spare;

		s->spare = run->next;
		free(run);
	}
	PQfinish(s->h);
	free(s);
}

static void take_notice(void *arg, const char *text)
{
	(void)arg;
	log_debug("PostgreSQL: %.*s", (int)strcspn(text, "\n"), text);
}

/* libpq's sentence may repeat the address with its password, so it is not passed on. */
static enum rc check_address(const char *url, struct err *err)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(url, &why);

	PQfreemem(why);
	if (options) {
		PQconninfoFree(options);
		return RC_OK;
	}
	return err_set(err, RC_INVALID, 0, "the database address is not understood: write "
		       "postgresql://USER@HOST:PORT/DATABASE, special letters as %%XX");
}

static PGconn *connect_to(const char *url)
{
	/* What the address says comes later and wins. */
	static const char *const names[] = { "connect_timeout", "application_name", "keepalives_idle",
					     "keepalives_interval", "keepalives_count", "tcp_user_timeout",
					     "dbname", "client_encoding", NULL };
	const char *values[] = { "5", "lapor", "15", "5", "3", "20000", url, "UTF8", NULL };

	return PQconnectdbParams(names, values, 1);
}

static enum rc pgsql_open(const char *url, enum db_mode mode, struct db **ret_db, struct err *err)
{
	struct pgsql_db *s;
	enum rc rc;

	TRY(check_address(url, err));
	s = calloc(1, sizeof(*s) + db_query_count * sizeof(s->prepared[0]));
	if (!s)
		BUG("out of memory");
	s->n_prepared = db_query_count;
	s->base = (struct db){ .driver = &db_pgsql_driver, .mode = mode == DB_READ ? DB_READ : DB_WRITE };
	s->h = connect_to(url);
	if (PQstatus(s->h) != CONNECTION_OK) {
		rc = db_pgsql_explain(s->h ? PQerrorMessage(s->h) : "out of memory", err);
	} else {
		PQsetNoticeProcessor(s->h, take_notice, NULL);
		rc = db_pgsql_check_server(&s->base, PQserverVersion(s->h), err);
		if (rc == RC_OK && (rc = set_up(&s->base)) != RC_OK)
			err_set(err, rc, 0, "PostgreSQL refuses its settings: %s", s->base.message);
		if (rc == RC_OK && mode == DB_ALONE)
			rc = db_pgsql_check_alone(&s->base, err);
	}
	if (rc != RC_OK) {
		pgsql_close(&s->base);
		return rc;
	}
	*ret_db = &s->base;
	return RC_OK;
}

const struct db_driver db_pgsql_driver = {
	.engine = DB_PGSQL,
	.open = pgsql_open,
	.close = pgsql_close,
	.start = pgsql_start,
	.step = pgsql_step,
	.column = pgsql_column,
	.column_int = pgsql_column_int,
	.finish = pgsql_finish,
	.changed = pgsql_changed,
	.script = pgsql_script,
	.begin = pgsql_begin,
	.commit = pgsql_commit,
	.rollback = pgsql_rollback,
	.in_transaction = pgsql_in_transaction,
	.log_pages = pgsql_log_pages,
	.checkpoint_by_itself = pgsql_checkpoint_by_itself,
	.checkpoint = pgsql_checkpoint,
	.check = db_pgsql_check,
	.copy_to = db_pgsql_copy_to,
	.insert_rows = pgsql_insert_rows,
};
