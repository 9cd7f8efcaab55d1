/* SPDX-License-Identifier: Apache-2.0
 * words - text as the search index sees it, the same on every database engine.
 */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "base/arena.h"

/*
 * Lower case, Latin letters without their marks, everything but letters and digits as one blank, no blanks at the
 * ends. "Jl. Sudirman No.5 (rusak!)" -> "jl sudirman no 5 rusak". Text must be valid UTF-8.
 */
char *words_normal(struct arena *a, const char *text);
/*
 * What a report is found by: its number and its texts, the public ones once there are any. Nothing else: the
 * public search must not find a report by what its page does not show, the place for one.
 */
char *words_of_report(struct arena *a, const char *number, const char *title, const char *body);

#endif
