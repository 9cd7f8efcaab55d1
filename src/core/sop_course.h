/* SPDX-License-Identifier: Apache-2.0
 * sop_course - can an SOP be run as it says (core/sop_run.h)? Part of lint: what is never reached, never ended, never
 * taken or never allowed is an error.
 *
 * A document may stop before the answer, and leave out what is done at the centre: the national way goes on there (E17).
 */
#ifndef CORE_SOP_COURSE_H
#define CORE_SOP_COURSE_H

#include "core/sop_lint.h"

void sop_course_check(struct arena *a, const struct sop *s, struct sop_findings *found);

#endif
