/* SPDX-License-Identifier: Apache-2.0
 * cmd_sop - finding an SOP by what stands on the command line.
 */
#ifndef CMD_CMD_SOP_H
#define CMD_CMD_SOP_H

#include "core/sop.h"

/* id: one that comes with lapor, or the path of a file. */
CHECKED enum rc cmd_sop_load(struct arena *a, const char *id, const struct sop **ret, struct err *err);

#endif
