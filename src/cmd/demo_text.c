/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_text.h"

#include <ctype.h>
#include <string.h>

#include "cmd/data.h"

#define TEXT_MAX 4000
#define DEPTH_MAX 6

static void split_choices(struct arena *a, const char *text, struct demo_words *w)
{
	char *copy = arena_strdup(a, text);

	while (copy) {
		char *bar = strchr(copy, '|');

		if (bar)
			*bar++ = '\0';
		BUG_ON(w->n >= DEMO_CHOICES_MAX);
		w->choice[w->n++] = copy;
		copy = bar;
	}
}

void demo_text_load(struct arena *a, struct demo_texts *ret)
{
	struct data_lines l;

	ret->n = 0;
	for (data_begin(&l, data_text(a, "demo/words.tsv"), '\t'); data_next(&l);) {
		struct demo_words *w = &ret->words[ret->n];

		BUG_ON(ret->n++ >= DEMO_WORDS_MAX);
		*w = (struct demo_words){ .name = l.field[0] };
		split_choices(a, l.field[1], w);
	}
}

void demo_text_begin(struct demo_voice *v, const struct demo_texts *texts, struct rand_seq *random,
		     const char *village, const char *district)
{
	memset(v, 0, sizeof(*v));
	v->texts = texts;
	v->random = random;
	v->village = village;
	v->district = district;
	v->roll = rand_below(random, 5040);
}

static size_t find_words(const struct demo_texts *t, const char *name, size_t n)
{
	for (size_t i = 0; i < t->n; i++)
		if (strlen(t->words[i].name) == n && memcmp(t->words[i].name, name, n) == 0)
			return i;
	BUG("no demo words {%.*s}", (int)n, name);
}

static const char *draw(struct demo_voice *v, size_t list)
{
	const struct demo_words *w = &v->texts->words[list];

	return w->choice[rand_below(v->random, (uint32_t)w->n)];
}

static void speak(struct demo_voice *v, struct buf *b, const char *form, size_t n, int depth);

static void speak_name(struct demo_voice *v, struct buf *b, const char *name, size_t n, int depth)
{
	const char *text;
	size_t list;

	if (n == 4 && memcmp(name, "desa", 4) == 0) {
		text = v->village;
	} else if (n == 3 && memcmp(name, "kec", 3) == 0) {
		text = v->district;
	} else {
		list = find_words(v->texts, name, n);
		if (!v->chosen[list])
			v->chosen[list] = draw(v, list);
		text = v->chosen[list];
	}
	speak(v, b, text, strlen(text), depth + 1);
}

/* The inside of brackets: one of the parts between bars of this depth. */
static void speak_choice(struct demo_voice *v, struct buf *b, const char *inside, size_t n, int depth)
{
	size_t start[DEMO_CHOICES_MAX], parts = 1, open = 0, which, end;
	bool is_shared = n > 0 && inside[0] == '#';

	start[0] = is_shared;
	for (size_t i = 0; i < n; i++) {
		open += inside[i] == '[';
		open -= inside[i] == ']';
		if (inside[i] == '|' && open == 0 && parts < DEMO_CHOICES_MAX)
			start[parts++] = i + 1;
	}
	which = is_shared ? v->roll % parts : rand_below(v->random, (uint32_t)parts);
	end = which + 1 < parts ? start[which + 1] - 1 : n;
	speak(v, b, inside + start[which], end - start[which], depth + 1);
}

/* The bracket that closes the one at p[0]. */
static size_t closing(const char *p, size_t n)
{
	size_t open = 0;

	for (size_t i = 0; i < n; i++) {
		open += p[i] == '[';
		open -= p[i] == ']';
		if (open == 0)
			return i;
	}
	BUG("a demo text has an open bracket");
}

static void speak(struct demo_voice *v, struct buf *b, const char *form, size_t n, int depth)
{
	BUG_ON(depth > DEPTH_MAX);
	for (size_t i = 0; i < n; i++) {
		if (form[i] == '[') {
			size_t len = closing(form + i, n - i);

			speak_choice(v, b, form + i + 1, len - 1, depth);
			i += len;
		} else if (form[i] == '{') {
			const char *end = memchr(form + i, '}', n - i);

			BUG_ON(!end);
			speak_name(v, b, form + i + 1, (size_t)(end - form) - i - 1, depth);
			i = (size_t)(end - form);
		} else {
			buf_char(b, form[i]);
		}
	}
}

/* Single blanks, none at the ends, a capital where a sentence begins. */
static char *polish(struct arena *a, const struct buf *b)
{
	char *out = arena_alloc(a, b->n + 1);
	size_t n = 0;
	bool begins = true;

	for (size_t i = 0; i < b->n; i++) {
		char c = b->p[i];

		if (c == ' ' && (n == 0 || out[n - 1] == ' '))
			continue;
		if (begins && isalpha((unsigned char)c)) {
			c = (char)toupper((unsigned char)c);
			begins = false;
		} else if (c != ' ') {
			begins = false;
		}
		if ((c == '.' || c == '?' || c == '!') && (i + 1 >= b->n || b->p[i + 1] == ' '))
			begins = true;
		out[n++] = c;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

const char *demo_text_say(struct demo_voice *v, struct arena *a, const char *form)
{
	char *text;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	speak(v, &b, form, strlen(form), 0);
	text = polish(a, &b);
	buf_done(&b);
	return text;
}

const char *demo_text_word(struct demo_voice *v, struct arena *a, const char *name)
{
	return demo_text_say(v, a, draw(v, find_words(v->texts, name, strlen(name))));
}
