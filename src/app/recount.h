/* SPDX-License-Identifier: Apache-2.0
 * recount - deadlines that still run, counted anew: a cuti bersama that is announced late moves them.
 *
 * What has ended stays as it was judged then. The reason (rule, start, limit, pauses) does not change, so every due
 * day stays explainable. What moved is told in the history of the report, with the day that moved it.
 */
#ifndef APP_RECOUNT_H
#define APP_RECOUNT_H

#include "app/ctx.h"

/*
 * In the caller's transaction, with the new calendar in c; old: the one that they were counted by. ret_moved: clocks
 * whose due day changed.
 */
CHECKED enum rc recount_deadlines(struct ctx *c, const struct calendar *old, int64_t *ret_moved);

#endif
