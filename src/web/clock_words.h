/* SPDX-License-Identifier: Apache-2.0
 * clock_words - why a date is what it is, in one sentence: the rule it comes from, what was counted from when, the days off
 * that were passed, the pauses, and whether the calendar is certain. The same sentence for citizens and officers.
 */
#ifndef WEB_CLOCK_WORDS_H
#define WEB_CLOCK_WORDS_H

#include "app/ctx.h"
#include "core/clock.h"
#include "core/rules.h"

/* By the calendar of now; kind CLOCK_NONE: until when a closed report can be opened again. In c->a. */
const char *clock_words_sentence(struct ctx *c, const struct clock *k);
/* The same with an explanation that was kept (app/dossier.h). */
const char *clock_words_explained(struct ctx *c, const struct clock *k, const struct clock_explanation *why);
/* "langkah 4 SOP 20/SOP-INFOKOM/2020 (Pejabat Penghubung)", "batas tindak lanjut pertama, PermenPANRB 62/2018". */
const char *clock_words_rule(struct ctx *c, const struct clock *k);
/* The clock of the limit for reopening, which is no row. */
struct clock clock_words_reopen(struct ctx *c, const struct ruleset *rules, struct instant closed_at);

#endif
