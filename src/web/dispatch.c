/* SPDX-License-Identifier: Apache-2.0 */
#include "web/dispatch.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/parse.h"
#include "web/archives.h"
#include "web/csrf.h"
#include "web/error_page.h"
#include "web/session.h"

/* What every answer carries: design README, section 2; script-src 'self' for our one optional script. */
static const struct field security_headers[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
	  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "Referrer-Policy", "no-referrer" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

static bool is_page(const struct response *res)
{
	return res->status == 200 && strncmp(res->content_type, "text/html", 9) == 0;
}

static bool sets_cookie(const struct response *res)
{
	for (size_t i = 0; i < res->n_headers; i++)
		if (strcmp(res->headers[i].name, "Set-Cookie") == 0)
			return true;
	return false;
}

/* A handler's own idea of a security header gives way to ours. */
static void drop_header(struct response *res, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < res->n_headers; i++)
		if (strcasecmp(res->headers[i].name, name) != 0)
			res->headers[kept++] = res->headers[i];
	res->n_headers = kept;
}

/*
 * A public page may be kept by anyone who asks whether it is still right (ETag); everything else is personal
 * or passing, and kept by nobody.
 */
static void add_cache_headers(struct exchange *ex)
{
	struct response *res = &ex->res;

	if (!res->is_cacheable || ex->req.session_token || ex->req.has_flash || sets_cookie(res) ||
	    (res->status != 200 && res->status != 304)) {
		response_header(res, "Cache-Control", "no-store");
		return;
	}
	response_header(res, "Cache-Control", "no-cache");
	response_header(res, "Vary", "Cookie, Accept");
	if (!ex->etag && res->body.n > 0) {
		char hex[2 * HASH_BYTES + 1];
		struct hash h = hash_of(res->body.p, res->body.n, NULL);

		parse_hex_encode(h.b, sizeof(h.b), hex);
		ex->etag = arena_printf(ex->a, "\"%.16s\"", hex);
	}
	if (!ex->etag)
		return;
	response_header(res, "ETag", ex->etag);
	if (head_has_tag(ex->head.none_match, ex->etag)) {
		res->status = 304;
		buf_reset(&res->body);
	}
}

void dispatch_finish(struct exchange *ex)
{
	struct response *res = &ex->res;

	if (ex->req.has_flash && is_page(res) && ex->req.method == METHOD_GET)
		response_cookie(&ex->c, res, SESSION_FLASH_COOKIE, "", -1);
	if (!res->keeps_cache_header)
		add_cache_headers(ex);
	for (size_t i = 0; i < ARRAY_LEN(security_headers); i++) {
		drop_header(res, security_headers[i].name);
		response_header(res, security_headers[i].name, security_headers[i].value);
	}
	if (res->status == 503)
		response_header(res, "Retry-After", "5");
	if (ex->must_close)
		response_header(res, "Connection", "close");
	ex->is_ready = true;
}

/* Drops what a handler rendered or asked for: nothing of a refused request may reach the browser. */
static void start_over(struct response *res)
{
	res->n_headers = 0;
	res->file_path = NULL;
	res->fetch = NULL;
	res->static_bytes = NULL;
	res->is_cacheable = false;
	res->keeps_cache_header = false;
	res->changes_almanac = false;
	res->content_type = "text/html; charset=utf-8";
	buf_reset(&res->body);
}

static void render_error(struct exchange *ex, int status, int refusal)
{
	start_over(&ex->res);
	error_page_render(&ex->c, &ex->req, &ex->res, status, refusal);
}

void dispatch_refuse(struct exchange *ex, int status, int refusal)
{
	render_error(ex, status, refusal);
	dispatch_finish(ex);
}

