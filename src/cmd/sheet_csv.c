/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/sheet_csv.h"

#include <string.h>
#include <strings.h>

/* How far into the file the header is looked for to learn the separator. */
#define HEADER_WITHIN_BYTES 65536

static char find_separator(const char *p, size_t n, const char *first_header)
{
	size_t len = strlen(first_header), end = n < HEADER_WITHIN_BYTES ? n : HEADER_WITHIN_BYTES;

	for (size_t i = 0; i + len < end; i++) {
		if (strncasecmp(p + i, first_header, len) != 0)
			continue;
		i += len;
		while (i < end && (p[i] == '"' || p[i] == ' '))
			i++;
		if (i < end && (p[i] == ';' || p[i] == '\t' || p[i] == ','))
			return p[i];
	}
	return ',';
}

void sheet_csv_begin(struct sheet_csv *c, const char *p, size_t n, const char *first_header)
{
	*c = (struct sheet_csv){ .p = p, .n = n, .line = 1 };
	if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		c->at = 3;
	c->separator = find_separator(p, n, first_header);
}

static bool at_break(const struct sheet_csv *c)
{
	return c->at >= c->n || c->p[c->at] == '\n' || c->p[c->at] == '\r';
}

/* The inside of quotes into out (at most n bytes); false when they are not closed. */
static bool read_quoted(struct sheet_csv *c, char *out, size_t *ret_n)
{
	size_t n = 0;

	for (c->at++; c->at < c->n; c->at++) {
		if (c->p[c->at] == '"') {
			if (c->at + 1 >= c->n || c->p[c->at + 1] != '"') {
				c->at++;
				*ret_n = n;
				return true;
			}
			c->at++;
		} else if (c->p[c->at] == '\n') {
			c->line++;
		}
		out[n++] = c->p[c->at];
	}
	*ret_n = n;
	return false;
}

/* Upper bound of the next cell's bytes, so that memory is taken once. */
static size_t cell_bound(const struct sheet_csv *c)
{
	size_t i = c->at;

	if (i < c->n && c->p[i] == '"') {
		for (i++; i < c->n; i++) {
			if (c->p[i] != '"')
				continue;
			if (i + 1 >= c->n || c->p[i + 1] != '"')
				break;
			i++;
		}
	}
	while (i < c->n && c->p[i] != c->separator && c->p[i] != '\n' && c->p[i] != '\r')
		i++;
	return i - c->at;
}

static const char *read_cell(struct sheet_csv *c, struct arena *a, bool *ret_closed)
{
	size_t n = 0, start;
	int64_t line = c->line;
	char *out;

	*ret_closed = true;
	while (c->at < c->n && c->p[c->at] == ' ')
		c->at++;
	start = c->at;
	out = arena_alloc(a, cell_bound(c) + 1);
	if (c->at < c->n && c->p[c->at] == '"' && !read_quoted(c, out, &n)) {
		/* An open quote must not swallow the rest of the file: only this row is lost. */
		*ret_closed = false;
		c->at = start;
		c->line = line;
		n = 0;
	}
	/* What follows a closing quote is kept: some writers do not double theirs. */
	while (!at_break(c) && c->p[c->at] != c->separator)
		out[n++] = c->p[c->at++];
	return sheet_clean_text(a, out, n);
}

bool sheet_csv_next(struct sheet_csv *c, struct arena *a, struct sheet_row *ret)
{
	size_t n = 0;
	bool closed = true;

	if (c->at >= c->n)
		return false;
	ret->line = c->line;
	ret->damage = NULL;
	for (;;) {
		struct arena_mark mark = arena_mark(a);
		const char *text = read_cell(c, a, &closed);

		if (!closed)
			ret->damage = "a quotation mark is not closed";
		if (n < SHEET_COLUMNS_MAX)
			ret->cell[n++] = (struct cell){ .text = text, .type = CELL_TEXT };
		else
			arena_rewind(a, mark);
		if (at_break(c))
			break;
		c->at++;
	}
	if (c->at < c->n && c->p[c->at] == '\r')
		c->at++;
	if (c->at < c->n && c->p[c->at] == '\n')
		c->at++;
	c->line++;
	ret->n = n == 1 && ret->cell[0].text[0] == '\0' ? 0 : n;
	return true;
}
