/* SPDX-License-Identifier: Apache-2.0
 * params - the parameters of a statement and the C type of each.
 *
 * In this order: "-- arg:", the column it is compared with or stored in, the column of the
 * same name. 0 of a nullable type becomes NULL only where it is stored, or where "-- arg: x
 * TYPE null" asks for it: comparisons see the 0.
 */
#ifndef GEN_QUERY_PARAMS_H
#define GEN_QUERY_PARAMS_H

#include "query.h"
#include "scope.h"

void params_resolve(struct query *q, const struct scope *s);
/* Fails for words that C keeps for itself (resolve.c). */
void resolve_check_name(const struct query *q, const char *name, int line);

#endif
