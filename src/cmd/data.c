/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/data.h"

#include <string.h>
#include <zlib.h>

/* Far more than any of our files unpacks to. */
#define UNPACKED_MAX (16u << 20)

/* The last four bytes of a gzip file say how long it is unpacked. */
static size_t unpacked_size(const struct data *d)
{
	const unsigned char *p = (const unsigned char *)d->p + d->n - 4;

	return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
}

static char *unpack(struct arena *a, const struct data *d)
{
	size_t n = unpacked_size(d);
	z_stream z = { 0 };
	char *out;

	BUG_ON(n > UNPACKED_MAX);
	out = arena_alloc(a, n + 1);
	BUG_ON(inflateInit2(&z, 15 + 16) != Z_OK);
	z.next_in = (Bytef *)(uintptr_t)d->p;
	z.avail_in = (uInt)d->n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)n;
	BUG_ON(inflate(&z, Z_FINISH) != Z_STREAM_END);
	inflateEnd(&z);
	return out;
}

char *data_text(struct arena *a, const char *name)
{
	struct data d;
	size_t n = strlen(name);

	if (!data_find(name, &d))
		BUG("no embedded file %s", name);
	if (n > 3 && strcmp(name + n - 3, ".gz") == 0)
		return unpack(a, &d);
	return arena_strndup(a, d.p, d.n);
}

void data_begin(struct data_lines *l, char *text, char separator)
{
	*l = (struct data_lines){ .at = text, .separator = separator };
}

static void cut_fields(struct data_lines *l, char *line)
{
	for (l->n = 0; l->n < DATA_FIELDS_MAX && line; l->n++) {
		char *end = strchr(line, l->separator);

		l->field[l->n] = line;
		if (end)
			*end++ = '\0';
		line = end;
	}
	for (size_t i = l->n; i < DATA_FIELDS_MAX; i++)
		l->field[i] = "";
}

bool data_next(struct data_lines *l)
{
	while (*l->at) {
		char *line = l->at, *end = strchr(line, '\n');

		l->at = end ? end + 1 : line + strlen(line);
		if (end)
			*end = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		cut_fields(l, line);
		return true;
	}
	return false;
}
