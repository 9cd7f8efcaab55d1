/* SPDX-License-Identifier: Apache-2.0
 * session - from the cookies of a request: who is signed in, language, theme, flash message.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "web/exchange.h"

#define SESSION_COOKIE "sesi"
#define SESSION_LANGUAGE_COOKIE "bahasa"
#define SESSION_THEME_COOKIE "tema"
#define SESSION_FLASH_COOKIE "pesan"

/* Language, theme, flash and the visitor's CSRF half; needs no database. */
void session_read_cookies(struct exchange *ex);
/* Fills ex->c.who from the session cookie; a visitor without a valid one stays a visitor. ex->c.db is set. */
CHECKED enum rc session_resume(struct exchange *ex);
/*
 * A session lives on by being used. The write is a job of its own, at most once a minute and session, so that
 * the GET itself writes nothing.
 */
void session_keep_alive(struct exchange *ex);

#endif
