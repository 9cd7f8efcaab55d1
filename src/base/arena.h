/* SPDX-License-Identifier: Apache-2.0
 * arena - memory that lives as long as one request, job or process, and goes at once.
 *
 * Allocation never returns NULL: past its hard maximum an arena aborts, because the sizes
 * of what strangers send are bounded before anything is allocated for them. There is no
 * free() of single objects; a loop that allocates uses a mark.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"

struct arena;

/* max_bytes: the hard maximum of all blocks together. */
struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *a); /* NULL is fine */
/* Empties the arena and keeps its first block, for the next request on the same thread. */
void arena_reset(struct arena *a);
size_t arena_used_bytes(const struct arena *a);

/* Zeroed and aligned for any type. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((returns_nonnull, malloc));
#define arena_new_one(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_new_many(a, type, n) ((type *)arena_alloc_many((a), sizeof(type), (n)))
void *arena_alloc_many(struct arena *a, size_t size, size_t n) __attribute__((returns_nonnull));

char *arena_strdup(struct arena *a, const char *s) __attribute__((returns_nonnull));
char *arena_strndup(struct arena *a, const char *s, size_t n) __attribute__((returns_nonnull));
void *arena_memdup(struct arena *a, const void *p, size_t n) __attribute__((returns_nonnull));
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3)
	__attribute__((returns_nonnull));

/* What was allocated after the mark goes with arena_rewind(). Marks nest like brackets. */
struct arena_mark {
	void *block;
	size_t used;
};
struct arena_mark arena_mark(struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

#endif
