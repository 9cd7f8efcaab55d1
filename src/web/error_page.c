/* SPDX-License-Identifier: Apache-2.0 */
#include "web/error_page.h"

#include "i18n/vocab.h"
#include "tmpl_layout.h"
#include "web/page.h"

int error_page_status(enum rc rc)
{
	switch (rc) {
	case RC_OK: return 200;
	case RC_NOT_FOUND: return 404;
	case RC_DENIED: return 403;
	case RC_INVALID: return 422;
	case RC_CONFLICT: return 409;
	case RC_LIMITED: return 429;
	case RC_TOO_LARGE: return 413;
	case RC_UNSUPPORTED: return 415;
	case RC_UNAVAILABLE: return 503;
	case RC_FAILED: return 500;
	}
	return 500;
}

static void render_json(struct ctx *c, struct response *res, const struct error_page *e)
{
	response_json(res, e->status);
	buf_lit(&res->body, "{\"galat\":");
	response_json_string(&res->body, msg_text(c->lang, layout_error_reason(e)));
	buf_lit(&res->body, "}\n");
}

/* Where it makes sense to try again: a page that was asked for and could not be given just now. */
static const char *retry_path(struct ctx *c, const struct request *req, int status)
{
	if (req->method != METHOD_GET || (status != 503 && status != 500 && status != 429))
		return NULL;
	return layout_here(c->a, req->path, req->query_raw);
}

void error_page_render(struct ctx *c, const struct request *req, struct response *res, int status, int refusal)
{
	struct error_page e = {
		.status = status,
		/* A page that is not there has better words than "not found". */
		.reason = refusal == 0 || refusal == REFUSE_not_found ? MSG_NONE : vocab_refusal(refusal),
		.retry = retry_path(c, req, status),
	};
	struct page p;

	res->status = status;
	if (req->wants_json) {
		render_json(c, res, &e);
		return;
	}
	page_init(&p, c, req, res);
	e.site = &p.site;
	e.is_desk = p.layout.is_desk;
	p.layout.title = msg_text(c->lang, layout_error_title(status));
	p.layout.is_error = true;
	p.layout.noindex = true;
	page_begin(&p);
	view_error(&p.out, &e);
	if (page_end(&p) != RC_OK)
		BUG("an error page cannot fail");
}
