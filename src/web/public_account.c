/* SPDX-License-Identifier: Apache-2.0
 * public_account - an account for citizens who want one, and the reports sent with it. Nothing needs it: a
 * report is followed by its code.
 *
 * The name to sign in with is an e-mail address, so that nobody takes an officer's. It is not proved to be
 * the person's own, and so it opens nothing but what was sent from this very account.
 */
#include <string.h>

#include "app/account.h"
#include "app/settings.h"
#include "base/utf8.h"
#include "query_archived.h"
#include "query_public.h"
#include "tmpl_public_account.h"
#include "web/csrf.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/session.h"

#define LOGIN_MAX 64
#define PASSWORD_MIN 10
#define PASSWORD_MAX 200
#define REPORTS_MAX 200

/* What the prepare step found out. */
struct fresh {
	enum rc limited;
	char hash[128];
};

struct wanted {
	const char *name, *email, *password, *again;
	struct pub_problems problems;
};

static void check(struct ctx *c, struct wanted *w)
{
	size_t points = utf8_length(w->password);

	if (!*w->name || utf8_length(w->name) > REPORT_NAME_MAX)
		public_problem_add(c, &w->problems, "nama", msg_register_name_missing(c->lang));
	if (!*w->email || strlen(w->email) > LOGIN_MAX || complete_email(w->email) != FIELD_OK)
		public_problem_add(c, &w->problems, "surel", msg_register_email_missing(c->lang));
	if (points < PASSWORD_MIN || points > PASSWORD_MAX)
		public_problem_add(c, &w->problems, "sandi", msg_register_password_short(c->lang));
	else if (strcmp(w->password, w->again) != 0)
		public_problem_add(c, &w->problems, "sandi_ulang", msg_register_password_differs(c->lang));
}

static struct wanted read_form(struct ctx *c, const struct request *req)
{
	struct form_read f = form_read_begin(c, req);
	struct wanted w = {
		.name = form_read_text(&f, "nama", 0, REPORT_NAME_MAX),
		.email = form_read_text(&f, "surel", 0, REPORT_EMAIL_MAX),
		.password = form_read_raw(&f, "sandi"),
		.again = form_read_raw(&f, "sandi_ulang"),
	};

	check(c, &w);
	return w;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct wanted *w)
{
	const struct register_page r = {
		.csrf = csrf_token(c, req, res),
		.name = w->name,
		.email = w->email,
		.problems = w->problems,
		.form_expired = req->csrf_failed,
		.password_min = PASSWORD_MIN,
	};
	struct page p;

	page_init(&p, c, req, res);
	p.layout.title = msg_register_title(c->lang);
	p.layout.nav = NAV_SIGN_IN;
	p.layout.noindex = true;
	page_begin(&p);
	view_register(&p.out, &r);
	return page_end(&p);
}

enum rc register_get(struct ctx *c, const struct request *req, struct response *res)
{
	if (c->who.role != ROLE_NONE)
		return response_redirect(c, res, "/laporan-saya");
	return show(c, req, res, &(struct wanted){ .name = "", .email = "" });
}

/* The hash is slow on purpose: here, and only of a form that is otherwise fine. */
enum rc register_prepare(struct ctx *c, struct request *req)
{
	struct fresh *k = arena_new_one(c->a, struct fresh);
	struct wanted w = read_form(c, req);

	req->prep = k;
	k->limited = request_limit_take(c, req, REQUEST_LIMIT_LOGIN);
	if (k->limited != RC_OK || w.problems.n > 0)
		return RC_OK;
	return account_hash_password(w.password, k->hash);
}

enum rc register_post(struct ctx *c, const struct request *req, struct response *res)
{
	char *token = arena_alloc(c->a, SESSION_TOKEN_LEN + 1);
	const struct fresh *k = req->prep;
	struct wanted w = read_form(c, req);
	struct account_id id;

	if (req->csrf_failed) {
		w.problems.n = 0;
		res->status = 403;
		return show(c, req, res, &w);
	}
	if (k->limited != RC_OK)
		return ctx_refuse(c, RC_LIMITED, too_many_requests);
	const struct account_in in = {
		.login = w.email,
		.name = w.name,
		.email = w.email,
		.password_hash = k->hash,
		.role = ROLE_CITIZEN,
	};
	enum rc rc = w.problems.n > 0 ? RC_INVALID : account_create(c, &in, &id);
	if (rc == RC_CONFLICT)
		public_problem_add(c, &w.problems, "surel", msg_register_taken(c->lang));
	if (rc == RC_CONFLICT || rc == RC_INVALID) {
		res->status = 422;
		return show(c, req, res, &w);
	}
	TRY(rc);
	TRY(account_begin_session(c, id, token));
	response_cookie(c, res, SESSION_COOKIE, token, 0);
	response_flash(c, res, MSG_register_done);
	return response_redirect(c, res, "/laporan-saya");
}

/* Only what the stubs say: their archives may be away. */
static enum rc add_archived(struct ctx *c, struct own_reports_page *o)
{
	struct archived_own_row *rows;
	struct own_archived *list;

	TRY(q_archived_own(c->db, c->a, &(struct archived_own_args){
		.account_id = c->who.account, .max_rows = REPORTS_MAX }, &rows, &o->n_archived));
	list = arena_new_many(c->a, struct own_archived, o->n_archived);
	for (size_t i = 0; i < o->n_archived; i++)
		list[i] = (struct own_archived){ rows[i].number, rows[i].code,
						 arena_printf(c->a, "%d", (int)rows[i].year) };
	o->archived = list;
	return RC_OK;
}

enum rc own_reports_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct own_reports_page o = { .name = c->who.name };
	struct own_reports_row *rows;
	struct own_report *list;
	struct page p;

	TRY(q_own_reports(c->db, c->a, &(struct own_reports_args){
		.account_id = c->who.account, .max_rows = REPORTS_MAX }, &rows, &o.n));
	list = arena_new_many(c->a, struct own_report, o.n);
	for (size_t i = 0; i < o.n; i++)
		list[i] = (struct own_report){
			.number = rows[i].number,
			.code = rows[i].code,
			.title = rows[i].title,
			.state = rows[i].state,
			.is_late = rows[i].is_open && instant_is_set(rows[i].due_at) &&
				   rows[i].due_at.ms < c->now.ms,
			.received_at = rows[i].received_at,
		};
	o.p = list;
	TRY(add_archived(c, &o));
	page_init(&p, c, req, res);
	p.layout.title = msg_own_reports_title(c->lang);
	p.layout.nav = NAV_ACCOUNT;
	p.layout.noindex = true;
	response_header(res, "Referrer-Policy", "no-referrer");
	page_begin(&p);
	view_own_reports(&p.out, &o);
	return page_end(&p);
}
