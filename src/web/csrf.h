/* SPDX-License-Identifier: Apache-2.0
 * csrf - the hidden field that proves a form came from our own page.
 *
 * Officers: the token of their session row. Visitors: a signed double submit; the cookie "tamu" carries a
 * random half and its signature, the form carries another keyed hash of that half. The check is the
 * dispatcher's; pages only print the token: <input type="hidden" name="csrf" value="{{ p->csrf }}">.
 */
#ifndef WEB_CSRF_H
#define WEB_CSRF_H

#include "base/hash.h"
#include "web/response.h"

#define CSRF_FIELD "csrf"
#define CSRF_COOKIE "tamu"

/*
 * The token for the forms of this page; gives a visitor the cookie when there is none yet. A page that
 * calls it is personal: it is never cached or compressed.
 */
const char *csrf_token(struct ctx *c, const struct request *req, struct response *res);

/* For the dispatcher. Reads the visitor cookie into req->visitor; false when absent or not signed by us. */
bool csrf_read_visitor(const struct hash *key, const char *cookie_value, char ret_visitor[33]);
bool csrf_is_valid(const struct hash *key, const struct request *req, const char *token);
/* Pure: the token of a visitor, 64 hex characters and NUL. */
void csrf_visitor_token(const struct hash *key, const char *visitor, char out[65]);
/* Pure: the cookie's value, 32 hex, a dot, 32 hex, NUL. */
void csrf_visitor_cookie(const struct hash *key, const char *visitor, char out[66]);

#endif
