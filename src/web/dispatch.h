/* SPDX-License-Identifier: Apache-2.0
 * dispatch - who is it, may they, and the handler: everything between a parsed request and its answer.
 *
 * The checks of routes.def happen here and nowhere else. A GET's handler has a connection that cannot write. A
 * write's handler runs on the writer's thread in a savepoint, and its answer is final only once the
 * batch is on disk.
 */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "web/exchange.h"

/* True: ex->res is final. False: dispatch_submit must follow. */
bool dispatch_begin(struct exchange *ex);
/* Hands the exchange to the pool or the writer; ends in ex->on_ready, perhaps before it returns. */
void dispatch_submit(struct exchange *ex);
/* ex->res is an answer: adds the headers of every answer and makes it final. */
void dispatch_finish(struct exchange *ex);
/* An error page (or JSON) as the answer; refusal 0: the usual words of that status. */
void dispatch_refuse(struct exchange *ex, int status, int refusal);

#endif
