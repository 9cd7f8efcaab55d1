/* SPDX-License-Identifier: Apache-2.0
 * account - people who sign in, and their sessions.
 */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

#include "app/ctx.h"

#define SESSION_TOKEN_LEN 64 /* hex characters in the cookie */

/* Slow (argon2id, 19 MiB): worker pool only. Writes an encoded hash. */
CHECKED enum rc account_hash_password(const char *password, char out[128]);
/* Slow. Same time for unknown logins. RC_OK, RC_DENIED, or RC_LIMITED while locked. Read-only. */
CHECKED enum rc account_check_password(struct ctx *c, const char *login, const char *password, struct account_id *ret);
/* After the check, on the writer: counts failures (throttle: 5 wrong, then 1 minute doubling to 1 hour). */
CHECKED enum rc account_note_failure(struct ctx *c, const char *login);
CHECKED enum rc account_begin_session(struct ctx *c, struct account_id id, char ret_token[SESSION_TOKEN_LEN + 1]);
/* Fills c->who and ret_csrf (hex, 64 + NUL); RC_NOT_FOUND when unknown, expired, revoked or a week old. Read-only. */
CHECKED enum rc account_resume_session(struct ctx *c, const char *token, char ret_csrf[65], struct instant *ret_seen_at);
CHECKED enum rc account_touch_session(struct ctx *c, const char *token);
CHECKED enum rc account_end_session(struct ctx *c, const char *token);
CHECKED enum rc account_end_all_sessions(struct ctx *c, struct account_id id);
/* One of the account's own sessions, by the hash of its token; RC_NOT_FOUND when it is not one of them. */
CHECKED enum rc account_end_one_session(struct ctx *c, struct account_id id, const unsigned char token_hash[32]);

struct account_in {
	const char *login, *name, *email, *password_hash;
	enum role role;
	struct agency_id agency;
};
CHECKED enum rc account_create(struct ctx *c, const struct account_in *in, struct account_id *ret);
CHECKED enum rc account_set_password(struct ctx *c, struct account_id id, const char *password_hash);
CHECKED enum rc account_set_active(struct ctx *c, struct account_id id, bool active);

#endif
