/* SPDX-License-Identifier: Apache-2.0 */
#include "web/session.h"

#include <stdlib.h>
#include <string.h>

#include "app/account.h"
#include "base/log.h"
#include "base/parse.h"
#include "web/csrf.h"
#include "web/seal.h"

#define ONE_YEAR_S (365 * 24 * 3600)

static void read_language(struct exchange *ex)
{
	const char *wish = request_query(&ex->req, SESSION_LANGUAGE_COOKIE);
	const char *kept = request_cookie(&ex->req, ex->a, SESSION_LANGUAGE_COOKIE);

	ex->c.lang = LANG_ID;
	if (kept && strcmp(kept, "en") == 0)
		ex->c.lang = LANG_EN;
	if (!wish || (strcmp(wish, "en") != 0 && strcmp(wish, "id") != 0))
		return;
	ex->c.lang = strcmp(wish, "en") == 0 ? LANG_EN : LANG_ID;
	response_cookie(&ex->c, &ex->res, SESSION_LANGUAGE_COOKIE, ex->c.lang == LANG_EN ? "en" : "id", ONE_YEAR_S);
}

static void read_theme(struct exchange *ex)
{
	const char *kept = request_cookie(&ex->req, ex->a, SESSION_THEME_COOKIE);

	if (kept && strcmp(kept, "terang") == 0)
		ex->req.theme = THEME_LIGHT;
	else if (kept && strcmp(kept, "gelap") == 0)
		ex->req.theme = THEME_DARK;
}

/* "<message id>.<mark>" */
static void read_flash(struct exchange *ex)
{
	const char *kept = request_cookie(&ex->req, ex->a, SESSION_FLASH_COOKIE), *dot;
	char *id_text;
	int64_t id;

	dot = kept ? strchr(kept, '.') : NULL;
	if (!dot)
		return;
	id_text = arena_strndup(ex->a, kept, (size_t)(dot - kept));
	if (!parse_int(id_text, 0, INT32_MAX, &id) || !seal_matches(&ex->web->key, "flash", id_text, dot + 1, 32))
		return;
	ex->req.has_flash = true;
	ex->req.flash = (int)id;
}

void session_read_cookies(struct exchange *ex)
{
	read_language(ex);
	if (ex->req.cookie[0] == '\0')
		return;
	read_theme(ex);
	read_flash(ex);
	if (!csrf_read_visitor(&ex->web->key, request_cookie(&ex->req, ex->a, CSRF_COOKIE), ex->req.visitor))
		ex->req.visitor[0] = '\0';
}

enum rc session_resume(struct exchange *ex)
{
	const char *token = request_cookie(&ex->req, ex->a, SESSION_COOKIE);
	enum rc rc;

	if (!token || strlen(token) != SESSION_TOKEN_LEN)
		return RC_OK;
	rc = account_resume_session(&ex->c, token, ex->req.session_csrf, &ex->session_seen_at);
	if (rc == RC_NOT_FOUND) {
		ex->c.who = (struct who){ .role = ROLE_NONE };
		ex->c.err = (struct err){ 0 };
		return RC_OK;
	}
	if (rc == RC_OK)
		ex->req.session_token = token;
	return rc;
}

/* The job carries what it needs: the request may be over before it runs. */
struct touch {
	struct write_job job;
	struct instant now;
	const struct settings *settings;
	char token[SESSION_TOKEN_LEN + 1];
};

static enum rc touch_run(struct db *db, void *arg)
{
	struct touch *t = arg;
	struct arena *a = arena_new(64 * 1024);
	struct ctx c = { .db = db, .a = a, .now = t->now, .settings = t->settings };
	enum rc rc = account_touch_session(&c, t->token);

	arena_free(a);
	return rc;
}

static void touch_done(void *arg, enum rc rc)
{
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		log_warn("a session could not be prolonged: %s", rc_name(rc));
	free(arg);
}

void session_keep_alive(struct exchange *ex)
{
	struct touch *t;

	if (!ex->req.session_token || ex->c.now.ms - ex->session_seen_at.ms < MS_PER_MINUTE)
		return;
	t = calloc(1, sizeof(*t));
	if (!t)
		BUG("out of memory");
	t->now = ex->c.now;
	t->settings = ex->c.settings;
	memcpy(t->token, ex->req.session_token, SESSION_TOKEN_LEN);
	t->job = (struct write_job){ .run = touch_run, .done = touch_done, .arg = t };
	if (writer_submit(ex->web->o.writer, &t->job) != RC_OK)
		free(t);
}
