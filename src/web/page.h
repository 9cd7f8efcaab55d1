/* SPDX-License-Identifier: Apache-2.0
 * page - a handler renders its page: the frame around it, filled from request, settings and person.
 *
 *	struct page p;
 *
 *	page_init(&p, c, req, res);
 *	p.layout.title = msg_desk_title(c->lang);
 *	p.layout.nav = NAV_DESK;
 *	page_begin(&p);
 *	view_desk_inbox(&p.out, &inbox);
 *	return page_end(&p);
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "view/layout.h"
#include "web/response.h"

struct page {
	struct out out;
	struct layout layout;
	struct layout_site site;
	struct ctx *c;
};

/* Everything of the frame but title and nav. Officers' pages set layout.is_desk by being below /meja or /akun. */
void page_init(struct page *p, struct ctx *c, const struct request *req, struct response *res);
void page_begin(struct page *p);
/* Ends the page; always RC_OK, so that it can be returned (a page that is too large is the dispatcher's to refuse). */
CHECKED enum rc page_end(struct page *p);

#endif
