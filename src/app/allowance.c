/* SPDX-License-Identifier: Apache-2.0 */
#include "app/allowance.h"

#include "query_allowance.h"

enum rc allowance_add(struct db *db, struct arena *a, struct allowance_use *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct allowance_add_row row;

		TRY(q_allowance_add(db, a, &(struct allowance_add_args){
			.who = list[i].who, .now = list[i].now, .each_ms = list[i].each_ms }, &row));
		list[i].full_at = row.full_at;
	}
	return RC_OK;
}
