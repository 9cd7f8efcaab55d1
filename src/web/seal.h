/* SPDX-License-Identifier: Apache-2.0
 * seal - keyed marks on what we leave with the browser, so that we know it again.
 */
#ifndef WEB_SEAL_H
#define WEB_SEAL_H

#include "base/hash.h"

#define SEAL_LEN 64

/* 64 hex characters and NUL. purpose keeps the marks of one use from passing for another's. */
void seal_make(const struct hash *key, const char *purpose, const char *text, char out[SEAL_LEN + 1]);
/* mark: the whole mark or its first n >= 32 characters. Constant time. */
bool seal_matches(const struct hash *key, const char *purpose, const char *text, const char *mark, size_t n);

#endif
