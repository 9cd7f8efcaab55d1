/* SPDX-License-Identifier: Apache-2.0
 * pagecache - rendered public pages, kept while nothing has been written and for a second at most.
 *
 * For pages without anything personal: home, lists, public reports. A page that was rendered before the writer's
 * last batch is never given out, so whoever writes sees what was written; the second bounds what another
 * process (import, work) may change unseen, and the age of the clock on the page. Memory is bounded.
 */
#ifndef WEB_PAGECACHE_H
#define WEB_PAGECACHE_H

#include <stdatomic.h>

#include "base/err.h"

struct pagecache;

/* The finished answer is the server's thing; here it is only kept and given back. */
struct kept_page {
	char *key, *etag;
	uint64_t generation, born_us;
	size_t size;
	void *native;
	void (*free_native)(void *native);
	atomic_int refs;
};

struct pagecache *pagecache_new(size_t max_bytes);
void pagecache_free(struct pagecache *pc); /* NULL is fine */
/* A page as fresh as generation; NULL when there is none. The caller releases it. */
struct kept_page *pagecache_find(struct pagecache *pc, const char *key, uint64_t generation, uint64_t now_us);
/* generation: read before the page was rendered. native is freed through free_native, also when it is not kept. */
void pagecache_put(struct pagecache *pc, const struct kept_page *page);
void pagecache_release(struct kept_page *page);

#endif
