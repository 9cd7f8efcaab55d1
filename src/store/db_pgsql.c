/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql - the driver for PostgreSQL 15 and later: cursors, transactions, opening.
 *
 * One struct db is one session (db_pgsql_session). One that was lost is opened again when the next transaction begins
 * or with the first statement in it, as long as nothing was learnt from the server; never within one. Writers see each
 * statement's newest committed rows and lock what they decide upon; a reader's transaction sees one moment.
 *
 * In a writer's transaction a statement whose outcome nobody asks for is sent and not waited for: its failure shows at
 * the next one that is waited for, at the latest when its block ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/db_pgsql_session.h"
#include "store/schema.h"

/* A statement from its start to its finish; then kept for the next one. */
struct run {
	PGresult *result; /* NULL until the first step */
	int row;
	struct pgsql_values values;
	struct run *next;
};

/* Statements. */

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

static enum rc pgsql_start(struct db_cursor *cur, const struct db_value *params)
{
	struct run *run = run_take(db_pgsql_of(cur->db));

	db_pgsql_bind(&run->values, cur->query, params);
	cur->stmt = run;
	return RC_OK;
}

static enum rc look_at(struct db_cursor *cur, const PGresult *r)
{
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
	bool was_ahead;

	TRY(db_pgsql_take_ahead(cur->db, cur->query, &run->values, &run->result, &was_ahead));
	if (was_ahead)
		return RC_OK;
	TRY(db_pgsql_send(cur->db, cur->query, &run->values));
	return db_pgsql_settle(cur->db, &run->result);
}

/* Was the session lost so early that this statement may run in a new one as if nothing had been? */
static bool can_go_on(struct db *db, bool was_fresh)
{
	return db_pgsql_is_lost(db) && was_fresh && db_pgsql_revive(db) == RC_OK;
}

/* Outside of a transaction only reading may be done again. */
static bool is_fresh(const struct db *db)
{
	const struct pgsql_db *s = db_pgsql_of(db);

	return s->in_txn ? !s->has_answered && s->n_sent == 0 : db->mode == DB_READ;
}

static enum rc execute(struct db_cursor *cur, struct run *run)
{
	bool was_fresh = is_fresh(cur->db);
	enum rc rc;

	if (cur->db->depth == 0)
		TRY(db_pgsql_revive(cur->db));
	rc = execute_once(cur, run);
	if (rc != RC_OK && can_go_on(cur->db, was_fresh))
		rc = execute_once(cur, run);
	return rc == RC_OK ? look_at(cur, run->result) : rc;
}

static enum rc pgsql_step(struct db_cursor *cur, bool *ret_row)
{
	struct run *run = cur->stmt;

	if (!run->result)
		TRY(execute(cur, run));
	*ret_row = ++run->row < PQntuples(run->result);
	return RC_OK;
}

static enum rc pgsql_exec_unseen(struct db *db, const struct db_query *q, const struct db_value *params)
{
	struct pgsql_values v;

	db_pgsql_bind(&v, q, params);
	TRY(db_pgsql_send(db, q, &v));
	db_pgsql_of(db)->owes = true;
	return RC_OK;
}

static void pgsql_ahead(struct db *db, const struct db_query *q, const struct db_value *params)
{
	struct pgsql_values v;

	db_pgsql_bind(&v, q, params);
	db_pgsql_send_ahead(db, q, &v);
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
	struct pgsql_db *s = db_pgsql_of(cur->db);
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
	PGconn *h = db_pgsql_of(db)->h;
	bool sent = PQputCopyData(h, rows->p, (int)rows->n) == 1;
	PGresult *r;
	enum rc rc = RC_OK;

	if (PQputCopyEnd(h, sent ? NULL : "the rows could not be sent") != 1)
		sent = false;
	while ((r = PQgetResult(h))) {
		if (rc == RC_OK && !db_pgsql_is_ok(r))
			rc = db_pgsql_failed(db, q->name, r);
		PQclear(r);
	}
	return rc == RC_OK && !sent ? db_pgsql_failed(db, q->name, NULL) : rc;
}

