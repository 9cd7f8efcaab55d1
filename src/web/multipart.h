/* SPDX-License-Identifier: Apache-2.0
 * multipart - multipart/form-data as a stream: bytes in, parts out, in constant memory.
 *
 * Knows the format and nothing else: where parts go is the sink's business (web/body). Exact: what
 * is not the format is MULTIPART_BAD, and an end without the last boundary is told apart from a good one, so
 * that a form that was cut on its way is never taken for a form with fewer fields.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/err.h"

#define MULTIPART_BOUNDARY_MAX 70
#define MULTIPART_HEADER_MAX 2048

enum multipart_result {
	MULTIPART_OK,
	MULTIPART_BAD,       /* not the format, or a name that is not text */
	MULTIPART_TRUNCATED, /* ended before the last boundary */
	MULTIPART_STOPPED,   /* the sink said no */
};

/* Each returns false to stop. Between begin and end any number of data calls, also none. */
struct multipart_sink {
	/* filename is NULL for a plain field, "" for a file input that was left empty. */
	bool (*begin)(void *arg, const char *name, const char *filename);
	bool (*data)(void *arg, const char *p, size_t n);
	bool (*end)(void *arg);
	void *arg;
};

enum multipart_state {
	MULTIPART_PREAMBLE,
	MULTIPART_DELIMITER, /* just after a boundary: "--", or blanks and a line end */
	MULTIPART_HEADERS,
	MULTIPART_DATA,
	MULTIPART_EPILOGUE,
	MULTIPART_FAILED,
};

struct multipart {
	struct multipart_sink sink;
	enum multipart_state state;
	enum multipart_result failure;
	char delimiter[MULTIPART_BOUNDARY_MAX + 5]; /* CR LF "--" boundary */
	size_t delimiter_n, matched;
	char tail[2];                               /* what followed the boundary */
	size_t tail_n;
	char header[MULTIPART_HEADER_MAX];
	size_t header_n;
};

/* The boundary parameter of a Content-Type; false when there is none or it is not allowed. */
bool multipart_boundary(const char *content_type, char out[MULTIPART_BOUNDARY_MAX + 1]);
void multipart_init(struct multipart *m, const char *boundary, const struct multipart_sink *sink);
enum multipart_result multipart_feed(struct multipart *m, const char *p, size_t n);
enum multipart_result multipart_finish(struct multipart *m);

#endif
