/* SPDX-License-Identifier: Apache-2.0
 * cases - one text for several statements that differ in a condition or an order: "-- cases: up down" names them, and
 * what stands in a comment like "up: ORDER BY id" belongs to these only.
 *
 * Their columns are the same; a parameter may be used by some of them only.
 */
#ifndef GEN_QUERY_CASES_H
#define GEN_QUERY_CASES_H

#include "query.h"

struct family *cases_read(const struct query *q, int line, const char *text);
/* The statement in v[from .. to) for case i: its own blocks opened, those of others gone. */
struct tokens cases_pick(const struct query *q, size_t i, const struct tokens *t, size_t from, size_t to);
const char *cases_name(const struct query *q, size_t i);
/* Fails when one has other columns than the first, or another type for a parameter; notes its parameters. */
void cases_check(const struct query *first, const struct query *one);

#endif
