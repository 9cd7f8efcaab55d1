/* SPDX-License-Identifier: Apache-2.0
 * demo_line - two threads in a line: one makes pieces, the caller's takes them in the same order.
 *
 * Knows nothing of what the pieces are. At most DEMO_LINE_SIDES * DEMO_LINE_PIECES of them wait.
 */
#ifndef CMD_DEMO_LINE_H
#define CMD_DEMO_LINE_H

#include "base/err.h"

#define DEMO_LINE_SIDES 4
#define DEMO_LINE_PIECES 16
#define DEMO_LINE_WAITING (DEMO_LINE_SIDES * DEMO_LINE_PIECES)

struct demo_line {
	int64_t n;                                             /* pieces in all: 0 .. n-1 */
	void (*make)(void *arg, int64_t i);                    /* on the other thread */
	enum rc (*take)(void *arg, int64_t i);
	void *arg;
};

/* Piece i may use the place i % DEMO_LINE_WAITING from make to the end of take. Ends at the first failure of take. */
CHECKED enum rc demo_line_run(const struct demo_line *line);

#endif
