/* SPDX-License-Identifier: Apache-2.0
 * Statements are prepared by their name on first use; values travel in binary, both ways.
 *
 * A reader's transaction is what lies between two Syncs: neither BEGIN nor COMMIT is needed, and each statement is
 * flushed alone. A writer's has a BEGIN, which allows savepoints, and each reading of answers ends with a Sync, so that
 * the server knows that the session idles in a transaction and ends it when that lasts.
 */
#include "store/db_pgsql_session.h"

#include <endian.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "store/schema.h"

/* How often a use case that lost a race is worth running again. */
#define AGAIN_DEADLOCK 8
#define AGAIN_UNIQUE 1
/* What one statement may need beside itself: BEGIN with its preparation, its own, the Sync. */
#define SENT_ROOM 5

#define OWN(n, text) { .name = "txn_" #n, .index = -1, .param_types = "", .sql = { NULL, text } }
const struct db_query db_pgsql_begin = OWN(begin, "BEGIN");
const struct db_query db_pgsql_commit = OWN(commit, "COMMIT");
const struct db_query db_pgsql_rollback = OWN(rollback, "ROLLBACK");

/* Failures. */

bool db_pgsql_is_lost(const struct db *db)
{
	return db_pgsql_of(db)->is_broken || PQstatus(db_pgsql_of(db)->h) != CONNECTION_OK;
}

static void note_race(struct db *db, const char *state)
{
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		db->again = AGAIN_DEADLOCK;
	else if (strcmp(state, "23505") == 0 && db->again < AGAIN_UNIQUE)
		db->again = AGAIN_UNIQUE;
}

static enum rc lost(struct db *db, const char *what)
{
	snprintf(db->message, sizeof(db->message), "%s: the connection to PostgreSQL was lost", what);
	return RC_UNAVAILABLE;
}

/* Only PostgreSQL's first line is taken, and not even that where it may quote a value (class 22). */
enum rc db_pgsql_failed(struct db *db, const char *what, const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (!state || db_pgsql_is_lost(db))
		return lost(db, what);
	note_race(db, state);
	if (strncmp(state, "22", 2) == 0 || !text)
		text = "a value was refused";
	snprintf(db->message, sizeof(db->message), "%s: %s (%s)", what, text, state);
	return db_pgsql_rc(state);
}

