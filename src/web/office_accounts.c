/* SPDX-License-Identifier: Apache-2.0
 * office_accounts - officers' accounts: create, reset the password, switch off and on.
 *
 * Passwords are made here, shown once on the answer, and kept as a hash only.
 */
#include <string.h>

#include "base/rand.h"
#include "core/complete.h"
#include "messages.h"
#include "web/desk_parts.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/office_page.h"

#define PASSWORD_SIGNS 16
#define PASSWORD_GROUP 4

/* A fresh password and its hash, made in the worker pool. */
struct fresh {
	char password[PASSWORD_SIGNS + PASSWORD_SIGNS / PASSWORD_GROUP];
	char hash[128];
};

/* 16 signs out of 31 that nobody mixes up, in groups: "abcd-efgh-jkmn-pqrs", 79 bits. */
static void make_password(char out[PASSWORD_SIGNS + PASSWORD_SIGNS / PASSWORD_GROUP])
{
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
	unsigned char secret[PASSWORD_SIGNS];
	size_t n = 0;

	rand_secret(secret, sizeof(secret));
	for (size_t i = 0; i < PASSWORD_SIGNS; i++) {
		if (i > 0 && i % PASSWORD_GROUP == 0)
			out[n++] = '-';
		out[n++] = signs[secret[i] % (sizeof(signs) - 1)];
	}
	out[n] = '\0';
}

enum rc office_accounts_prepare(struct ctx *c, struct request *req)
{
	struct fresh *k = arena_new_one(c->a, struct fresh);

	make_password(k->password);
	req->prep = k;
	return account_hash_password(k->password, k->hash);
}

enum rc office_accounts_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct agency_id here;

	TRY(office_page_node(c, req, &here));
	return office_page_show(c, req, res, OFFICE_ACCOUNTS, NULL, here);
}

static enum msg problem_of(const struct form_read *f, const struct account_in *in, const char *email)
{
	if (!office_login_is_valid(in->login))
		return MSG_office_bad_login;
	if (*in->name == '\0')
		return MSG_office_bad_name;
	if (complete_email(email) != FIELD_OK)
		return MSG_office_bad_email;
	return in->role == ROLE_NONE || f->problems.n > 0 ? MSG_office_bad_role : MSG_NONE;
}

static enum rc show_with(struct ctx *c, const struct request *req, struct response *res, struct agency_id here,
			 int status, struct office_page *typed, const char *problem)
{
	typed->problem = problem;
	res->status = status;
	return office_page_show(c, req, res, OFFICE_ACCOUNTS, typed, here);
}

enum rc office_accounts_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const struct fresh *k = req->prep;
	struct account_in in = {
		.login = form_read_text(&f, "login", 0, 64),
		.name = form_read_text(&f, "nama", 0, REPORT_NAME_MAX),
		.email = form_read_text(&f, "surel", 0, REPORT_EMAIL_MAX),
		.password_hash = k ? k->hash : "",
	};
	struct office_page typed = { .typed_login = in.login, .typed_name = in.name, .typed_email = in.email };
	struct account_id made;
	enum msg problem;
	enum rc rc;

	TRY(office_page_node(c, req, &in.agency));
	if (!role_parse(form_read_raw(&f, "peran"), &in.role))
		in.role = ROLE_NONE;
	if (req->csrf_failed || !k)
		return show_with(c, req, res, in.agency, 403, &typed, msg_text(c->lang, MSG_refusal_form_expired));
	problem = problem_of(&f, &in, in.email);
	if (problem != MSG_NONE)
		return show_with(c, req, res, in.agency, 422, &typed, msg_text(c->lang, problem));
	if (*in.email == '\0')
		in.email = NULL;
	rc = office_create_account(c, &in, &made);
	if (rc == RC_CONFLICT)
		return show_with(c, req, res, in.agency, 409, &typed, msg_office_login_taken(c->lang));
	TRY(rc);
	return office_page_show(c, req, res, OFFICE_ACCOUNTS, &(struct office_page){
		.new_login = in.login, .new_password = k->password }, in.agency);
}

static struct account_id account_of(const struct form_read *f)
{
	struct form_read copy = *f;

	return (struct account_id){ form_read_id(&copy, "akun") };
}

enum rc office_accounts_password_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const struct fresh *k = req->prep;
	struct office_page shown = { 0 };
	struct agency_id here;

	TRY(office_page_node(c, req, &here));
	if (req->csrf_failed || !k)
		return show_with(c, req, res, here, 403, &shown, msg_text(c->lang, MSG_refusal_form_expired));
	TRY(office_reset_password(c, account_of(&f), k->hash));
	shown.new_password = k->password;
	shown.new_id = account_of(&f).v;
	return office_page_show(c, req, res, OFFICE_ACCOUNTS, &shown, here);
}

enum rc office_accounts_active_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct office_page shown = { 0 };
	struct agency_id here;

	TRY(office_page_node(c, req, &here));
	if (req->csrf_failed)
		return show_with(c, req, res, here, 403, &shown, msg_text(c->lang, MSG_refusal_form_expired));
	TRY(office_set_account_active(c, account_of(&f), form_read_checked(&f, "aktif")));
	response_flash(c, res, MSG_office_saved);
	return response_redirect(c, res, "/meja/pengaturan?instansi=%lld", (long long)here.v);
}
