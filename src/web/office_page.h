/* SPDX-License-Identifier: Apache-2.0
 * office_page - /meja/pengaturan: loads and renders the settings pages, also with what was typed after a refusal.
 */
#ifndef WEB_OFFICE_PAGE_H
#define WEB_OFFICE_PAGE_H

#include "app/office.h"
#include "view/office.h"
#include "web/response.h"

/* The node that the page is about: "instansi" of query or form, else the person's own (the root for operators). */
CHECKED enum rc office_page_node(struct ctx *c, const struct request *req, struct agency_id *ret);
/*
 * typed: problem, typed_... and new_... are taken from there, the rest is loaded. here: for accounts and agencies; year:
 * for holidays. The caller sets res->status before.
 */
CHECKED enum rc office_page_show(struct ctx *c, const struct request *req, struct response *res, enum office_tab tab,
				 const struct office_page *typed, struct agency_id here);

#endif
