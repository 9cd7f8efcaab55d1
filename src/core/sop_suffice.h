/* SPDX-License-Identifier: Apache-2.0
 * sop_suffice - how many officers an SOP needs so that no time is missed for want of one (core/sop_simulate.h).
 */
#ifndef CORE_SOP_SUFFICE_H
#define CORE_SOP_SUFFICE_H

#include "core/sop_simulate.h"

/*
 * ret: by actor; 0 for one who is never busy. As few as possible, one actor after the other, while no more times are
 * missed than with officers without number. Returns how many are missed even then: no officer can help there.
 */
int sop_suffice_find(struct arena *a, const struct sop_simulate_in *in, int *ret);

#endif
