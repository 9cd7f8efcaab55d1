/* SPDX-License-Identifier: Apache-2.0
 * golden - tests/workflow/golden.txt as a table; tests run in the top folder.
 */
#ifndef WORKFLOW_GOLDEN_H
#define WORKFLOW_GOLDEN_H

#include "unit/support.h"

#include "core/transition.h"

#define STATES (STATE_ARCHIVED + 1)
#define ACTIONS (ACT_OMBUDSMAN_SENT + 1)
#define ROLES (ROLE_COORDINATOR + 1)
#define KEPT 100 /* the golden table's "kept" */

struct golden {
	unsigned char to[STATES][ACTIONS][ROLES]; /* 0: not allowed */
	int lines;
};

static inline enum state state_named(const char *word)
{
	enum state s = STATE_NONE;

	if (strcmp(word, "none") != 0)
		assert_true(state_parse(word, &s));
	return s;
}

static inline void read_line(struct golden *g, const char *line)
{
	char from[32], role_name[32], action_name[32], to[32];
	enum role role;
	enum action action;
	unsigned char *cell;

	assert_int_equal(sscanf(line, "%31s %31s %31s %31s", from, role_name, action_name, to), 4);
	assert_true(role_parse(role_name, &role));
	assert_true(action_parse(action_name, &action));
	cell = &g->to[state_named(from)][action][role];
	if (*cell != 0)
		fail_msg("twice in the golden table: %s", line);
	*cell = strcmp(to, "kept") == 0 ? KEPT : (unsigned char)state_named(to);
	assert_int_not_equal(*cell, 0);
	g->lines++;
}

static inline int read_golden(void **state)
{
	struct golden *g = calloc(1, sizeof(*g));
	FILE *f = fopen("tests/workflow/golden.txt", "r");
	char line[256];

	if (!g || !f)
		return -1;
	while (fgets(line, sizeof(line), f))
		if (line[0] != '#' && line[0] != '\n')
			read_line(g, line);
	fclose(f);
	*state = g;
	return 0;
}

static inline int free_golden(void **state)
{
	free(*state);
	return 0;
}

#endif
