/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/head.h"

/* "Name: value" lines, separated by "|"; the text lives as long as h is used. */
static struct head head_of(char *lines, const char *version)
{
	struct head h = { .method = "POST", .version = version, .peer = "127.0.0.1" };

	for (char *s = lines; *s;) {
		char *end = s + strcspn(s, "|"), *colon = strchr(s, ':');
		char *next = *end ? end + 1 : end;

		*end = '\0';
		assert_non_null(colon);
		*colon = '\0';
		h.lines[h.n_lines++] = (struct head_line){ s, colon + 2, strlen(s), strlen(colon + 2) };
		s = next;
	}
	return h;
}

static void shapes_that_two_servers_read_differently_are_refused(void **state)
{
	static const struct { const char *lines, *version; int status; } samples[] = {
		{ "Host: a", "HTTP/1.1", 0 },
		{ "Host: a|Content-Length: 3", "HTTP/1.1", 0 },
		{ "Host: a|Transfer-Encoding: chunked", "HTTP/1.1", 0 },
		{ "Host: a:8080|Content-Length: 0", "HTTP/1.1", 0 },
		{ "Accept: x", "HTTP/1.0", 0 },
		{ "Accept: x", "HTTP/1.1", 400 },
		{ "Host: a|Host: a", "HTTP/1.1", 400 },
		{ "Host: a b", "HTTP/1.1", 400 },
		{ "Host: a,b", "HTTP/1.1", 400 },
		{ "Host: user@a", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 3|Transfer-Encoding: chunked", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 3|Content-Length: 4", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 3|Content-Length: 3", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 3, 3", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: +3", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: -3", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 0x3", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: ", "HTTP/1.1", 400 },
		{ "Host: a|Content-Length: 99999999999999999999", "HTTP/1.1", 400 },
		{ "Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked", "HTTP/1.1", 400 },
		{ "Host: a|Transfer-Encoding: gzip, chunked", "HTTP/1.1", 501 },
		{ "Host: a|Transfer-Encoding: xchunked", "HTTP/1.1", 501 },
		{ "Host: a|Transfer-Encoding: chunked", "HTTP/1.0", 400 },
		{ "Host: a|Content-Length : 3", "HTTP/1.1", 400 },
		{ "Host: a|X(y): 3", "HTTP/1.1", 400 },
		{ "Host: a|: 3", "HTTP/1.1", 400 },
		{ "Host: a|X: b\rContent-Length: 3", "HTTP/1.1", 400 },
		{ "Host: a|X: b\x01", "HTTP/1.1", 400 },
		{ "Host: a|X: b\tc", "HTTP/1.1", 0 },
		{ "Host: a|Cookie: a=1|Cookie: b=2", "HTTP/1.1", 400 },
		{ "Host: a|Content-Type: x|Content-Type: y", "HTTP/1.1", 400 },
		{ "Host: a", "HTTP/2.0", 400 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		char lines[200];
		struct head h;
		int status;

		strncpy(lines, samples[i].lines, sizeof(lines) - 1);
		lines[sizeof(lines) - 1] = '\0';
		h = head_of(lines, samples[i].version);
		status = head_check(&h);
		if (status != samples[i].status)
			fail_msg("%s: status %d", samples[i].lines, status);
	}
}

static void a_nul_in_a_value_is_seen_by_its_length(void **state)
{
	struct head h = { .method = "GET", .version = "HTTP/1.1", .peer = "unix", .n_lines = 2 };

	(void)state;
	h.lines[0] = (struct head_line){ "Host", "a", 4, 1 };
	h.lines[1] = (struct head_line){ "X", "b\0c", 1, 3 };
	assert_int_equal(head_check(&h), 400);
	h.lines[1].value_n = 1;
	assert_int_equal(head_check(&h), 0);
	h.odd_line_ends = true;
	assert_int_equal(head_check(&h), 400);
}

static void only_the_trusted_proxy_may_name_the_client(void **state)
{
	static const struct { const char *peer, *forwarded, *trusted, *client; } samples[] = {
		{ "127.0.0.1", NULL, "127.0.0.1", "" },
		{ "::1", NULL, "", "" },
		{ "unix", NULL, "unix", "" },
		{ "203.0.113.9", NULL, "127.0.0.1", "203.0.113.9" },
		{ "127.0.0.1", "198.51.100.7", "127.0.0.1", "198.51.100.7" },
		{ "127.0.0.1", "10.0.0.1, 198.51.100.7", "127.0.0.1", "198.51.100.7" },
		{ "127.0.0.1", "2001:db8::5 ", "127.0.0.1", "2001:db8::5" },
		{ "unix", "198.51.100.7", "unix", "198.51.100.7" },
		{ "127.0.0.1", "198.51.100.7", "", "127.0.0.1" },
		{ "203.0.113.9", "198.51.100.7", "127.0.0.1", "203.0.113.9" },
		{ "127.0.0.1", "unknown", "127.0.0.1", "127.0.0.1" },
		{ "127.0.0.1", "", "127.0.0.1", "127.0.0.1" },
		{ "127.0.0.1", "198.51.100.7,", "127.0.0.1", "127.0.0.1" },
	};
	struct arena *a = arena_new(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct head h = { .peer = samples[i].peer, .forwarded_for = samples[i].forwarded };

		assert_string_equal(head_client(a, &h, samples[i].trusted), samples[i].client);
	}
	arena_free(a);
}

static void json_is_sent_to_those_who_prefer_it(void **state)
{
	(void)state;
	assert_false(head_wants_json(NULL));
	assert_false(head_wants_json("*/*"));
	assert_false(head_wants_json("text/html,application/xhtml+xml,*/*;q=0.8"));
	assert_true(head_wants_json("application/json"));
	assert_true(head_wants_json("Application/JSON; q=0.9"));
	assert_true(head_wants_json("application/json, text/html"));
	assert_false(head_wants_json("text/html, application/json"));
	assert_true(head_wants_json("text/html;q=0.5, application/json"));
	assert_false(head_wants_json("application/json;q=0"));
	assert_false(head_wants_json("application/json;q=0.5, text/html"));
}

static void tags_and_codings_are_compared_whole(void **state)
{
	char lines[] = "Accept-Encoding: gzip;q=0, br";
	struct head h = head_of(lines, "HTTP/1.1");

	(void)state;
	assert_true(head_has_tag("\"abc\"", "\"abc\""));
	assert_true(head_has_tag("\"x\", W/\"abc\"", "\"abc\""));
	assert_true(head_has_tag("*", "\"abc\""));
	assert_false(head_has_tag("\"abcd\"", "\"abc\""));
	assert_false(head_has_tag(NULL, "\"abc\""));
	assert_false(head_has_tag("", "\"abc\""));
	assert_true(head_accepts(&h, "br"));
	assert_false(head_accepts(&h, "gzip"));
	assert_false(head_accepts(&h, "b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shapes_that_two_servers_read_differently_are_refused),
		cmocka_unit_test(a_nul_in_a_value_is_seen_by_its_length),
		cmocka_unit_test(only_the_trusted_proxy_may_name_the_client),
		cmocka_unit_test(json_is_sent_to_those_who_prefer_it),
		cmocka_unit_test(tags_and_codings_are_compared_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
