/* SPDX-License-Identifier: Apache-2.0
 * login - signing in and out.
 *
 * The password is checked in the worker pool, because that is slow on purpose; the writer only counts a failure or
 * begins a session. The answer is the same for an unknown name and a wrong password.
 */
#include <string.h>

#include "app/account.h"
#include "query_desk.h"
#include "tmpl_office_login.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/session.h"

#define LOGIN_MAX 64
#define NEXT_MAX 1024

/* What the prepare step found out. */
struct checked {
	enum rc rc;
	struct err err;
	struct account_id account;
	enum role role;
};

/* Where to go afterwards: only a path of this site, and not one that leads in a circle. */
static const char *local_path(const char *s)
{
	if (!s || s[0] != '/' || s[1] == '/' || s[1] == '\\' || strlen(s) > NEXT_MAX)
		return "";
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if (*p <= ' ' || *p >= 0x7f || *p == '\\' || *p == '"')
			return "";
	if (strncmp(s, "/masuk", 6) == 0 || strncmp(s, "/keluar", 7) == 0)
		return "";
	return s;
}

static const char *home_of(enum role role)
{
	switch (role) {
	case ROLE_NONE:
	case ROLE_SYSTEM: return "/";
	case ROLE_CITIZEN: return "/laporan-saya";
	case ROLE_OPERATOR: return "/meja/pengaturan";
	case ROLE_NATIONAL_ADMIN:
	case ROLE_AGENCY_ADMIN:
	case ROLE_LIAISON:
	case ROLE_UNIT_OFFICER:
	case ROLE_COORDINATOR:
	case ROLE_OVERSIGHT:
	case ROLE_OPD_HEAD: return "/meja";
	case ROLE_INTAKE:
	case ROLE_OPD_INTAKE: return "/meja/penerimaan";
	case ROLE_SECTION_HEAD:
	case ROLE_DIVISION_HEAD:
	case ROLE_OFFICE_HEAD:
	case ROLE_REGENT: return "/meja/berkala";
	}
	return "/";
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct login_page *login)
{
	struct page p;

	page_init(&p, c, req, res);
	p.layout.title = msg_login_title(c->lang);
	p.layout.nav = NAV_SIGN_IN;
	p.layout.noindex = true;
	p.layout.here = "/masuk";
	page_begin(&p);
	view_login(&p.out, login);
	return page_end(&p);
}

enum rc login_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *next = local_path(request_query(req, "lanjut"));

	if (req->session_token)
		return response_redirect(c, res, "%s", *next ? next : home_of(c->who.role));
	return show(c, req, res, &(struct login_page){ .csrf = csrf_token(c, req, res), .login = "", .next = next });
}

enum rc login_prepare(struct ctx *c, struct request *req)
{
	struct checked *k = arena_new_one(c->a, struct checked);
	struct form_read f = form_read_begin(c, req);
	const char *login = form_read_text(&f, "login", 1, LOGIN_MAX);
	struct desk_account_row row;

	req->prep = k;
	k->rc = request_limit_take(c, req, REQUEST_LIMIT_LOGIN);
	if (k->rc == RC_OK && f.problems.n > 0)
		k->rc = ctx_refuse(c, RC_DENIED, bad_login);
	if (k->rc == RC_OK)
		k->rc = account_check_password(c, login, form_read_raw(&f, "sandi"), &k->account);
	k->err = c->err;
	if (k->rc == RC_OK) {
		TRY(q_desk_account(c->db, c->a, k->account, &row));
		k->role = row.role;
	}
	/* A bad password is the handler's to answer: it has to be counted. */
	return k->rc == RC_UNAVAILABLE || k->rc == RC_FAILED ? k->rc : RC_OK;
}

static enum rc refuse(struct ctx *c, const struct request *req, struct response *res, const char *problem, int status)
{
	struct form_read f = form_read_begin(c, req);
	struct login_page login = {
		.csrf = csrf_token(c, req, res),
		.login = form_read_text(&f, "login", 0, LOGIN_MAX),
		.next = local_path(request_form(req, "lanjut")),
		.problem = problem,
	};

	res->status = status;
	return show(c, req, res, &login);
}

enum rc login_post(struct ctx *c, const struct request *req, struct response *res)
{
	char *token = arena_alloc(c->a, SESSION_TOKEN_LEN + 1);
	const char *next = local_path(request_form(req, "lanjut"));
	const struct checked *k = req->prep;
	struct form_read f = form_read_begin(c, req);

	if (req->csrf_failed || !k)
		return refuse(c, req, res, msg_text(c->lang, MSG_refusal_form_expired), 403);
	if (k->rc != RC_OK) {
		c->err = k->err;
		if (k->rc == RC_DENIED)
			TRY(account_note_failure(c, form_read_text(&f, "login", 0, LOGIN_MAX)));
		/* RC_OK from here: the counted failure has to stay. */
		return refuse(c, req, res, desk_parts_refusal(c), error_page_status(k->rc));
	}
	TRY(account_begin_session(c, k->account, token));
	response_cookie(c, res, SESSION_COOKIE, token, 0);
	return response_redirect(c, res, "%s", *next ? next : home_of(k->role));
}

enum rc login_out_post(struct ctx *c, const struct request *req, struct response *res)
{
	if (req->csrf_failed)
		return ctx_refuse(c, RC_DENIED, form_expired);
	TRY(account_end_session(c, req->session_token));
	response_cookie(c, res, SESSION_COOKIE, "", -1);
	response_flash(c, res, MSG_login_goodbye);
	return response_redirect(c, res, "/masuk");
}
