/* SPDX-License-Identifier: Apache-2.0
 * demo_intake - the weeks before the present of what came by other ways than LAPOR!, at every node that has a team for it.
 */
#ifndef CMD_DEMO_INTAKE_H
#define CMD_DEMO_INTAKE_H

#include "cmd/command.h"

/* Needs the accounts, the calendar and the SOPs; by the same use cases as the pages. Where nobody takes in, nothing. */
CHECKED enum rc demo_intake_make(struct session *s);

#endif
