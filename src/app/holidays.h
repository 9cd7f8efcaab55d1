/* SPDX-License-Identifier: Apache-2.0
 * holidays - the working-day calendar of this installation, from the table holiday.
 */
#ifndef APP_HOLIDAYS_H
#define APP_HOLIDAYS_H

#include "app/settings.h"
#include "store/db.h"

/* Reads all holidays and builds the calendar in a; it lives as long as the arena. */
CHECKED enum rc holidays_load(struct db *db, struct arena *a, const struct settings *s, const struct calendar **ret);

#endif
