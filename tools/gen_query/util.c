/* SPDX-License-Identifier: Apache-2.0 */
#include "util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
	struct chunk *next;
	_Alignas(16) unsigned char data[];
};
static struct chunk *chunks;

void fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *take(size_t n)
{
	struct chunk *c = calloc(1, sizeof(*c) + n);

	if (!c)
		fail("gen_query", 0, "out of memory");
	c->next = chunks;
	chunks = c;
	return c->data;
}

char *take_text(const char *p, size_t n)
{
	char *s = take(n + 1);

	memcpy(s, p, n);
	return s;
}

void text_add(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		size_t cap = (t->n + n + 1) * 2 + 256;
		char *q = take(cap);

		if (t->n > 0)
			memcpy(q, t->p, t->n);
		t->p = q;
		t->cap = cap;
	}
	memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_str(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void text_fmt(struct text *t, const char *fmt, ...)
{
	char line[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(line))
		fail("gen_query", 0, "a line is too long: %.60s...", line);
	text_add(t, line, (size_t)n);
}

void text_literal(struct text *t, const char *s, const char *indent)
{
	text_fmt(t, "%s\"", indent);
	for (; *s; s++) {
		if (*s == '\n') {
			text_str(t, "\\n");
			if (s[1])
				text_fmt(t, "\"\n%s\"", indent);
		} else if (*s == '"' || *s == '\\') {
			text_fmt(t, "\\%c", *s);
		} else if (*s == '\t') {
			text_str(t, "\\t");
		} else if (*s == '?' && s[1] == '?') {
			text_str(t, "\\?");
		} else {
			text_add(t, s, 1);
		}
	}
	text_str(t, "\"");
}

void *grown(void *p, size_t n, size_t size)
{
	void *q;

	if (n > 0 && (n & (n - 1)) != 0)
		return p;
	q = take((n ? n * 2 : 1) * size);
	if (n > 0)
		memcpy(q, p, n * size);
	return q;
}

char *file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct text t = { 0 };
	char part[4096];
	size_t n;

	if (!f)
		fail(path, 0, "cannot be read: %s", strerror(errno));
	text_add(&t, "", 0);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		text_add(&t, part, n);
	if (ferror(f))
		fail(path, 0, "cannot be read: %s", strerror(errno));
	fclose(f);
	if (strlen(t.p) != t.n)
		fail(path, 0, "contains a NUL byte");
	return t.p;
}

static bool file_is(const char *path, const struct text *t)
{
	FILE *f = fopen(path, "rb");
	char *have;
	size_t n;
	bool same;

	if (!f)
		return false;
	have = take(t->n + 1);
	n = fread(have, 1, t->n + 1, f);
	same = n == t->n && memcmp(have, t->p, n) == 0;
	fclose(f);
	return same;
}

void file_write(const char *folder, const char *name, const struct text *t)
{
	struct text path = { 0 };
	FILE *f;

	text_fmt(&path, "%s/%s", folder, name);
	if (file_is(path.p, t))
		return;
	f = fopen(path.p, "wb");
	if (!f || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0)
		fail(path.p, 0, "cannot be written: %s", strerror(errno));
}
