/* SPDX-License-Identifier: Apache-2.0 */
#include "web/head.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/parse.h"

/* RFC 9110 token. */
static bool is_token(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!letter && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return n > 0;
}

/* No NUL, CR, LF or other controls; tab is allowed inside. */
static bool is_value(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7F)
			return false;
	return true;
}

/* Counts how often a header stands there; the last value in *ret. */
static int find(const struct head *h, const char *name, const char **ret)
{
	int times = 0;

	for (size_t i = 0; i < h->n_lines; i++) {
		if (strcasecmp(h->lines[i].name, name) != 0)
			continue;
		times++;
		*ret = h->lines[i].value;
	}
	return times;
}

/* How long the body is: exactly one way to say it, or none. */
static int check_framing(struct head *h)
{
	const char *length = NULL, *encoding = NULL;
	int lengths = find(h, "Content-Length", &length), encodings = find(h, "Transfer-Encoding", &encoding);

	h->content_length = -1;
	if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0))
		return 400;
	if (lengths == 1 && !parse_int(length, 0, INT64_C(1) << 50, &h->content_length))
		return 400;
	if (encodings == 0)
		return 0;
	/* Other codings than chunked are known to nobody here, and HTTP/1.0 knows none. */
	if (strcasecmp(encoding, "chunked") != 0)
		return 501;
	h->is_chunked = true;
	return strcmp(h->version, "HTTP/1.1") == 0 ? 0 : 400;
}

static int check_host(const struct head *h)
{
	const char *host = NULL;
	int times = find(h, "Host", &host);

	if (times > 1 || (times == 0 && strcmp(h->version, "HTTP/1.1") == 0))
		return 400;
	if (times == 1 && strpbrk(host, " \t/\\@?#,") != NULL)
		return 400;
	return 0;
}

int head_check(struct head *h)
{
	static const char *const once[] = { "Content-Type", "Cookie", "X-Forwarded-Proto" };
	const char *ignored;
	int status;

	if (h->too_many)
		return 431;
	if (h->odd_line_ends || (strcmp(h->version, "HTTP/1.1") != 0 && strcmp(h->version, "HTTP/1.0") != 0))
		return 400;
	for (size_t i = 0; i < h->n_lines; i++)
		if (!is_token(h->lines[i].name, h->lines[i].name_n) || !is_value(h->lines[i].value, h->lines[i].value_n))
			return 400;
	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (find(h, once[i], &ignored) > 1)
			return 400;
	status = check_host(h);
	if (status == 0)
		status = check_framing(h);
	if (status != 0)
		return status;
	find(h, "Content-Type", &h->content_type);
	find(h, "Cookie", &h->cookie);
	find(h, "Accept", &h->accept);
	find(h, "X-Forwarded-For", &h->forwarded_for);
	find(h, "If-None-Match", &h->none_match);
	find(h, "Sec-Fetch-Site", &h->fetch_site);
	return 0;
}

static bool is_address(const char *s)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, s, bytes) == 1 || inet_pton(AF_INET6, s, bytes) == 1;
}

static bool is_local(const char *peer)
{
	return strcmp(peer, "unix") == 0 || strcmp(peer, "::1") == 0 || strncmp(peer, "127.", 4) == 0;
}

/* What stands after the last comma, without blanks. */
static const char *last_entry(struct arena *a, const char *list)
{
	const char *comma = strrchr(list, ','), *s = comma ? comma + 1 : list;
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	return arena_strndup(a, s, n);
}

const char *head_client(struct arena *a, const struct head *h, const char *trusted_proxy)
{
	const char *client;

	if (!h->forwarded_for)
		return is_local(h->peer) ? "" : h->peer;
	if (trusted_proxy[0] == '\0' || strcmp(h->peer, trusted_proxy) != 0)
		return h->peer;
	client = last_entry(a, h->forwarded_for);
	return is_address(client) ? client : h->peer;
}

/* The quality of a media type or coding in thousandths; -1 when it is not named. */
static int quality(const char *list, const char *wanted, size_t *ret_place)
{
	size_t wanted_n = strlen(wanted), place = 0;

	for (const char *s = list; *s; place++) {
		size_t n = strcspn(s, ","), blank = strspn(s, " \t"), name_n;
		const char *q;

		if (blank > n)
			blank = n;
		name_n = strcspn(s + blank, ";, \t");
		if (name_n == wanted_n && strncasecmp(s + blank, wanted, wanted_n) == 0) {
			q = memmem(s, n, "q=", 2);
			*ret_place = place;
			/* "q=0", "q=0.5", "q=1": the first digit and one after the point are enough here. */
			if (!q || q + 2 >= s + n || q[2] != '0')
				return 1000;
			if (q + 4 < s + n && q[3] == '.' && q[4] >= '0' && q[4] <= '9')
				return (q[4] - '0') * 100 + (q + 5 < s + n && q[5] > '0' && q[5] <= '9' ? 1 : 0);
			return 0;
		}
		s += n + (s[n] == ',');
	}
	return -1;
}

bool head_wants_json(const char *accept)
{
	size_t json_place = 0, html_place = 0;
	int json, html;

	if (!accept)
		return false;
	json = quality(accept, "application/json", &json_place);
	html = quality(accept, "text/html", &html_place);
	return json > 0 && (json > html || (json == html && json_place < html_place));
}

bool head_has_tag(const char *none_match, const char *tag)
{
	size_t n = strlen(tag);

	if (!none_match)
		return false;
	if (strcmp(none_match, "*") == 0)
		return true;
	for (const char *s = none_match; (s = strstr(s, tag)) != NULL; s += n)
		if (s[n] == '\0' || s[n] == ',' || s[n] == ' ')
			return true;
	return false;
}

bool head_accepts(const struct head *h, const char *coding)
{
	const char *list = NULL;
	size_t place;

	return find(h, "Accept-Encoding", &list) == 1 && quality(list, coding, &place) > 0;
}