/* The handler has run: an rc that it did not turn into a page of its own becomes an error page. */
static void conclude(struct exchange *ex, enum rc rc)
{
	if (ex->res.body.overflow) {
		log_error("%s: the page is larger than its maximum", ex->req.route);
		ex->res.body.overflow = false;
		render_error(ex, 500, REFUSE_internal);
	} else if (rc != RC_OK && ex->res.status < 400) {
		int status = error_page_status(rc);

		if (status >= 500)
			log_error("%s: %s: %s", ex->req.route, rc_name(rc), ex->c.err.detail);
		render_error(ex, status, ex->c.err.refusal);
	} else if (ex->req.csrf_failed && ex->res.status < 400) {
		render_error(ex, 403, REFUSE_form_expired);
	}
	dispatch_finish(ex);
}

/* Sends a person to sign in; after a POST the page says so instead, so that the browser keeps what was typed. */
static void ask_to_sign_in(struct exchange *ex)
{
	struct buf to;

	if (ex->req.method == METHOD_POST || ex->req.wants_json) {
		dispatch_refuse(ex, 403, REFUSE_session_expired);
		return;
	}
	start_over(&ex->res);
	buf_init(&to, 8 * EXCHANGE_URI_MAX);
	buf_lit(&to, "/masuk?lanjut=");
	for (const unsigned char *s = (const unsigned char *)ex->uri; *s; s++) {
		if ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || *s == '/' || *s == '-')
			buf_char(&to, (char)*s);
		else
			buf_printf(&to, "%%%02X", *s);
	}
	ex->res.status = 303;
	response_header(&ex->res, "Location", arena_strdup(ex->a, buf_cstr(&to)));
	buf_done(&to);
	dispatch_finish(ex);
}

static bool check_access(struct exchange *ex)
{
	const struct route *route = ex->match.route;
	enum rc rc = RC_OK;

	/* An open write is one request without a past: no cookie lends it anybody's rights. */
	if (route->effect != ROUTE_WRITES_OPEN && ex->c.db)
		rc = session_resume(ex);
	if (rc != RC_OK) {
		conclude(ex, rc);
		return false;
	}
	session_keep_alive(ex);
	if (route_allows(route->access, ex->c.who.role))
		return true;
	if (!ex->c.db)
		dispatch_refuse(ex, 503, REFUSE_unavailable);
	else if (ex->c.who.role == ROLE_NONE)
		ask_to_sign_in(ex);
	else
		dispatch_refuse(ex, 403, REFUSE_not_allowed);
	return false;
}

static void check_csrf(struct exchange *ex)
{
	const char *from = ex->head.fetch_site;

	if (ex->match.route->effect != ROUTE_WRITES)
		return;
	ex->req.csrf_failed = (from && strcmp(from, "cross-site") == 0) ||
			      !csrf_is_valid(&ex->web->key, &ex->req, request_form(&ex->req, CSRF_FIELD));
}

/* It lost against another write, or the replica went away: nothing of the first try may show. */
static void begin_again(struct exchange *ex)
{
	if (!ex->has_run) {
		ex->has_run = true;
		ex->c_before = ex->c;
		ex->headers_before = ex->res.n_headers;
		return;
	}
	ex->c = ex->c_before;
	start_over(&ex->res);
	ex->res.n_headers = ex->headers_before;
	ex->res.status = 200;
	ex->res.new_visitor[0] = '\0';
}

/* Who has just written something sees it: for so long every page comes from the primary. */
#define FRESH_COOKIE "baru"
#define FRESH_S 60

static struct db *open_replica(struct exchange *ex, struct txn *t)
{
	struct workers *ws = &ex->web->workers;
	struct db *db = worker_replica(ws, ex->began_us);

	if (db && txn_begin(db, t) != RC_OK) {
		worker_leave_replica(ws, ex->began_us);
		return NULL;
	}
	return db;
}

/* The thread's reader, looking at one state of the database until the answer is rendered. */
static struct db *open_snapshot(struct exchange *ex, struct txn *t)
{
	struct db *db = NULL;

	if (ex->match.route->effect == ROUTE_READS_LATE && ex->is_anonymous)
		db = open_replica(ex, t);
	ex->is_late = db != NULL;
	if (!db)
		db = worker_db(&ex->web->workers);
	if (db && !ex->is_late && txn_begin(db, t) != RC_OK) {
		log_error("a reader cannot look at the database: %s", db_message(db));
		return NULL;
	}
	return db;
}

