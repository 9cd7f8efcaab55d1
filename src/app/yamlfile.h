/* SPDX-License-Identifier: Apache-2.0
 * yamlfile - YAML files by a schema of libcyaml: bounded in size, without aliases, mistakes with line and column.
 * Names begin with yamlfile_ because libyaml owns yaml_. libcyaml is included here and nowhere else; its schema macros
 * are for those who include this.
 */
#ifndef APP_YAMLFILE_H
#define APP_YAMLFILE_H

#include <cyaml/cyaml.h>

#include "base/arena.h"

struct yamlfile_text {
	const char *name; /* of the file, for messages */
	const char *p;    /* ends in NUL */
	size_t n;
};

/* RC_NOT_FOUND when it cannot be opened, RC_TOO_LARGE past max bytes, RC_INVALID for what is no UTF-8 text. */
CHECKED enum rc yamlfile_read(struct arena *a, const char *path, size_t max, struct yamlfile_text *ret, struct err *err);
/* RC_INVALID: "FILE, line: 2, column: 1: ..." in err. *ret is NULL for an empty file; give it to yamlfile_free. */
CHECKED enum rc yamlfile_load(const struct yamlfile_text *text, const cyaml_schema_value_t *schema, void **ret, struct err *err);
void yamlfile_free(const cyaml_schema_value_t *schema, void *data);

struct yamlfile_place {
	int line, column; /* from 1 */
};
/*
 * Where something stands in a text that was loaded: the index-th item of a list of the top level (index < 0: the
 * key of the top level itself), and in it the key, or the item's beginning when key is NULL or is not there. Lists are
 * looked for in block style: one "- " per item.
 */
struct yamlfile_place yamlfile_find(const struct yamlfile_text *text, const char *list, int index, const char *key);

#endif
