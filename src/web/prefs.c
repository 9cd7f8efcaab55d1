/* SPDX-License-Identifier: Apache-2.0
 * prefs - the look a person chose, kept in a cookie by a plain form post. Touches no data, so it is
 * neither a write nor CSRF-checked.
 */
#include <string.h>

#include "web/form_read.h"
#include "web/handlers.h"
#include "web/session.h"

#define ONE_YEAR_S (365 * 24 * 3600)

enum rc prefs_theme_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *theme = form_read_raw(&f, "tema"), *back = form_read_raw(&f, "kembali");

	if (strcmp(theme, "terang") == 0 || strcmp(theme, "gelap") == 0)
		response_cookie(c, res, SESSION_THEME_COOKIE, strcmp(theme, "gelap") == 0 ? "gelap" : "terang", ONE_YEAR_S);
	else
		response_cookie(c, res, SESSION_THEME_COOKIE, "", -1);
	/* A path of our own, as the page printed it; response_redirect refuses anything else. */
	if (back[0] != '/' || back[1] == '/' || back[1] == '\\' || strlen(back) > 1000 || strpbrk(back, " \"<>\r\n\t"))
		back = "/";
	return response_redirect(c, res, "%s", back);
}
