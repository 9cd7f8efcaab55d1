/* SPDX-License-Identifier: Apache-2.0
 * net - libcurl.
 */
#include "channel/net.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hash.h"

/* Of what a web hook answers. */
#define HOOK_ANSWER_BYTES_MAX (64 << 10)
/* An object store: a person waits for it, and so does the end of the program. */
#define STORE_CONNECT_S 5L
#define STORE_STALLED_S 10L
#define STORE_TOTAL_S 30L
#define KEPT_MAX 8

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

/* Networks that nobody outside can reach, and those without a single host; the rest of the world is outside. */
static bool is_inside_v4(const unsigned char b[4])
{
	static const struct {
		uint32_t net;
		int bits;
	} inside[] = {
		{ 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 },
		{ 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xe0000000, 3 },
	};
	uint32_t v = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];

	for (size_t i = 0; i < ARRAY_LEN(inside); i++)
		if ((v ^ inside[i].net) >> (32 - inside[i].bits) == 0)
			return true;
	return false;
}

/* Only 2000::/3 is given out; what carries an IPv4 address (mapped, NAT64, 6to4) is what that one is. */
static bool is_inside_v6(const unsigned char b[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (memcmp(b, mapped, sizeof(mapped)) == 0 || memcmp(b, nat64, sizeof(nat64)) == 0)
		return is_inside_v4(b + 12);
	if (b[0] == 0x20 && b[1] == 0x02)
		return is_inside_v4(b + 2);
	return (b[0] & 0xe0) != 0x20;
}

bool net_address_is_inside(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, address, sizeof(v4));
		return is_inside_v4((const unsigned char *)&v4.sin_addr);
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;

		memcpy(&v6, address, sizeof(v6));
		return is_inside_v6(v6.sin6_addr.s6_addr);
	}
	return true;
}

/* One call of a web hook. */
struct call {
	bool may_be_inside, was_inside;
	size_t read;
};

/* Asked of the address that is called, after the name was looked up: a name can mean any address. */
static curl_socket_t open_outside(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct call *call = arg;

	(void)purpose;
	if (!call->may_be_inside && net_address_is_inside(&to->addr)) {
		call->was_inside = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype, to->protocol);
}

/* What the other side writes is nobody's business, and not read for ever. */
static size_t drop(char *from, size_t size, size_t count, void *arg)
{
	struct call *call = arg;

	(void)from;
	call->read += size * count;
	return call->read > HOOK_ANSWER_BYTES_MAX ? 0 : size * count;
}

static void set_hook_options(CURL *h, const char *url, struct curl_slist *headers, const char *json, size_t n,
			     int timeout_s, struct call *call)
{
	curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, open_outside);
	curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, call);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, call);
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

enum rc net_post_json(const char *url, const char *json, size_t n, int timeout_s, bool may_be_inside, struct err *err)
{
	struct call call = { .may_be_inside = may_be_inside };
	struct curl_slist *headers;
	long code = 0;
	CURL *h;

	if (!net_hook_is_safe(url))
		return err_set(err, RC_INVALID, 0, "web hook: only https is called");
	h = curl_easy_init();
	headers = curl_slist_append(NULL, "Content-Type: application/json");
	BUG_ON(!h || !headers);
	set_hook_options(h, url, headers, json, n, timeout_s, &call);
	CURLcode got = curl_easy_perform(h);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(headers);
	curl_easy_cleanup(h);
	if (call.was_inside && got != CURLE_OK)
		return err_set(err, RC_INVALID, 0, "web hook: its address is inside the network");
	/* A long answer is an answer. */
	if (got != CURLE_OK && got != CURLE_WRITE_ERROR)
		return err_set(err, RC_UNAVAILABLE, 0, "web hook: %s", curl_easy_strerror(got));
	if (code >= 200 && code < 300)
		return RC_OK;
	return err_set(err, is_for_good(code) ? RC_INVALID : RC_UNAVAILABLE, 0, "web hook: answered %ld", code);
}

struct net_kept {
	pthread_mutex_t lock;
	CURL *idle[KEPT_MAX];
	size_t n;
};

struct net_kept *net_kept_new(void)
{
	struct net_kept *k = calloc(1, sizeof(*k));

	BUG_ON(!k);
	pthread_mutex_init(&k->lock, NULL);
	return k;
}

