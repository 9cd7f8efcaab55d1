/* SPDX-License-Identifier: Apache-2.0
 * backup - a copy of the whole database while the program runs, checked before it counts.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/db.h"

/*
 * Copies db into the new file path: written beside it as path.part, checked page by page, made
 * durable and only then renamed. Refuses a path that exists. RC_INVALID: the path is the
 * caller's mistake; RC_UNAVAILABLE: disk; RC_FAILED: the copy did not pass the check. Files of
 * reports that are kept in a folder are not part of it.
 */
CHECKED enum rc backup_to(struct db *db, const char *path, struct err *err);

#endif
