/* SPDX-License-Identifier: Apache-2.0
 * Sending by SMTP and to web hooks, to servers of our own on loopback: taken, put off, refused, not there.
 */
#include "unit/support.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel/net.h"

struct relay {
	int fd;
	int port;
	const char *to_rcpt, *to_data; /* its answers */
	char seen[8192];               /* everything it was told */
	pthread_t thread;
};

static void say(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

static void serve(struct relay *r, int fd)
{
	FILE *in = fdopen(dup(fd), "r");
	char line[1024];
	bool in_data = false;

	say(fd, "220 relay ESMTP\r\n");
	while (fgets(line, sizeof(line), in)) {
		strncat(r->seen, line, sizeof(r->seen) - strlen(r->seen) - 1);
		if (in_data) {
			if (strcmp(line, ".\r\n") == 0) {
				in_data = false;
				say(fd, r->to_data);
			}
		} else if (strncmp(line, "EHLO", 4) == 0) {
			say(fd, "250-relay\r\n250 8BITMIME\r\n");
		} else if (strncmp(line, "RCPT", 4) == 0) {
			say(fd, r->to_rcpt);
		} else if (strncmp(line, "DATA", 4) == 0) {
			in_data = true;
			say(fd, "354 go on\r\n");
		} else if (strncmp(line, "QUIT", 4) == 0) {
			say(fd, "221 bye\r\n");
			break;
		} else {
			say(fd, "250 ok\r\n");
		}
	}
	fclose(in);
}

static void *relay_main(void *arg)
{
	struct relay *r = arg;
	int fd = accept(r->fd, NULL, NULL);

	if (fd >= 0) {
		serve(r, fd);
		close(fd);
	}
	return NULL;
}

static void relay_start(struct relay *r)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);

	r->fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(r->fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(r->fd, 1), 0);
	assert_int_equal(getsockname(r->fd, (struct sockaddr *)&at, &n), 0);
	r->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&r->thread, NULL, relay_main, r), 0);
}

static void relay_stop(struct relay *r)
{
	shutdown(r->fd, SHUT_RDWR);
	pthread_join(r->thread, NULL);
	close(r->fd);
}

static enum rc deliver(const struct relay *r, const char *message, struct err *err)
{
	char url[64];
	const struct net_smtp s = { .url = url, .timeout_s = 10 };

	snprintf(url, sizeof(url), "smtp://127.0.0.1:%d", r->port);
	return net_send_mail(&s, "lapor@contoh.test", "warga@contoh.test", message, strlen(message), err);
}

static void a_message_arrives_whole(void **state)
{
	struct relay r = { .to_rcpt = "250 ok\r\n", .to_data = "250 queued\r\n" };
	struct err err = { 0 };

	(void)state;
	relay_start(&r);
	assert_int_equal(deliver(&r, "Subject: x\r\n\r\n.satu\r\n.\r\ndua\r\n", &err), RC_OK);
	relay_stop(&r);
	assert_non_null(strstr(r.seen, "MAIL FROM:<lapor@contoh.test>"));
	assert_non_null(strstr(r.seen, "RCPT TO:<warga@contoh.test>"));
	/* A dot at the beginning of a line is doubled, so the message does not end early. */
	assert_non_null(strstr(r.seen, "\r\n..satu\r\n..\r\ndua\r\n.\r\n"));
}

