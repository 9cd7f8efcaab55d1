/* SPDX-License-Identifier: Apache-2.0
 * error_page - what a person sees when something is refused or fails: what happened, and what to do next.
 */
#ifndef WEB_ERROR_PAGE_H
#define WEB_ERROR_PAGE_H

#include "web/response.h"

int error_page_status(enum rc rc);
/* Replaces what the handler rendered. refusal: enum refusal, 0 for the usual one of the status. */
void error_page_render(struct ctx *c, const struct request *req, struct response *res, int status, int refusal);

#endif
