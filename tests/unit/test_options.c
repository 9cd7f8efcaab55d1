/* SPDX-License-Identifier: Apache-2.0
 * The words behind a command: what is read, and that everything else is refused with the right hint.
 */
#include "unit/support.h"

#include "cmd/options.h"

static const struct option try_options[] = {
	{ .name = "db", .type = OPTION_TEXT, .required = true, .value = "URL", .help = "h" },
	{ .name = "n", .type = OPTION_INT, .value = "N", .lo = 0, .hi = 100, .help = "h" },
	{ .name = "once", .type = OPTION_FLAG, .help = "h" },
	{ .name = "now", .type = OPTION_TIME, .value = "TIME", .help = "h" },
	{ .name = NULL },
};
static const struct command try_command = {
	.name = "try", .summary = "s", .options = try_options, .operand = { "FILE" },
};

#define WORDS(...) (char *[]){ __VA_ARGS__ }, ARRAY_LEN(((char *[]){ __VA_ARGS__ }))

static bool parse(char **words, size_t n, struct args *ret, char problem[300])
{
	problem[0] = '\0';
	return options_parse(&try_command, (int)n, words, ret, problem, 300);
}

static void values_are_read_in_both_forms(void **state)
{
	struct args args;
	char problem[300];

	(void)state;
	assert_true(parse(WORDS("--db", "sqlite:x", "--n=7", "--once", "in.csv"), &args, problem));
	assert_string_equal(options_text(&args, "db"), "sqlite:x");
	assert_int_equal(options_int(&args, "n", 3), 7);
	assert_true(options_flag(&args, "once"));
	assert_string_equal(args.operand[0], "in.csv");
	assert_true(parse(WORDS("in.csv", "--db=a=b"), &args, problem));
	assert_string_equal(options_text(&args, "db"), "a=b");
	assert_int_equal(options_int(&args, "n", 3), 3);
	assert_false(options_flag(&args, "once"));
}

static void a_time_is_a_moment(void **state)
{
	struct args args;
	char problem[300];

	(void)state;
	assert_true(parse(WORDS("--db", "x", "--now", "2026-11-22 14:05 WIB", "f"), &args, problem));
	assert_int_equal(options_now(&args).ms, INT64_C(1795331100000));
}

static void after_two_hyphens_all_are_operands(void **state)
{
	struct args args;
	char problem[300];

	(void)state;
	assert_true(parse(WORDS("--db", "x", "--", "--once"), &args, problem));
	assert_string_equal(args.operand[0], "--once");
	assert_false(options_flag(&args, "once"));
}

static void what_is_wrong_is_named(void **state)
{
	static const struct {
		const char *word[4];
		const char *says;
	} cases[] = {
		{ { "f" }, "--db URL is missing" },
		{ { "--db", "x" }, "FILE is missing" },
		{ { "--db" }, "--db needs a value" },
		{ { "--db", "--once", "f" }, "--db needs a value" },
		{ { "--db=x", "--db=y", "f" }, "twice" },
		{ { "--db=x", "--n=101", "f" }, "from 0 to 100" },
		{ { "--db=x", "--n=1e3", "f" }, "from 0 to 100" },
		{ { "--db=x", "--once=1", "f" }, "takes no value" },
		{ { "--db=x", "--now=besok", "f" }, "needs a time" },
		{ { "--db=x", "f", "g" }, "one word too many" },
		{ { "--db=x", "-o", "f" }, "two hyphens" },
		{ { "--dbx=x", "f" }, "no option --dbx" },
		{ { "--d=x", "f" }, "no option --d" },
	};
	struct args args;
	char problem[300];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *words[4];
		size_t n = 0;

		for (; n < 4 && cases[i].word[n]; n++)
			words[n] = (char *)(uintptr_t)cases[i].word[n];
		assert_false(parse(words, n, &args, problem));
		assert_non_null(strstr(problem, cases[i].says));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_in_both_forms),
		cmocka_unit_test(a_time_is_a_moment),
		cmocka_unit_test(after_two_hyphens_all_are_operands),
		cmocka_unit_test(what_is_wrong_is_named),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
