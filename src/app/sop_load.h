/* SPDX-License-Identifier: Apache-2.0
 * sop_load - an SOP from its YAML text (docs/sop-format.md). What is read is complete and refers to nothing that is not
 * there; whether it makes sense is core/sop_lint.h's question.
 */
#ifndef APP_SOP_LOAD_H
#define APP_SOP_LOAD_H

#include "core/sop.h"

#define SOP_FILE_BYTES_MAX (256u << 10)

/* Refused with line and column in err: unknown keys, roles, actions, steps; wrong times; too large a file. */
CHECKED enum rc sop_load_file(struct arena *a, const char *path, const struct sop **ret, struct err *err);
/* text: n bytes that end in NUL; name: for messages. */
CHECKED enum rc sop_load_text(struct arena *a, const char *name, const char *text, size_t n, const struct sop **ret,
			      struct err *err);

#endif
