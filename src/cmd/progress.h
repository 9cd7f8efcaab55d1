/* SPDX-License-Identifier: Apache-2.0
 * progress - a bar on standard error while something long runs; nothing when that is not a terminal.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "base/day.h"

struct progress {
	const char *what;
	bool is_on;
	int shown_permille;
};

void progress_begin(struct progress *p, const char *what);
void progress_show(struct progress *p, int permille, int64_t n);
/* Clears the line. */
void progress_end(struct progress *p);

#endif
