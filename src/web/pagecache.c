/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pagecache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SETS 64U
#define WAYS 4U
#define AGE_MAX_US 1000000
#define PAGE_MAX ((size_t)128 * 1024)

struct pagecache {
	pthread_mutex_t lock;
	size_t total, max;
	struct kept_page *page[SETS][WAYS];
};

struct pagecache *pagecache_new(size_t max_bytes)
{
	struct pagecache *pc = calloc(1, sizeof(*pc));

	if (!pc)
		BUG("out of memory");
	pthread_mutex_init(&pc->lock, NULL);
	pc->max = max_bytes;
	return pc;
}

void pagecache_release(struct kept_page *page)
{
	if (!page || atomic_fetch_sub(&page->refs, 1) != 1)
		return;
	page->free_native(page->native);
	free(page->key);
	free(page->etag);
	free(page);
}

static void drop(struct pagecache *pc, struct kept_page **slot)
{
	if (!*slot)
		return;
	pc->total -= (*slot)->size;
	pagecache_release(*slot);
	*slot = NULL;
}

void pagecache_free(struct pagecache *pc)
{
	if (!pc)
		return;
	for (size_t i = 0; i < SETS * WAYS; i++)
		drop(pc, &pc->page[i / WAYS][i % WAYS]);
	pthread_mutex_destroy(&pc->lock);
	free(pc);
}

/* FNV-1a: only spreads keys over the sets; the key itself is compared. */
static struct kept_page **set_of(struct pagecache *pc, const char *key)
{
	uint32_t h = 2166136261U;

	for (const unsigned char *s = (const unsigned char *)key; *s; s++)
		h = (h ^ *s) * 16777619U;
	return pc->page[(h ^ h >> 16) % SETS];
}

static bool is_fresh(const struct kept_page *p, uint64_t generation, uint64_t now_us)
{
	return p->generation == generation && now_us - p->born_us < AGE_MAX_US;
}

struct kept_page *pagecache_find(struct pagecache *pc, const char *key, uint64_t generation, uint64_t now_us)
{
	struct kept_page *found = NULL, **set;

	pthread_mutex_lock(&pc->lock);
	set = set_of(pc, key);
	for (size_t i = 0; i < WAYS && !found; i++)
		if (set[i] && is_fresh(set[i], generation, now_us) && strcmp(set[i]->key, key) == 0)
			found = set[i];
	if (found)
		atomic_fetch_add(&found->refs, 1);
	pthread_mutex_unlock(&pc->lock);
	return found;
}

/* The slot of the same key, an empty one, or the oldest. */
static struct kept_page **choose_slot(struct kept_page **set, const char *key)
{
	struct kept_page **oldest = &set[0];

	for (size_t i = 0; i < WAYS; i++)
		if (set[i] && strcmp(set[i]->key, key) == 0)
			return &set[i];
	for (size_t i = 0; i < WAYS; i++) {
		if (!set[i])
			return &set[i];
		if (set[i]->born_us < (*oldest)->born_us)
			oldest = &set[i];
	}
	return oldest;
}

/* Memory is short: what is not fresh any more goes first. */
static bool make_room(struct pagecache *pc, const struct kept_page *page)
{
	if (pc->total + page->size <= pc->max)
		return true;
	for (size_t i = 0; i < SETS * WAYS; i++) {
		struct kept_page **slot = &pc->page[i / WAYS][i % WAYS];

		if (*slot && !is_fresh(*slot, page->generation, page->born_us))
			drop(pc, slot);
	}
	return pc->total + page->size <= pc->max;
}

void pagecache_put(struct pagecache *pc, const struct kept_page *page)
{
	struct kept_page *kept, **slot;

	if (page->size > PAGE_MAX) {
		page->free_native(page->native);
		return;
	}
	kept = malloc(sizeof(*kept));
	if (!kept)
		BUG("out of memory");
	*kept = (struct kept_page){
		.key = strdup(page->key), .etag = strdup(page->etag), .generation = page->generation,
		.born_us = page->born_us, .size = page->size, .native = page->native,
		.free_native = page->free_native,
	};
	if (!kept->key || !kept->etag)
		BUG("out of memory");
	atomic_init(&kept->refs, 1);
	pthread_mutex_lock(&pc->lock);
	slot = choose_slot(set_of(pc, kept->key), kept->key);
	drop(pc, slot);
	if (make_room(pc, kept)) {
		*slot = kept;
		pc->total += kept->size;
		kept = NULL;
	}
	pthread_mutex_unlock(&pc->lock);
	pagecache_release(kept);
}
