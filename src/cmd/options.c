/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/options.h"

#include <string.h>

#include "base/parse.h"

static int find(const struct command *command, const char *name, size_t n)
{
	for (int i = 0; command->options[i].name; i++)
		if (strlen(command->options[i].name) == n && strncmp(command->options[i].name, name, n) == 0)
			return i;
	return -1;
}

static int index_of(const struct args *args, const char *name)
{
	int i = find(args->command, name, strlen(name));

	BUG_ON(i < 0 || i >= OPTIONS_MAX);
	return i;
}

/* Reads the value of one option; false when it is of the wrong type. */
static bool read_value(const struct option *o, const char *text, struct args *ret, int i)
{
	ret->value[i].given = true;
	ret->value[i].text = text;
	switch (o->type) {
	case OPTION_FLAG:
	case OPTION_TEXT:
		return true;
	case OPTION_INT:
		return parse_int(text, o->lo, o->hi, &ret->value[i].number);
	case OPTION_TIME:
		return instant_parse(text, &ret->value[i].time);
	}
	return false;
}

static void say_wrong_value(const struct option *o, const char *text, char *out, size_t size)
{
	switch (o->type) {
	case OPTION_INT:
		snprintf(out, size, "--%s needs a whole number from %lld to %lld, not \"%.60s\"", o->name,
			 (long long)o->lo, (long long)o->hi, text);
		break;
	case OPTION_TIME:
		snprintf(out, size, "--%s needs a time like 2026-11-22T14:05:00+07:00 or \"2026-11-22 14:05 WIB\","
			 " not \"%.60s\"", o->name, text);
		break;
	case OPTION_FLAG:
	case OPTION_TEXT:
		snprintf(out, size, "--%s takes no value", o->name);
		break;
	}
}

/* One "--name", "--name=value" or "--name value"; returns how many words it took, 0 when wrong. */
static int read_option(int argc, char **argv, struct args *ret, char *problem, size_t size)
{
	const struct command *command = ret->command;
	const char *name = argv[0] + 2, *equals = strchr(name, '=');
	size_t n = equals ? (size_t)(equals - name) : strlen(name);
	int i = find(command, name, n), used = 1;
	const char *text = equals ? equals + 1 : NULL;

	if (i < 0) {
		snprintf(problem, size, "there is no option --%.*s; \"lapor help %s\" lists them", (int)(n < 40 ? n : 40),
			 name, command->name);
		return 0;
	}
	if (ret->value[i].given && (!command->options[i].repeats || ret->repeated_n == REPEATED_MAX)) {
		snprintf(problem, size, "--%s is given twice; leave one out", command->options[i].name);
		return 0;
	}
	if (command->options[i].type != OPTION_FLAG && !text) {
		if (argc < 2 || strncmp(argv[1], "--", 2) == 0) {
			snprintf(problem, size, "--%s needs a value: --%s %s", command->options[i].name,
				 command->options[i].name, command->options[i].value);
			return 0;
		}
		text = argv[1];
		used = 2;
	}
	if ((command->options[i].type == OPTION_FLAG && text) ||
	    !read_value(&command->options[i], text, ret, i)) {
		say_wrong_value(&command->options[i], text, problem, size);
		return 0;
	}
	if (command->options[i].repeats)
		ret->repeated[ret->repeated_n++] = text;
	return used;
}

static bool check_complete(const struct args *args, char *problem, size_t size)
{
	const struct command *command = args->command;

	for (int i = 0; command->options[i].name; i++) {
		if (command->options[i].required && !args->value[i].given) {
			snprintf(problem, size, "--%s %s is missing; \"lapor help %s\" explains it",
				 command->options[i].name, command->options[i].value, command->name);
			return false;
		}
	}
	for (int i = 0; i < OPERANDS_MAX; i++) {
		if (command->operand[i] && command->operand[i][0] != '[' && !args->operand[i]) {
			snprintf(problem, size, "%s is missing; \"lapor help %s\" explains it", command->operand[i],
				 command->name);
			return false;
		}
	}
	return true;
}

static bool takes_several(const char *operand)
{
	size_t n = strlen(operand);

	return n > 3 && strcmp(operand + n - 3, "...") == 0;
}

bool options_parse(const struct command *command, int argc, char **argv, struct args *ret, char *ret_problem,
		   size_t problem_size)
{
	int operands = 0;
	bool only_operands = false;

	*ret = (struct args){ .command = command };
	for (int i = 0; i < argc;) {
		if (!only_operands && strcmp(argv[i], "--") == 0) {
			only_operands = true;
			i++;
		} else if (!only_operands && strncmp(argv[i], "--", 2) == 0) {
			int used = read_option(argc - i, argv + i, ret, ret_problem, problem_size);

			if (used == 0)
				return false;
			i += used;
		} else if (!only_operands && argv[i][0] == '-' && argv[i][1] != '\0') {
			snprintf(ret_problem, problem_size, "options begin with two hyphens: \"%.40s\" is unknown",
				 argv[i]);
			return false;
		} else if (operands < OPERANDS_MAX && command->operand[operands]) {
			ret->operand[operands++] = argv[i++];
		} else if (operands > 0 && ret->more_n < MORE_MAX && takes_several(command->operand[operands - 1])) {
			ret->more[ret->more_n++] = argv[i++];
		} else {
			snprintf(ret_problem, problem_size, "\"%.60s\" is one word too many; \"lapor help %s\" shows the"
				 " form", argv[i], command->name);
			return false;
		}
	}
	return check_complete(ret, ret_problem, problem_size);
}

bool options_flag(const struct args *args, const char *name)
{
	return args->value[index_of(args, name)].given;
}

const char *options_text(const struct args *args, const char *name)
{
	return args->value[index_of(args, name)].text;
}

int64_t options_int(const struct args *args, const char *name, int64_t fallback)
{
	int i = index_of(args, name);

	return args->value[i].given ? args->value[i].number : fallback;
}

struct instant options_now(const struct args *args)
{
	int i = index_of(args, "now");

	return args->value[i].given ? args->value[i].time : instant_now();
}

void options_print_usage(const struct command *command, FILE *out)
{
	fprintf(out, "lapor %s", command->name);
	for (const struct option *o = command->options; o->name; o++) {
		const char *open = o->required ? "" : "[", *shut = o->required ? "" : "]";

		if (o->value)
			fprintf(out, " %s--%s %s%s", open, o->name, o->value, shut);
		else
			fprintf(out, " %s--%s%s", open, o->name, shut);
	}
	for (int i = 0; i < OPERANDS_MAX && command->operand[i]; i++)
		fprintf(out, " %s", command->operand[i]);
	fputc('\n', out);
}

void options_print_help(const struct command *command, FILE *out)
{
	options_print_usage(command, out);
	fprintf(out, "\n%s.\n", command->summary);
	if (command->detail)
		fprintf(out, "%s\n", command->detail);
	if (command->options[0].name)
		fputc('\n', out);
	for (const struct option *o = command->options; o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
		fprintf(out, "  %-24s %s\n", left, o->help);
	}
}
