/* SPDX-License-Identifier: Apache-2.0
 * out - where the compiled templates write: a page being rendered.
 *
 * The functions are called by generated code only. Which one is chosen by C type and by the
 * place in the HTML; raw HTML needs struct html, which only trusted makers fill (the QR code,
 * the sanitizer). A value of a type that is not listed does not compile.
 */
#ifndef VIEW_OUT_H
#define VIEW_OUT_H

#include "base/buf.h"
#include "base/day.h"
#include "base/lang.h"

#define OUT_ICONS_MAX 96

struct out {
	struct buf *b;
	struct buf scratch;              /* translated text, before escaping */
	enum lang lang;
	enum zone zone;
	uint64_t icons[(OUT_ICONS_MAX + 63) / 64]; /* used on this page; the layout prints the sprite last */
};

/* Markup that is safe by construction. */
struct html {
	const char *p;
	size_t n;
};

void out_begin(struct out *o, struct buf *b, enum lang lang, enum zone zone);
void out_end(struct out *o); /* frees the scratch */

#define out_raw(o, literal) buf_add((o)->b, "" literal, sizeof(literal) - 1)
/* Escapes & < > " ' : right in text and in quoted attributes. NULL prints nothing. */
void out_text(struct out *o, const char *s);
void out_text_n(struct out *o, const char *s, size_t n);
void out_int(struct out *o, int64_t v);
void out_html(struct out *o, struct html h);
/* Escaped, with <br> for every newline. */
void out_lines(struct out *o, const char *s);
/* Percent-encodes everything but unreserved characters: one path segment or query value. */
void out_url(struct out *o, const char *s);
void out_url_int(struct out *o, int64_t v);
/* An address on this site made by us: must begin with one "/", else "#" is printed. Escaped. */
void out_path(struct out *o, const char *s);
/* Where a message with parameters is put together, and its escaped printing. */
struct buf *out_scratch(struct out *o);
void out_scratch_text(struct out *o);
/* The symbol of assets/icons, as <svg class="i"><use xlink:href="#i-name"/></svg>; kept for the sprite. */
void out_icon(struct out *o, int icon);
/* <symbol> of every icon used on the page. */
void out_sprite(struct out *o);

/*
 * Length of the prefix without & < > " '. The first works on 16 bytes at a time where the machine
 * can; the second is the plain form it must agree with.
 */
size_t out_plain_prefix(const char *s, size_t n);
size_t out_plain_prefix_scalar(const char *s, size_t n);

/* A value in a quoted attribute, by its C type. */
#define out_attr_value(o, x)                    \
	_Generic((x),                           \
		char *: out_text,               \
		const char *: out_text,         \
		int: out_int,                   \
		unsigned: out_int,              \
		long: out_int,                  \
		unsigned long: out_int,         \
		long long: out_int,             \
		unsigned char: out_int)((o), (x))
/* A value in text; markup is allowed here only. */
#define out_value(o, x)                         \
	_Generic((x),                           \
		char *: out_text,               \
		const char *: out_text,         \
		int: out_int,                   \
		unsigned: out_int,              \
		long: out_int,                  \
		unsigned long: out_int,         \
		long long: out_int,             \
		unsigned char: out_int,         \
		struct html: out_html)((o), (x))
#define out_url_value(o, x)                     \
	_Generic((x),                           \
		char *: out_url,                \
		const char *: out_url,          \
		int: out_url_int,               \
		long: out_url_int,              \
		long long: out_url_int)((o), (x))

#endif
