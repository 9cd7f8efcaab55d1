/* SPDX-License-Identifier: Apache-2.0
 * Urlencoded forms and paths: what is accepted is clean text, and writing it again reads the same.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "view/layout.h"
#include "web/form.h"

#define FIELDS_MAX 100

static void check_text(const char *s)
{
	BUG_ON(!utf8_is_valid(s, strlen(s)));
}

static void check_again(struct arena *a, const struct field *fields, size_t n)
{
	const struct field *again;
	size_t n_again;
	struct buf b;
	struct out o;

	buf_init(&b, 1 << 20);
	out_begin(&o, &b, LANG_ID, ZONE_WIB);
	for (size_t i = 0; i < n; i++) {
		check_text(fields[i].name);
		check_text(fields[i].value);
		out_url(&o, fields[i].name);
		buf_char(&b, '=');
		out_url(&o, fields[i].value);
		buf_char(&b, '&');
	}
	out_end(&o);
	BUG_ON(form_parse(a, buf_cstr(&b), b.n, FIELDS_MAX, &again, &n_again) != FORM_OK);
	BUG_ON(n_again != n);
	for (size_t i = 0; i < n; i++)
		BUG_ON(strcmp(fields[i].name, again[i].name) != 0 ||
		       strcmp(fields[i].value, again[i].value) != 0);
	buf_done(&b);
}

/* Links that keep the page are made from what was sent: they must stay on this site. */
static void check_links(struct arena *a, const char *path, const char *query)
{
	const char *here = layout_here(a, path, query), *english = layout_lang_href(a, path, query, LANG_EN);

	BUG_ON(here[0] != '/' || english[0] != '/');
	BUG_ON(path[0] == '/' && path[1] != '/' && path[1] != '\\' && (here[1] == '/' || here[1] == '\\'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new((size_t)64 << 20);
	const char *p = (const char *)data, *path;
	const struct field *fields;
	size_t n_fields;

	if (form_parse(a, p, n, FIELDS_MAX, &fields, &n_fields) == FORM_OK)
		check_again(a, fields, n_fields);
	if (form_parse_path(a, p, n, &path) == FORM_OK) {
		check_text(path);
		if (path[0] == '/')
			check_links(a, path, arena_strndup(a, p, n));
	}
	arena_free(a);
	return 0;
}
