/* SPDX-License-Identifier: Apache-2.0 */
#include "web/exchange.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/form.h"
#include "web/session.h"
#include "web/static.h"

#define QUERY_FIELDS_MAX 100
#define PAGE_MAX ((size_t)4 * 1024 * 1024)
/*
 * After a refusal the rest of a body is read, so that the browser gets to see the answer: all of it when its
 * length was announced (and is within the route's limit), else this much.
 */
#define DROP_MAX ((int64_t)8 * 1024 * 1024)

struct exchange *exchange_begin(struct web *w, const char *uri)
{
	struct arena *a = worker_take_arena(&w->workers);
	struct exchange *ex = arena_new_one(a, struct exchange);

	ex->web = w;
	ex->a = a;
	ex->began_us = web_clock_us();
	ex->uri = strlen(uri) <= EXCHANGE_URI_MAX ? arena_strdup(a, uri) : NULL;
	ex->match.index = -1;
	ex->req = (struct request){
		.path = "/", .query_raw = "", .route = "none", .address = "", .cookie = "", .tmp_dir = "", .web = w,
	};
	ex->res = (struct response){ .status = 200, .content_type = "text/html; charset=utf-8", .a = a, .web = w };
	buf_init(&ex->res.body, PAGE_MAX);
	ex->c = (struct ctx){ .a = a, .now = web_now(w), .calendar = w->o.calendar, .sops = w->o.sops,
			      .settings = w->o.settings, .files = w->o.files };
	atomic_fetch_add_explicit(&w->metrics.in_flight, 1, memory_order_relaxed);
	return ex;
}

static bool refuse(struct exchange *ex, int status)
{
	dispatch_refuse(ex, status, 0);
	return false;
}

/* A shape that another server may read differently: answered and cut off. */
static bool refuse_and_close(struct exchange *ex, int status)
{
	ex->must_close = true;
	return refuse(ex, status);
}

/* Path and query; the absolute form "http://host/path" means the same as "/path". */
static int parse_uri(struct exchange *ex)
{
	const char *path = ex->uri, *query;
	size_t path_n;

	if (strncasecmp(path, "http://", 7) == 0 || strncasecmp(path, "https://", 8) == 0) {
		path = strchr(path + 8, '/');
		if (!path)
			path = "/";
	}
	if (path[0] != '/')
		return 400;
	path_n = strcspn(path, "?");
	query = path[path_n] == '?' ? path + path_n + 1 : "";
	/* A fragment is never sent by a browser, blanks and controls neither. */
	for (const char *s = path; *s; s++)
		if ((unsigned char)*s <= 0x20 || *s == 0x7F || *s == '#')
			return 400;
	if (form_parse_path(ex->a, path, path_n, &ex->req.path) != FORM_OK)
		return 400;
	if (form_parse(ex->a, query, strlen(query), QUERY_FIELDS_MAX, &ex->req.query, &ex->req.n_query) != FORM_OK)
		return 400;
	ex->req.query_raw = query;
	return 0;
}

/* Other methods are taken for a POST here and refused by find_route. */
static bool parse_method(const char *text, enum method *ret)
{
	*ret = METHOD_GET;
	if (strcmp(text, "GET") == 0 || strcmp(text, "HEAD") == 0)
		return true;
	*ret = METHOD_POST;
	return strcmp(text, "POST") == 0;
}

static bool refuse_method(struct exchange *ex)
{
	unsigned methods = ex->match.methods;
	bool get = methods & 1U << METHOD_GET, post = methods & 1U << METHOD_POST;

	dispatch_refuse(ex, 405, 0);
	response_header(&ex->res, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
	return false;
}

static bool redirect_without_slash(struct exchange *ex)
{
	size_t path_n = strcspn(ex->uri, "?");
	const char *query = ex->uri + path_n;

	/* The raw path, so that its escapes stay; parse_uri has seen that it begins with one slash. */
	while (path_n > 1 && ex->uri[path_n - 1] == '/')
		path_n--;
	if (ex->uri[0] != '/' || ex->uri[1] == '/')
		return refuse(ex, 404);
	ex->res.status = 308;
	response_header(&ex->res, "Location", arena_printf(ex->a, "%.*s%s", (int)path_n, ex->uri, query));
	dispatch_finish(ex);
	return false;
}

static bool find_route(struct exchange *ex)
{
	size_t n;
	const struct route *table = route_table(&n);

	switch (route_find(table, n, ex->req.method, ex->req.path, ex->a, &ex->match)) {
	case ROUTE_FOUND:
		if (!ex->has_known_method)
			return refuse_method(ex);
		ex->req.route = ex->match.route->pattern;
		ex->req.params = ex->match.params;
		ex->req.n_params = ex->match.n_params;
		return true;
	case ROUTE_OTHER_METHOD:
		return refuse_method(ex);
	case ROUTE_REMOVE_SLASH:
		return redirect_without_slash(ex);
	case ROUTE_NO_SUCH_PATH:
		break;
	}
	return refuse(ex, 404);
}

static bool begin_body(struct exchange *ex)
{
	const struct head *h = &ex->head;
	const struct route *route = ex->match.route;
	bool has_body = h->content_length > 0 || h->is_chunked;

	if (ex->req.method == METHOD_GET)
		return !has_body || refuse_and_close(ex, 413);
	ex->body = arena_new_one(ex->a, struct body);
	if (body_begin(ex->body, ex->a, ex->web->o.tmp_dir, h->content_type, h->content_length, route->body_limit))
		return true;
	return refuse_and_close(ex, ex->body->status);
}

/*
 * Only for visitors of whom nothing is known but language and look: any other cookie (a session, a draft, a
 * message) could show on the page.
 */
static bool is_anonymous(const struct exchange *ex)
{
	static const char *const neutral[] = { SESSION_LANGUAGE_COOKIE "=", SESSION_THEME_COOKIE "=", CSRF_COOKIE "=" };

	for (const char *s = ex->req.cookie; *(s += strspn(s, "; ")) != '\0'; s += strcspn(s, ";")) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_LEN(neutral); i++)
			known |= strncmp(s, neutral[i], strlen(neutral[i])) == 0;
		if (!known)
			return false;
	}
	return true;
}