static enum rc copy_in(struct db *db, const struct db_query *q, const struct buf *rows)
{
	PGresult *r = PQexec(db_pgsql_of(db)->h, q->sql[DB_PGSQL]);
	enum rc rc = PQresultStatus(r) == PGRES_COPY_IN ? RC_OK : db_pgsql_failed(db, q->name, r);

	PQclear(r);
	return rc == RC_OK ? put_rows(db, q, rows) : rc;
}

/* By COPY, which takes some hundred thousand rows a second. */
static enum rc pgsql_insert_rows(struct db *db, const struct db_query *q, const struct db_value *values, size_t n_rows)
{
	struct buf rows;
	enum rc rc;

	buf_init(&rows, INT32_MAX / 2);
	db_pgsql_copy_rows(&rows, values, (size_t)q->n_params, n_rows);
	BUG_ON(rows.overflow);
	rc = db_pgsql_leave(db);
	if (rc == RC_OK) {
		rc = copy_in(db, q, &rows);
		db_pgsql_enter(db);
	}
	buf_done(&rows);
	return rc;
}

static enum rc pgsql_script(struct db *db, const char *sql)
{
	if (db->depth == 0)
		TRY(db_pgsql_revive(db));
	return db_pgsql_command(db, "script", sql);
}

/* Transactions. */

static bool pgsql_in_transaction(const struct db *db)
{
	return db_pgsql_of(db)->in_txn && !db_pgsql_is_lost(db);
}

/* The server hears of it with the first statement. */
static enum rc begin_outermost(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	db_pgsql_look(db);
	TRY(db_pgsql_revive(db));
	db->message[0] = '\0';
	s->has_begun = s->has_answered = s->has_failed = s->owes = false;
	s->in_txn = s->is_clean = true;
	s->point[1] = 1;
	return RC_OK;
}

static enum rc pgsql_begin(struct db *db, int depth)
{
	struct pgsql_db *s = db_pgsql_of(db);

	/* One use case is over, the next begins. */
	if (depth <= 2)
		db->again = 0;
	if (depth == 1)
		return begin_outermost(db);
	if (!pgsql_in_transaction(db)) {
		snprintf(db->message, sizeof(db->message), "the transaction around this one is gone");
		return RC_UNAVAILABLE;
	}
	/* What fails before it must not be taken for a failure in it. */
	if (s->owes)
		TRY(db_pgsql_settle(db, NULL));
	s->point[depth] = 0;
	return RC_OK;
}

static enum rc commit_outermost(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);
	PGresult *r = NULL;
	enum rc rc;

	if (db->mode == DB_READ || !s->has_begun) {
		db_pgsql_let_go(db);
		s->in_txn = false;
		return RC_OK;
	}
	rc = db_pgsql_send(db, &db_pgsql_commit, NULL);
	if (rc == RC_OK)
		rc = db_pgsql_settle(db, &r);
	if (rc == RC_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		rc = RC_FAILED;
	PQclear(r);
	s->in_txn = PQtransactionStatus(s->h) != PQTRANS_IDLE;
	return rc;
}

static enum rc pgsql_commit(struct db *db, int depth)
{
	struct pgsql_db *s = db_pgsql_of(db);
	char sql[40];

	if (!pgsql_in_transaction(db)) {
		if (!db->message[0])
			snprintf(db->message, sizeof(db->message),
				 "the transaction was rolled back by an earlier failure");
		return RC_UNAVAILABLE;
	}
	/* The COMMIT of a transaction in which something failed is a ROLLBACK that reports success. */
	if (s->has_failed)
		return db->again > 0 ? RC_UNAVAILABLE : RC_FAILED;
	if (depth == 1)
		return commit_outermost(db);
	/* Whoever asked for the block hears now what failed in it. */
	if (s->owes)
		TRY(db_pgsql_settle(db, NULL));
	if (s->point[depth] != depth)
		return RC_OK;
	snprintf(sql, sizeof(sql), "RELEASE SAVEPOINT s%d", depth);
	return db_pgsql_send_text(db, sql);
}

/* To a savepoint, which stays for the blocks that share it. */
static enum rc go_back_to(struct db *db, int point, bool is_over)
{
	char sql[40];

