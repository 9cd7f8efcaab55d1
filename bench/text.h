/* SPDX-License-Identifier: Apache-2.0
 * text - a growing text, and what is needed to read a page as a browser does: the value between two marks.
 */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *p; /* ends in NUL */
	size_t n, size;
};

/* At least so many bytes more may be written at p + n, and a NUL. */
void text_room(struct text *t, size_t more);
void text_clear(struct text *t);
void text_free(struct text *t);
void text_bytes(struct text *t, const char *p, size_t n);
void text_add(struct text *t, const char *s);
__attribute__((format(printf, 2, 3))) void text_printf(struct text *t, const char *format, ...);
/* As the value of a form's field. */
void text_url(struct text *t, const char *s);

/* What stands between before and after, cut to size; the place after it, or NULL. */
const char *text_between(const char *s, const char *before, const char *after, char *ret, size_t size);
/* Why a page refuses: what stands in its first alert, without markup; else the beginning of its text. */
void text_reason(const char *page, char *ret, size_t size);

/* Ends the program with a sentence. */
__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

#endif
