/* SPDX-License-Identifier: Apache-2.0
 * words - text as the search index sees it, the same on every database engine.
 */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "core/stem.h"

/*
 * Lower case, Latin letters without their marks, everything but letters and digits as one blank, no blanks at the
 * ends. "Jl. Sudirman No.5 (rusak!)" -> "jl sudirman no 5 rusak". Text must be valid UTF-8.
 */
char *words_normal(struct arena *a, const char *text);
/*
 * What a report is found by: its number and its texts, the public ones once there are any. Nothing else: the
 * public search must not find a report by what its page does not show, the place for one. First the stems of all words
 * in their order, then the words that differ from their stem, each behind WORDS_PLAIN.
 */
char *words_of_report(struct arena *a, struct stem *s, const char *number, const char *title, const char *body);
/* No normal word begins so: what follows is a word as it was written, for searching by its beginning. */
#define WORDS_PLAIN "x0"

enum words_dialect { WORDS_FTS5, WORDS_TSQUERY };
#define WORDS_QUERY_MAX 12
/*
 * What a person typed as a search expression of the engine: all words, in any form of theirs; "words in quotes" stand
 * side by side; "jalan*" is a beginning. Signs are never operators. NULL: there is nothing to search for.
 */
const char *words_query(struct arena *a, struct stem *s, const char *text, enum words_dialect dialect);

#endif
