/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

#define BLOCK_BYTES ((size_t)16 * 1024)
#define ALIGNMENT ((size_t)16)

struct block {
	struct block *prev;
	size_t size, used;
	_Alignas(16) unsigned char data[];
};

struct arena {
	struct block *top;
	size_t total, max;
};

static struct block *block_new(struct arena *a, size_t need)
{
	size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
	struct block *b;

	if (a->total + size > a->max)
		BUG("arena past its maximum of %zu bytes", a->max);
	b = malloc(sizeof(*b) + size);
	if (!b)
		BUG("out of memory");
	b->prev = a->top;
	b->size = size;
	b->used = 0;
	ASAN_POISON_MEMORY_REGION(b->data, b->size);
	a->top = b;
	a->total += size;
	return b;
}

static void block_pop(struct arena *a)
{
	struct block *b = a->top;

	a->top = b->prev;
	a->total -= b->size;
	ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
	free(b);
}

struct arena *arena_new(size_t max_bytes)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (!a)
		BUG("out of memory");
	a->max = max_bytes > BLOCK_BYTES ? max_bytes : BLOCK_BYTES;
	block_new(a, 0);
	return a;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->top)
		block_pop(a);
	free(a);
}

void arena_reset(struct arena *a)
{
	while (a->top->prev)
		block_pop(a);
	a->top->used = 0;
	ASAN_POISON_MEMORY_REGION(a->top->data, a->top->size);
}

size_t arena_used_bytes(const struct arena *a)
{
	return a->total;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct block *b = a->top;
	size_t need;
	void *p;

	BUG_ON(size > a->max);
	need = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (b->size - b->used < need)
		b = block_new(a, need);
	p = b->data + b->used;
	b->used += need;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	memset(p, 0, size);
	return p;
}

void *arena_alloc_many(struct arena *a, size_t size, size_t n)
{
	BUG_ON(size != 0 && n > a->max / size);
	return arena_alloc(a, size * n);
}

void *arena_memdup(struct arena *a, const void *p, size_t n)
{
	void *copy = arena_alloc(a, n);

	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(copy, s, n);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *s;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	BUG_ON(n < 0);
	s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

struct arena_mark arena_mark(struct arena *a)
{
	return (struct arena_mark){ .block = a->top, .used = a->top->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->top != mark.block)
		block_pop(a);
	a->top->used = mark.used;
	ASAN_POISON_MEMORY_REGION(a->top->data + mark.used, a->top->size - mark.used);
}
