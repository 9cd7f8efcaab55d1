/* SPDX-License-Identifier: Apache-2.0
 * account - signing in: passwords, throttle, sessions. The cookie holds a secret, the row only its hash.
 */
#include "app/account.h"

#include <string.h>

#include "app/settings.h"
#include "base/hash.h"
#include "base/parse.h"
#include "base/password.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "query_account.h"

#define FREE_FAILURES 5
#define LONGEST_LOCK_MINUTES 60
#define SESSION_LIFE_MS (7 * MS_PER_DAY)

enum rc account_hash_password(const char *password, char out[128])
{
	return password_hash(password, out) ? RC_OK : RC_UNAVAILABLE;
}

static enum rc find(struct ctx *c, const char *login, struct account_by_login_row *ret)
{
	if (!utf8_is_valid(login, strlen(login)))
		return RC_NOT_FOUND;
	return q_account_by_login(c->db, c->a, utf8_lower_ascii(c->a, utf8_clean(c->a, login, false)), ret);
}

enum rc account_check_password(struct ctx *c, const char *login, const char *password, struct account_id *ret)
{
	struct account_by_login_row a;
	enum rc rc = find(c, login, &a);
	bool matches;

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK && a.locked_until_at.ms > c->now.ms)
		return ctx_refuse(c, RC_LIMITED, login_throttled);
	if (rc == RC_OK && a.is_active)
		matches = password_matches(password, a.password_hash);
	else
		matches = password_matches_nothing(password);
	if (!matches)
		return ctx_refuse(c, RC_DENIED, bad_login);
	*ret = a.id;
	return RC_OK;
}

/* 1 minute after the fifth failure, then 2, 4, ... up to an hour. */
static struct instant locked_until(struct instant now, int64_t failures)
{
	int64_t minutes = 1;

	if (failures < FREE_FAILURES)
		return (struct instant){ 0 };
	for (int64_t i = FREE_FAILURES; i < failures && minutes < LONGEST_LOCK_MINUTES; i++)
		minutes *= 2;
	if (minutes > LONGEST_LOCK_MINUTES)
		minutes = LONGEST_LOCK_MINUTES;
	return instant_add_ms(now, minutes * MS_PER_MINUTE);
}

enum rc account_note_failure(struct ctx *c, const char *login)
{
	struct account_by_login_row a;
	struct account_failures_row so_far;
	enum rc rc = find(c, login, &a);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	TRY(q_account_failures(c->db, c->a, a.id, &so_far));
	return q_account_set_failures(c->db, &(struct account_set_failures_args){
		.id = a.id, .failed_logins = so_far.failed_logins + 1,
		.locked_until_at = locked_until(c->now, so_far.failed_logins + 1) }, NULL);
}

static struct instant session_end(const struct ctx *c)
{
	return instant_add_ms(c->now, c->settings->session_minutes * MS_PER_MINUTE);
}

/* False for anything that is no token. */
static bool token_hash(const char *token, struct hash *ret)
{
	unsigned char secret[SESSION_TOKEN_LEN / 2];

	if (!token || !parse_hex_decode(token, secret, sizeof(secret)))
		return false;
	*ret = hash_of(secret, sizeof(secret), NULL);
	return true;
}

enum rc account_begin_session(struct ctx *c, struct account_id id, char ret_token[SESSION_TOKEN_LEN + 1])
{
	unsigned char secret[SESSION_TOKEN_LEN / 2], csrf[32];
	struct hash h;

	rand_secret(secret, sizeof(secret));
	rand_secret(csrf, sizeof(csrf));
	h = hash_of(secret, sizeof(secret), NULL);
	TRY(q_account_set_failures(c->db, &(struct account_set_failures_args){ .id = id }, NULL));
	TRY(q_session_insert(c->db, &(struct session_insert_args){
		.token_hash = { h.b, HASH_BYTES }, .account_id = id, .csrf = { csrf, sizeof(csrf) },
		.created_at = c->now, .expires_at = session_end(c) }, NULL));
	parse_hex_encode(secret, sizeof(secret), ret_token);
	return RC_OK;
}

