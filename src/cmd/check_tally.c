/* SPDX-License-Identifier: Apache-2.0
 * check_tally - the hash table behind the recount.
 */
#include "cmd/check_tally.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct tally_key *key, size_t size)
{
	uint64_t h = (uint64_t)(uint32_t)key->on.n * UINT64_C(0x9E3779B97F4A7C15);

	for (const char *p = key->name; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001B3);
	h ^= (uint64_t)key->dimension * UINT64_C(0xC2B2AE3D27D4EB4F);
	h ^= h >> 29;
	return (size_t)h & (size - 1);
}

static struct tally_cell *cell_of(struct tally_cell *cells, size_t size, const struct tally_key *key)
{
	size_t i = place_of(key, size);

	while (cells[i].key.name && (cells[i].key.on.n != key->on.n || cells[i].key.dimension != key->dimension ||
				     strcmp(cells[i].key.name, key->name) != 0))
		i = (i + 1) & (size - 1);
	return &cells[i];
}

static void grow(struct tally *t)
{
	size_t size = t->size ? t->size * 2 : 1024;
	struct tally_cell *cells = calloc(size, sizeof(*cells));

	if (!cells)
		BUG("out of memory");
	for (size_t i = 0; i < t->size; i++)
		if (t->cells[i].key.name)
			*cell_of(cells, size, &t->cells[i].key) = t->cells[i];
	free(t->cells);
	t->cells = cells;
	t->size = size;
}

void check_tally_add(struct tally *t, struct tally_key key, int64_t n)
{
	struct tally_cell *cell;

	if (t->used * 2 >= t->size)
		grow(t);
	cell = cell_of(t->cells, t->size, &key);
	if (!cell->key.name) {
		cell->key = key;
		t->used++;
	}
	cell->n += n;
}

void check_tally_rest(const struct tally *t, void (*each)(void *arg, const struct tally_cell *cell), void *arg)
{
	for (size_t i = 0; i < t->size; i++)
		if (t->cells[i].key.name && t->cells[i].n != 0)
			each(arg, &t->cells[i]);
}

void check_tally_done(struct tally *t)
{
	free(t->cells);
	*t = (struct tally){ 0 };
}
