/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/progress.h"

#include <stdio.h>
#include <unistd.h>

#define WIDTH 40

void progress_begin(struct progress *p, const char *what)
{
	*p = (struct progress){ .what = what, .is_on = isatty(STDERR_FILENO), .shown_permille = -1 };
}

void progress_show(struct progress *p, int permille, int64_t n)
{
	char bar[WIDTH + 1];

	if (!p->is_on || permille == p->shown_permille)
		return;
	for (int i = 0; i < WIDTH; i++)
		bar[i] = i * 1000 / WIDTH < permille ? '#' : '.';
	bar[WIDTH] = '\0';
	fprintf(stderr, "\r%s [%s] %3d %% %lld", p->what, bar, permille / 10, (long long)n);
	fflush(stderr);
	p->shown_permille = permille;
}

void progress_end(struct progress *p)
{
	if (p->is_on && p->shown_permille >= 0)
		fputs("\r\033[K", stderr);
}
