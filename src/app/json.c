/* SPDX-License-Identifier: Apache-2.0
 * json - over jansson, which nobody else includes. A tree is one of its values.
 */
#include "app/json.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *value_of(const struct json_tree *t)
{
	return (json_t *)(uintptr_t)t;
}

static struct json_tree *tree_of(json_t *v)
{
	BUG_ON(!v);
	return (struct json_tree *)v;
}

struct json_tree *json_tree_parse(const char *text, size_t n)
{
	json_error_t why;

	return (struct json_tree *)json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
}

void json_tree_free(struct json_tree *t)
{
	json_decref(value_of(t));
}

struct json_tree *json_tree_object(void)
{
	return tree_of(json_object());
}

struct json_tree *json_tree_array(void)
{
	return tree_of(json_array());
}

static void set(struct json_tree *object, const char *key, json_t *v)
{
	BUG_ON(json_object_set_new(value_of(object), key, v) != 0);
}

bool json_tree_set_text(struct json_tree *object, const char *key, const char *text)
{
	json_t *v = text ? json_string(text) : json_null();

	if (!v)
		return false;
	set(object, key, v);
	return true;
}

void json_tree_set_int(struct json_tree *object, const char *key, int64_t v)
{
	set(object, key, json_integer(v));
}

void json_tree_set_bool(struct json_tree *object, const char *key, bool v)
{
	set(object, key, json_boolean(v));
}

void json_tree_set(struct json_tree *object, const char *key, struct json_tree *child)
{
	set(object, key, value_of(child));
}

void json_tree_append(struct json_tree *array, struct json_tree *child)
{
	BUG_ON(json_array_append_new(value_of(array), value_of(child)) != 0);
}

const struct json_tree *json_tree_get(const struct json_tree *object, const char *key)
{
	return (const struct json_tree *)json_object_get(value_of(object), key);
}

const char *json_tree_text(const struct json_tree *object, const char *key)
{
	return json_string_value(json_object_get(value_of(object), key));
}

bool json_tree_int(const struct json_tree *object, const char *key, int64_t *ret)
{
	json_t *v = json_object_get(value_of(object), key);

	if (!json_is_integer(v))
		return false;
	*ret = json_integer_value(v);
	return true;
}

bool json_tree_bool(const struct json_tree *object, const char *key)
{
	return json_is_true(json_object_get(value_of(object), key));
}

size_t json_tree_count(const struct json_tree *array)
{
	return json_array_size(value_of(array));
}

const struct json_tree *json_tree_at(const struct json_tree *array, size_t i)
{
	return (const struct json_tree *)json_array_get(value_of(array), i);
}

void json_tree_each_text(const struct json_tree *object, void (*take)(void *arg, const char *key, const char *text),
			 void *arg)
{
	const char *key;
	json_t *v;

	json_object_foreach(value_of(object), key, v)
		if (json_is_string(v))
			take(arg, key, json_string_value(v));
}

char *json_tree_canonical(struct arena *a, const struct json_tree *t)
{
	char *text = json_dumps(value_of(t), JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY), *copy;

	BUG_ON(!text);
	copy = arena_strdup(a, text);
	free(text);
	return copy;
}
