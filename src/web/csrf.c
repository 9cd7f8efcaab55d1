/* SPDX-License-Identifier: Apache-2.0 */
#include "web/csrf.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"
#include "base/rand.h"
#include "web/seal.h"
#include "web/state.h"

#define VISITOR_LEN 32

void csrf_visitor_token(const struct hash *key, const char *visitor, char out[65])
{
	seal_make(key, "csrf-form", visitor, out);
}

void csrf_visitor_cookie(const struct hash *key, const char *visitor, char out[66])
{
	char mark[SEAL_LEN + 1];

	seal_make(key, "csrf-cookie", visitor, mark);
	snprintf(out, 66, "%s.%.32s", visitor, mark);
}

bool csrf_read_visitor(const struct hash *key, const char *cookie_value, char ret_visitor[33])
{
	char visitor[VISITOR_LEN + 1];

	if (!cookie_value || strlen(cookie_value) != 2 * VISITOR_LEN + 1 || cookie_value[VISITOR_LEN] != '.')
		return false;
	memcpy(visitor, cookie_value, VISITOR_LEN);
	visitor[VISITOR_LEN] = '\0';
	if (!seal_matches(key, "csrf-cookie", visitor, cookie_value + VISITOR_LEN + 1, VISITOR_LEN))
		return false;
	memcpy(ret_visitor, visitor, sizeof(visitor));
	return true;
}

bool csrf_is_valid(const struct hash *key, const struct request *req, const char *token)
{
	char right[65];

	if (!token || strlen(token) != 64)
		return false;
	if (req->session_token)
		return strlen(req->session_csrf) == 64 && hash_equal_bytes(req->session_csrf, token, 64);
	if (req->visitor[0] == '\0')
		return false;
	csrf_visitor_token(key, req->visitor, right);
	return hash_equal_bytes(right, token, 64);
}

static void give_cookie(struct ctx *c, struct response *res)
{
	unsigned char fresh[VISITOR_LEN / 2];
	char cookie[66];

	rand_secret(fresh, sizeof(fresh));
	parse_hex_encode(fresh, sizeof(fresh), res->new_visitor);
	csrf_visitor_cookie(&res->web->key, res->new_visitor, cookie);
	response_cookie(c, res, CSRF_COOKIE, cookie, 0);
}

const char *csrf_token(struct ctx *c, const struct request *req, struct response *res)
{
	char *token = arena_alloc(c->a, 65);

	res->is_cacheable = false;
	if (req->session_token)
		return req->session_csrf;
	if (req->visitor[0] == '\0' && res->new_visitor[0] == '\0')
		give_cookie(c, res);
	csrf_visitor_token(&req->web->key, req->visitor[0] ? req->visitor : res->new_visitor, token);
	return token;
}
