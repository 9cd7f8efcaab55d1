/* SPDX-License-Identifier: Apache-2.0
 * runner - plays scenario files, each in a world of its own, and prints "ok - ..." or "not ok - ..." for each.
 * Usage: scenario FILE...   (from the top of the source tree, where data/ is)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "cover.h"
#include "play.h"

#define SENTENCES_MAX 400

struct script {
	char title[160];
	struct sentence *s;
	size_t n;
};

/* Splits a line at ";" and blanks, in place; quotes keep both. */
static void split(struct script *sc, char *line, int number)
{
	struct sentence *s = &sc->s[sc->n];
	char *p = line;

	*s = (struct sentence){ .line = number };
	while (*p) {
		if (*p == ' ' || *p == '\t' || *p == '\n') {
			p++;
		} else if (*p == ';' || *p == '#') {
			bool is_comment = *p == '#';
			if (s->n > 0 && sc->n + 1 < SENTENCES_MAX)
				*(s = &sc->s[++sc->n]) = (struct sentence){ .line = number };
			if (is_comment)
				return;
			*p++ = '\0';
		} else if (s->n < PLAY_WORDS_MAX) {
			bool quoted = *p == '"';
			s->quoted[s->n] = quoted;
			s->word[s->n++] = quoted ? ++p : p;
			p += quoted ? strcspn(p, "\"\n") : strcspn(p, " \t\n;");
			if (*p == ';') {
				*p = '\0';
				if (sc->n + 1 < SENTENCES_MAX)
					*(s = &sc->s[++sc->n]) = (struct sentence){ .line = number };
				p++;
			} else if (*p) {
				*p++ = '\0';
			}
		} else {
			p++;
		}
	}
	if (s->n > 0 && sc->n + 1 < SENTENCES_MAX)
		sc->n++;
}

static bool is_refusal(const struct sentence *s)
{
	return strcmp(play_word(s, 0), "expect") == 0 && strcmp(play_word(s, 1), "refused") == 0;
}

static const char *refusal_name(int refusal)
{
	static const char *const names[] = {
#define REFUSAL(name) #name,
#include "core/refusal.def"
#undef REFUSAL
	};
	return refusal >= 0 && refusal < (int)ARRAY_LEN(names) ? names[refusal] : "?";
}

/* What a deed came to: done, or refused as the next sentence says. */
static bool judge(struct world *w, const struct sentence *next)
{
	bool wanted = next && is_refusal(next);

	if (w->rc == RC_OK)
		return !wanted || world_fail(w, "was not refused");
	if (!wanted)
		return world_fail(w, "refused: %s %s %s%s%s", rc_name(w->rc), refusal_name(w->err.refusal), w->err.detail,
				  w->problems.n ? " field " : "", w->problems.n ? w->problems.p[0].field : "");
	const char *name = play_word(next, 2);
	return strcmp(refusal_name(w->err.refusal), name) == 0 ||
	       world_fail(w, "refused because %s, not %s", refusal_name(w->err.refusal), name);
}

static bool play_all(struct world *w, const struct script *sc, int *ret_line)
{
	for (size_t i = 0; i < sc->n; i++) {
		const struct sentence *s = &sc->s[i], *next = i + 1 < sc->n ? s + 1 : NULL;
		bool ok;

		*ret_line = s->line;
		if (is_refusal(s)) {
			if (i == 0 || strcmp(play_word(s - 1, 0), "expect") == 0)
				return world_fail(w, "expect refused: stands after no deed");
			continue;
		}
		ok = strcmp(play_word(s, 0), "expect") == 0 ? play_expect(w, s) : play_do(w, s) && judge(w, next);
		if (!ok)
			return false;
	}
	return world_is_sound(w) && play_all_explained(w) && world_is_verified(w) && world_mails_are_discreet(w);
}

static bool read_script(const char *path, struct script *sc, struct arena *a)
{
	FILE *f = fopen(path, "r");
	char line[1024];

	if (!f)
		return false;
	sc->s = arena_new_many(a, struct sentence, SENTENCES_MAX);
	snprintf(sc->title, sizeof(sc->title), "%s", path);
	for (int number = 1; fgets(line, sizeof(line), f); number++) {
		if (number == 1 && line[0] == '#')
			snprintf(sc->title, sizeof(sc->title), "%.*s", (int)strcspn(line + 2, "\n"), line + 2);
		else
			split(sc, arena_strdup(a, line), number);
	}
	fclose(f);
	return true;
}

/* "with tjt-20 tjt-23": the story is played once by each SOP. */
static struct sentence *find_with(struct script *sc)
{
	for (size_t i = 0; i < sc->n; i++)
		if (strcmp(play_word(&sc->s[i], 0), "with") == 0)
			return &sc->s[i];
	return NULL;
}

static bool play_once(const char *path, const struct script *sc)
{
	struct world w;
	int line = 0;
	bool ok = world_begin(&w) && play_all(&w, sc, &line) && cover_print(&w, strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
	if (ok)
		printf("ok - %s\n", sc->title);
	else
		printf("not ok - %s: %s:%d: %s\n", sc->title, path, line, w.why);
	world_end(&w);
	return ok;
}

static bool play_file(const char *path)
{
	struct arena *a = arena_new((size_t)8 * 1024 * 1024);
	struct script sc = { .n = 0 };
	bool ok = read_script(path, &sc, a) && sc.n > 0;
	struct sentence *with = ok ? find_with(&sc) : NULL;

	if (!ok)
		printf("not ok - %s: cannot be read, or is empty\n", path);
	else if (!with)
		ok = play_once(path, &sc);
	if (with) {
		const struct sentence all = *with;

		for (int i = 1; i < all.n; i++) {
			*with = (struct sentence){ .n = 4, .word = { "sop", all.word[i], "for", "mekar-jaya" }, .line = all.line };
			ok = play_once(path, &sc) && ok;
		}
	}
	arena_free(a);
	return ok;
}

int main(int argc, char **argv)
{
	bool ok = argc > 1;

	hash_init();
	log_set_level(LOG_ERROR);
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 1; i < argc; i++)
		ok = play_file(argv[i]) && ok;
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
