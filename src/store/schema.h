/* SPDX-License-Identifier: Apache-2.0
 * schema - what tools/gen_query made of store/schema and store/queries: every migration and
 * every statement of the program, so that all of them can be applied, prepared and checked.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

struct schema_step {
	int number;         /* from 1, without gaps */
	const char *name;   /* "0001_begin" */
	const char *sql[2]; /* by enum db_engine */
};

extern const struct schema_step schema_steps[];
extern const size_t schema_step_count;

/* By db_query.index. */
extern const struct db_query *const db_queries[];
extern const size_t db_query_count;

#endif
