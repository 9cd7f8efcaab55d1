/* SPDX-License-Identifier: Apache-2.0
 * json - JSON texts, read and written: one canonical form, so that a digest over it means something.
 *
 * Canonical: UTF-8, no blanks, the keys of every object in the order of their bytes, numbers are integers. The same tree
 * gives the same bytes on every machine, whatever the text it was read from looked like.
 * A tree lives outside of arenas: whoever has parsed or made one frees it; what was put into another belongs to that.
 */
#ifndef APP_JSON_H
#define APP_JSON_H

#include "base/arena.h"

struct json_tree;

/* NULL: it is no JSON text, has a key twice, or is nested too deeply. */
struct json_tree *json_tree_parse(const char *text, size_t n);
void json_tree_free(struct json_tree *t); /* NULL is fine */

struct json_tree *json_tree_object(void);
struct json_tree *json_tree_array(void);
/* NULL as text is null. False: it is not UTF-8; the tree stays as it was. */
bool json_tree_set_text(struct json_tree *object, const char *key, const char *text);
void json_tree_set_int(struct json_tree *object, const char *key, int64_t v);
void json_tree_set_bool(struct json_tree *object, const char *key, bool v);
/* child belongs to the object, or the array, from now on. */
void json_tree_set(struct json_tree *object, const char *key, struct json_tree *child);
void json_tree_append(struct json_tree *array, struct json_tree *child);

/* Reading never fails: NULL, 0 and false where there is no such thing. Texts live as long as the tree. */
const struct json_tree *json_tree_get(const struct json_tree *object, const char *key);
const char *json_tree_text(const struct json_tree *object, const char *key);
bool json_tree_int(const struct json_tree *object, const char *key, int64_t *ret);
bool json_tree_bool(const struct json_tree *object, const char *key);
size_t json_tree_count(const struct json_tree *array);
const struct json_tree *json_tree_at(const struct json_tree *array, size_t i);
/* Every member of an object that is a text. */
void json_tree_each_text(const struct json_tree *object, void (*take)(void *arg, const char *key, const char *text),
			 void *arg);

/* The canonical text, in a. */
char *json_tree_canonical(struct arena *a, const struct json_tree *t);

#endif
