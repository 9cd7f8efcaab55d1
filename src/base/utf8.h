/* SPDX-License-Identifier: Apache-2.0
 * utf8 - text from strangers: is it UTF-8, how long is it, how is it cut and cleaned.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

/* No NUL, no surrogates, no overlong forms, nothing past U+10FFFF. */
bool utf8_is_valid(const char *s, size_t n);
/* Code points of valid UTF-8. */
size_t utf8_length(const char *s);
/* Bytes of the longest prefix with at most max_points code points. */
size_t utf8_prefix_bytes(const char *s, size_t max_points);
/*
 * The text without control characters (but tab and newline when lines is true), CRLF and CR
 * as newline, no blanks at the ends, at most two newlines in a row. s must be valid.
 */
char *utf8_clean(struct arena *a, const char *s, bool lines);
/* Valid UTF-8 out of any bytes; what is not becomes U+FFFD. */
char *utf8_repair(struct arena *a, const char *s, size_t n);
/* At most max_points code points, with an ellipsis at a word's end when cut. */
char *utf8_excerpt(struct arena *a, const char *s, size_t max_points);
/* ASCII letters to lower case; other bytes stay. */
char *utf8_lower_ascii(struct arena *a, const char *s);

#endif
