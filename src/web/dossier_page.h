/* SPDX-License-Identifier: Apache-2.0
 * dossier_page - the dossier for the Ombudsman as people get it: the JSON file, and the page that prints. Both come from the
 * frozen bundle alone; who may have them is the caller's question.
 */
#ifndef WEB_DOSSIER_PAGE_H
#define WEB_DOSSIER_PAGE_H

#include "base/hash.h"
#include "web/response.h"

CHECKED enum rc dossier_page_file(struct ctx *c, struct response *res, const char *number, const char *bundle,
				  const struct hash *digest);
/* back: where the page leads to on the screen. */
CHECKED enum rc dossier_page_show(struct ctx *c, const struct request *req, struct response *res, const char *bundle,
				  const struct hash *digest, const char *back);

#endif
