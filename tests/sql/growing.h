/* SPDX-License-Identifier: Apache-2.0
 * growing - which tables grow with what people send in, so that no page may read them from end to end. A new table does,
 * until it is named here.
 */
#ifndef SQL_GROWING_H
#define SQL_GROWING_H

#include <string.h>

#include "base/err.h"

static inline bool is_growing(const char *table)
{
	static const char *const settled[] = { "schema_version", "setting", "agency",	     "category",       "holiday",
					       "sop",		 "sop_use", "ticket_counter", "intake_counter", "queue_count",
					       "archive" };

	for (size_t i = 0; i < ARRAY_LEN(settled); i++)
		if (strcmp(settled[i], table) == 0)
			return false;
	return true;
}

#endif