bool db_pgsql_is_ok(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static enum rc cannot_send(struct db *db, const char *what)
{
	db_pgsql_of(db)->is_broken = true;
	return lost(db, what);
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
/* A page sees one moment. */
static const char settings_read[] =
	"SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read';";
static const char settings_write[] = "SET default_transaction_isolation = 'read committed';";

enum rc db_pgsql_set_up(struct db *db)
{
	TRY(db_pgsql_command(db, "settings", settings_both));
	return db_pgsql_command(db, "settings", db->mode == DB_READ ? settings_read : settings_write);
}

enum rc db_pgsql_revive(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);
	bool in_txn = s->in_txn;
	enum rc rc;

	if (!db_pgsql_is_lost(db))
		return RC_OK;
	db_pgsql_drop_ahead(db);
	PQreset(s->h);
	s->is_broken = s->has_failed = s->in_txn = false;
	s->n_sent = 0;
	memset(s->prepared, 0, s->n_prepared * sizeof(s->prepared[0]));
	if (PQstatus(s->h) != CONNECTION_OK) {
		snprintf(db->message, sizeof(db->message), "PostgreSQL cannot be reached");
		return RC_UNAVAILABLE;
	}
	rc = db_pgsql_set_up(db);
	if (rc != RC_OK)
		s->is_broken = true;
	s->in_txn = in_txn;
	s->has_begun = s->has_answered = s->owes = false;
	return rc;
}

/* Sending. */

void db_pgsql_bind(struct pgsql_values *v, const struct db_query *q, const struct db_value *params)
{
	BUG_ON(q->n_params > PGSQL_PARAMS_MAX);
	for (int i = 0; i < q->n_params; i++) {
		const struct db_value *p = &params[i];

		v->format[i] = 1;
		v->length[i] = (int)p->n;
		v->value[i] = p->p ? p->p : "";
		switch (p->type) {
		case DB_NULL:
			v->type[i] = 0;
			v->value[i] = NULL;
			break;
		case DB_INT:
			v->type[i] = TYPE_INT8;
			v->number[i] = htobe64((uint64_t)p->i);
			v->value[i] = (const char *)&v->number[i];
			v->length[i] = sizeof(v->number[i]);
			break;
		case DB_TEXT: v->type[i] = TYPE_TEXT; break;
		case DB_BLOB: v->type[i] = TYPE_BYTEA; break;
		}
	}
}

/* Where it is kept prepared; n_prepared: nowhere. */
static size_t slot_of(const struct pgsql_db *s, const struct db_query *q)
{
	const struct db_query *const own[PGSQL_OWN] = { &db_pgsql_begin, &db_pgsql_commit, &db_pgsql_rollback };

	for (size_t i = 0; i < PGSQL_OWN; i++)
		if (q == own[i])
			return db_query_count + i;
	return q->index >= 0 && (size_t)q->index < db_query_count && q->param_types ? (size_t)q->index : s->n_prepared;
}

static void note_sent(struct pgsql_db *s, enum pgsql_sent_kind kind, const char *name, size_t slot)
{
	BUG_ON(s->n_sent == PGSQL_SENT_MAX);
	s->sent[s->n_sent++] = (struct pgsql_sent){ kind, name, slot };
}

static enum rc prepare(struct db *db, const struct db_query *q, size_t slot)
{
	struct pgsql_db *s = db_pgsql_of(db);
	Oid types[PGSQL_PARAMS_MAX];

	if (s->prepared[slot])
		return RC_OK;
	for (int i = 0; i < q->n_params; i++)
		types[i] = db_pgsql_type(q->param_types[i]);
	if (!PQsendPrepare(s->h, q->name, q->sql[DB_PGSQL], q->n_params, types))
		return cannot_send(db, q->name);
	note_sent(s, PGSQL_PREPARATION, q->name, slot);
	s->prepared[slot] = true;
	return RC_OK;
}

static enum rc send_one(struct db *db, const struct db_query *q, const struct pgsql_values *v)
{
	static const struct pgsql_values none;
	struct pgsql_db *s = db_pgsql_of(db);
	size_t slot = slot_of(s, q);
	int ok;

	if (!v)
		v = &none;
	if (slot < s->n_prepared) {
		TRY(prepare(db, q, slot));
		ok = PQsendQueryPrepared(s->h, q->name, q->n_params, v->value, v->length, v->format, 1);
	} else {
		ok = PQsendQueryParams(s->h, q->sql[DB_PGSQL], q->n_params, v->type, v->value, v->length, v->format, 1);
	}
	if (!ok)
		return cannot_send(db, q->name);
	note_sent(s, PGSQL_STATEMENT, q->name, 0);
	return RC_OK;
}

static bool is_in_writing(const struct db *db)
{
	return db_pgsql_of(db)->in_txn && db->mode != DB_READ;
}

/* Would it be missed if the block were begun anew behind it? */
static bool leaves_traces(const struct db_query *q)
{
	return q->writes || strstr(q->sql[DB_PGSQL], " FOR ");
}

/* What follows a failure tells nothing new. */
static enum rc still_failed(struct db *db, const char *what)
{
	if (!db->message[0])
		snprintf(db->message, sizeof(db->message), "%s: the transaction has failed before", what);
	return RC_FAILED;
}

/*
 * The savepoint of the block that is about to write. Blocks of which none has written yet share one, and where nothing
 * was written since an older one, that one: a use case alone in its transaction needs none.
 */
static enum rc set_point(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);
	int first = db->depth, point;
	char sql[40];

	while (first > 1 && s->point[first - 1] == 0)
		first--;
	if (s->point[db->depth] == 0) {
		point = s->is_clean ? s->point[first - 1] : first;
		snprintf(sql, sizeof(sql), "SAVEPOINT s%d", point);
		if (point == first)
			TRY(db_pgsql_send_text(db, sql));
		for (int depth = first; depth <= db->depth; depth++)
			s->point[depth] = point;
	}
	s->is_clean = false;
	return RC_OK;
}

enum rc db_pgsql_send(struct db *db, const struct db_query *q, const struct pgsql_values *v)
{
	struct pgsql_db *s = db_pgsql_of(db);

