/* SPDX-License-Identifier: Apache-2.0
 * intake_tell - the messages of an intake, written with the event that they are about. Internal to app.
 */
#ifndef APP_INTAKE_TELL_H
#define APP_INTAKE_TELL_H

#include "app/intake_move.h"

/* Handed over: to those of the node who enter it. */
CHECKED enum rc intake_tell_enterers(const struct intake_move *m);
/* Refused: to the reporter, when there is an address. */
CHECKED enum rc intake_tell_reporter(const struct intake_move *m);

#endif
