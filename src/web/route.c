/* SPDX-License-Identifier: Apache-2.0 */
#include "web/route.h"

#include <string.h>

static const struct route routes[] = {
#define ROUTE(method, path, handler, prepare, access, effect, limit) \
	{ METHOD_##method, path, handler, prepare, ROUTE_##access, ROUTE_##effect, limit },
#include "web/routes.def"
#undef ROUTE
};

const struct route *route_table(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(routes);
	return routes;
}

/* Lower is better: the leftmost segment weighs most, a capture costs one. False when it does not match. */
static bool match(const char *pattern, const char *path, unsigned *ret_cost)
{
	unsigned cost = 0, weight = 1U << (ROUTE_SEGMENTS_MAX - 1);

	while (*pattern == '/' && *path == '/') {
		size_t want = strcspn(++pattern, "/"), got = strcspn(++path, "/");

		if (*pattern == '{') {
			if (got == 0)
				return false;
			cost += weight;
		} else if (want != got || memcmp(pattern, path, got) != 0) {
			return false;
		}
		weight >>= 1;
		pattern += want;
		path += got;
	}
	*ret_cost = cost;
	return *pattern == '\0' && *path == '\0';
}

static void capture(struct route_match *m, const char *path, struct arena *a)
{
	const char *pattern = m->route->pattern;

	while (*pattern == '/') {
		size_t want = strcspn(++pattern, "/"), got = strcspn(++path, "/");

		if (*pattern == '{') {
			BUG_ON(m->n_params == ROUTE_CAPTURES_MAX);
			m->params[m->n_params++] = (struct field){
				.name = arena_strndup(a, pattern + 1, want - 2),
				.value = arena_strndup(a, path, got),
			};
		}
		pattern += want;
		path += got;
	}
}

enum route_found route_find(const struct route *table, size_t n, enum method method, const char *path, struct arena *a,
			    struct route_match *ret)
{
	unsigned best = UINT32_MAX, cost;
	size_t path_n = strlen(path);

	*ret = (struct route_match){ .index = -1 };
	for (size_t i = 0; i < n; i++) {
		if (!match(table[i].pattern, path, &cost))
			continue;
		ret->methods |= 1U << table[i].method;
		if (table[i].method == method && cost < best) {
			best = cost;
			ret->route = &table[i];
			ret->index = (int)i;
		}
	}
	if (ret->route) {
		capture(ret, path, a);
		return ROUTE_FOUND;
	}
	if (ret->methods != 0)
		return ROUTE_OTHER_METHOD;
	if (path_n > 1 && path[path_n - 1] == '/' && path[path_n - 2] != '/') {
		struct route_match shorter;
		const char *without = arena_strndup(a, path, path_n - 1);

		if (route_find(table, n, method, without, a, &shorter) == ROUTE_FOUND)
			return ROUTE_REMOVE_SLASH;
	}
	return ROUTE_NO_SUCH_PATH;
}

bool route_allows(enum route_access access, enum role role)
{
	bool is_admin = role == ROLE_NATIONAL_ADMIN || role == ROLE_AGENCY_ADMIN;

	bool is_officer = is_admin || role == ROLE_LIAISON || role == ROLE_UNIT_OFFICER || role == ROLE_OPD_HEAD ||
			  role == ROLE_COORDINATOR || role == ROLE_OVERSIGHT;
	bool is_intake = role == ROLE_INTAKE || role == ROLE_OPD_INTAKE;
	bool is_head = role == ROLE_SECTION_HEAD || role == ROLE_DIVISION_HEAD || role == ROLE_OFFICE_HEAD ||
		       role == ROLE_REGENT;

	switch (access) {
	case ROUTE_ANYONE: return true;
	case ROUTE_SIGNED_IN: return is_officer || is_intake || is_head || role == ROLE_OPERATOR || role == ROLE_CITIZEN;
	case ROUTE_OFFICERS: return is_officer;
	case ROUTE_STAFF: return is_officer || is_intake || is_head || role == ROLE_OPERATOR;
	case ROUTE_INTAKE: return is_intake || role == ROLE_AGENCY_ADMIN || role == ROLE_LIAISON;
	case ROUTE_PERIODIC: return is_head || role == ROLE_AGENCY_ADMIN || role == ROLE_COORDINATOR;
	case ROUTE_ADMINS: return is_admin;
	case ROUTE_SETTERS: return is_admin || role == ROLE_OPERATOR;
	case ROUTE_OPERATORS: return role == ROLE_OPERATOR;
	}
	return false;
}

bool route_writes(const struct route *r)
{
	return r->effect == ROUTE_WRITES || r->effect == ROUTE_WRITES_OPEN;
}