/* The replica went away, or had to end the page's transaction to go on: then the primary answers. */
static enum rc run_on_primary(struct exchange *ex, struct txn *t)
{
	txn_end(t);
	worker_leave_replica(&ex->web->workers, ex->began_us);
	begin_again(ex);
	ex->c.db = open_snapshot(ex, t);
	return ex->c.db ? ex->match.route->handler(&ex->c, &ex->req, &ex->res) : RC_UNAVAILABLE;
}

/* False: the answer is an attachment that has to be fetched first. */
/* In an archive nothing is changed. */
static enum rc refuse_archived(struct exchange *ex)
{
	return ctx_refuse(&ex->c, RC_CONFLICT, archived);
}

/* What is not here may be in an archive. Nothing of the first try may show. */
static enum rc run_elsewhere(struct exchange *ex, size_t headers)
{
	TRY(archives_seek(ex, ex->c.db));
	if (!ex->c.elsewhere_year)
		return RC_NOT_FOUND;
	if (route_writes(ex->match.route))
		return refuse_archived(ex);
	start_over(&ex->res);
	ex->res.n_headers = headers;
	ex->res.status = 200;
	return archives_run(ex, ex->c.elsewhere_year);
}

static bool run_here(struct exchange *ex, struct txn *t)
{
	size_t headers = ex->res.n_headers;
	int year = ex->c.db ? archives_asked(ex) : 0;
	enum rc rc;

	if (ex->is_late)
		begin_again(ex);
	rc = year ? archives_run(ex, year) : ex->match.route->handler(&ex->c, &ex->req, &ex->res);
	if (rc == RC_UNAVAILABLE && ex->is_late)
		rc = run_on_primary(ex, t);
	if (rc == RC_NOT_FOUND && ex->c.db && !year)
		rc = run_elsewhere(ex, headers);
	if (rc == RC_OK && ex->res.fetch)
		return false;
	conclude(ex, rc);
	return true;
}

bool dispatch_begin(struct exchange *ex)
{
	TXN(snapshot);

	ex->c.db = open_snapshot(ex, &snapshot);
	if (ex->c.db)
		almanac_refresh(&ex->web->almanac, ex->c.db, ex->c.settings, ex->c.now, web_clock_us());
	ex->c.calendar = almanac_calendar(&ex->web->almanac);
	ex->c.sops = almanac_sops(&ex->web->almanac);
	ex->c.directory = almanac_directory(&ex->web->almanac);
	ex->c.archives = almanac_archives(&ex->web->almanac);
	ex->c.figures = almanac_figures(&ex->web->almanac);
	if (!check_access(ex))
		return true;
	check_csrf(ex);
	if (route_writes(ex->match.route) && !ex->req.csrf_failed)
		return false;
	/* The health pages answer without a database, to say so; every other handler needs one. */
	if (!ex->c.db && ex->match.route->handler != health_get && ex->match.route->handler != health_ready_get)
		dispatch_refuse(ex, 503, REFUSE_unavailable);
	else
		return run_here(ex, &snapshot);
	return true;
}

/* On a thread of the writer, in the job's transaction. */
static enum rc write_run(struct db *db, void *arg)
{
	struct exchange *ex = arg;

	begin_again(ex);
	ex->c.db = db;
	ex->handler_rc = ex->match.route->handler(&ex->c, &ex->req, &ex->res);
	if (ex->handler_rc == RC_NOT_FOUND && archives_seek(ex, db) == RC_OK && ex->c.elsewhere_year)
		ex->handler_rc = refuse_archived(ex);
	ex->c.db = NULL;
	return ex->handler_rc;
}

