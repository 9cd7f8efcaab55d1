/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_similar.h"

#include <string.h>

#include "core/words.h"
#include "web/public_common.h"
#include "web/public_window.h"

#define WORD_MIN 4
#define DISTRICT_LEN 8 /* "35.99.01" */

/* Words that many titles share say nothing about what they are about. */
static bool is_common(const char *word, size_t n)
{
	static const char *const common[] = {
		"akan", "atau", "banyak", "belum", "besar", "dari", "dekat", "dengan", "depan", "desa",
		"dimohon", "hari", "jalan", "karena", "kami", "kecamatan", "kepada", "lama", "mohon",
		"pada", "saya", "sejak", "selama", "sering", "serta", "sudah", "tanpa", "terhadap",
		"tidak", "tolong", "untuk", "warga", "yang",
	};

	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		if (strlen(common[i]) == n && memcmp(common[i], word, n) == 0)
			return true;
	return false;
}

const char *public_similar_words(struct arena *a, const char *title)
{
	struct {
		const char *p;
		size_t n;
	} best[2] = { { "", 0 }, { "", 0 } };
	const char *s = words_normal(a, title);

	while (*s) {
		size_t n = strcspn(s, " ");
		bool is_new = n != best[0].n || memcmp(s, best[0].p, n) != 0;

		if (n >= WORD_MIN && !is_common(s, n) && is_new) {
			if (n > best[0].n) {
				best[1] = best[0];
				best[0].p = s;
				best[0].n = n;
			} else if (n > best[1].n) {
				best[1].p = s;
				best[1].n = n;
			}
		}
		s += n + (s[n] == ' ');
	}
	if (best[1].n == 0)
		return NULL;
	return arena_printf(a, "\"%.*s\" \"%.*s\"", (int)best[0].n, best[0].p, (int)best[1].n, best[1].p);
}

enum rc public_similar_load(struct ctx *c, const char *title, const char *region, struct pub_items *ret)
{
	struct window_filter f = { .words = public_similar_words(c->a, title) };
	struct pub_item *items = arena_new_many(c->a, struct pub_item, PUBLIC_SIMILAR_MAX);
	struct window_page w;
	size_t n = 0;

	*ret = (struct pub_items){ items, 0 };
	if (!f.words)
		return RC_OK;
	if (strlen(region) >= DISTRICT_LEN)
		f.region = arena_strndup(c->a, region, DISTRICT_LEN);
	TRY(public_window_load(c, &f, WINDOW_NEWEST, &w));
	for (size_t i = 0; i < w.n && n < PUBLIC_SIMILAR_MAX; i++) {
		enum rc rc = public_item_load(c, w.ids[i], &items[n]);

		if (rc == RC_OK)
			n++;
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	ret->n = n;
	return RC_OK;
}