/* The page as it was rendered a moment ago, when nothing was written since. */
static bool find_kept_page(struct exchange *ex)
{
	if (ex->req.method != METHOD_GET || ex->must_close || !ex->is_anonymous || ex->res.n_headers > 0)
		return false;
	ex->page_key = arena_printf(ex->a, "%d%d%d%s", (int)ex->c.lang, (int)ex->req.theme, ex->req.wants_json, ex->uri);
	ex->page_generation = writer_get_stats(ex->web->o.writer).batches;
	ex->kept = pagecache_find(ex->web->pages, ex->page_key, ex->page_generation, ex->began_us);
	if (!ex->kept)
		return false;
	if (head_has_tag(ex->head.none_match, ex->kept->etag)) {
		/* The browser has it already. */
		ex->res.status = 304;
		ex->res.is_cacheable = true;
		ex->etag = arena_strdup(ex->a, ex->kept->etag);
		pagecache_release(ex->kept);
		ex->kept = NULL;
		dispatch_finish(ex);
	}
	ex->is_ready = true;
	return true;
}

bool exchange_head(struct exchange *ex)
{
	struct head *h = &ex->head;
	int status = head_check(h);

	ex->has_head = true;
	if (atomic_load(&ex->web->stopping) || atomic_load(&ex->web->draining))
		ex->must_close = true;
	if (status == 0 && !ex->uri)
		status = 414;
	if (status == 0)
		status = parse_uri(ex);
	if (status != 0)
		return refuse_and_close(ex, status);
	ex->req.cookie = h->cookie ? arena_strdup(ex->a, h->cookie) : "";
	ex->req.address = arena_strdup(ex->a, head_client(ex->a, h, ex->web->o.settings->trusted_proxy));
	ex->req.wants_json = head_wants_json(h->accept);
	session_read_cookies(ex);
	ex->has_known_method = parse_method(h->method, &ex->req.method);
	if (h->content_length <= 0 && !h->is_chunked && static_answer(ex)) {
		dispatch_finish(ex);
		return false;
	}
	if (!find_route(ex)) {
		/* What a refused POST still sends must not be read as the next request. */
		ex->must_close |= h->content_length > 0 || h->is_chunked;
		return false;
	}
	ex->is_anonymous = is_anonymous(ex);
	if (begin_body(ex) && !find_kept_page(ex))
		return true;
	return false;
}

enum exchange_feed exchange_feed(struct exchange *ex, const char *p, size_t n)
{
	if (!ex->is_ready && ex->body && body_feed(ex->body, p, n))
		return EXCHANGE_MORE;
	if (!ex->is_ready)
		refuse_and_close(ex, ex->body ? ex->body->status : 413);
	ex->dropped += (int64_t)n;
	return ex->dropped > DROP_MAX && ex->head.is_chunked ? EXCHANGE_CUT : EXCHANGE_MORE;
}

bool exchange_run(struct exchange *ex)
{
	if (ex->is_ready)
		return true;
	if (ex->body && !body_finish(ex->body, &ex->req)) {
		refuse_and_close(ex, ex->body->status);
		return true;
	}
	return dispatch_begin(ex);
}

void exchange_submit(struct exchange *ex)
{
	dispatch_submit(ex);
}

/* The pattern, not the address: codes, queries and clients never reach the log. */
static void log_answer(const struct exchange *ex, uint64_t took_us)
{
	bool is_post = ex->has_known_method && ex->req.method == METHOD_POST;

	log_line(is_post || ex->res.status >= 500 ? LOG_INFO : LOG_DEBUG, "%s %s %d %llu us", is_post ? "POST" : "GET",
		 ex->req.route, ex->res.status, (unsigned long long)took_us);
}

void exchange_end(struct exchange *ex)
{
	struct web *w = ex->web;
	uint64_t took_us = web_clock_us() - ex->began_us;

	if (ex->is_ready) {
		metrics_count(&w->metrics, ex->match.index, ex->res.status, took_us);
		log_answer(ex, took_us);
	}
	if (ex->body)
		body_done(ex->body);
	pagecache_release(ex->kept);
	buf_done(&ex->res.body);
	atomic_fetch_sub_explicit(&w->metrics.in_flight, 1, memory_order_relaxed);
	worker_give_arena(&w->workers, ex->a);
}
