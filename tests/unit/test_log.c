/* SPDX-License-Identifier: Apache-2.0
 * Log lines: one event is one line, whatever a stranger put into it.
 */
#include "unit/support.h"

#include <unistd.h>

#include "base/log.h"

/* What the calls write on standard error. */
static void capture(char *text, size_t size, void (*calls)(void))
{
	FILE *f = tmpfile();
	int old = dup(STDERR_FILENO);
	size_t n;

	assert_non_null(f);
	assert_true(old >= 0 && dup2(fileno(f), STDERR_FILENO) >= 0);
	calls();
	assert_true(dup2(old, STDERR_FILENO) >= 0);
	close(old);
	rewind(f);
	n = fread(text, 1, size - 1, f);
	text[n] = '\0';
	fclose(f);
}

static int lines_in(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void at_every_level(void)
{
	log_set_level(LOG_INFO);
	log_error("e %d", 1);
	log_warn("w");
	log_info("i");
	log_debug("d");
	log_set_level(LOG_ERROR);
	log_warn("w2");
	log_set_level(LOG_INFO);
}

static void lines_below_the_level_are_dropped(void **state)
{
	char text[4096];

	(void)state;
	capture(text, sizeof(text), at_every_level);
	assert_int_equal(lines_in(text), 3);
	assert_non_null(strstr(text, " error e 1\n"));
	assert_non_null(strstr(text, " warn w\n"));
	assert_non_null(strstr(text, " info i\n"));
	/* It begins with the time: 2026-11-22T14:05:00Z. */
	assert_int_equal(text[10], 'T');
	assert_int_equal(text[19], 'Z');
}

static void forged(void)
{
	log_info("name %s", "x\n2026-01-01T00:00:00Z error forged\r\x1B[31m");
}

static void a_stranger_cannot_forge_a_second_line(void **state)
{
	char text[4096];

	(void)state;
	capture(text, sizeof(text), forged);
	assert_int_equal(lines_in(text), 1);
	assert_null(strchr(text, '\x1B'));
	assert_null(strchr(text, '\r'));
}

static void lengthy(void)
{
	log_info("%5000d", 1);
}

static void a_long_line_is_cut_and_still_ends(void **state)
{
	char text[8192];

	(void)state;
	capture(text, sizeof(text), lengthy);
	assert_int_equal(lines_in(text), 1);
	assert_true(strlen(text) <= 1024);
	assert_int_equal(text[strlen(text) - 1], '\n');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_below_the_level_are_dropped),
		cmocka_unit_test(a_stranger_cannot_forge_a_second_line),
		cmocka_unit_test(a_long_line_is_cut_and_still_ends),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
