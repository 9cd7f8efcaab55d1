/* SPDX-License-Identifier: Apache-2.0
 * migrate - numbered schema changes (store/schema/NNNN_*.sql), embedded into the binary.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

/* The number of the newest migration this binary knows. */
int migrate_latest(void);
enum migrate_state { MIGRATE_EMPTY, MIGRATE_OURS, MIGRATE_HALF_COPIED, MIGRATE_FOREIGN };
CHECKED enum rc migrate_look(struct db *db, enum migrate_state *ret);
/* 0 for an empty database. */
CHECKED enum rc migrate_version(struct db *db, int *ret_version, struct err *err);
/* Brings the database to migrate_latest(), each step in a transaction; refuses a newer one. */
CHECKED enum rc migrate_up(struct db *db, struct err *err);
/* For serving: RC_OK only when the version is exactly migrate_latest(). */
CHECKED enum rc migrate_check(struct db *db, struct err *err);

/* Tables, and whether schema_version is one of them. Not generated: each engine lists tables its own way. */
extern const struct db_query migrate_count_tables;

#endif