	if (db_pgsql_is_lost(db))
		return lost(db, q->name);
	if (s->has_failed || (db->depth > 0 && !s->in_txn))
		return still_failed(db, q->name);
	if (s->n_sent + SENT_ROOM > PGSQL_SENT_MAX)
		TRY(db_pgsql_settle(db, NULL));
	if (is_in_writing(db) && !s->has_begun)
		TRY(send_one(db, &db_pgsql_begin, NULL));
	s->has_begun = true;
	if (is_in_writing(db) && leaves_traces(q))
		TRY(set_point(db));
	return send_one(db, q, v);
}

enum rc db_pgsql_send_text(struct db *db, const char *sql)
{
	const struct db_query q = { .name = sql, .index = -1, .sql = { NULL, sql } };

	return db_pgsql_send(db, &q, NULL);
}

/* Answers. */

/* In the pipeline each answer but a Sync's is followed by nothing, which has to be read as well. */
static PGresult *take_answer(struct pgsql_db *s, const struct pgsql_sent *x)
{
	PGresult *r = PQgetResult(s->h), *more;

	while (r && x->kind != PGSQL_SYNC && (more = PQgetResult(s->h)))
		PQclear(more);
	return r;
}

static enum rc judge(struct db *db, const struct pgsql_sent *x, const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	bool ok = x->kind == PGSQL_SYNC ? status == PGRES_PIPELINE_SYNC : db_pgsql_is_ok(r);

	if (ok)
		return RC_OK;
	if (x->kind == PGSQL_PREPARATION)
		db_pgsql_of(db)->prepared[x->slot] = false;
	/* It was not run because of one before it, which has told why. */
	if (status == PGRES_PIPELINE_ABORTED && db_pgsql_of(db)->has_failed)
		return RC_FAILED;
	db_pgsql_of(db)->has_failed = true;
	return db_pgsql_failed(db, x->name, r);
}

static enum rc read_answers(struct db *db, PGresult **ret)
{
	struct pgsql_db *s = db_pgsql_of(db);
	PGresult *last = NULL;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->n_sent && !db_pgsql_is_lost(db); i++) {
		PGresult *r = take_answer(s, &s->sent[i]);
		enum rc found = judge(db, &s->sent[i], r);

		if (rc == RC_OK)
			rc = found;
		if (s->sent[i].kind == PGSQL_STATEMENT) {
			PQclear(last);
			last = r;
		} else if (s->sent[i].kind == PGSQL_AHEAD && s->ahead[s->sent[i].slot].query) {
			s->ahead[s->sent[i].slot].result = r;
		} else {
			PQclear(r);
		}
	}
	s->n_sent = 0;
	if (rc == RC_OK && db_pgsql_is_lost(db))
		rc = lost(db, "answer");
	if (rc != RC_OK || !ret) {
		PQclear(last);
		last = NULL;
	}
	if (ret)
		*ret = last;
	return rc;
}

static enum rc sync(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	if (!PQpipelineSync(s->h))
		return cannot_send(db, "sync");
	note_sent(s, PGSQL_SYNC, "sync", 0);
	return RC_OK;
}

enum rc db_pgsql_settle(struct db *db, PGresult **ret)
{
	struct pgsql_db *s = db_pgsql_of(db);
	bool is_page = s->in_txn && db->mode == DB_READ;
	enum rc rc;

	if (ret)
		*ret = NULL;
	if (s->n_sent == 0)
		return RC_OK;
	if (!is_page)
		TRY(sync(db));
	else if (!PQsendFlushRequest(s->h))
		return cannot_send(db, "flush");
	rc = read_answers(db, ret);
	s->owes = false;
	s->has_answered = s->has_answered || s->in_txn;
	/* The server tells with the answer to a Sync. */
	if (!is_page)
		s->has_failed = PQtransactionStatus(s->h) == PQTRANS_INERROR;
	return rc;
}

void db_pgsql_look(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);
	struct pollfd p = { .fd = PQsocket(s->h), .events = POLLIN };

	if (db_pgsql_is_lost(db) || (s->n_sent > 0 && read_answers(db, NULL) != RC_OK))
		return;
	/* Nothing more is expected, so that whatever comes is a farewell. */
	if (poll(&p, 1, 0) > 0 && !PQconsumeInput(s->h))
		s->is_broken = true;
}

