/* SPDX-License-Identifier: Apache-2.0
 * fuzz_head - header lines, cookies and lists: "name: value" lines out of the input, through every reader.
 */
#include <string.h>

#include "base/hash.h"
#include "fuzz.h"
#include "web/csrf.h"
#include "web/head.h"

static void read_lines(struct head *h, char *text, size_t n)
{
	char *end = text + n;

	for (char *s = text; s < end && h->n_lines < HEAD_LINES_MAX;) {
		char *stop = memchr(s, '\n', (size_t)(end - s)), *colon;

		if (!stop)
			stop = end;
		*stop = '\0';
		colon = memchr(s, ':', (size_t)(stop - s));
		if (colon) {
			char *value = colon + 1 + (colon[1] == ' ');

			*colon = '\0';
			h->lines[h->n_lines++] = (struct head_line){ s, value, (size_t)(colon - s), (size_t)(stop - value) };
		}
		s = stop + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct hash key = { { 1 } };
	struct head h = { .method = "GET", .version = "HTTP/1.1", .peer = "127.0.0.1" };
	struct arena *a = arena_new(4 << 20);
	struct request req = { 0 };
	char visitor[33];

	hash_init();
	read_lines(&h, arena_strndup(a, (const char *)p, n), n);
	req.cookie = arena_strndup(a, (const char *)p, n);
	csrf_read_visitor(&key, request_cookie(&req, a, CSRF_COOKIE), visitor);
	head_wants_json(req.cookie);
	head_has_tag(req.cookie, "\"tag\"");
	head_accepts(&h, "br");
	if (head_check(&h) == 0) {
		BUG_ON(h.is_chunked && h.content_length >= 0);
		BUG_ON(strlen(head_client(a, &h, "127.0.0.1")) > n + 16);
	}
	arena_free(a);
	return 0;
}
