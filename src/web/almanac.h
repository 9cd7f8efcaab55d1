/* SPDX-License-Identifier: Apache-2.0
 * almanac - what requests share and seldom changes: the calendar, the shelf of SOPs, the directory of agencies and
 * categories, the figures of days that are over; read again when their rows changed, on this node, on another one, or
 * from the command line.
 *
 * All are immutable and shared by threads; those before stay valid for those who still use them.
 */
#ifndef WEB_ALMANAC_H
#define WEB_ALMANAC_H

#include <pthread.h>
#include <stdatomic.h>

#include "app/archive.h"
#include "app/settings.h"
#include "base/hash.h"
#include "core/sop_shelf.h"
#include "store/db.h"
#include "web/directory.h"
#include "web/figures_past.h"

#define ALMANAC_KEPT 16 /* that stay valid after a newer one came */

struct almanac_part {
	_Atomic(const void *) current;
	struct hash rows;               /* of what current was made from; all zero: unknown */
	struct arena *arenas[ALMANAC_KEPT];
	size_t next;
};

struct almanac {
	pthread_mutex_t lock;
	atomic_uint_fast64_t looked_us; /* when the tables were looked at last, 0: look at once */
	struct almanac_part calendar, sops, directory, archives, figures;
};

void almanac_init(struct almanac *m, const struct calendar *calendar, const struct sop_shelf *sops);
void almanac_done(struct almanac *m);
const struct calendar *almanac_calendar(struct almanac *m);
const struct sop_shelf *almanac_sops(struct almanac *m);
const struct directory *almanac_directory(struct almanac *m); /* NULL before the first refresh */
const struct archive_years *almanac_archives(struct almanac *m); /* the same */
const struct figures_past *almanac_figures(struct almanac *m); /* the same */
/* Looks at the tables once in a while, and takes what changed. */
void almanac_refresh(struct almanac *m, struct db *db, const struct settings *s, struct instant now, uint64_t now_us);
/* Something that was changed here is committed: the next request looks. */
void almanac_expire(struct almanac *m);

#endif