void db_pgsql_let_go(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	db_pgsql_drop_ahead(db);
	if (s->has_begun && !db_pgsql_is_lost(db) && sync(db) != RC_OK)
		s->is_broken = true;
	s->has_failed = false;
}

/* Ahead. */

/* Behind an answer of the same transaction, so that a session that was lost before it can still be begun anew. */
void db_pgsql_send_ahead(struct db *db, const struct db_query *q, const struct pgsql_values *v)
{
	struct pgsql_db *s = db_pgsql_of(db);
	bool is_fit = q->n_params <= PGSQL_AHEAD_PARAMS && s->n_ahead < PGSQL_AHEAD_MAX;

	for (int i = 0; is_fit && i < q->n_params; i++)
		is_fit = v->type[i] == TYPE_INT8;
	if (!is_fit || !s->in_txn || !s->has_answered || s->has_failed || db_pgsql_send(db, q, v) != RC_OK)
		return;
	s->ahead[s->n_ahead] = (struct pgsql_ahead){ .query = q };
	memcpy(s->ahead[s->n_ahead].number, v->number, (size_t)q->n_params * sizeof(v->number[0]));
	s->sent[s->n_sent - 1].kind = PGSQL_AHEAD;
	s->sent[s->n_sent - 1].slot = s->n_ahead++;
}

static struct pgsql_ahead *find_ahead(struct pgsql_db *s, const struct db_query *q, const struct pgsql_values *v)
{
	for (size_t i = 0; i < s->n_ahead; i++) {
		bool is_it = s->ahead[i].query == q;

		for (int k = 0; is_it && k < q->n_params; k++)
			is_it = v->type[k] == TYPE_INT8 && v->number[k] == s->ahead[i].number[k];
		if (is_it)
			return &s->ahead[i];
	}
	return NULL;
}

enum rc db_pgsql_take_ahead(struct db *db, const struct db_query *q, const struct pgsql_values *v, PGresult **ret,
			    bool *ret_was_ahead)
{
	struct pgsql_db *s = db_pgsql_of(db);
	struct pgsql_ahead *a = s->has_failed || db_pgsql_is_lost(db) ? NULL : find_ahead(s, q, v);

	*ret_was_ahead = a != NULL;
	if (!a)
		return RC_OK;
	if (!a->result)
		TRY(db_pgsql_settle(db, NULL));
	*ret = a->result;
	*a = (struct pgsql_ahead){ .query = NULL };
	return RC_OK;
}

void db_pgsql_drop_ahead(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	for (size_t i = 0; i < s->n_ahead; i++) {
		PQclear(s->ahead[i].result);
		s->ahead[i] = (struct pgsql_ahead){ .query = NULL };
	}
	s->n_ahead = 0;
}

/* Outside of the pipeline. */

enum rc db_pgsql_leave(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	if (db_pgsql_is_lost(db))
		return lost(db, "script");
	if (s->has_failed)
		return still_failed(db, "script");
	BUG_ON(s->in_txn && db->mode == DB_READ);
	if (s->in_txn && !s->has_begun)
		TRY(send_one(db, &db_pgsql_begin, NULL));
	s->has_begun = true;
	if (s->in_txn)
		TRY(set_point(db));
	TRY(db_pgsql_settle(db, NULL));
	if (PQpipelineStatus(s->h) != PQ_PIPELINE_OFF && !PQexitPipelineMode(s->h))
		return cannot_send(db, "script");
	return RC_OK;
}

void db_pgsql_enter(struct db *db)
{
	struct pgsql_db *s = db_pgsql_of(db);

	s->has_answered = true;
	s->has_failed = PQtransactionStatus(s->h) == PQTRANS_INERROR;
	/* A script may end what it ran in. */
	s->in_txn = s->in_txn && PQtransactionStatus(s->h) != PQTRANS_IDLE;
	if (!db_pgsql_is_lost(db) && !PQenterPipelineMode(s->h))
		s->is_broken = true;
}

enum rc db_pgsql_command(struct db *db, const char *what, const char *sql)
{
	PGresult *r;
	enum rc rc;

	TRY(db_pgsql_leave(db));
	r = PQexec(db_pgsql_of(db)->h, sql);
	rc = db_pgsql_is_ok(r) ? RC_OK : db_pgsql_failed(db, what, r);
	PQclear(r);
	db_pgsql_enter(db);
	return rc;
}
