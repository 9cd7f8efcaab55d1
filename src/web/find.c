/* SPDX-License-Identifier: Apache-2.0 */
#include "web/find.h"

#include "core/words.h"

const char *find_words(struct ctx *c, const char *typed)
{
	struct stem *stem = stem_new();
	const char *words = words_query(c->a, stem, typed,
					db_engine_of(c->db) == DB_PGSQL ? WORDS_TSQUERY : WORDS_FTS5);

	stem_free(stem);
	return words;
}
