/* SPDX-License-Identifier: Apache-2.0
 * rewrite - the SQL text for each engine.
 *
 * For PostgreSQL: INTEGER is BIGINT, BLOB is BYTEA, "id INTEGER PRIMARY KEY" an identity
 * column, STRICT and WITHOUT ROWID go, and every parameter says its type.
 */
#ifndef GEN_QUERY_REWRITE_H
#define GEN_QUERY_REWRITE_H

#include "query.h"

const char *rewrite_query(const struct query *q, enum engine engine);
const char *rewrite_migration(const struct tokens *all, enum engine engine);

#endif
