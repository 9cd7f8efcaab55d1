/* SPDX-License-Identifier: Apache-2.0
 * route - routes.def as a table, and which line of it an address means.
 *
 * Literal segments go before {captures}, from the left; no two lines of one method may be alike in all
 * segments (a unit test sees to that). The matching is pure and takes the table as an argument.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/handlers.h"

enum route_access {
	ROUTE_ANYONE,
	ROUTE_SIGNED_IN, /* whoever has an account */
	ROUTE_OFFICERS,  /* those who handle reports */
	ROUTE_STAFF,     /* officers and operators */
	ROUTE_ADMINS,
	ROUTE_INTAKE,    /* what did not come by LAPOR!: intake teams, agency admins, liaisons */
	ROUTE_PERIODIC,  /* those on the way of the periodic report */
	ROUTE_SETTERS,   /* admins and operators: accounts, agencies, holidays */
	ROUTE_OPERATORS,
};
enum route_effect { ROUTE_READS, ROUTE_READS_LATE, ROUTE_WRITES, ROUTE_WRITES_OPEN };

struct route {
	enum method method;
	const char *pattern;
	handler_fn *handler;
	prepare_fn *prepare;
	enum route_access access;
	enum route_effect effect;
	int64_t body_limit;
};

#define ROUTE_CAPTURES_MAX 4
#define ROUTE_SEGMENTS_MAX 16

enum route_found { ROUTE_FOUND, ROUTE_NO_SUCH_PATH, ROUTE_OTHER_METHOD, ROUTE_REMOVE_SLASH };

struct route_match {
	const struct route *route;
	int index;                  /* in the table, for the metrics */
	unsigned methods;           /* of the path, bit 1 << enum method: for Allow */
	size_t n_params;
	struct field params[ROUTE_CAPTURES_MAX];
};

const struct route *route_table(size_t *ret_n);
/* path begins with "/"; captured values and names are copied into a. */
enum route_found route_find(const struct route *table, size_t n, enum method method, const char *path, struct arena *a,
			    struct route_match *ret);
bool route_writes(const struct route *r);
bool route_allows(enum route_access access, enum role role);

#endif
