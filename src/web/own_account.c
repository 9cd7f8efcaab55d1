/* SPDX-License-Identifier: Apache-2.0
 * own_account - /akun: who am I here, where am I signed in, change my password.
 */
#include <string.h>

#include "app/account.h"
#include "base/hash.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "query_desk.h"
#include "tmpl_office_login.h"
#include "web/csrf.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/session.h"

#define PASSWORD_MIN 12
#define PASSWORD_MAX 200

/* What the prepare step of a password change found out. */
struct changed {
	enum rc rc;          /* of the old password's check */
	enum msg problem;    /* MSG_NONE: none */
	char hash[128];
};

static bool hash_of_token(const char *token, struct hash *ret)
{
	unsigned char secret[SESSION_TOKEN_LEN / 2];

	if (!token || !parse_hex_decode(token, secret, sizeof(secret)))
		return false;
	*ret = hash_of(secret, sizeof(secret), NULL);
	return true;
}

static enum rc load_sessions(struct ctx *c, const struct request *req, struct own_account *own)
{
	struct desk_sessions_row *rows;
	struct own_session *all;
	struct hash mine;
	bool has_mine = hash_of_token(req->session_token, &mine);
	size_t n;

	TRY(q_desk_sessions(c->db, c->a, &(struct desk_sessions_args){ .account_id = c->who.account, .now = c->now }, &rows, &n));
	all = arena_new_many(c->a, struct own_session, n + 1);
	for (size_t i = 0; i < n; i++) {
		char *id = arena_alloc(c->a, 2 * HASH_BYTES + 1);

		if (rows[i].token_hash.n != HASH_BYTES)
			continue;
		parse_hex_encode(rows[i].token_hash.p, HASH_BYTES, id);
		all[own->n_sessions++] = (struct own_session){
			.id = id,
			.created_at = rows[i].created_at,
			.seen_at = rows[i].seen_at,
			.is_this = has_mine && memcmp(rows[i].token_hash.p, mine.b, HASH_BYTES) == 0,
		};
	}
	own->sessions = all;
	return RC_OK;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const char *problem)
{
	struct own_account own = { .csrf = csrf_token(c, req, res), .problem = problem };
	struct desk_account_row row;
	struct page p;

	TRY(q_desk_account(c->db, c->a, c->who.account, &row));
	own.name = row.name;
	own.login = row.login;
	own.email = row.email;
	own.agency = row.agency;
	own.role = row.role;
	TRY(load_sessions(c, req, &own));
	page_init(&p, c, req, res);
	p.layout.title = msg_own_title(c->lang);
	p.layout.nav = NAV_ACCOUNT;
	p.layout.here = "/akun";
	p.layout.lang_href = layout_lang_href(c->a, "/akun", "", layout_other_lang(c->lang));
	page_begin(&p);
	view_own_account(&p.out, &own);
	return page_end(&p);
}

enum rc own_account_get(struct ctx *c, const struct request *req, struct response *res)
{
	return show(c, req, res, NULL);
}

enum rc own_account_session_post(struct ctx *c, const struct request *req, struct response *res)
{
	unsigned char hash[HASH_BYTES];
	const char *id = request_form(req, "sesi");

	if (req->csrf_failed)
		return ctx_refuse(c, RC_DENIED, form_expired);
	if (!id || !parse_hex_decode(id, hash, sizeof(hash)))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(account_end_one_session(c, c->who.account, hash));
	response_flash(c, res, MSG_own_session_ended);
	return response_redirect(c, res, "/akun");
}

static enum msg password_problem(const char *old, const char *fresh, const char *again)
{
	size_t points = utf8_length(fresh);

	if (points < PASSWORD_MIN)
		return MSG_own_password_short;
	if (points > PASSWORD_MAX)
		return MSG_own_password_long;
	if (strcmp(fresh, again) != 0)
		return MSG_own_password_differs;
	if (strcmp(fresh, old) == 0)
		return MSG_own_password_same;
	return MSG_NONE;
}

enum rc own_account_password_prepare(struct ctx *c, struct request *req)
{
	struct changed *k = arena_new_one(c->a, struct changed);
	struct form_read f = form_read_begin(c, req);
	const char *old = form_read_raw(&f, "sandi_lama"), *fresh = form_read_raw(&f, "sandi_baru");
	struct desk_account_row row;
	struct account_id same;

	req->prep = k;
	TRY(q_desk_account(c->db, c->a, c->who.account, &row));
	k->rc = account_check_password(c, row.login, old, &same);
	if (k->rc == RC_UNAVAILABLE || k->rc == RC_FAILED)
		return k->rc;
	if (k->rc == RC_LIMITED)
		k->problem = MSG_refusal_login_throttled;
	else if (k->rc != RC_OK)
		k->problem = MSG_own_password_wrong;
	else
		k->problem = password_problem(old, fresh, form_read_raw(&f, "sandi_ulang"));
	return k->problem == MSG_NONE ? account_hash_password(fresh, k->hash) : RC_OK;
}

enum rc own_account_password_post(struct ctx *c, const struct request *req, struct response *res)
{
	char *token = arena_alloc(c->a, SESSION_TOKEN_LEN + 1);
	const struct changed *k = req->prep;
	struct desk_account_row row;

	if (req->csrf_failed || !k) {
		res->status = 403;
		return show(c, req, res, msg_text(c->lang, MSG_refusal_form_expired));
	}
	if (k->problem != MSG_NONE) {
		TRY(q_desk_account(c->db, c->a, c->who.account, &row));
		if (k->rc == RC_DENIED)
			TRY(account_note_failure(c, row.login));
		res->status = k->rc == RC_OK ? 422 : error_page_status(k->rc);
		return show(c, req, res, msg_text(c->lang, k->problem));
	}
	/* All sessions end, also those of a thief; this browser gets a new one. */
	TRY(account_set_password(c, c->who.account, k->hash));
	TRY(account_begin_session(c, c->who.account, token));
	response_cookie(c, res, SESSION_COOKIE, token, 0);
	response_flash(c, res, MSG_own_password_changed);
	return response_redirect(c, res, "/akun");
}
