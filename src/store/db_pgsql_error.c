/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql_error - what failures of PostgreSQL mean here, and what a person can do about them.
 */
#include <string.h>

#include "store/db_pgsql.h"

enum rc db_pgsql_rc(const char *state)
{
	static const char *const away[] = {
		"08",    /* connection */
		"25006", /* read only */
		"40",    /* serialization failure, deadlock */
		"53",    /* disk full, too many connections */
		"55P03", /* lock_timeout */
		"57",    /* statement_timeout, shutdown */
		"58",    /* I/O */
	};

	if (strcmp(state, "23505") == 0)
		return RC_CONFLICT;
	for (size_t i = 0; i < ARRAY_LEN(away); i++)
		if (strncmp(state, away[i], strlen(away[i])) == 0)
			return RC_UNAVAILABLE;
	return RC_FAILED;
}

/* What a failed connection means and what to do; the texts are those of PostgreSQL 15 in English. */
static const struct sign {
	const char *text;
	enum rc rc;
	const char *says;
} signs[] = {
	{ "password authentication failed", RC_INVALID,
	  "PostgreSQL refused the password: look at the user and the password in --db, PGPASSWORD or ~/.pgpass" },
	{ "no password supplied", RC_INVALID,
	  "PostgreSQL asks for a password: put it into ~/.pgpass (or PGPASSWORD) of the user that runs lapor" },
	{ "authentication failed", RC_INVALID,
	  "PostgreSQL does not let this user in: look at the user in --db and at the server's pg_hba.conf" },
	{ "no pg_hba.conf entry", RC_INVALID,
	  "PostgreSQL does not let this user in from here: add a line to the server's pg_hba.conf" },
	{ "role \"", RC_INVALID, "PostgreSQL has no such user: make it with createuser, or correct --db" },
	{ "database \"", RC_INVALID,
	  "there is no such database on the server: make it with createdb --template=template0 --locale=C "
	  "--encoding=UTF8, or correct --db" },
	{ "could not translate host name", RC_INVALID, "the host in --db is not known: correct its name" },
	{ "invalid ", RC_INVALID, "the database address has a port or an option with an impossible value: correct --db" },
	{ "starting up", RC_UNAVAILABLE, "PostgreSQL is starting up: try again in a moment" },
	{ "shutting down", RC_UNAVAILABLE, "PostgreSQL is shutting down: try again later" },
	{ "too many", RC_UNAVAILABLE, "PostgreSQL has no free connections: raise its max_connections" },
	{ "Connection refused", RC_UNAVAILABLE,
	  "PostgreSQL does not answer there: start the server, or correct host and port in --db" },
	{ "No such file or directory", RC_UNAVAILABLE,
	  "PostgreSQL does not answer there: start the server, or correct host and port in --db" },
	{ "timeout expired", RC_UNAVAILABLE,
	  "PostgreSQL does not answer in time: look at the server and the network to it" },
};

enum rc db_pgsql_explain(const char *text, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (strstr(text, signs[i].text))
			return err_set(err, signs[i].rc, 0, "%s", signs[i].says);
	return err_set(err, RC_UNAVAILABLE, 0, "PostgreSQL cannot be reached: %.*s", (int)strcspn(text, "\n"), text);
}
