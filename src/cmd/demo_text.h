/* SPDX-License-Identifier: Apache-2.0
 * demo_text - texts of the invented reports: templates with choices and words (data/demo/topics.tsv, words.tsv).
 *
 * "[a|b]" is a choice and may be nested; "[#a|b]" falls the same way in all texts of a report; "{name}" is a word of
 * the list of that name, the same one within a report.
 */
#ifndef CMD_DEMO_TEXT_H
#define CMD_DEMO_TEXT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/rand.h"

#define DEMO_WORDS_MAX 40
#define DEMO_CHOICES_MAX 64

struct demo_words {
	const char *name;
	size_t n;
	const char *choice[DEMO_CHOICES_MAX];
};

struct demo_texts {
	size_t n;
	struct demo_words words[DEMO_WORDS_MAX];
};

/* What one report's texts have in common. */
struct demo_voice {
	const struct demo_texts *texts;
	struct rand_seq *random;
	const char *village, *district;          /* {desa}, {kec} */
	uint32_t roll;                           /* decides every "[#...]" */
	const char *chosen[DEMO_WORDS_MAX];
};

void demo_text_load(struct arena *a, struct demo_texts *ret);
void demo_text_begin(struct demo_voice *v, const struct demo_texts *texts, struct rand_seq *random,
		     const char *village, const char *district);
/* The template spoken; sentences begin with a capital, blanks are single. Lives in a. */
const char *demo_text_say(struct demo_voice *v, struct arena *a, const char *form);
/* A word of a list, drawn anew each time, spoken like a template. */
const char *demo_text_word(struct demo_voice *v, struct arena *a, const char *name);

#endif
