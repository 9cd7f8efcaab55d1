/* SPDX-License-Identifier: Apache-2.0
 * watch - what a process holds: from /proc.
 */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include <stdbool.h>

enum watched {
	WATCH_OWN_KB, /* anonymous memory: what it allocated, without pages of mapped files, which the kernel may drop */
	WATCH_FILES,
	WATCH_THREADS,
	WATCH_RSS_KB,
	WATCH_PSS_KB,
	WATCH_FIGURES
};

struct watch {
	long held[WATCH_FIGURES];
	double cpu_s;
};

/* False when there is no such process, or it may not be looked at. */
bool watch_read(long pid, struct watch *ret);

#endif
