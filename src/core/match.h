/* SPDX-License-Identifier: Apache-2.0
 * match - how well a report answers a search, for the order "best match". Computed here from the indexed words, so that it is
 * the same on every database engine; only among the newest hits, never among all.
 *
 * The sum of
 *   MATCH_TITLE  * words asked for that stand in the title / words asked for
 *   MATCH_NEAR   * words asked for / places of the shortest stretch of the text that holds them all
 *   MATCH_RECENT * 90 / (90 + days since it was received)
 * each rounded down. What is equal stands newest first.
 */
#ifndef CORE_MATCH_H
#define CORE_MATCH_H

#include "core/words.h"

#define MATCH_TITLE 500
#define MATCH_NEAR 300
#define MATCH_RECENT 200
#define MATCH_RECENT_DAYS 90

/* words: as words_of_report made them. */
int match_score(const struct words_term *terms, size_t n, const char *words, int64_t age_days);

#endif
