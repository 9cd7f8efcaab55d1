/* SPDX-License-Identifier: Apache-2.0 */
#include "web/form.h"

#include <string.h>

#include "base/parse.h"
#include "base/utf8.h"

/* Decodes into fresh memory of the arena; the result is never longer than the text. */
static enum form_result decode(struct arena *a, const char *p, size_t n, bool plus_is_space, const char **ret)
{
	char *out = arena_alloc(a, n + 1);
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		char c = p[i];

		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			int hi = i + 1 < n ? parse_hex_digit(p[i + 1]) : -1;
			int lo = i + 2 < n ? parse_hex_digit(p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return FORM_BAD_ESCAPE;
			c = (char)(hi << 4 | lo);
			i += 2;
		}
		out[m++] = c;
	}
	if (!utf8_is_valid(out, m))
		return FORM_BAD_TEXT;
	*ret = out;
	return FORM_OK;
}

static size_t count_pairs(const char *p, size_t n)
{
	size_t pairs = n > 0;

	for (size_t i = 0; i < n; i++)
		pairs += p[i] == '&';
	return pairs;
}

static enum form_result parse_pair(struct arena *a, const char *p, size_t n, struct field *ret)
{
	const char *eq = memchr(p, '=', n);
	size_t name_n = eq ? (size_t)(eq - p) : n;
	enum form_result r = decode(a, p, name_n, true, &ret->name);

	ret->value = "";
	if (r == FORM_OK && eq)
		r = decode(a, eq + 1, n - name_n - 1, true, &ret->value);
	return r;
}

enum form_result form_parse(struct arena *a, const char *p, size_t n, size_t max_fields, const struct field **ret,
			    size_t *ret_n)
{
	size_t most = count_pairs(p, n), m = 0;
	struct field *fields;

	if (most > max_fields)
		return FORM_TOO_MANY;
	fields = arena_new_many(a, struct field, most);
	for (size_t i = 0; i < n;) {
		const char *amp = memchr(p + i, '&', n - i);
		size_t len = amp ? (size_t)(amp - (p + i)) : n - i;

		if (len > 0) {
			enum form_result r = parse_pair(a, p + i, len, &fields[m++]);

			if (r != FORM_OK)
				return r;
		}
		i += len + 1;
	}
	*ret = fields;
	*ret_n = m;
	return FORM_OK;
}

static bool has_encoded_slash(const char *p, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++)
		if (p[i] == '%' && p[i + 1] == '2' && (p[i + 2] == 'F' || p[i + 2] == 'f'))
			return true;
	return false;
}

enum form_result form_parse_path(struct arena *a, const char *p, size_t n, const char **ret)
{
	const char *path;
	enum form_result r;

	if (has_encoded_slash(p, n))
		return FORM_BAD_TEXT;
	r = decode(a, p, n, false, &path);
	if (r != FORM_OK)
		return r;
	for (const char *s = path; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7F)
			return FORM_BAD_TEXT;
	*ret = path;
	return FORM_OK;
}
