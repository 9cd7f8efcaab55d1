/* SPDX-License-Identifier: Apache-2.0
 * replay ROUNDS FILE...: the main program of a fuzz target without libFuzzer.
 *
 * Gives the target every file as it is, then ROUNDS repeatable mutations of each. A broken promise
 * aborts, or the sanitizers do; the input is then in the file named by FUZZ_LAST.
 */
#include "fuzz.h"
#include "mutate.h"

/* Kept on disk only when asked for: writing each input costs more than running it. */
static void remember(const char *p, size_t n)
{
	const char *path = getenv("FUZZ_LAST");
	FILE *f = path ? fopen(path, "wb") : NULL;

	if (!f)
		return;
	fwrite(p, 1, n, f);
	fclose(f);
}

static void run(const char *p, size_t n)
{
	/* An exact copy, so that reading one byte too far is seen. */
	uint8_t *exact = malloc(n > 0 ? n : 1);

	if (!exact)
		abort();
	if (n > 0)
		memcpy(exact, p, n);
	remember(p, n);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

int main(int argc, char **argv)
{
	char *damaged = malloc(MUTATE_MAX);
	long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0, inputs = 0;

	if (rounds <= 0 || !damaged) {
		fprintf(stderr, "usage: %s ROUNDS FILE...\n", argv[0]);
		free(damaged);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		struct input in = mutate_read(argv[i]);
		uint64_t seed = 7;

		if (!in.p) {
			fprintf(stderr, "%s cannot be read\n", argv[i]);
			free(damaged);
			return 2;
		}
		run(in.p, in.n);
		for (long round = 0; round < rounds; round++)
			run(damaged, mutate(&in, &seed, damaged));
		inputs += rounds + 1;
		free(in.p);
	}
	free(damaged);
	printf("%ld inputs\n", inputs);
	return 0;
}
