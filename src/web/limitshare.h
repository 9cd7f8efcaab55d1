/* SPDX-License-Identifier: Apache-2.0
 * limitshare - tells the other nodes what addresses have used up here (docs/decisions/0012).
 *
 * A thread writes it to the database, as fast as it can and at once for all that came meanwhile; no request waits for
 * it, and only requests that are limited cause it. What another node counted is read when the address comes here
 * (request.c). Without another node nobody needs it: on SQLite there is none.
 */
#ifndef WEB_LIMITSHARE_H
#define WEB_LIMITSHARE_H

#include "store/writer.h"
#include "web/ratelimit.h"

struct limitshare;

/* Both outlive it. */
CHECKED enum rc limitshare_start(struct writer *w, struct ratelimit *limits, struct limitshare **ret, struct err *err);
/* One was taken. Any thread; NULL is fine. */
void limitshare_note(struct limitshare *s, int64_t who, int64_t each_ms, struct instant now);
/* Writes what is left. NULL is fine. */
void limitshare_stop(struct limitshare *s);

#endif
