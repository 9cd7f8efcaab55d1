/* SPDX-License-Identifier: Apache-2.0
 * desk_transfers - a report that was sent around, for the desk's report page.
 */
#ifndef WEB_DESK_TRANSFERS_H
#define WEB_DESK_TRANSFERS_H

#include "view/transfers.h"
#include "web/desk_report.h"

/* Sent around as often as it may be, and nobody has decided yet. */
bool desk_transfers_stuck(const struct ctx *c, const struct desk_report_row *r);
void desk_transfers_tell(struct ctx *c, const struct desk_loaded *l, struct desk_transfers *ret);

#endif
