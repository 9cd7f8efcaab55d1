/* SPDX-License-Identifier: Apache-2.0
 * buf - a growing byte buffer with a hard maximum.
 *
 * Errors are sticky: writing past the maximum sets .overflow and drops what does not fit,
 * so that a page is rendered without a check per write and refused once at its end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <string.h>

#include "base/err.h"

struct buf {
	char *p;      /* always NUL-terminated once something was written */
	size_t n, cap;
	size_t max;   /* n never passes it */
	bool overflow;
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_done(struct buf *b); /* frees; the struct may be initialised again */
static inline void buf_reset(struct buf *b)
{
	b->n = 0;
	b->overflow = false;
}

/* Makes room for n more bytes; false when that would pass the maximum. */
bool buf_reserve(struct buf *b, size_t n);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The text so far as a C string; "" when nothing was written. */
const char *buf_cstr(const struct buf *b);
#define buf_lit(b, literal) buf_add((b), "" literal, sizeof(literal) - 1)

#endif
