/* SPDX-License-Identifier: Apache-2.0
 * bench_load - sends requests to a running server and prints how long the answers took. README.md says how.
 */
#include "modes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ERRORS_SHOWN 5

void tally_answer(struct tally *t, const struct conn *c)
{
	uint64_t now = loop_now();

	hist_add(&t->took, now > c->due_ns ? (now - c->due_ns) / 1000 : 0);
}

void tally_error(struct tally *t, const char *what, const char *why)
{
	static unsigned shown;

	t->errors++;
	if (shown++ < ERRORS_SHOWN)
		fprintf(stderr, "bench_load: %s: %.300s\n", what, why);
}

double tally_own_cpu(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static int usage(void)
{
	fputs("usage: bench_load get URL [--header LINE]... [--clients N] [--seconds S] [--rate R]\n"
	      "       bench_load life --listen HOST:PORT --accounts FILE [--clients N] [--seconds S] [--follow]\n"
	      "       bench_load mixed --listen HOST:PORT --accounts FILE --rate R [--clients N] [--seconds S]\n"
	      "                  [--every S] [--pid PID] [--grow-kb N]\n", stderr);
	return 2;
}

/* A number at least min, else the program ends. */
static double number(const char *word, const char *value, double min)
{
	char *end;
	double n = strtod(value, &end);

	if (*end || end == value || n < min)
		die("%s %s: not a number of at least %g", word, value, min);
	return n;
}

static bool take_word(struct load_words *o, const char *word, const char *value)
{
	if (strcmp(word, "--header") == 0 && o->n_headers < HEADERS_MAX)
		o->header[o->n_headers++] = value;
	else if (strcmp(word, "--listen") == 0)
		o->listen = value;
	else if (strcmp(word, "--accounts") == 0)
		o->accounts = value;
	else if (strcmp(word, "--clients") == 0)
		o->clients = (size_t)number(word, value, 1);
	else if (strcmp(word, "--seconds") == 0)
		o->seconds = number(word, value, 0.01);
	else if (strcmp(word, "--rate") == 0)
		o->rate = number(word, value, 0.01);
	else if (strcmp(word, "--every") == 0)
		o->every = number(word, value, 0.1);
	else if (strcmp(word, "--pid") == 0)
		o->pid = (long)number(word, value, 1);
	else if (strcmp(word, "--grow-kb") == 0)
		o->grow_kb = (long)number(word, value, 0);
	else
		return false;
	return true;
}

static bool read_words(int argc, char **argv, struct load_words *o)
{
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--follow") == 0)
			o->follow = true;
		else if (argv[i][0] != '-' && !o->url)
			o->url = argv[i];
		else if (i + 1 >= argc || !take_word(o, argv[i], argv[i + 1]))
			return false;
		else
			i++;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct load_words o = { .clients = 64, .seconds = 5, .every = 60, .grow_kb = 2048 };
	const char *mode = argc > 1 ? argv[1] : "";

	if (!read_words(argc, argv, &o))
		return usage();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (strcmp(mode, "get") == 0 && o.url)
		return mode_get(&o);
	if (strcmp(mode, "life") == 0 && o.listen && o.accounts)
		return mode_life(&o);
	if (strcmp(mode, "mixed") == 0 && o.listen && o.accounts && o.rate > 0)
		return mode_mixed(&o);
	return usage();
}
