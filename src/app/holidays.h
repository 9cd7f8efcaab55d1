/* SPDX-License-Identifier: Apache-2.0
 * holidays - the working-day calendar of this installation, from the table holiday.
 *
 * Calendars are kept for a while: by requests, by a round of jobs, by other nodes. So that nobody counts by an old one, the
 * database has a version of it: whoever starts or moves deadlines confirms the calendar first in the transaction, and
 * whoever changes holidays raises the version first. On PostgreSQL each waits for the other to commit.
 */
#ifndef APP_HOLIDAYS_H
#define APP_HOLIDAYS_H

#include "app/ctx.h"
#include "app/settings.h"

/* Reads all holidays and builds the calendar in a; it lives as long as the arena. */
CHECKED enum rc holidays_load(struct db *db, struct arena *a, const struct settings *s, const struct calendar **ret);
/*
 * Before anything is locked: c->calendar is the one in force until the transaction ends. Where it was not, it is loaded
 * anew into c->a.
 */
CHECKED enum rc holidays_confirm(struct ctx *c);
/* The same for who is about to change holidays, and loads them again after that. */
CHECKED enum rc holidays_raise(struct ctx *c);

#endif
