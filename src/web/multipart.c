/* SPDX-License-Identifier: Apache-2.0 */
#include "web/multipart.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static enum multipart_result fail(struct multipart *m, enum multipart_result why)
{
	m->state = MULTIPART_FAILED;
	m->failure = why;
	return why;
}

/* RFC 2046 bchars, without the blank: no browser uses it and it is legal at the end only by exception. */
static bool is_boundary_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

/* Moves past "; name" of the next parameter; its name in *ret. NULL at the end or when malformed. */
static const char *next_param(const char *s, const char **ret_name, size_t *ret_name_n)
{
	size_t n;

	s += strspn(s, " \t");
	if (*s != ';')
		return NULL;
	s++;
	s += strspn(s, " \t");
	n = strcspn(s, "=; \t\"");
	if (n == 0 || s[n] != '=')
		return NULL;
	*ret_name = s;
	*ret_name_n = n;
	return s + n + 1;
}

/*
 * A value, quoted or a token, into out. In quotes a backslash escapes a quote or a backslash only:
 * old browsers send "C:\dir\photo.jpg" as it is. NULL when malformed or too long.
 */
static const char *param_value(const char *s, char *out, size_t cap)
{
	bool quoted = *s == '"';
	size_t n = 0;

	s += quoted;
	for (;; s++) {
		if (quoted ? *s == '"' : *s == '\0' || *s == ';' || *s == ' ' || *s == '\t')
			break;
		if (*s == '\0' || n + 1 >= cap)
			return NULL;
		if (quoted && *s == '\\' && (s[1] == '"' || s[1] == '\\'))
			s++;
		out[n++] = *s;
	}
	out[n] = '\0';
	return s + quoted;
}

static bool name_is(const char *name, size_t n, const char *wanted)
{
	return n == strlen(wanted) && strncasecmp(name, wanted, n) == 0;
}

bool multipart_boundary(const char *content_type, char out[MULTIPART_BOUNDARY_MAX + 1])
{
	static const char type[] = "multipart/form-data";
	const char *s = content_type, *name;
	size_t name_n;
	char value[MULTIPART_BOUNDARY_MAX + 1];

	if (strncasecmp(s, type, sizeof(type) - 1) != 0)
		return false;
	s += sizeof(type) - 1;
	while ((s = next_param(s, &name, &name_n)) != NULL) {
		s = param_value(s, value, sizeof(value));
		if (!s)
			return false;
		if (!name_is(name, name_n, "boundary"))
			continue;
		for (const char *b = value; *b; b++)
			if (!is_boundary_char(*b))
				return false;
		memcpy(out, value, sizeof(value));
		return value[0] != '\0';
	}
	return false;
}

void multipart_init(struct multipart *m, const char *boundary, const struct multipart_sink *sink)
{
	size_t n = strlen(boundary);

	BUG_ON(n == 0 || n > MULTIPART_BOUNDARY_MAX);
	*m = (struct multipart){ .sink = *sink, .state = MULTIPART_PREAMBLE };
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary, n);
	m->delimiter_n = n + 4;
	/* The first boundary stands at the very beginning, without a line end before it. */
	m->matched = 2;
}

struct disposition {
	bool found, is_file;
	char name[256], filename[512];
};

/* "form-data; name="x"; filename="y"". filename* is not allowed in forms (RFC 7578) and is passed over. */
static bool parse_disposition(const char *s, struct disposition *d)
{
	const char *name;
	size_t name_n;
	char other[512];
	bool has_name = false;

	if (d->found || strncasecmp(s, "form-data", 9) != 0)
		return false;
	s += 9;
	d->found = true;
	while (*(s += strspn(s, " \t")) != '\0') {
		s = next_param(s, &name, &name_n);
		if (!s)
			return false;
		if (name_is(name, name_n, "name") && !has_name) {
			has_name = true;
			s = param_value(s, d->name, sizeof(d->name));
		} else if (name_is(name, name_n, "filename") && !d->is_file) {
			d->is_file = true;
			s = param_value(s, d->filename, sizeof(d->filename));
		} else {
			s = param_value(s, other, sizeof(other));
		}
		if (!s)
			return false;
	}
	return has_name && utf8_is_valid(d->name, strlen(d->name)) && utf8_is_valid(d->filename, strlen(d->filename));
}

/* One header line without its line end. */
static bool parse_header(char *line, struct disposition *d)
{
	char *colon = strchr(line, ':'), *value;
	size_t name_n;

	if (!colon || colon == line)
		return false;
	name_n = (size_t)(colon - line);
	value = colon + 1 + strspn(colon + 1, " \t");
	if (name_is(line, name_n, "Content-Disposition"))
		return parse_disposition(value, d);
	if (name_is(line, name_n, "Content-Transfer-Encoding"))
		return strcasecmp(value, "binary") == 0 || strcasecmp(value, "8bit") == 0 ||
		       strcasecmp(value, "7bit") == 0;
	return true;
}

/* m->header holds all lines, each ended by CR LF. */
static enum multipart_result begin_part(struct multipart *m)
{
	struct disposition d = { 0 };
	char *line = m->header, *end = m->header + m->header_n;

