/* SPDX-License-Identifier: Apache-2.0
 * almanac - the calendar that requests use: read again when its holidays changed, by an officer on this
 * node, on another one, or from the command line.
 *
 * A calendar is immutable and shared by threads; the one before stays valid for those who still use it.
 */
#ifndef WEB_ALMANAC_H
#define WEB_ALMANAC_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/settings.h"
#include "base/hash.h"
#include "store/db.h"

#define ALMANAC_KEPT 16 /* calendars that stay valid after a newer one came */

struct almanac {
	pthread_mutex_t lock;
	_Atomic(const struct calendar *) current;
	atomic_uint_fast64_t looked_us; /* when the table was looked at last, 0: look at once */
	struct hash rows;               /* of what current was made from; all zero: unknown */
	struct arena *arenas[ALMANAC_KEPT];
	size_t next;
};

void almanac_init(struct almanac *m, const struct calendar *first);
void almanac_done(struct almanac *m);
const struct calendar *almanac_current(struct almanac *m);
/* Looks at the table holiday once in a while, and makes a new calendar when it changed. */
void almanac_refresh(struct almanac *m, struct db *db, const struct settings *s, uint64_t now_us);
/* Holidays were just changed here: the next request looks. */
void almanac_expire(struct almanac *m);

#endif
