/* SPDX-License-Identifier: Apache-2.0 */
#include "web/response.h"

#include <stdio.h>
#include <string.h>

#include "web/seal.h"
#include "web/state.h"

void response_header(struct response *res, const char *name, const char *value)
{
	BUG_ON(res->n_headers == RESPONSE_HEADERS_MAX);
	BUG_ON(strpbrk(value, "\r\n") != NULL);
	res->headers[res->n_headers++] = (struct field){ .name = name, .value = value };
}

enum rc response_redirect(struct ctx *c, struct response *res, const char *fmt, ...)
{
	char to[2048];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(to, sizeof(to), fmt, ap);
	va_end(ap);
	/* A path of our own, never another site: "/x", not "//x" or "/\x". */
	if (n < 1 || (size_t)n >= sizeof(to) || to[0] != '/' || to[1] == '/' || to[1] == '\\' || strpbrk(to, "\r\n"))
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "a redirect that leaves the site or is too long");
	res->status = 303;
	buf_reset(&res->body);
	response_header(res, "Location", arena_strdup(res->a, to));
	return RC_OK;
}

void response_cookie(struct ctx *c, struct response *res, const char *name, const char *value, int max_age_s)
{
	char age[32] = "";

	(void)c;
	if (max_age_s > 0)
		snprintf(age, sizeof(age), "; Max-Age=%d", max_age_s);
	else if (max_age_s < 0)
		snprintf(age, sizeof(age), "; Max-Age=0");
	response_header(res, "Set-Cookie",
			arena_printf(res->a, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, age,
				     res->web->is_https ? "; Secure" : ""));
}

void response_flash(struct ctx *c, struct response *res, int message_id)
{
	char id[16], mark[SEAL_LEN + 1];

	snprintf(id, sizeof(id), "%d", message_id);
	seal_make(&res->web->key, "flash", id, mark);
	response_cookie(c, res, "pesan", arena_printf(res->a, "%s.%.32s", id, mark), 60);
}

/* RFC 6266: an ASCII name for old browsers, the whole one in UTF-8. */
static const char *disposition(struct arena *a, const char *kind, const char *filename)
{
	struct buf b;
	char *ascii = arena_strdup(a, filename);
	const char *text;

	for (char *s = ascii; *s; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7F || *s == '"' || *s == '\\' || *s == '/')
			*s = '_';
	buf_init(&b, 4096);
	buf_printf(&b, "%s; filename=\"%s\"; filename*=UTF-8''", kind, ascii);
	for (const unsigned char *s = (const unsigned char *)filename; *s; s++) {
		if ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || *s == '.' || *s == '-')
			buf_char(&b, (char)*s);
		else
			buf_printf(&b, "%%%02X", *s);
	}
	text = b.overflow ? kind : arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return text;
}

static bool is_image(const char *mime)
{
	return strcmp(mime, "image/jpeg") == 0 || strcmp(mime, "image/png") == 0;
}

void response_fetched(struct response *res)
{
	res->file_path = res->fetch->path;
	res->file_is_temporary = res->fetch->is_temporary;
	res->fetch = NULL;
}

enum rc response_attachment(struct ctx *c, struct response *res, struct attachment_id id, bool in_page)
{
	struct attach_file *f = arena_new_one(res->a, struct attach_file);

	TRY(attach_open(c, id, res->web->o.tmp_dir, f));
	res->content_type = f->mime;
	response_header(res, "Content-Disposition",
			disposition(res->a, in_page && is_image(f->mime) ? "inline" : "attachment", f->name));
	res->fetch = f;
	if (f->path)
		response_fetched(res);
	return RC_OK;
}

void response_json(struct response *res, int status)
{
	res->status = status;
	res->content_type = "application/json; charset=utf-8";
	buf_reset(&res->body);
}

void response_json_string(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, *s);
		} else if (c < 0x20) {
			buf_printf(b, "\\u%04x", c);
		} else {
			buf_char(b, *s);
		}
	}
	buf_char(b, '"');
}
