/* SPDX-License-Identifier: Apache-2.0 */
#include "view/layout.h"

#define ADDRESS_MAX ((size_t)8 * 1024)
#define LANG_FIELD "bahasa="

static void add_path(struct buf *b, const char *path)
{
	struct out o = { .b = b };
	struct buf part;

	/* out_url() encodes one segment; the slashes between them stay. */
	buf_init(&part, ADDRESS_MAX);
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, "/");

		buf_reset(&part);
		buf_add(&part, p, n);
		out_url(&o, buf_cstr(&part));
		p += n;
		if (*p) {
			buf_char(b, '/');
			p++;
		}
	}
	buf_done(&part);
}

/* Returns whether a "?" was written. */
static bool add_query(struct buf *b, const char *query)
{
	bool any = false;

	for (const char *p = query; *p;) {
		size_t n = strcspn(p, "&");

		if (n > 0 && strncmp(p, LANG_FIELD, sizeof(LANG_FIELD) - 1) != 0) {
			buf_char(b, any ? '&' : '?');
			buf_add(b, p, n);
			any = true;
		}
		p += n;
		p += *p == '&';
	}
	return any;
}

static const char *address(struct arena *a, const char *path, const char *query_raw, const char *field)
{
	struct buf b;
	const char *made;
	bool any;

	buf_init(&b, ADDRESS_MAX);
	add_path(&b, path ? path : "/");
	any = add_query(&b, query_raw ? query_raw : "");
	if (field) {
		buf_char(&b, any ? '&' : '?');
		buf_str(&b, field);
	}
	made = arena_strdup(a, b.overflow ? "/" : buf_cstr(&b));
	buf_done(&b);
	return made;
}

const char *layout_here(struct arena *a, const char *path, const char *query_raw)
{
	return address(a, path, query_raw, NULL);
}

const char *layout_lang_href(struct arena *a, const char *path, const char *query_raw, enum lang to)
{
	return address(a, path, query_raw, to == LANG_EN ? LANG_FIELD "en" : LANG_FIELD "id");
}

enum msg layout_error_title(int status)
{
	switch (status) {
	case 400: return MSG_error_400;
	case 403: return MSG_error_403;
	case 404: return MSG_error_404;
	case 405: return MSG_error_405;
	case 409: return MSG_error_409;
	case 413: return MSG_error_413;
	case 415: return MSG_error_415;
	case 422: return MSG_error_422;
	case 429: return MSG_error_429;
	case 503: return MSG_error_503;
	default: return MSG_error_500;
	}
}

enum msg layout_error_reason(const struct error_page *p)
{
	if (p->reason != MSG_NONE)
		return p->reason;
	switch (p->status) {
	case 400: return MSG_refusal_bad_request;
	case 403: return MSG_refusal_not_allowed;
	case 404: return MSG_error_404_text;
	case 405: return MSG_refusal_bad_request;
	case 409: return MSG_refusal_changed_meanwhile;
	case 413: return MSG_refusal_body_too_large;
	case 415: return MSG_refusal_file_type;
	case 422: return MSG_error_422_text;
	case 429: return MSG_refusal_too_many_requests;
	case 503: return MSG_refusal_unavailable;
	default: return MSG_refusal_internal;
	}
}
