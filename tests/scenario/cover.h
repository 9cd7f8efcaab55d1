/* SPDX-License-Identifier: Apache-2.0
 * cover - which steps and branches of SOPs a story really went through, read from what it left in its world.
 *
 * A step counts when one of its roles did one of its acts on something that ran by that SOP and was at that step; a
 * branch when what takes it was done there. Nothing a title says counts.
 */
#ifndef SCENARIO_COVER_H
#define SCENARIO_COVER_H

#include "world.h"

/*
 * Prints "# covers STORY tjt-20#2 tjt-20#2e/1 ..." (a branch by its number) when there is anything. False, with why set:
 * it cannot be read.
 */
bool cover_print(struct world *w, const char *story);

#endif
