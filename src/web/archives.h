/* SPDX-License-Identifier: Apache-2.0
 * archives - reports that left for a yearly archive: where one is that was not found here, and the same handler run there.
 *
 * Archives are read-only databases that each thread opens when it is first asked for something in them (web/worker).
 */
#ifndef WEB_ARCHIVES_H
#define WEB_ARCHIVES_H

#include "web/exchange.h"

/* A handler that found no report of this code: sets c->elsewhere_year when it is in an archive. */
CHECKED enum rc archives_seek_code(struct ctx *c, const char *code);
/* After a handler that found nothing: the same by the number in the address. db: where it looked. */
CHECKED enum rc archives_seek(struct exchange *ex, struct db *db);
/* The address asks for the list of an archive ("/laporan?arsip=2023"): its year, 0 for none. */
int archives_asked(const struct exchange *ex);
/* Runs the handler in that archive, or shows that it is away; c->db is as before afterwards. */
CHECKED enum rc archives_run(struct exchange *ex, int year);

#endif
