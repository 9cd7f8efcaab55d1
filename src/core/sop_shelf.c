/* SPDX-License-Identifier: Apache-2.0
 * sop_shelf - finds versions by id, and those in use by agency and day.
 */
#include "core/sop_shelf.h"

#include <string.h>

#include "core/sop_run.h"

const struct sop_book *sop_shelf_find(const struct sop_shelf *shelf, struct sop_id id)
{
	size_t low = 0, high = shelf ? shelf->book_n : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (shelf->books[middle].id.v < id.v)
			low = middle + 1;
		else
			high = middle;
	}
	return shelf && low < shelf->book_n && shelf->books[low].id.v == id.v ? &shelf->books[low] : NULL;
}

static bool is_used(const struct sop_shelf *shelf, const struct sop_use *u, struct agency_id agency,
		    enum sop_covers covers, struct day on)
{
	return u->agency.v == agency.v && shelf->books[u->book].sop->covers == covers && u->from.n <= on.n &&
	       (u->until.n == DAY_NONE || on.n < u->until.n);
}

size_t sop_shelf_all(const struct sop_shelf *shelf, struct agency_id agency, enum sop_covers covers, struct day on,
		     const struct sop_book **ret, size_t max)
{
	size_t n = 0;

	/* From the end: within an agency the newest come last. */
	for (size_t i = shelf ? shelf->use_n : 0; i > 0 && n < max; i--)
		if (is_used(shelf, &shelf->uses[i - 1], agency, covers, on))
			ret[n++] = &shelf->books[shelf->uses[i - 1].book];
	return n;
}

const struct sop_book *sop_shelf_for(const struct sop_shelf *shelf, struct agency_id agency, enum sop_covers covers,
				     struct day on)
{
	const struct sop_book *book = NULL;

	sop_shelf_all(shelf, agency, covers, on, &book, 1);
	return book;
}

bool sop_shelf_is_used(const struct sop_shelf *shelf, struct agency_id agency, struct sop_id id)
{
	for (size_t i = 0; i < (shelf ? shelf->use_n : 0); i++)
		if (shelf->uses[i].agency.v == agency.v && shelf->books[shelf->uses[i].book].id.v == id.v)
			return true;
	return false;
}

const struct sop_book *sop_shelf_by_rule(const struct sop_shelf *shelf, const char *rule, size_t *ret_step)
{
	char word[SOP_RUN_WORD_MAX];
	const char *step;
	int version;
	bool found;

	if (!shelf || !sop_run_rule_parse(rule, word, &version, &step))
		return NULL;
	for (size_t i = 0; i < shelf->book_n; i++) {
		const struct sop_book *b = &shelf->books[i];

		if (b->version != version || strcmp(b->sop->id, word) != 0)
			continue;
		*ret_step = sop_step_find(b->sop, step, &found);
		return *ret_step == SOP_END ? NULL : b;
	}
	return NULL;
}
