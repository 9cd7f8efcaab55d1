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
