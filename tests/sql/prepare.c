/* SPDX-License-Identifier: Apache-2.0
 * sql_prepare - every migration and every query of the program on a real PostgreSQL.
 *
 * Usage: sql_prepare CONNINFO    (an empty database)
 * Runs the migrations, then prepares each query and compares the number and the types of its
 * parameters and columns with what the generated C expects. One test line each.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/migrate.h"
#include "store/schema.h"

/* Stable numbers of PostgreSQL's built-in types. */
enum {
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043,
	OID_NAME = 19
};

static int bad;

static void not_ok(const char *kind, const char *name, const char *why)
{
	printf("not ok - %s %s: %.*s\n", kind, name, (int)strcspn(why, "\n"), why);
	bad = 1;
}

static bool type_fits(char letter, Oid type)
{
	switch (letter) {
	case 'i': return type == OID_INT8 || type == OID_INT4 || type == OID_INT2;
	case 't': return type == OID_TEXT || type == OID_VARCHAR || type == OID_NAME;
	case 'b': return type == OID_BYTEA;
	default: return false;
	}
}

static void run_migrations(PGconn *c)
{
	for (size_t i = 0; i < schema_step_count; i++) {
		PGresult *r = PQexec(c, schema_steps[i].sql[DB_PGSQL]);

		if (PQresultStatus(r) == PGRES_COMMAND_OK)
			printf("ok - migration %s runs on PostgreSQL\n", schema_steps[i].name);
		else
			not_ok("migration", schema_steps[i].name, PQerrorMessage(c));
		PQclear(r);
	}
}

static void compare(const struct db_query *q, const PGresult *d)
{
	char why[200];

	if (PQnparams(d) != q->n_params || PQnfields(d) != q->n_columns) {
		snprintf(why, sizeof(why), "%d parameters and %d columns, expected are %d and %d",
			 PQnparams(d), PQnfields(d), q->n_params, q->n_columns);
		not_ok("query", q->name, why);
		return;
	}
	for (int i = 0; q->column_types && i < q->n_columns; i++) {
		if (type_fits(q->column_types[i], PQftype(d, i)))
			continue;
		snprintf(why, sizeof(why),
			 "column %s has PostgreSQL's type %u, expected is '%c' (i integer, t text, "
			 "b bytes)",
			 PQfname(d, i), PQftype(d, i), q->column_types[i]);
		not_ok("query", q->name, why);
		return;
	}
	for (int i = 0; q->param_types && i < q->n_params; i++) {
		if (type_fits(q->param_types[i], PQparamtype(d, i)))
			continue;
		snprintf(why, sizeof(why), "parameter %d has PostgreSQL's type %u, expected is '%c'", i + 1,
			 PQparamtype(d, i), q->param_types[i]);
		not_ok("query", q->name, why);
		return;
	}
	printf("ok - query %s is prepared on PostgreSQL with the types of its C\n", q->name);
}

static void prepare(PGconn *c, const struct db_query *q)
{
	PGresult *r = PQprepare(c, q->name, q->sql[DB_PGSQL], 0, NULL);

	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		not_ok("query", q->name, PQerrorMessage(c));
		PQclear(r);
		return;
	}
	PQclear(r);
	r = PQdescribePrepared(c, q->name);
	if (PQresultStatus(r) == PGRES_COMMAND_OK)
		compare(q, r);
	else
		not_ok("query", q->name, PQerrorMessage(c));
	PQclear(r);
}

int main(int argc, char **argv)
{
	PGconn *c = argc == 2 ? PQconnectdb(argv[1]) : NULL;

	if (!c || PQstatus(c) != CONNECTION_OK) {
		not_ok("connection to", "PostgreSQL", c ? PQerrorMessage(c) : "usage: sql_prepare CONNINFO");
		return 1;
	}
	run_migrations(c);
	prepare(c, &migrate_count_tables);
	for (size_t i = 0; i < db_query_count; i++)
		prepare(c, db_queries[i]);
	PQfinish(c);
	return bad;
}
