/* SPDX-License-Identifier: Apache-2.0
 * parse - numbers and small forms out of text, all or nothing.
 */
#ifndef BASE_PARSE_H
#define BASE_PARSE_H

#include "base/err.h"

/* The whole string is a decimal integer within lo..hi; no blanks, no plus sign. */
bool parse_int(const char *s, int64_t lo, int64_t hi, int64_t *ret_value);
/* Like parse_int for text of known length that need not end in NUL. */
bool parse_int_n(const char *s, size_t n, int64_t lo, int64_t hi, int64_t *ret_value);
/* Two integers within lo..hi with this character between them: "123_45". */
bool parse_int_pair(const char *s, char between, int64_t lo, int64_t hi, int64_t *ret_first, int64_t *ret_second);
/* 0..15, either case; -1 for any other character. */
int parse_hex_digit(char c);
/* Lower-case hex; out gets 2 n + 1 bytes. */
void parse_hex_encode(const void *p, size_t n, char *out);
/* The whole string is n bytes in hex, either case. */
bool parse_hex_decode(const char *s, void *out, size_t n);

#endif
