/* SPDX-License-Identifier: Apache-2.0
 * place_support - where a test's database is: a file in the test's folder, or, with LAPOR_PGSQL (the address of a
 * PostgreSQL of the tests, as tests/pgsql/run.sh sets it), a schema there.
 */
#ifndef PLACE_SUPPORT_H
#define PLACE_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"

static inline bool place_is_pgsql(void)
{
	return getenv("LAPOR_PGSQL") != NULL;
}

/* folder: of mkdtemp, so that its last letters are nobody else's; they name the schema, which is made. */
static inline void place_url(const char *folder, char *out, size_t n)
{
	const char *server = getenv("LAPOR_PGSQL"), *name = strrchr(folder, '-') + 1;
	struct err err = { 0 };
	struct db *db;
	char sql[64];

	if (!server) {
		snprintf(out, n, "sqlite:%s/a.db", folder);
		return;
	}
	snprintf(sql, sizeof(sql), "CREATE SCHEMA IF NOT EXISTS \"u_%s\"", name);
	if (db_open(server, DB_WRITE, &db, &err) != RC_OK)
		fail_msg("%s", err.detail);
	if (db_script(db, sql) != RC_OK)
		fail_msg("%s", db_message(db));
	db_close(db);
	snprintf(out, n, "%s&options=-csearch_path%%3D%%22u_%s%%22", server, name);
}

#endif
