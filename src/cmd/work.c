/* SPDX-License-Identifier: Apache-2.0
 * work - runs the jobs without the web: once, or again and again until it is asked to end.
 */
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "cmd/command.h"
#include "job/runner.h"

#define INTERVAL_S 15

static void say(const struct job_tally *t)
{
	fprintf(stderr, "lapor work: %lld reminders, %lld closed, %lld expired, %lld escalated, %lld missed, "
		"%lld messages sent, %lld not sent, %lld indexed, %lld removed, %lld failed\n",
		(long long)t->reminders, (long long)t->closed, (long long)t->expired, (long long)t->escalated,
		(long long)t->missed, (long long)t->sent, (long long)(t->send_failures + t->given_up),
		(long long)t->indexed, (long long)t->removed, (long long)t->failures);
}

static enum rc run_once(struct session *s, struct job_tally *ret)
{
	struct arena_mark mark = arena_mark(s->a);
	enum rc rc;

	*ret = (struct job_tally){ 0 };
	rc = job_run_due(&s->c, NULL, ret);
	arena_rewind(s->a, mark);
	return rc;
}

/* Until SIGTERM or SIGINT; time goes on by the machine's clock. */
static enum rc run_forever(struct session *s)
{
	const struct timespec pause = { .tv_sec = INTERVAL_S };
	struct job_tally tally;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	do {
		s->c.now = instant_now();
		TRY(run_once(s, &tally));
	} while (sigtimedwait(&signals, NULL, &pause) < 0);
	return RC_OK;
}

int work_run(const struct args *args)
{
	struct job_tally tally = { 0 };
	struct session s;
	int status;
	enum rc rc;

	if (options_text(args, "now") && !options_flag(args, "once"))
		return command_fail(args, "--now needs --once: a fixed time has only one moment to work in");
	status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	rc = options_flag(args, "once") ? run_once(&s, &tally) : run_forever(&s);
	if (rc != RC_OK)
		status = command_fail(args, "stopped: %s %s", rc_name(rc), db_message(s.db));
	else if (options_flag(args, "once"))
		say(&tally);
	if (tally.failures > 0)
		status = command_fail(args, "%lld items failed and are tried again at the next run",
				      (long long)tally.failures);
	command_close(&s);
	return status;
}
