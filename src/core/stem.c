/* SPDX-License-Identifier: Apache-2.0
 * stem - exceptions by binary search, the rest by Snowball, all of it remembered.
 */
#include "core/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

/* Longer words are numbers, addresses or noise: they stay as they are and are not remembered. */
#define WORD_MAX 40
#define SLOTS 4096

struct pair {
	const char *word, *other;
};

static const struct pair slang[] = {
#define SLANG(w, s) { w, s },
#include "core/slang.def"
#undef SLANG
};
static const struct pair exceptions[] = {
#define STEM(w, s) { w, s },
#include "core/stem.def"
#undef STEM
};

struct slot {
	char word[WORD_MAX + 1], stem[WORD_MAX + 2];
};

struct stem {
	struct sb_stemmer *rules;
	struct slot *slots; /* by hash; a newer word takes the place of an older one */
	char long_word[256];
};

struct stem *stem_new(void)
{
	struct stem *s = calloc(1, sizeof(*s));

	BUG_ON(!s);
	s->rules = sb_stemmer_new("indonesian", NULL);
	s->slots = calloc(SLOTS, sizeof(*s->slots));
	BUG_ON(!s->rules || !s->slots);
	return s;
}

void stem_free(struct stem *s)
{
	if (!s)
		return;
	sb_stemmer_delete(s->rules);
	free(s->slots);
	free(s);
}

static const char *look_up(const struct pair *table, size_t n, const char *word, size_t len)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(table[middle].word, word, len);

		if (order == 0)
			order = table[middle].word[len] != '\0';
		if (order == 0)
			return table[middle].other;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *stem_standard(const char *word, size_t n)
{
	return look_up(slang, ARRAY_LEN(slang), word, n);
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* "menerima" comes back as "erima": what the prefix swallowed was a t. */
static bool hides_t(const char *word, const char *stem)
{
	return (strncmp(word, "men", 3) == 0 || strncmp(word, "pen", 3) == 0) && is_vowel(word[3]) &&
	       strncmp(word + 3, stem, strlen(stem)) == 0;
}

static void work_out(struct stem *s, struct slot *slot, size_t n)
{
	const char *known = look_up(exceptions, ARRAY_LEN(exceptions), slot->word, n);
	const char *stem = known;

	if (!known) {
		stem = (const char *)sb_stemmer_stem(s->rules, (const sb_symbol *)slot->word, (int)n);
		if (!stem || strlen(stem) < 2)
			stem = slot->word;
	}
	size_t t = !known && hides_t(slot->word, stem), len = strlen(stem);
	slot->stem[0] = 't';
	memcpy(slot->stem + t, stem, len < WORD_MAX ? len : WORD_MAX);
	slot->stem[t + (len < WORD_MAX ? len : WORD_MAX)] = '\0';
}

static uint32_t hash_of_word(const char *word, size_t n)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)word[i]) * 16777619U;
	return h;
}

/* Only words of letters have stems. */
static bool is_plain_word(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] < 'a' || word[i] > 'z')
			return false;
	return n >= 3 && n <= WORD_MAX;
}

const char *stem_word(struct stem *s, const char *word, size_t n)
{
	struct slot *slot;

	if (!is_plain_word(word, n)) {
		n = n < sizeof(s->long_word) ? n : sizeof(s->long_word) - 1;
		memcpy(s->long_word, word, n);
		s->long_word[n] = '\0';
		return s->long_word;
	}
	slot = &s->slots[hash_of_word(word, n) % SLOTS];
	if (strncmp(slot->word, word, n) != 0 || slot->word[n] != '\0') {
		memcpy(slot->word, word, n);
		slot->word[n] = '\0';
		work_out(s, slot, n);
	}
	return slot->stem;
}
