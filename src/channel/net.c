/* SPDX-License-Identifier: Apache-2.0
 * net - libcurl.
 */
#include "channel/net.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

void net_init(void)
{
	BUG_ON(curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK);
}

struct source {
	const char *p;
	size_t n;
};

static size_t feed(char *to, size_t size, size_t count, void *arg)
{
	struct source *s = arg;
	size_t n = size * count < s->n ? size * count : s->n;

	memcpy(to, s->p, n);
	s->p += n;
	s->n -= n;
	return n;
}

static bool is_loopback(const char *url)
{
	static const char *const local[] = { "127.0.0.1", "localhost", "[::1]", "::1" };
	CURLU *u = curl_url();
	char *host = NULL;
	bool found = false;

	if (u && curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		for (size_t i = 0; i < ARRAY_LEN(local); i++)
			found = found || strcmp(host, local[i]) == 0;
	curl_free(host);
	curl_url_cleanup(u);
	return found;
}

static void set_options(CURL *h, const struct net_smtp *s, const char *from, struct curl_slist *to, struct source *src)
{
	curl_easy_setopt(h, CURLOPT_URL, s->url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)s->timeout_s);
	curl_easy_setopt(h, CURLOPT_USE_SSL, is_loopback(s->url) ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	if (s->user) {
		curl_easy_setopt(h, CURLOPT_USERNAME, s->user);
		curl_easy_setopt(h, CURLOPT_PASSWORD, s->password ? s->password : "");
	}
	curl_easy_setopt(h, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(h, CURLOPT_READFUNCTION, feed);
	curl_easy_setopt(h, CURLOPT_READDATA, src);
	curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
}

enum rc net_send_mail(const struct net_smtp *s, const char *from, const char *to, const char *message, size_t n,
		      struct err *err)
{
	struct source src = { message, n };
	CURL *h = curl_easy_init();
	struct curl_slist *list = curl_slist_append(NULL, to);
	long code = 0;
	enum rc rc = RC_OK;

	BUG_ON(!h || !list);
	set_options(h, s, from, list, &src);
	CURLcode got = curl_easy_perform(h);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &code);
	/* A login that is refused is the installation's fault: the message may still go out once it is mended. */
	if (got != CURLE_OK)
		rc = err_set(err, code >= 500 && got != CURLE_LOGIN_DENIED ? RC_INVALID : RC_UNAVAILABLE, 0,
			     "mail relay: %s (%ld)", curl_easy_strerror(got), code);
	curl_slist_free_all(list);
	curl_easy_cleanup(h);
	return rc;
}

static bool has_scheme(const char *url, const char *scheme)
{
	return strncmp(url, scheme, strlen(scheme)) == 0;
}

bool net_hook_is_safe(const char *url)
{
	for (const char *s = url; *s; s++)
		if (*s <= 0x20 || *s == 0x7f)
			return false;
	return has_scheme(url, "https://") || (has_scheme(url, "http://") && is_loopback(url));
}

/* What the other side writes is nobody's business. */
static size_t drop(char *from, size_t size, size_t count, void *arg)
{
	(void)from;
	(void)arg;
	return size * count;
}

static void set_hook_options(CURL *h, const char *url, struct curl_slist *headers, const char *json, size_t n,
			     int timeout_s)
{
	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)timeout_s);
	curl_easy_setopt(h, CURLOPT_USERAGENT, "lapor");
	curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(h, CURLOPT_POST, 1L);
	curl_easy_setopt(h, CURLOPT_POSTFIELDS, json);
	curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE, (long)n);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop);
}

static bool is_for_good(long code)
{
	return code >= 400 && code < 500 && code != 408 && code != 425 && code != 429;
}

enum rc net_post_json(const char *url, const char *json, size_t n, int timeout_s, struct err *err)
{
	struct curl_slist *headers;
	long code = 0;
	CURL *h;

	if (!net_hook_is_safe(url))
		return err_set(err, RC_INVALID, 0, "web hook: only https is called");
	h = curl_easy_init();
	headers = curl_slist_append(NULL, "Content-Type: application/json");
	BUG_ON(!h || !headers);
	set_hook_options(h, url, headers, json, n, timeout_s);
	CURLcode got = curl_easy_perform(h);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(headers);
	curl_easy_cleanup(h);
	if (got != CURLE_OK)
		return err_set(err, RC_UNAVAILABLE, 0, "web hook: %s", curl_easy_strerror(got));
	if (code >= 200 && code < 300)
		return RC_OK;
	return err_set(err, is_for_good(code) ? RC_INVALID : RC_UNAVAILABLE, 0, "web hook: answered %ld", code);
}