	snprintf(sql, sizeof(sql), "ROLLBACK TO SAVEPOINT s%d", point);
	TRY(db_pgsql_send_text(db, sql));
	snprintf(sql, sizeof(sql), "RELEASE SAVEPOINT s%d", point);
	if (is_over)
		TRY(db_pgsql_send_text(db, sql));
	return db_pgsql_settle(db, NULL);
}

/* The whole of it; what comes after it is another one. */
static enum rc go_back_to_the_beginning(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	if (!s->has_begun)
		return RC_OK;
	TRY(db_pgsql_send(db, &db_pgsql_rollback, NULL));
	TRY(db_pgsql_settle(db, NULL));
	s->has_begun = s->has_answered = false;
	return RC_OK;
}

/* Where a block goes back to; 0: nowhere. One that only read, and failed at it, goes where nothing is lost. */
static int point_of(const struct db *db, int depth)
{
	const struct pgsql_db *s = db_pgsql_of(db);

	if (s->point[depth] == 0 && s->has_failed && s->is_clean)
		while (depth > 1 && s->point[depth] == 0)
			depth--;
	return s->point[depth];
}

static void go_back(struct db *db, int depth)
{
	struct pgsql_db *s = db_pgsql_of(db);
	int point;
	enum rc rc;

	/* What was sent in it and fails now was meant to be undone. */
	if (db_pgsql_settle(db, NULL) != RC_OK && db_pgsql_is_lost(db))
		return;
	point = point_of(db, depth);
	if (point == 0)
		return;
	s->has_failed = false;
	rc = point > 1 ? go_back_to(db, point, point == depth) : go_back_to_the_beginning(db);
	if (rc != RC_OK)
		s->is_broken = true;
	s->is_clean = point != depth || point == 1;
}

static void pgsql_rollback(struct db *db, int depth)
{
	struct pgsql_db *s = db_pgsql_of(db);
	char message[sizeof(db->message)];
	int again = db->again;

	/* The reason that led here is worth more than anything the rollback says. */
	memcpy(message, db->message, sizeof(message));
	if (pgsql_in_transaction(db) && db->mode == DB_WRITE)
		go_back(db, depth);
	else if (depth == 1)
		db_pgsql_let_go(db);
	if (depth == 1)
		s->in_txn = false;
	memcpy(db->message, message, sizeof(message));
	db->again = again;
}

/* A failure that no block has undone leaves nothing to go on with. */
static bool pgsql_is_alive(const struct db *db)
{
	return pgsql_in_transaction(db) && !db_pgsql_of(db)->has_failed;
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
	struct pgsql_db *s = db_pgsql_of(db);

	while (s->spare) {
		struct run *run = s->spare;

		s->spare = run->next;
		free(run);
	}
	db_pgsql_drop_ahead(db);
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
	s = calloc(1, sizeof(*s) + (db_query_count + PGSQL_OWN) * sizeof(s->prepared[0]));
	if (!s)
		BUG("out of memory");
	s->n_prepared = db_query_count + PGSQL_OWN;
	s->base = (struct db){ .driver = &db_pgsql_driver, .mode = mode == DB_READ ? DB_READ : DB_WRITE };
	s->h = connect_to(url);
	if (PQstatus(s->h) != CONNECTION_OK) {
		rc = db_pgsql_explain(s->h ? PQerrorMessage(s->h) : "out of memory", err);
	} else {
		PQsetNoticeProcessor(s->h, take_notice, NULL);
		db_pgsql_enter(&s->base);
		rc = db_pgsql_check_server(&s->base, PQserverVersion(s->h), err);
		if (rc == RC_OK && (rc = db_pgsql_set_up(&s->base)) != RC_OK)
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
	.exec_unseen = pgsql_exec_unseen,
	.ahead = pgsql_ahead,
	.script = pgsql_script,
	.begin = pgsql_begin,
	.commit = pgsql_commit,
	.rollback = pgsql_rollback,
	.in_transaction = pgsql_is_alive,
	.log_pages = pgsql_log_pages,
	.checkpoint_by_itself = pgsql_checkpoint_by_itself,
	.checkpoint = pgsql_checkpoint,
	.check = db_pgsql_check,
	.copy_to = db_pgsql_copy_to,
	.insert_rows = pgsql_insert_rows,
};
