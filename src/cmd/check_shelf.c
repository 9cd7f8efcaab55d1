/* SPDX-License-Identifier: Apache-2.0
 * check_shelf - the SOPs: every text is the one that was taken in, versions follow each other, and an agency works by
 * one about reports at a time.
 */
#include <string.h>

#include "base/hash.h"
#include "cmd/check.h"
#include "core/sop_shelf.h"
#include "query_shelf.h"

static void check_text(struct check *k, const struct shelf_proof_row *r, int64_t version_due)
{
	struct hash h = hash_of(r->source, strlen(r->source), NULL);
	const struct sop_book *book = sop_shelf_find(k->s->c.sops, r->id);

	if (r->digest.n != HASH_BYTES || !hash_equal_bytes(h.b, r->digest.p, HASH_BYTES))
		check_find(k, "SOP %s, version %lld: the text was changed after it was taken in", r->word, (long long)r->version);
	if (r->version != version_due)
		check_find(k, "SOP %s: version %lld stands where %lld should", r->word, (long long)r->version,
			   (long long)version_due);
	if (!book || strcmp(book->sop->id, r->word) != 0 || book->sop->covers != r->covers)
		check_find(k, "SOP %s, version %lld: the row does not say what the text says", r->word, (long long)r->version);
}

static enum rc check_texts(struct check *k)
{
	struct shelf_proof_row *rows;
	size_t n;

	/* By word, then version. */
	TRY(q_shelf_proof(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_first = i == 0 || strcmp(rows[i].word, rows[i - 1].word) != 0;

		check_text(k, &rows[i], is_first ? 1 : rows[i - 1].version + 1);
	}
	return RC_OK;
}

static bool overlap(const struct sop_use *a, const struct sop_use *b)
{
	return (a->until.n == DAY_NONE || b->from.n < a->until.n) && (b->until.n == DAY_NONE || a->from.n < b->until.n);
}

static void check_uses(struct check *k, const struct sop_shelf *shelf)
{
	for (size_t i = 0; i < shelf->use_n; i++) {
		const struct sop_use *u = &shelf->uses[i];
		const struct sop *sop = shelf->books[u->book].sop;

		if (u->until.n != DAY_NONE && u->until.n <= u->from.n)
			check_find(k, "agency %lld uses SOP %s for no day", (long long)u->agency.v, sop->id);
		if (u->agency.v < 0 || u->agency.v >= k->n_levels || k->levels[u->agency.v] != LEVEL_AGENCY)
			check_find(k, "SOP %s is used by %lld, which is no government", sop->id, (long long)u->agency.v);
		for (size_t j = i + 1; j < shelf->use_n && shelf->uses[j].agency.v == u->agency.v; j++)
			if (sop->covers == SOP_COVERS_REPORT &&
			    shelf->books[shelf->uses[j].book].sop->covers == SOP_COVERS_REPORT && overlap(u, &shelf->uses[j]))
				check_find(k, "agency %lld works by two SOPs about reports at a time: %s and %s",
					   (long long)u->agency.v, sop->id, shelf->books[shelf->uses[j].book].sop->id);
	}
}

enum rc check_shelf_all(struct check *k)
{
	TRY(check_texts(k));
	if (k->s->c.sops)
		check_uses(k, k->s->c.sops);
	return RC_OK;
}
