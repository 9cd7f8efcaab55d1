/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql - what the parts of the driver for PostgreSQL share: types and values as they travel, what is asked of a
 * server, and what failures mean. Included by db_pgsql*.c only.
 */
#ifndef STORE_DB_PGSQL_H
#define STORE_DB_PGSQL_H

#include "base/buf.h"
#include "store/driver.h"

/* Stable numbers of PostgreSQL's built-in types. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_NAME = 19,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_VARCHAR = 1043,
};

/* Of a parameter, by its letter in db_query. */
unsigned db_pgsql_type(char letter);
/* Can a column of this type be read? */
bool db_pgsql_is_readable(unsigned type);
/* A column's n bytes as they came. */
int64_t db_pgsql_int(const char *p, unsigned type);
struct db_value db_pgsql_value(struct arena *a, unsigned type, const char *p, size_t n);

/* Rows as COPY ... (FORMAT binary) takes them. */
void db_pgsql_copy_rows(struct buf *b, const struct db_value *values, size_t n_columns, size_t n_rows);

/* db_pgsql_server.c: is this server, and the database in it, one that can be worked with? */
CHECKED enum rc db_pgsql_check_server(struct db *db, int version, struct err *err);
/* For DB_ALONE: no other lapor is connected to the database; one that is just ending is waited for. */
CHECKED enum rc db_pgsql_check_alone(struct db *db, struct err *err);
CHECKED enum rc db_pgsql_check(struct db *db, struct err *err);
CHECKED enum rc db_pgsql_copy_to(struct db *db, const char *path, struct err *err);

/* What an SQLSTATE comes to. */
CHECKED enum rc db_pgsql_rc(const char *state);
/* libpq's text about a connection that failed: as a sentence that says what to do. */
CHECKED enum rc db_pgsql_explain(const char *text, struct err *err);

#endif
