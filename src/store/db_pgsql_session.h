/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql_session - one session with a PostgreSQL server, in libpq's pipeline mode: statements are sent one behind the
 * other, their answers are read when somebody needs one. Included by db_pgsql.c and db_pgsql_session.c only; the
 * one place that knows libpq-fe.h.
 */
#ifndef STORE_DB_PGSQL_SESSION_H
#define STORE_DB_PGSQL_SESSION_H

#include <libpq-fe.h>

#include "store/db_pgsql.h"

#define PGSQL_PARAMS_MAX 64
/* Sent without having seen an answer: so many at most. */
#define PGSQL_SENT_MAX 64

/* Parameters as they travel. Texts and bytes are not copied: they must live until the statement is sent. */
struct pgsql_values {
	Oid type[PGSQL_PARAMS_MAX];
	const char *value[PGSQL_PARAMS_MAX];
	int length[PGSQL_PARAMS_MAX], format[PGSQL_PARAMS_MAX];
	uint64_t number[PGSQL_PARAMS_MAX]; /* integers in network order; value points here */
};

enum pgsql_sent_kind { PGSQL_STATEMENT, PGSQL_AHEAD, PGSQL_PREPARATION, PGSQL_SYNC };

/* Something whose answer was not read yet. */
struct pgsql_sent {
	enum pgsql_sent_kind kind;
	const char *name; /* of the statement, for the message when it fails */
	size_t slot;      /* of a preparation: what it prepares; of one ahead: which */
};

/* Statements sent before anybody asked for their answer: so many at most, by so many numbers. */
#define PGSQL_AHEAD_MAX 8
#define PGSQL_AHEAD_PARAMS 6
struct pgsql_ahead {
	const struct db_query *query; /* NULL: nobody wants the answer any more */
	uint64_t number[PGSQL_AHEAD_PARAMS];
	PGresult *result;             /* once it was read */
};

struct run;

struct pgsql_db {
	struct db base;
	PGconn *h;
	struct run *spare; /* db_pgsql.c's */
	struct pgsql_sent sent[PGSQL_SENT_MAX];
	size_t n_sent;
	struct pgsql_ahead ahead[PGSQL_AHEAD_MAX];
	size_t n_ahead;    /* in this transaction */
	bool is_broken;    /* the session is in an unknown state: open another one */
	bool in_txn;       /* db_pgsql.c began one, though the server may not have heard of it */
	bool has_begun;    /* something was sent in it */
	bool has_answered; /* something was learnt in it: it cannot be begun anew unnoticed */
	bool has_failed;   /* the server refuses all but its end */
	bool owes;         /* statements that nobody waited for may fail yet */
	bool is_clean;     /* nothing was written or locked since the newest of these: */
	int point[SUMS_DEPTH_MAX + 1]; /* by depth: which savepoint a block goes back to; 1: the whole; 0: it wrote nothing */
	size_t n_prepared;
	bool prepared[];   /* by query index, then the PGSQL_OWN */
};

static inline struct pgsql_db *db_pgsql_of(const struct db *db)
{
	return (struct pgsql_db *)db;
}

/* They are kept prepared like all others, behind them. */
#define PGSQL_OWN 3
extern const struct db_query db_pgsql_begin, db_pgsql_commit, db_pgsql_rollback;

bool db_pgsql_is_lost(const struct db *db);
/* Reads what nobody waited for, and sees whether the connection was closed since. */
void db_pgsql_look(struct db *db);
/* A new session in the place of a lost one; RC_OK when it is not lost. */
CHECKED enum rc db_pgsql_revive(struct db *db);
/* Keeps the reason; what: the statement's name or the deed. */
CHECKED enum rc db_pgsql_failed(struct db *db, const char *what, const PGresult *r);

void db_pgsql_bind(struct pgsql_values *v, const struct db_query *q, const struct db_value *params);
/*
 * Sends a statement behind what was sent before. A writer's transaction begins with its first one, a block in it with
 * the first that leaves traces.
 */
CHECKED enum rc db_pgsql_send(struct db *db, const struct db_query *q, const struct pgsql_values *v);
/* The same for a text without parameters. */
CHECKED enum rc db_pgsql_send_text(struct db *db, const char *sql);
/*
 * Reads all answers. The first failure counts, and its statement is named, whichever was sent last. ret: what the last
 * statement gave, to be cleared; NULL after a failure; may be NULL.
 */
CHECKED enum rc db_pgsql_settle(struct db *db, PGresult **ret);
/* The same for a reader who will run it later, by numbers only. Where it cannot be sent, it is not. */
void db_pgsql_send_ahead(struct db *db, const struct db_query *q, const struct pgsql_values *v);
/* What was sent ahead; false: this was not. Settles, where it was not read. */
CHECKED enum rc db_pgsql_take_ahead(struct db *db, const struct db_query *q, const struct pgsql_values *v, PGresult **ret,
				    bool *ret_was_ahead);
void db_pgsql_drop_ahead(struct db *db);
/* Ends a reader's transaction without waiting for the answer. */
void db_pgsql_let_go(struct db *db);

/* Outside of the pipeline, after all answers were read: scripts and COPY. Come back with db_pgsql_enter. */
CHECKED enum rc db_pgsql_leave(struct db *db);
void db_pgsql_enter(struct db *db);
bool db_pgsql_is_ok(const PGresult *r);
/* A text without parameters whose rows nobody wants; may be several statements. */
CHECKED enum rc db_pgsql_command(struct db *db, const char *what, const char *sql);

/* Settings of a fresh connection; then it is in the pipeline. */
CHECKED enum rc db_pgsql_set_up(struct db *db);

#endif
