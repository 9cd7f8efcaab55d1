/* SPDX-License-Identifier: Apache-2.0
 * words - text as the search index sees it, the same on every database engine.
 */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "core/marks.h"
#include "core/stem.h"

/*
 * Lower case, Latin letters without their marks, everything but letters and digits as one blank, no blanks at the
 * ends. "Jl. Sudirman No.5 (rusak!)" -> "jl sudirman no 5 rusak". Text must be valid UTF-8.
 */
char *words_normal(struct arena *a, const char *text);
/*
 * What a report is found by: its number and its texts, the public ones once there are any. Nothing else that can be
 * typed: the public search must not find a report by what its page does not show, the place for one. First the stems of
 * all words in their order, WORDS_TITLE_END after those of the title; then the words that differ from their stem, each
 * behind WORDS_PLAIN; then the marks (core/marks.h).
 */
char *words_of_report(struct arena *a, const char *number, const char *texts, const char *marks);
/* What lies between number and marks: the dear part, which asks for nothing that storing gives. */
char *words_of_texts(struct arena *a, struct stem *s, const char *title, const char *body);
/* Signs to words_normal, letters to the engines: no normal word holds one. */
#define WORDS_TITLE_END MARKS_BEGIN "e"
/* What follows is a word as it was written, for searching by its beginning. */
#define WORDS_PLAIN "\xC2\xBA"

/* After so many reports at once the index is worth tidying. */
#define WORDS_BULK 5000

/* One thing asked for: a stem, stems side by side (divided by a blank), or how a word begins. */
enum words_how { WORDS_STEM, WORDS_PHRASE, WORDS_BEGINNING };
struct words_term {
	enum words_how how;
	const char *text;
};
#define WORDS_TERMS_MAX 12
/*
 * What a person typed: all words, in any form of theirs; "words in quotes" stand side by side; "jalan*" is a beginning.
 * Signs are never operators. Returns how many terms; what is more than fits is left out.
 */
size_t words_terms(struct arena *a, struct stem *s, const char *typed, struct words_term ret[WORDS_TERMS_MAX]);

enum words_dialect { WORDS_FTS5, WORDS_TSQUERY };
/* All of the terms and all of the scope, as a search expression of the engine. NULL: without a term. */
const char *words_query(struct arena *a, const struct words_term *terms, size_t n, const struct marks_scope *scope,
			enum words_dialect dialect);
/*
 * One of these marks is met before the words: for FTS5 the beginning of the expression, '("x" OR "y") AND '; for tsquery an
 * expression of its own beside the other.
 */
const char *words_within(struct arena *a, const struct marks_list *marks, enum words_dialect dialect);

#endif
