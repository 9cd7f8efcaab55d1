/* SPDX-License-Identifier: Apache-2.0
 * form - application/x-www-form-urlencoded text and the path of an address: percent-decoding, exact.
 *
 * Nothing is repaired: a bad escape, a NUL or broken UTF-8 refuses the whole text. Used for the query and
 * for urlencoded bodies; multipart bodies are web/multipart.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/request.h"

enum form_result {
	FORM_OK,
	FORM_BAD_ESCAPE, /* "%", "%4", "%zz" */
	FORM_BAD_TEXT,   /* NUL or broken UTF-8 in a name or value */
	FORM_TOO_MANY,   /* more than max_fields */
};

/* "a=1&b=x+y%21": pairs in order, empty ones skipped, "a" alone has the value "". */
enum form_result form_parse(struct arena *a, const char *p, size_t n, size_t max_fields, const struct field **ret,
			    size_t *ret_n);
/* The path of a request: escapes decoded ("+" stays), "%2F" and control characters refused as bad text. */
enum form_result form_parse_path(struct arena *a, const char *p, size_t n, const char **ret);

#endif
