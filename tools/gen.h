/* SPDX-License-Identifier: Apache-2.0
 * gen - what the build-time generators share: files, growing text, errors as "file:line: what".
 *
 * Header only, because every generator is one program of a folder of its own. They run once
 * and end, so nothing is freed.
 */
#ifndef TOOLS_GEN_H
#define TOOLS_GEN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
/* A generator leaves its memory to the system when it ends: in debug builds that is no leak. */
const char *__asan_default_options(void);
__attribute__((weak)) const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

struct text {
	char *p;
	size_t n, cap;
};

__attribute__((format(printf, 3, 4), noreturn)) static inline void gen_fail(const char *file, int line,
									     const char *fmt, ...)
{
	va_list ap;

	if (line > 0)
		fprintf(stderr, "%s:%d: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static inline void *gen_grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (!p)
		gen_fail("generator", 0, "out of memory");
	return p;
}

static inline void text_add(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->p = gen_grow(t->p, t->cap);
	}
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

static inline void text_char(struct text *t, char c)
{
	text_add(t, &c, 1);
}

static inline void text_str(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

__attribute__((format(printf, 2, 3))) static inline void text_printf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text_add(t, "", 0);
	if (t->n + (size_t)n + 1 > t->cap) {
		t->cap = (t->n + (size_t)n + 1) * 2;
		t->p = gen_grow(t->p, t->cap);
	}
	va_start(ap, fmt);
	vsnprintf(t->p + t->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	t->n += (size_t)n;
}

/* The bytes as the inside of a C string literal. Octal, because hex escapes have no end. */
static inline void text_c_escape(struct text *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c == '"' || c == '\\')
			text_printf(t, "\\%c", c);
		else if (c == '\n')
			text_str(t, "\\n");
		else if (c < 0x20 || c >= 0x7F || c == '?')
			text_printf(t, "\\%03o", c);
		else
			text_char(t, (char)c);
	}
}

static inline char *gen_strndup(const char *p, size_t n)
{
	char *s = gen_grow(NULL, n + 1);

	memcpy(s, p, n);
	s[n] = '\0';
	return s;
}

static inline struct text gen_read(const char *path)
{
	struct text t = { 0 };
	char part[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		gen_fail(path, 0, "cannot be read");
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		text_add(&t, part, n);
	if (ferror(f))
		gen_fail(path, 0, "cannot be read");
	fclose(f);
	text_add(&t, "", 0);
	return t;
}

/* For the languages of the generators: a NUL would silently end the file there. */
static inline struct text gen_read_text(const char *path)
{
	struct text t = gen_read(path);

	if (memchr(t.p, '\0', t.n))
		gen_fail(path, 0, "holds a NUL byte");
	return t;
}

static inline void gen_write(const char *folder, const char *name, const struct text *t)
{
	struct text path = { 0 };
	FILE *f;

	text_printf(&path, "%s/%s", folder, name);
	f = fopen(path.p, "wb");
	if (!f || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0)
		gen_fail(path.p, 0, "cannot be written");
}

/* The file name without folders; ret_n gets its length without the last extension. */
static inline const char *gen_base_name(const char *path, size_t *ret_n)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');

	*ret_n = dot ? (size_t)(dot - name) : strlen(name);
	return name;
}

static inline bool gen_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static inline bool gen_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