	while (line < end) {
		char *cr = memchr(line, '\r', (size_t)(end - line));

		BUG_ON(!cr || cr + 1 >= end || cr[1] != '\n');
		*cr = '\0';
		if (!parse_header(line, &d))
			return fail(m, MULTIPART_BAD);
		line = cr + 2;
	}
	if (!d.found)
		return fail(m, MULTIPART_BAD);
	m->state = MULTIPART_DATA;
	m->matched = 0;
	if (!m->sink.begin(m->sink.arg, d.name, d.is_file ? d.filename : NULL))
		return fail(m, MULTIPART_STOPPED);
	return MULTIPART_OK;
}

/* Header bytes: text lines only; CR only before LF and the other way round. */
static enum multipart_result take_header_byte(struct multipart *m, char c)
{
	bool after_cr = m->header_n > 0 && m->header[m->header_n - 1] == '\r';

	if ((c == '\n') != after_cr || ((unsigned char)c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
		return fail(m, MULTIPART_BAD);
	if (m->header_n == sizeof(m->header))
		return fail(m, MULTIPART_BAD);
	m->header[m->header_n++] = c;
	if (c != '\n')
		return MULTIPART_OK;
	if (m->header_n == 2) {
		m->header_n = 0;
	} else if (m->header_n < 4 || memcmp(m->header + m->header_n - 4, "\r\n\r\n", 4) != 0) {
		return MULTIPART_OK;
	} else {
		m->header_n -= 2;
	}
	return begin_part(m);
}

/* After a boundary: "--" ends the form; blanks and CR LF begin a part. */
static enum multipart_result take_delimiter_byte(struct multipart *m, char c)
{
	if (m->tail_n == 0 && (c == ' ' || c == '\t'))
		return MULTIPART_OK;
	if (m->tail_n == 0 && (c == '-' || c == '\r')) {
		m->tail[m->tail_n++] = c;
		return MULTIPART_OK;
	}
	if (m->tail_n == 1 && m->tail[0] == '-' && c == '-') {
		m->state = MULTIPART_EPILOGUE;
		return MULTIPART_OK;
	}
	if (m->tail_n == 1 && m->tail[0] == '\r' && c == '\n') {
		m->state = MULTIPART_HEADERS;
		m->header_n = 0;
		return MULTIPART_OK;
	}
	return fail(m, MULTIPART_BAD);
}

static bool emit(struct multipart *m, const char *p, size_t n)
{
	if (m->state != MULTIPART_DATA || n == 0)
		return true;
	return m->sink.data(m->sink.arg, p, n);
}

static enum multipart_result end_part(struct multipart *m)
{
	bool was_data = m->state == MULTIPART_DATA;

	m->state = MULTIPART_DELIMITER;
	m->tail_n = 0;
	m->matched = 0;
	if (was_data && !m->sink.end(m->sink.arg))
		return fail(m, MULTIPART_STOPPED);
	return MULTIPART_OK;
}

/*
 * Looks for the delimiter in preamble or data. CR stands only at its beginning, so after a
 * mismatch the search begins anew at the byte that did not match: nothing is read twice.
 */
static enum multipart_result take_data(struct multipart *m, const char *p, size_t n, size_t *ret_used)
{
	size_t i = 0;

	while (i < n) {
		if (m->matched == 0) {
			const char *cr = memchr(p + i, '\r', n - i);
			size_t plain = cr ? (size_t)(cr - (p + i)) : n - i;

			if (!emit(m, p + i, plain))
				return fail(m, MULTIPART_STOPPED);
			i += plain;
			if (i == n)
				break;
		}
		if (p[i] != m->delimiter[m->matched]) {
			if (!emit(m, m->delimiter, m->matched))
				return fail(m, MULTIPART_STOPPED);
			m->matched = 0;
			continue;
		}
		i++;
		if (++m->matched == m->delimiter_n) {
			*ret_used = i;
			return end_part(m);
		}
	}
	*ret_used = n;
	return MULTIPART_OK;
}

enum multipart_result multipart_feed(struct multipart *m, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		enum multipart_result r = MULTIPART_OK;
		size_t used = 1;

		switch (m->state) {
		case MULTIPART_PREAMBLE:
		case MULTIPART_DATA:
			r = take_data(m, p + i, n - i, &used);
			break;
		case MULTIPART_DELIMITER:
			r = take_delimiter_byte(m, p[i]);
			break;
		case MULTIPART_HEADERS:
			r = take_header_byte(m, p[i]);
			break;
		case MULTIPART_EPILOGUE:
			return MULTIPART_OK;
		case MULTIPART_FAILED:
			return m->failure;
		}
		if (r != MULTIPART_OK)
			return r;
		i += used;
	}
	return MULTIPART_OK;
}

enum multipart_result multipart_finish(struct multipart *m)
{
	if (m->state == MULTIPART_FAILED)
		return m->failure;
	return m->state == MULTIPART_EPILOGUE ? MULTIPART_OK : MULTIPART_TRUNCATED;
}
