/* SPDX-License-Identifier: Apache-2.0
 * pack - one asset's bytes: digest for its public name, brotli and gzip forms.
 */
#ifndef GEN_ASSETS_PACK_H
#define GEN_ASSETS_PACK_H

#include "../gen.h"

/* 8 hex digits of the content. */
char *pack_digest(const struct text *t);
/* Empty when it would not be clearly smaller. */
struct text pack_brotli(const struct text *t);
struct text pack_gzip(const struct text *t);

#endif
