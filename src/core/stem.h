/* SPDX-License-Identifier: Apache-2.0
 * stem - the stem of an Indonesian word, so that "lampu menyala" finds "lampu dinyalakan".
 *
 * Everyday spellings become standard words first (core/slang.def); then come the exceptions (core/stem.def), Snowball's
 * rules, and what they lack: men- and pen- before a vowel hide a t. Made for search: a stem need not be a word, but
 * related forms must meet. The same on every machine and database engine.
 */
#ifndef CORE_STEM_H
#define CORE_STEM_H

#include "base/arena.h"

/* Remembers what it has worked out; one for each thread. */
struct stem;
struct stem *stem_new(void);
void stem_free(struct stem *s); /* NULL is fine */

/* The standard words for a normal word, NULL when it is standard (or unknown); may be several: "terima kasih". */
const char *stem_standard(const char *word, size_t n);
/* The stem of one normal word of n bytes; valid until the next call. */
const char *stem_word(struct stem *s, const char *word, size_t n);

#endif