static void a_refusal_for_good_differs_from_one_for_now(void **state)
{
	static const struct { const char *rcpt, *data; enum rc rc; } cases[] = {
		{ "550 no such user\r\n", "250 ok\r\n", RC_INVALID },
		{ "450 greylisted\r\n", "250 ok\r\n", RC_UNAVAILABLE },
		{ "250 ok\r\n", "554 spam\r\n", RC_INVALID },
		{ "250 ok\r\n", "452 disk full\r\n", RC_UNAVAILABLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct relay r = { .to_rcpt = cases[i].rcpt, .to_data = cases[i].data };
		struct err err = { 0 };
		relay_start(&r);
		assert_int_equal(deliver(&r, "Subject: x\r\n\r\nx\r\n", &err), cases[i].rc);
		relay_stop(&r);
		assert_string_not_equal(err.detail, "");
		/* Who it was for stays out of the log. */
		assert_null(strstr(err.detail, "warga"));
	}
}

static void nobody_there_is_worth_another_try(void **state)
{
	struct relay r = { .to_rcpt = "", .to_data = "" };
	struct err err = { 0 };

	(void)state;
	relay_start(&r);
	relay_stop(&r);
	assert_int_equal(deliver(&r, "x", &err), RC_UNAVAILABLE);
}

/* A relay that is not on loopback must offer TLS; other protocols are not spoken. */
static void other_protocols_are_not_spoken(void **state)
{
	const struct net_smtp s = { .url = "http://127.0.0.1:1/", .timeout_s = 2 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(net_send_mail(&s, "a@b.test", "c@d.test", "x", 1, &err), RC_UNAVAILABLE);
}

/* A web server that answers one request and remembers it. */
struct hook {
	int fd, port;
	const char *answer;
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
	struct hook *k = arg;
	int fd = accept(k->fd, NULL, NULL);
	size_t n = 0;
	ssize_t got = 1;

	while (fd >= 0 && got > 0 && n + 1 < sizeof(k->seen) && !is_whole(k->seen)) {
		got = read(fd, k->seen + n, sizeof(k->seen) - 1 - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0) {
		say(fd, k->answer);
		close(fd);
	}
	return NULL;
}

static enum rc call_hook(struct hook *k, const char *answer, const char *json, struct err *err)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	char url[64];

	*k = (struct hook){ .answer = answer, .fd = socket(AF_INET, SOCK_STREAM, 0) };
	assert_int_equal(bind(k->fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(k->fd, 1), 0);
	assert_int_equal(getsockname(k->fd, (struct sockaddr *)&at, &n), 0);
	k->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&k->thread, NULL, hook_main, k), 0);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/kait/rahasia-1", k->port);
	enum rc rc = net_post_json(url, json, strlen(json), 10, true, err);
	shutdown(k->fd, SHUT_RDWR);
	pthread_join(k->thread, NULL);
	close(k->fd);
	return rc;
}

static void a_web_hook_gets_the_document(void **state)
{
	struct err err = { 0 };
	struct hook k;

	(void)state;
	assert_int_equal(call_hook(&k, "HTTP/1.1 204 No Content\r\n\r\n", "{\"text\":\"2025-000001\"}", &err), RC_OK);
	assert_memory_equal(k.seen, "POST /kait/rahasia-1 HTTP/1.1\r\n", 31);
	assert_non_null(strstr(k.seen, "Content-Type: application/json\r\n"));
	assert_non_null(strstr(k.seen, "\r\n\r\n{\"text\":\"2025-000001\"}"));
}

static void a_web_hook_that_refuses_is_tried_again_or_not(void **state)
{
	static const struct { const char *answer; enum rc rc; } cases[] = {
		{ "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", RC_INVALID },
		{ "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n", RC_UNAVAILABLE },
		{ "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", RC_UNAVAILABLE },
		/* Where it sends us is not where the admin said. */
		{ "HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", RC_UNAVAILABLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		struct hook k;
		assert_int_equal(call_hook(&k, cases[i].answer, "{}", &err), cases[i].rc);
		/* The address is a secret of the group. */
		assert_null(strstr(err.detail, "rahasia"));
	}
}

static void web_hooks_are_https(void **state)
{
	static const struct { const char *url; bool safe; } cases[] = {
		{ "https://hooks.contoh.test/a?b=c", true }, { "http://127.0.0.1:9/a", true }, { "http://localhost/", true },
		{ "http://hooks.contoh.test/a", false }, { "http://127.0.0.1.contoh.test/", false }, { "ftp://x.test/", false },
		{ "file:///etc/passwd", false }, { "https://a b.test/", false }, { "", false },
	};
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(net_hook_is_safe(cases[i].url), cases[i].safe);
	assert_int_equal(net_post_json("http://hooks.contoh.test/", "{}", 2, 2, true, &err), RC_INVALID);
	assert_int_equal(net_post_json("http://127.0.0.1:1/", "{}", 2, 2, true, &err), RC_UNAVAILABLE);
}

static void an_object_store_is_called_over_tls_and_its_path_is_signed_as_it_stands(void **state)
{
	static const struct {
		const char *url;
		bool safe;
	} cases[] = {
		{ "https://s3.contoh.test/ember", true },
		{ "https://ember.s3.contoh.test", true },
		{ "https://s3.contoh.test:9000/ember/lapor-2.x/a_b", true },
		{ "http://127.0.0.1:9000/ember", true },
		{ "http://s3.contoh.test/ember", false },
		{ "http://127.0.0.1@s3.contoh.test/ember", false },
		{ "https://kunci:rahasia@s3.contoh.test/ember", false },
		{ "https://s3.contoh.test/ember/", false },
		{ "https://s3.contoh.test/", false },
		{ "https://s3.contoh.test//ember", false },
		{ "https://s3.contoh.test/ember?x=1", false },
		{ "https://s3.contoh.test/ember#x", false },
		{ "https://s3.contoh.test/em%20ber", false },
		{ "https:///ember", false },
		{ "ftp://s3.contoh.test/ember", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (net_store_is_safe(cases[i].url) != cases[i].safe)
			fail_msg("%s", cases[i].url);
}

static bool is_inside(const char *text)
{
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	struct sockaddr_in v4 = { .sin_family = AF_INET };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return net_address_is_inside((struct sockaddr *)&v4);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return net_address_is_inside((struct sockaddr *)&v6);
}

static void web_hooks_are_outside(void **state)
{
	static const char *const inside[] = {
		"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fdff::1", "ff02::1",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::7f00:1",
	};
	static const char *const outside[] = {
		"8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1", "223.255.255.255",
		"2001:4860::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
	};
	static const char *const urls[] = {
		"https://127.0.0.1:1/", "http://127.0.0.1:1/", "https://[::1]:1/", "https://localhost:1/", "https://10.0.0.1:1/",
		"https://2130706433:1/", "https://0x7f.1:1/",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(inside); i++)
		assert_true(is_inside(inside[i]));
	for (size_t i = 0; i < ARRAY_LEN(outside); i++)
		assert_false(is_inside(outside[i]));
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		struct err err = { 0 };

		assert_int_equal(net_post_json(urls[i], "{}", 2, 2, false, &err), RC_INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_arrives_whole),
		cmocka_unit_test(a_refusal_for_good_differs_from_one_for_now),
		cmocka_unit_test(nobody_there_is_worth_another_try),
		cmocka_unit_test(other_protocols_are_not_spoken),
		cmocka_unit_test(a_web_hook_gets_the_document),
		cmocka_unit_test(a_web_hook_that_refuses_is_tried_again_or_not),
		cmocka_unit_test(web_hooks_are_https), cmocka_unit_test(web_hooks_are_outside),
		cmocka_unit_test(an_object_store_is_called_over_tls_and_its_path_is_signed_as_it_stands),
	};

	net_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
