/* SPDX-License-Identifier: Apache-2.0
 * demo_life - how one invented report went: who did what when, up to the present.
 *
 * Everything that happens goes through app/life.h; here are only the dice.
 */
#ifndef CMD_DEMO_LIFE_H
#define CMD_DEMO_LIFE_H

#include "app/life.h"
#include "cmd/demo_world.h"

/* number and code must live until it is stored. The life is filled, not stored. */
void demo_life_make(struct life *l, const struct ctx *c, struct life_tally *tally, const struct demo_world *w,
		    struct rand_seq *random, struct instant received_at, struct instant now, const char *number,
		    const char *code);

#endif
