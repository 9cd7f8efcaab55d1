/* SPDX-License-Identifier: Apache-2.0 */
#include "web/body.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "web/form.h"

static bool refuse(struct body *b, int status)
{
	b->status = status;
	return false;
}

static bool make_tmp_dir(struct body *b)
{
	char *path;

	if (b->tmp_dir[0] != '\0')
		return true;
	path = arena_printf(b->a, "%s/lapor-XXXXXX", b->tmp_parent);
	if (!mkdtemp(path)) {
		log_error("cannot make a folder for uploads in %s: %s", b->tmp_parent, strerror(errno));
		return refuse(b, 503);
	}
	b->tmp_dir = path;
	return true;
}

static bool begin_file(struct body *b, const char *name, const char *filename)
{
	if (b->n_uploads == BODY_UPLOADS_MAX)
		return refuse(b, 413);
	b->uploads[b->n_uploads++] = (struct upload){
		.field = arena_strdup(b->a, name),
		.filename = arena_strdup(b->a, filename),
		.path = "",
	};
	b->in_file = true;
	return true;
}

/* Most forms with a place for files come without one: nothing is made on the disk before there are bytes. */
static bool open_file(struct body *b, struct upload *u)
{
	if (u->path[0] != '\0')
		return true;
	if (!make_tmp_dir(b))
		return false;
	u->path = arena_printf(b->a, "%s/upload-%zu", b->tmp_dir, b->n_uploads - 1);
	b->fd = open(u->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (b->fd < 0) {
		log_error("cannot write an upload below %s: %s", b->tmp_parent, strerror(errno));
		return refuse(b, 503);
	}
	return true;
}

static bool take_text(struct body *b, size_t n)
{
	b->text_total += n;
	return b->text_total <= BODY_TEXT_MAX || refuse(b, 413);
}

static bool on_begin(void *arg, const char *name, const char *filename)
{
	struct body *b = arg;

	if (!take_text(b, strlen(name) + (filename ? strlen(filename) : 0)))
		return false;
	if (filename)
		return begin_file(b, name, filename);
	if (b->n_fields == BODY_FIELDS_MAX)
		return refuse(b, 413);
	b->fields[b->n_fields++] = (struct field){ .name = arena_strdup(b->a, name), .value = "" };
	b->in_file = false;
	buf_reset(&b->text);
	return true;
}

static void cut_file(struct body *b, struct upload *u)
{
	if (b->fd >= 0) {
		close(b->fd);
		unlink(u->path);
	}
	b->fd = -1;
	u->path = "";
	u->too_large = true;
}

static bool write_all(struct body *b, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(b->fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			log_error("cannot write an upload below %s: %s", b->tmp_parent, strerror(errno));
			return refuse(b, 503);
		}
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool on_data(void *arg, const char *p, size_t n)
{
	struct body *b = arg;
	struct upload *u;

	if (!b->in_file) {
		if (!take_text(b, n))
			return false;
		buf_add(&b->text, p, n);
		return true;
	}
	u = &b->uploads[b->n_uploads - 1];
	u->size_bytes += (int64_t)n;
	if (u->too_large)
		return true;
	if (u->size_bytes > REPORT_FILE_BYTES_MAX) {
		cut_file(b, u);
		return true;
	}
	return open_file(b, u) && write_all(b, p, n);
}

static bool on_end(void *arg)
{
	struct body *b = arg;
	struct upload *u;

	if (!b->in_file) {
		if (!utf8_is_valid(buf_cstr(&b->text), b->text.n))
			return refuse(b, 400);
		b->fields[b->n_fields - 1].value = arena_strndup(b->a, buf_cstr(&b->text), b->text.n);
		return true;
	}
	u = &b->uploads[b->n_uploads - 1];
	/* A file input that was left empty sends a part without name and bytes. */
	if (u->filename[0] == '\0' && u->size_bytes == 0) {
		b->n_uploads--;
		return true;
	}
	if (!u->too_large && !open_file(b, u))
		return false;
	if (b->fd >= 0 && close(b->fd) != 0) {
		b->fd = -1;
		return refuse(b, 503);
	}
	b->fd = -1;
	return true;
}

static bool is_type(const char *content_type, const char *wanted)
{
	size_t n = strlen(wanted);

	return strncasecmp(content_type, wanted, n) == 0 &&
	       (content_type[n] == '\0' || content_type[n] == ';' || content_type[n] == ' ');
}

bool body_begin(struct body *b, struct arena *a, const char *tmp_parent, const char *content_type, int64_t length,
		int64_t limit)
{
	char boundary[MULTIPART_BOUNDARY_MAX + 1];
	struct multipart_sink sink = { on_begin, on_data, on_end, b };

	b->a = a;
	b->tmp_parent = tmp_parent;
	b->limit = limit;
	b->tmp_dir = "";
	b->fd = -1;
	buf_init(&b->text, BODY_TEXT_MAX);
	if (length > limit)
		return refuse(b, 413);
	if (!content_type)
		return length <= 0 || limit == 0 || refuse(b, 415);
	if (is_type(content_type, "application/x-www-form-urlencoded")) {
		b->kind = BODY_URLENCODED;
	} else if (is_type(content_type, "multipart/form-data")) {
		if (!multipart_boundary(content_type, boundary))
			return refuse(b, 400);
		multipart_init(&b->multipart, boundary, &sink);
		b->kind = BODY_MULTIPART;
	} else {
		return length == 0 || limit == 0 || refuse(b, 415);
	}
	return true;
}

bool body_feed(struct body *b, const char *p, size_t n)
{
	if (b->status != 0)
		return false;
	b->received += (int64_t)n;
	if (b->received > b->limit)
		return refuse(b, 413);
	switch (b->kind) {
	case BODY_NONE:
		return refuse(b, 415);
	case BODY_URLENCODED:
		if (!take_text(b, n))
			return false;
		buf_add(&b->text, p, n);
		return true;
	case BODY_MULTIPART:
		if (multipart_feed(&b->multipart, p, n) == MULTIPART_OK)
			return true;
		return b->status == 0 ? refuse(b, 400) : false;
	}
	return refuse(b, 415);
}

static bool finish_urlencoded(struct body *b, struct request *req)
{
	switch (form_parse(b->a, buf_cstr(&b->text), b->text.n, BODY_FIELDS_MAX, &req->form, &req->n_form)) {
	case FORM_OK: return true;
	case FORM_TOO_MANY: return refuse(b, 413);
	case FORM_BAD_ESCAPE:
	case FORM_BAD_TEXT: break;
	}
	return refuse(b, 400);
}

bool body_finish(struct body *b, struct request *req)
{
	if (b->status != 0)
		return false;
	if (b->kind == BODY_URLENCODED)
		return finish_urlencoded(b, req);
	if (b->kind == BODY_NONE)
		return true;
	/* A form that was cut on its way is no form with fewer fields and files: no handler gets to see it. */
	if (multipart_finish(&b->multipart) != MULTIPART_OK)
		return refuse(b, 400);
	req->form = b->fields;
	req->n_form = b->n_fields;
	req->uploads = b->uploads;
	req->n_uploads = b->n_uploads;
	req->tmp_dir = b->tmp_dir;
	return true;
}

static void remove_tmp_dir(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && unlinkat(dirfd(dir), entry->d_name, 0) != 0)
			log_warn("cannot remove a temporary upload: %s", strerror(errno));
	closedir(dir);
	if (rmdir(path) != 0)
		log_warn("cannot remove a temporary folder: %s", strerror(errno));
}

void body_done(struct body *b)
{
	if (b->fd >= 0 && b->tmp_dir && b->tmp_dir[0] != '\0')
		close(b->fd);
	b->fd = -1;
	buf_done(&b->text);
	if (b->tmp_dir && b->tmp_dir[0] != '\0')
		remove_tmp_dir(b->tmp_dir);
	b->tmp_dir = "";
}
