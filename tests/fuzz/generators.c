/* SPDX-License-Identifier: Apache-2.0
 * generators ROUNDS OUTDIR NAME FILE... -- COMMAND...: damaged inputs for a build-time generator.
 *
 * Writes each mutation to OUTDIR/NAME and runs COMMAND. A generator may accept (status 0) or refuse with a
 * sentence (status 1); anything else, or a refusal without a word, is a defect.
 */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mutate.h"

static void write_file(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0) {
		fprintf(stderr, "%s cannot be written\n", path);
		exit(2);
	}
}

/* The exit status, 128 + signal; ret_said: whether it wrote to standard error. */
static int run(char **command, const char *said_path, int *ret_said)
{
	int status = 0, fd = open(said_path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	pid_t pid = fork();

	if (pid == 0) {
		dup2(fd, STDERR_FILENO);
		dup2(fd, STDOUT_FILENO);
		execv(command[0], command);
		_exit(127);
	}
	if (fd < 0 || pid < 0 || waitpid(pid, &status, 0) != pid)
		exit(2);
	*ret_said = lseek(fd, 0, SEEK_END) > 0;
	close(fd);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	int files = 4, last = argc;
	char input[4096], said_path[4096], *damaged = malloc(MUTATE_MAX);
	long rounds = argc > 5 ? strtol(argv[1], NULL, 10) : 0, inputs = 0;
	uint64_t seed = 7;

	for (int i = files; i < argc; i++)
		if (strcmp(argv[i], "--") == 0 && last == argc)
			last = i;
	if (rounds <= 0 || last + 1 >= argc || last == files || !damaged) {
		fprintf(stderr, "usage: generators ROUNDS OUTDIR NAME FILE... -- COMMAND...\n");
		return 2;
	}
	snprintf(input, sizeof(input), "%s/%s", argv[2], argv[3]);
	snprintf(said_path, sizeof(said_path), "%s/said", argv[2]);
	for (; inputs < rounds; inputs++) {
		struct input in =
			mutate_read(argv[files + (int)(mutate_random(&seed) % (unsigned)(last - files))]);
		int said, status;

		if (!in.p)
			return 2;
		write_file(input, damaged, mutate(&in, &seed, damaged));
		free(in.p);
		status = run(argv + last + 1, said_path, &said);
		if (status > 1 || (status == 1 && !said)) {
			fprintf(stderr, "status %d for %s, round %ld\n", status, input, inputs);
			return 1;
		}
	}
	free(damaged);
	printf("%ld inputs\n", inputs);
	return 0;
}