enum rc account_resume_session(struct ctx *c, const char *token, char ret_csrf[65], struct instant *ret_seen_at)
{
	struct session_find_row s;
	struct hash h;

	if (!token_hash(token, &h))
		return RC_NOT_FOUND;
	TRY(q_session_find(c->db, c->a, &(struct session_find_args){
		.token_hash = { h.b, HASH_BYTES }, .now = c->now }, &s));
	/* Use prolongs a session, but not for ever: a stolen cookie could be kept alive by a machine. */
	if (s.csrf.n != 32 || c->now.ms - s.created_at.ms > SESSION_LIFE_MS)
		return RC_NOT_FOUND;
	parse_hex_encode(s.csrf.p, 32, ret_csrf);
	c->who = (struct who){ .role = s.role, .account = s.id, .agency = s.agency_id, .name = s.name };
	*ret_seen_at = s.seen_at;
	return RC_OK;
}

enum rc account_touch_session(struct ctx *c, const char *token)
{
	struct hash h;

	if (!token_hash(token, &h))
		return RC_NOT_FOUND;
	return q_session_touch(c->db, &(struct session_touch_args){
		.token_hash = { h.b, HASH_BYTES }, .seen_at = c->now, .expires_at = session_end(c) }, NULL);
}

enum rc account_end_session(struct ctx *c, const char *token)
{
	struct hash h;

	if (!token_hash(token, &h))
		return RC_NOT_FOUND;
	return q_session_end(c->db, &(struct session_end_args){
		.token_hash = { h.b, HASH_BYTES }, .revoked_at = c->now }, NULL);
}

enum rc account_end_all_sessions(struct ctx *c, struct account_id id)
{
	return q_session_end_all(c->db, &(struct session_end_all_args){ .account_id = id, .revoked_at = c->now }, NULL);
}

enum rc account_end_one_session(struct ctx *c, struct account_id id, const unsigned char hash[32])
{
	int64_t changed;

	TRY(q_session_end_own(c->db, &(struct session_end_own_args){
		.token_hash = { hash, HASH_BYTES }, .account_id = id, .revoked_at = c->now }, &changed));
	return changed == 1 ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

enum rc account_create(struct ctx *c, const struct account_in *in, struct account_id *ret)
{
	struct account_insert_row row;
	struct account_by_login_row taken;
	enum rc rc = find(c, in->login, &taken);

	if (rc == RC_OK)
		return err_set(&c->err, RC_CONFLICT, REFUSE_bad_request, "the login \"%s\" exists already", in->login);
	if (rc != RC_NOT_FOUND)
		return rc;
	const char *login = utf8_lower_ascii(c->a, utf8_clean(c->a, in->login, false));
	if (!*login || !*in->name || in->role == ROLE_NONE || in->role == ROLE_SYSTEM)
		return err_set(&c->err, RC_INVALID, REFUSE_bad_request, "an account needs a login, a name and a role");
	TRY(q_account_insert(c->db, c->a, &(struct account_insert_args){
		.login = login, .name = in->name, .email = in->email, .role = in->role, .agency_id = in->agency,
		.password_hash = in->password_hash, .created_at = c->now }, &row));
	*ret = row.id;
	return RC_OK;
}

enum rc account_set_password(struct ctx *c, struct account_id id, const char *hash)
{
	TRY(q_account_set_password(c->db, &(struct account_set_password_args){ .id = id, .password_hash = hash }, NULL));
	return account_end_all_sessions(c, id);
}

enum rc account_set_active(struct ctx *c, struct account_id id, bool active)
{
	TRY(q_account_set_active(c->db, &(struct account_set_active_args){ .id = id, .is_active = active }, NULL));
	return active ? RC_OK : account_end_all_sessions(c, id);
}
