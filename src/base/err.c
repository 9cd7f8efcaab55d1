/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

enum rc err_set(struct err *err, enum rc rc, int refusal, const char *fmt, ...)
{
	if (!err)
		return rc;
	err->rc = rc;
	err->refusal = refusal;
	err->detail[0] = '\0';
	if (fmt) {
		va_list ap;

		va_start(ap, fmt);
		vsnprintf(err->detail, sizeof(err->detail), fmt, ap);
		va_end(ap);
	}
	return rc;
}

const char *rc_name(enum rc rc)
{
	switch (rc) {
	case RC_OK: return "ok";
	case RC_NOT_FOUND: return "not found";
	case RC_DENIED: return "denied";
	case RC_INVALID: return "invalid";
	case RC_CONFLICT: return "conflict";
	case RC_LIMITED: return "limited";
	case RC_TOO_LARGE: return "too large";
	case RC_UNSUPPORTED: return "unsupported";
	case RC_UNAVAILABLE: return "unavailable";
	case RC_FAILED: return "failed";
	}
	return "?";
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "bug at %s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
