/* SPDX-License-Identifier: Apache-2.0
 * util - memory, text and the way of failing for this generator.
 *
 * Memory is never freed: the program lives for milliseconds. It stays reachable, so that leak
 * checkers keep silent.
 */
#ifndef GEN_QUERY_UTIL_H
#define GEN_QUERY_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* "file:line: message" on standard error, exit status 1. */
_Noreturn void fail(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

void *take(size_t n) __attribute__((returns_nonnull));
char *take_text(const char *p, size_t n) __attribute__((returns_nonnull));

/* A growing text; p is NUL-terminated once something was added. */
struct text {
	char *p;
	size_t n, cap;
};
void text_add(struct text *t, const char *p, size_t n);
void text_str(struct text *t, const char *s);
void text_fmt(struct text *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* As the body of C string literals, one a line. */
void text_literal(struct text *t, const char *s, const char *indent);

/* Makes room for one more element of an array; n elements of size bytes are in use. */
void *grown(void *p, size_t n, size_t size);

char *file_read(const char *path);
/* Leaves an unchanged file alone, so that nothing is compiled again for nothing. */
void file_write(const char *folder, const char *name, const struct text *t);

#endif