void net_kept_free(struct net_kept *k)
{
	if (!k)
		return;
	while (k->n > 0)
		curl_easy_cleanup(k->idle[--k->n]);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

static CURL *take_kept(struct net_kept *k)
{
	CURL *h = NULL;

	pthread_mutex_lock(&k->lock);
	if (k->n > 0)
		h = k->idle[--k->n];
	pthread_mutex_unlock(&k->lock);
	if (!h)
		h = curl_easy_init();
	BUG_ON(!h);
	return h;
}

static void give_back(struct net_kept *k, CURL *h)
{
	/* Options go, secrets among them; the connection stays. */
	curl_easy_reset(h);
	pthread_mutex_lock(&k->lock);
	if (k->n < KEPT_MAX) {
		k->idle[k->n++] = h;
		h = NULL;
	}
	pthread_mutex_unlock(&k->lock);
	curl_easy_cleanup(h);
}

/* A signed request under way. */
struct signed_call {
	const struct net_signed *s;
	struct source src;
	CURL *h;
	size_t n;
	bool is_too_long;
};

/* What explains an error is dropped: it quotes the request. */
static size_t take_object(char *from, size_t size, size_t count, void *arg)
{
	struct signed_call *call = arg;
	size_t n = size * count, at = 0;
	long status = 0;

	curl_easy_getinfo(call->h, CURLINFO_RESPONSE_CODE, &status);
	call->n += n;
	call->is_too_long = call->n > call->s->max && status == 200;
	if (call->is_too_long || call->n > call->s->max + HOOK_ANSWER_BYTES_MAX)
		return 0;
	while (status == 200 && at < n) {
		ssize_t w = write(call->s->to_fd, from + at, n - at);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return 0;
		at += (size_t)w;
	}
	return n;
}

static struct curl_slist *signed_headers(const struct net_signed *s)
{
	char digest[2 * HASH_BYTES + 1], line[128];
	struct curl_slist *list;

	/* libcurl 7.88 signs what stands here, and sends none by itself. */
	hash_sha256_hex(s->body ? s->body : "", s->n, digest);
	snprintf(line, sizeof(line), "x-amz-content-sha256: %s", digest);
	list = curl_slist_append(NULL, line);
	/*
	 * An object that is asked for in a browser is never a page. No "Expect:" here: libcurl would sign the header it then
	 * leaves out.
	 */
	return s->body ? curl_slist_append(list, "Content-Type: application/octet-stream") : list;
}

static void set_method(CURL *h, const struct net_signed *s, struct source *src)
{
	if (strcmp(s->method, "HEAD") == 0) {
		curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
	} else if (s->body) {
		curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(h, CURLOPT_READFUNCTION, feed);
		curl_easy_setopt(h, CURLOPT_READDATA, src);
		curl_easy_setopt(h, CURLOPT_INFILESIZE_LARGE, (curl_off_t)s->n);
		curl_easy_setopt(h, CURLOPT_EXPECT_100_TIMEOUT_MS, 100L);
	} else {
		curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, s->method);
	}
}

static void set_signed_options(CURL *h, struct signed_call *call, struct curl_slist *headers, const char *signer)
{
	const struct net_signed *s = call->s;

	curl_easy_setopt(h, CURLOPT_URL, s->url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, STORE_CONNECT_S);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1024L);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, STORE_STALLED_S);
	curl_easy_setopt(h, CURLOPT_TIMEOUT, STORE_TOTAL_S);
	curl_easy_setopt(h, CURLOPT_USERAGENT, "lapor");
	curl_easy_setopt(h, CURLOPT_AWS_SIGV4, signer);
	curl_easy_setopt(h, CURLOPT_USERNAME, s->access);
	curl_easy_setopt(h, CURLOPT_PASSWORD, s->secret);
	curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_object);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, call);
	set_method(h, s, &call->src);
}

enum rc net_call_signed(struct net_kept *k, const struct net_signed *s, struct net_answer *ret, struct err *err)
{
	struct signed_call call = { .s = s, .src = { s->body, s->n }, .h = take_kept(k) };
	struct curl_slist *headers = signed_headers(s);
	curl_off_t length = -1;
	char signer[96];

	BUG_ON(!headers);
	snprintf(signer, sizeof(signer), "aws:amz:%s:s3", s->region);
	set_signed_options(call.h, &call, headers, signer);
	CURLcode got = curl_easy_perform(call.h);
	*ret = (struct net_answer){ .length = -1, .n = call.n };
	curl_easy_getinfo(call.h, CURLINFO_RESPONSE_CODE, &ret->status);
	curl_easy_getinfo(call.h, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
	ret->length = length;
	give_back(k, call.h);
	curl_slist_free_all(headers);
	if (got == CURLE_OK)
		return RC_OK;
	return err_set(err, RC_UNAVAILABLE, 0, "object store: %s",
		       call.is_too_long ? "it sends more than the file has" : curl_easy_strerror(got));
}

bool net_store_is_safe(const char *url)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/";
	const char *host = strstr(url, "://"), *path;
	size_t n = strlen(url);

	if (!host || !net_hook_is_safe(url))
		return false;
	host += 3;
	path = host + strcspn(host, "/");
	return *host != '/' && !memchr(host, '@', (size_t)(path - host)) && path[strspn(path, plain)] == '\0' &&
	       url[n - 1] != '/' && !strstr(path, "//");
}
