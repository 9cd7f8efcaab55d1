/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_similar.h"

#include <string.h>

#include "core/words.h"
#include "web/find.h"
#include "web/public_common.h"
#include "web/public_window.h"

#define WORD_MIN 4
#define DISTRICT_LEN 8 /* "35.99.01" */
/* What was reported longer ago is another case, even at the same place. */
#define RECENT_MS (90 * MS_PER_DAY)

/* Words that many titles share say nothing about what they are about. */
static bool is_common(const char *word, size_t n)
{
	static const char *const common[] = {
		"akan", "atau", "banyak", "belum", "besar", "bulan", "dari", "dekat", "dengan", "depan", "desa",
		"dimohon", "hampir", "hari", "jalan", "karena", "kami", "kecamatan", "kemarin", "kepada", "lama",
		"lebih", "malam", "minggu", "mohon", "pada", "saya", "sejak", "selama", "sering", "serta", "sudah",
		"tahun", "tanpa", "terhadap", "tidak", "tiga", "tolong", "untuk", "warga", "yang",
	};

	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		if (strlen(common[i]) == n && memcmp(common[i], word, n) == 0)
			return true;
	return false;
}

struct telling {
	const char *p;
	size_t n;
};

static bool is_same(const struct telling *a, const char *p, size_t n)
{
	return a->n == n && memcmp(a->p, p, n) == 0;
}

/* What it is about comes first in a title; the longest of the other words is most often the place. */
const char *public_similar_words(struct arena *a, const char *title)
{
	struct telling first = { "", 0 }, other = { "", 0 };
	const char *s = words_normal(a, title);

	while (*s) {
		size_t n = strcspn(s, " ");

		if (n >= WORD_MIN && !is_common(s, n)) {
			if (first.n == 0)
				first = (struct telling){ s, n };
			else if (n > other.n && !is_same(&first, s, n))
				other = (struct telling){ s, n };
		}
		s += n + (s[n] == ' ');
	}
	if (other.n == 0)
		return NULL;
	return arena_printf(a, "%.*s %.*s", (int)first.n, first.p, (int)other.n, other.p);
}

enum rc public_similar_load(struct ctx *c, const char *title, const char *region, struct pub_items *ret)
{
	struct find find = { .n_terms = 0 };
	struct window_filter f = { .find = &find };
	const char *telling = public_similar_words(c->a, title);
	struct pub_item *items = arena_new_many(c->a, struct pub_item, PUBLIC_SIMILAR_MAX);
	struct pub_items found;
	struct window_page w;
	size_t n = 0;

	*ret = (struct pub_items){ items, 0 };
	if (!telling || !find_read(c, telling, &find))
		return RC_OK;
	if (strlen(region) >= DISTRICT_LEN)
		f.region = arena_strndup(c->a, region, DISTRICT_LEN);
	TRY(public_window_load(c, &f, WINDOW_NEWEST, &w));
	TRY(public_items_load(c, w.ids, w.n, &found));
	for (size_t i = 0; i < found.n && n < PUBLIC_SIMILAR_MAX; i++)
		if (found.p[i].received_at.ms > c->now.ms - RECENT_MS)
			items[n++] = found.p[i];
	ret->n = n;
	return RC_OK;
}
