/* SPDX-License-Identifier: Apache-2.0
 * abort_support - does this call abort, as a broken invariant must? Tried in a child process.
 */
#ifndef TESTS_UNIT_ABORT_SUPPORT_H
#define TESTS_UNIT_ABORT_SUPPORT_H

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define assert_aborts(statement)                                            \
	do {                                                                \
		int status_ = 0;                                            \
		pid_t child_;                                               \
		fflush(NULL);                                               \
		child_ = fork();                                            \
		assert_true(child_ >= 0);                                   \
		if (child_ == 0) {                                          \
			signal(SIGABRT, SIG_DFL);                           \
			if (!freopen("/dev/null", "w", stderr))             \
				_exit(2);                                   \
			statement;                                          \
			_exit(0);                                           \
		}                                                           \
		assert_int_equal(waitpid(child_, &status_, 0), child_);     \
		assert_true(WIFSIGNALED(status_));                          \
		assert_int_equal(WTERMSIG(status_), SIGABRT);               \
	} while (0)

#endif
