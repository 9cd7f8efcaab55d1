/* SPDX-License-Identifier: Apache-2.0
 * Whom a step of an SOP tells: the group at a disposition, the head of the OPD, the admin; by mail and by web hook.
 */
#include "unit/sop_support.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>

#include "job/runner.h"

static int64_t messages(struct town *t, const char *where)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM outbox WHERE %s", where);
	return town_int(t, sql);
}

static struct job_tally run(struct town *t)
{
	struct job_tally tally;

	assert_int_equal(job_run_due(&t->c, NULL, &tally), RC_OK);
	assert_int_equal(tally.failures, 0);
	return tally;
}

/* SOP tjt-20#3, magetan#4 */
static void a_disposition_tells_the_group_where_the_sop_has_it_so(void **state)
{
	static const struct { const char *sop; int64_t n; } cases[] = { { "tjt-20", 1 }, { "magetan", 1 }, { "kapuas", 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct town t;

		sop_town_begin(&t, cases[i].sop);
		town_sql(&t, "UPDATE agency SET group_channel = 'penghubung@contoh.test' WHERE id = 2");
		sop_report_at_opd(&t, CLASS_COMPLAINT);
		assert_int_equal(messages(&t, "template = 'group_liaison' AND recipient = 'penghubung@contoh.test'"), cases[i].n);
		town_end(&t);
	}
}

static void without_a_group_nobody_is_written_to(void **state)
{
	struct town t;

	(void)state;
	sop_town_begin(&t, "tjt-20");
	sop_report_at_opd(&t, CLASS_COMPLAINT);
	assert_int_equal(messages(&t, "template IN ('group_liaison', 'group_hook')"), 0);
	town_end(&t);
}

/* SOP jatim#2: instead of the usual message, not beside it */
static void the_admin_is_informed_once(void **state)
{
	struct town t;

	(void)state;
	sop_town_begin(&t, "jatim");
	sop_report_at_opd(&t, CLASS_COMPLAINT);
	assert_int_equal(messages(&t, "template = 'inform_admin' AND recipient = 'kominfo@contoh.test'"), 1);
	assert_int_equal(messages(&t, "template = 'task' AND recipient = 'kominfo@contoh.test'"), 0);
	town_end(&t);
}

/* A web server that answers one request and remembers it. */
struct hook {
	int fd, port;
	char seen[4096];
	pthread_t thread;
};

static bool is_whole(const char *seen)
{
	const char *body = strstr(seen, "\r\n\r\n"), *length = strstr(seen, "Content-Length: ");

	return body && length && strlen(body + 4) >= (size_t)strtol(length + 16, NULL, 10);
}

static void *hook_main(void *arg)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	struct hook *k = arg;
	int fd = accept(k->fd, NULL, NULL);
	size_t n = 0;
	ssize_t got = 1;

	while (fd >= 0 && got > 0 && n + 1 < sizeof(k->seen) && !is_whole(k->seen)) {
		got = read(fd, k->seen + n, sizeof(k->seen) - 1 - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0) {
		(void)!write(fd, answer, sizeof(answer) - 1);
		close(fd);
	}
	return NULL;
}

static void hook_start(struct hook *k)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);

	*k = (struct hook){ .fd = socket(AF_INET, SOCK_STREAM, 0) };
	assert_int_equal(bind(k->fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(k->fd, 1), 0);
	assert_int_equal(getsockname(k->fd, (struct sockaddr *)&at, &n), 0);
	k->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&k->thread, NULL, hook_main, k), 0);
}

static void hook_stop(struct hook *k)
{
	shutdown(k->fd, SHUT_RDWR);
	pthread_join(k->thread, NULL);
	close(k->fd);
}

/* SOP tjt-20#3, E19: number and link, and with its delivery the step is done, also where there is no mail */
static void a_delivered_hook_does_the_task(void **state)
{
	struct submit_out s;
	struct hook k;
	struct town t;
	char sql[160];

	(void)state;
	sop_town_begin(&t, "tjt-20");
	hook_start(&k);
	t.settings.hook_inside = true;
	snprintf(sql, sizeof(sql), "UPDATE agency SET group_channel = 'http://127.0.0.1:%d/kait' WHERE id = 2", k.port);
	town_sql(&t, sql);
	s = sop_report_at_opd(&t, CLASS_COMPLAINT);
	t.c.now = instant_add_ms(t.c.now, 2 * MS_PER_MINUTE);
	assert_int_equal(run(&t).sent, 1);
	hook_stop(&k);
	assert_non_null(strstr(k.seen, "{\"text\":\""));
	assert_non_null(strstr(k.seen, s.number));
	assert_non_null(strstr(k.seen, "/meja/laporan/"));
	assert_null(strstr(k.seen, "lampu"));
	assert_null(strstr(k.seen, s.code));
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE action = %d AND reason = 'inform_liaison' AND role = %d"
		 " AND at = %lld", ACT_TASK, ROLE_SYSTEM, (long long)t.c.now.ms);
	assert_int_equal(town_int(&t, sql), 1);
	town_end(&t);
}

/* SOP tjt-20#4b, tjt-20#4d */
static void the_head_hears_when_it_comes_in_and_when_it_is_followed_up(void **state)
{
	static const struct act_in inform = { .action = ACT_TASK, .reason = "inform_head" };
	struct submit_out s;
	struct town t;

	(void)state;
	sop_town_begin(&t, "tjt-20");
	s = sop_report_at_opd(&t, CLASS_COMPLAINT);
	sop_act(&t, &sop_liaison, s.number, inform);
	assert_int_equal(messages(&t, "template = 'head_incoming' AND recipient = 'kepala@contoh.test'"), 1);
	sop_act(&t, &sop_liaison, s.number, (struct act_in){ .action = ACT_FOLLOW_UP, .note = "Petugas ke lokasi." });
	sop_act(&t, &sop_liaison, s.number, inform);
	assert_int_equal(messages(&t, "template = 'head_followed_up' AND recipient = 'kepala@contoh.test'"), 1);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_disposition_tells_the_group_where_the_sop_has_it_so),
		cmocka_unit_test(without_a_group_nobody_is_written_to),
		cmocka_unit_test(the_admin_is_informed_once),
		cmocka_unit_test(a_delivered_hook_does_the_task),
		cmocka_unit_test(the_head_hears_when_it_comes_in_and_when_it_is_followed_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
