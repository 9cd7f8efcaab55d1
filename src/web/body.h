/* SPDX-License-Identifier: Apache-2.0
 * body - receives the body of one request: fields into memory, files into temporary files, all counted.
 *
 * A file that passes its limit is cut there and flagged; the rest of the form survives. Everything else that
 * passes a limit refuses the request. Knows nothing of HTTP but the content type.
 */
#ifndef WEB_BODY_H
#define WEB_BODY_H

#include "base/buf.h"
#include "web/multipart.h"
#include "web/request.h"

#define BODY_FIELDS_MAX 300
#define BODY_UPLOADS_MAX 16
#define BODY_TEXT_MAX ((size_t)512 * 1024) /* all names and values together */

enum body_kind { BODY_NONE, BODY_URLENCODED, BODY_MULTIPART };

struct body {
	struct arena *a;
	const char *tmp_parent; /* where a folder for this request's files is made */
	enum body_kind kind;
	int64_t limit, received;
	int status;             /* 0: fine so far; else the HTTP status to answer */
	struct buf text;        /* urlencoded: all of it; multipart: the value being received */
	size_t text_total;
	struct multipart multipart;
	struct field fields[BODY_FIELDS_MAX];
	size_t n_fields;
	struct upload uploads[BODY_UPLOADS_MAX];
	size_t n_uploads;
	const char *tmp_dir;    /* "" until a file came */
	int fd;                 /* of the file being received; -1 none */
	bool in_file;
};

/*
 * content_type may be NULL (then there must be no body). length is Content-Length, -1 when not known. False: b->status
 * says why (413, 415).
 */
bool body_begin(struct body *b, struct arena *a, const char *tmp_parent, const char *content_type, int64_t length,
		int64_t limit);
/* False: refused, b->status. */
bool body_feed(struct body *b, const char *p, size_t n);
/* The body is whole; fills form, uploads and tmp_dir of the request. False: it is not, b->status. */
bool body_finish(struct body *b, struct request *req);
/* Removes the temporary files and the folder with whatever handlers left in it. */
void body_done(struct body *b);

#endif
