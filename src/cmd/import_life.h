/* SPDX-License-Identifier: Apache-2.0
 * import_life - an imported row as a report with its history: received, then taken over in the state it has.
 *
 * The export says when a report came in, not when it was closed or by what steps. So a finished one is taken over as of
 * the day it came in (its figures fall on that day), an open one as of now: its clocks start with the import.
 */
#ifndef CMD_IMPORT_LIFE_H
#define CMD_IMPORT_LIFE_H

#include "app/life.h"
#include "cmd/import_match.h"

struct import_target {
	struct agency_id root;
	struct import_place place;
	struct category_id category;
	const char *region_code;
	const char *number, *code, *source_ref;
};

void import_life_make(struct life *l, const struct ctx *c, struct life_tally *tally, const struct lapor_row *row,
		      const struct import_target *t);

#endif
