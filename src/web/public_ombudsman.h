/* SPDX-License-Identifier: Apache-2.0
 * public_ombudsman - what pages show of a report's case with the Ombudsman.
 */
#ifndef WEB_PUBLIC_OMBUDSMAN_H
#define WEB_PUBLIC_OMBUDSMAN_H

#include "app/ctx.h"
#include "view/ombudsman.h"

/* State OMBUDSMAN_NONE when there is no case. */
CHECKED enum rc public_ombudsman_shown(struct ctx *c, struct report_id report, const char *ruleset,
				       struct ombudsman_shown *ret);

#endif
