/* SPDX-License-Identifier: Apache-2.0
 * options - the words behind a command: which options and operands it takes, and reading them.
 *
 * A command is one struct command in main.c; nothing else knows the options' names and help texts.
 * Reading is all or nothing: what is wrong is said in one sentence that tells what to do.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdio.h>

#include "base/day.h"

#define OPTIONS_MAX 12
#define OPERANDS_MAX 2
#define MORE_MAX 100
#define REPEATED_MAX 32

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_INT, OPTION_TIME };

struct option {
	const char *name;    /* without the hyphens; NULL ends a list */
	enum option_type type;
	bool required;
	bool repeats;        /* OPTION_TEXT: may be given several times; one option of a command */
	const char *value;   /* what help calls its value: "URL" */
	const char *help;
	int64_t lo, hi;      /* OPTION_INT */
};

/* What was typed, by option. */
struct args {
	const struct command *command;
	struct {
		bool given;
		const char *text;
		int64_t number;
		struct instant time;
	} value[OPTIONS_MAX];
	const char *repeated[REPEATED_MAX]; /* of the option that repeats */
	size_t repeated_n;
	const char *operand[OPERANDS_MAX]; /* NULL when not given */
	const char *more[MORE_MAX];        /* what follows the first of "FILE..." */
	size_t more_n;
};

struct command {
	const char *name;       /* "user add" */
	const char *summary;    /* one line */
	const char *detail;     /* more lines for lapor help COMMAND, or NULL */
	const struct option *options;
	const char *operand[OPERANDS_MAX]; /* "FILE"; "[COMMAND]" may be left out, "FILE..." given several times; NULL: none */
	int (*run)(const struct args *args); /* the exit status */
};

/* False with a sentence in ret_problem. argv holds only what follows the command's name. */
CHECKED bool options_parse(const struct command *command, int argc, char **argv, struct args *ret,
			   char *ret_problem, size_t problem_size);
/* The value of an option of this command; NULL, fallback or unset when it was not given. */
bool options_flag(const struct args *args, const char *name);
const char *options_text(const struct args *args, const char *name);
int64_t options_int(const struct args *args, const char *name, int64_t fallback);
/* --now, or the machine's clock. */
struct instant options_now(const struct args *args);
/* One line "lapor serve --db URL ..." and the help of one command. */
void options_print_usage(const struct command *command, FILE *out);
void options_print_help(const struct command *command, FILE *out);

#endif
