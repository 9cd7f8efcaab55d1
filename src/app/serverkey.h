/* SPDX-License-Identifier: Apache-2.0
 * serverkey - the installation's secret: made once, kept in the database, so that several servers and a restart
 * agree on what they sealed (CSRF tokens, flash messages).
 */
#ifndef APP_SERVERKEY_H
#define APP_SERVERKEY_H

#include "base/hash.h"
#include "store/db.h"

/* On the writer: makes the key when there is none yet. */
CHECKED enum rc serverkey_load(struct db *db, struct arena *a, struct hash *ret);

#endif
