/* SPDX-License-Identifier: Apache-2.0
 * handlers - the declarations of all handlers, out of routes.def; a file with handlers includes it.
 *
 * To add a page: one line in routes.def, one function in web/<group>_*.c. A handler is
 *
 *	#include "web/handlers.h"
 *	#include "web/csrf.h"
 *	#include "web/form_read.h"
 *
 *	enum rc desk_note_post(struct ctx *c, const struct request *req, struct response *res)
 *	{
 *		const char *number = request_param(req, "nomor");
 *		struct form_read f = form_read_begin(c, req);
 *		const char *note = form_read_lines(&f, "catatan", 1, REPORT_NOTE_MAX);
 *
 *		if (req->csrf_failed || f.problems.n > 0) {
 *			res->status = req->csrf_failed ? 403 : 422;
 *			return desk_report_page(c, req, res, number, &f);
 *		}
 *		TRY(app_note(c, number, note));
 *		response_flash(c, res, MSG_desk_note_saved);
 *		return response_redirect(c, res, "/meja/laporan/%s", number);
 *	}
 *
 * with the line: ROUTE(POST, "/meja/laporan/{nomor}/catatan", desk_note_post, NULL, OFFICERS, WRITES, 64 * 1024)
 *
 * The dispatcher has done before: method, path, role, body limit, CSRF, encoding. It does afterwards: rc into an
 * error page (unless the handler rendered one and set its status), headers, commit before the answer.
 * c->who is the signed-in person, role ROLE_NONE for visitors.
 */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/request.h"
#include "web/response.h"

typedef enum rc handler_fn(struct ctx *c, const struct request *req, struct response *res);
/*
 * Runs in the worker pool before a WRITES handler, with a read-only connection; puts what it found out
 * into req->prep. RC_OK goes on to the handler (also with bad news in req->prep); anything else is
 * the answer.
 */
typedef enum rc prepare_fn(struct ctx *c, struct request *req);

#define ROUTE(method, path, handler, prepare, access, effect, limit) handler_fn handler;
#include "web/routes.def"
#undef ROUTE

/* The prepare steps that routes.def names (it says NULL for none, so they are declared by hand). */
prepare_fn public_uploads_prepare;
prepare_fn register_prepare;
prepare_fn login_prepare;
prepare_fn own_account_password_prepare;
prepare_fn office_accounts_prepare;

#endif