/* On the same thread, once the batch is on disk or lost. */
static void write_done(void *arg, enum rc rc)
{
	struct exchange *ex = arg;

	if (rc != RC_OK && ex->handler_rc == RC_OK) {
		log_error("%s: the write was lost with its batch", ex->req.route);
		dispatch_refuse(ex, 503, REFUSE_unavailable);
	} else {
		if (rc == RC_OK && ex->res.changes_almanac)
			almanac_expire(&ex->web->almanac);
		if (rc == RC_OK && ex->web->o.replica_url)
			response_cookie(&ex->c, &ex->res, FRESH_COOKIE, "1", FRESH_S);
		conclude(ex, ex->handler_rc);
	}
	ex->on_ready(ex->on_ready_arg);
}

static void submit_write(struct exchange *ex)
{
	ex->write = (struct write_job){ .run = write_run, .done = write_done, .arg = ex };
	if (writer_submit(ex->web->o.writer, &ex->write) == RC_OK)
		return;
	dispatch_refuse(ex, 503, REFUSE_unavailable);
	ex->on_ready(ex->on_ready_arg);
}

static enum rc announce(struct db *db, void *arg)
{
	struct ctx *c = arg;
	enum rc rc;

	c->db = db;
	rc = attach_announce(c);
	c->db = NULL;
	return rc;
}

/* On a thread for transfers: the new files go to their store before the handler writes their rows. */
static void put_run(void *arg)
{
	struct exchange *ex = arg;
	enum rc rc;

	ex->c.db = NULL;
	rc = writer_run(ex->web->o.writer, announce, &ex->c);
	if (rc == RC_OK) {
		attach_put(&ex->c);
		submit_write(ex);
		return;
	}
	conclude(ex, rc);
	ex->on_ready(ex->on_ready_arg);
}

/* On a thread for transfers. */
static void fetch_run(void *arg)
{
	struct exchange *ex = arg;
	enum rc rc;

	ex->c.db = NULL;
	rc = attach_fetch(&ex->c, ex->web->o.tmp_dir, ex->res.fetch);
	if (rc == RC_OK)
		response_fetched(&ex->res);
	conclude(ex, rc);
	ex->on_ready(ex->on_ready_arg);
}

/* Waiting for a disk or a network has threads of its own: sign-ins and pictures do not stand in line behind it. */
static void submit_transfer(struct exchange *ex, void (*run)(void *arg))
{
	ex->transfer = (struct pool_job){ .run = run, .arg = ex };
	if (pool_submit(ex->web->transfers, &ex->transfer) == RC_OK)
		return;
	dispatch_refuse(ex, 503, REFUSE_unavailable);
	ex->on_ready(ex->on_ready_arg);
}

/* On a thread of the pool. */
static void prepare_run(void *arg)
{
	struct exchange *ex = arg;
	enum rc rc;

	ex->c.db = worker_db(&ex->web->workers);
	if (!ex->c.db)
		rc = err_set(&ex->c.err, RC_UNAVAILABLE, REFUSE_unavailable, "no connection for the prepare step");
	else
		rc = ex->match.route->prepare(&ex->c, &ex->req);
	if (rc == RC_OK) {
		if (ex->c.new_files)
			submit_transfer(ex, put_run);
		else
			submit_write(ex);
		return;
	}
	conclude(ex, rc);
	ex->on_ready(ex->on_ready_arg);
}

/* Without files their step has nothing slow to do: no reason to stand in line for it. */
static bool prepares_at_once(const struct exchange *ex)
{
	return ex->match.route->prepare == public_uploads_prepare && ex->req.n_uploads == 0;
}

void dispatch_submit(struct exchange *ex)
{
	if (ex->res.fetch) {
		submit_transfer(ex, fetch_run);
		return;
	}
	if (!ex->match.route->prepare) {
		submit_write(ex);
		return;
	}
	if (prepares_at_once(ex)) {
		prepare_run(ex);
		return;
	}
	ex->prepare = (struct pool_job){ .run = prepare_run, .arg = ex };
	if (pool_submit(ex->web->pool, &ex->prepare) == RC_OK)
		return;
	dispatch_refuse(ex, 503, REFUSE_unavailable);
	ex->on_ready(ex->on_ready_arg);
}
