/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("bench_load: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

void text_room(struct text *t, size_t more)
{
	size_t size = t->size ? t->size : 256;

	while (size < t->n + more + 1)
		size *= 2;
	if (size == t->size)
		return;
	t->p = realloc(t->p, size);
	if (!t->p)
		die("out of memory");
	t->size = size;
}

void text_clear(struct text *t)
{
	text_room(t, 0);
	t->n = 0;
	t->p[0] = '\0';
}

void text_free(struct text *t)
{
	free(t->p);
	*t = (struct text){ 0 };
}

void text_bytes(struct text *t, const char *p, size_t n)
{
	text_room(t, n);
	memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_add(struct text *t, const char *s)
{
	text_bytes(t, s, strlen(s));
}

void text_printf(struct text *t, const char *format, ...)
{
	va_list args;
	int n;

	text_room(t, 256);
	va_start(args, format);
	n = vsnprintf(t->p + t->n, t->size - t->n, format, args);
	va_end(args);
	if ((size_t)n >= t->size - t->n) {
		text_room(t, (size_t)n);
		va_start(args, format);
		vsnprintf(t->p + t->n, t->size - t->n, format, args);
		va_end(args);
	}
	t->n += (size_t)n;
}

void text_url(struct text *t, const char *s)
{
	for (; *s; s++) {
		if (isalnum((unsigned char)*s) || *s == '-' || *s == '.' || *s == '_')
			text_bytes(t, s, 1);
		else if (*s == ' ')
			text_add(t, "+");
		else
			text_printf(t, "%%%02X", (unsigned char)*s);
	}
}

const char *text_between(const char *s, const char *before, const char *after, char *ret, size_t size)
{
	const char *begin = strstr(s, before), *end;

	begin = begin ? begin + strlen(before) : NULL;
	end = begin ? strstr(begin, after) : NULL;
	if (!end)
		return NULL;
	snprintf(ret, size, "%.*s", (int)(end - begin), begin);
	return end;
}

void text_reason(const char *page, char *ret, size_t size)
{
	const char *s = strstr(page, "role=\"alert\"");
	bool in_tag = s != NULL, blank = true;
	size_t n = 0;

	for (s = s ? s : page; *s && n + 1 < size; s++) {
		if (*s == '<')
			in_tag = true;
		if (!in_tag && !(blank && isspace((unsigned char)*s)))
			ret[n++] = isspace((unsigned char)*s) ? ' ' : *s;
		if (*s == '>' && n > 0 && !blank && n + 1 < size)
			ret[n++] = ' ';
		if (*s == '>')
			in_tag = false;
		blank = n == 0 || ret[n - 1] == ' ';
	}
	ret[n] = '\0';
}
