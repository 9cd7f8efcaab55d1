/* SPDX-License-Identifier: Apache-2.0
 * import_region - region names to codes. Children of a region are read once and kept.
 */
#include <string.h>

#include "cmd/import_match.h"
#include "query_lookup.h"

struct child {
	const char *code, *key;
};

struct family {
	const char *parent; /* code, "" for the provinces */
	size_t n;
	struct child *child;
	struct family *next;
};

struct import_regions {
	struct session *s;
	struct family *families;
};

struct import_regions *import_region_new(struct session *s)
{
	struct import_regions *r = arena_new_one(s->a, struct import_regions);

	r->s = s;
	return r;
}

/* The provinces have no parent; their codes are two digits. */
static enum rc load_provinces(struct import_regions *r, struct family *f)
{
	f->child = arena_new_many(r->s->a, struct child, 100);
	for (int i = 11; i < 99; i++) {
		struct region_by_code_row row;
		char code[3] = { (char)('0' + i / 10), (char)('0' + i % 10), '\0' };
		enum rc rc = q_region_by_code(r->s->db, r->s->a, code, &row);

		if (rc == RC_OK)
			f->child[f->n++] = (struct child){ row.code, import_match_key(r->s->a, row.name) };
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

static enum rc load_children(struct import_regions *r, struct family *f)
{
	struct region_children_row *rows;
	size_t n;

	if (f->parent[0] == '\0')
		return load_provinces(r, f);
	TRY(q_region_children(r->s->db, r->s->a, f->parent, &rows, &n));
	f->child = arena_new_many(r->s->a, struct child, n + 1);
	for (f->n = 0; f->n < n; f->n++)
		f->child[f->n] = (struct child){ rows[f->n].code, import_match_key(r->s->a, rows[f->n].name) };
	return RC_OK;
}

static enum rc family_of(struct import_regions *r, const char *parent, struct family **ret)
{
	struct family *f = r->families;

	while (f && strcmp(f->parent, parent) != 0)
		f = f->next;
	if (!f) {
		f = arena_new_one(r->s->a, struct family);
		f->parent = arena_strdup(r->s->a, parent);
		TRY(load_children(r, f));
		f->next = r->families;
		r->families = f;
	}
	*ret = f;
	return RC_OK;
}

static const char *without_prefix(const char *key, const char *const *prefixes)
{
	for (; *prefixes; prefixes++)
		if (strncmp(key, *prefixes, strlen(*prefixes)) == 0 && key[strlen(*prefixes)] != '\0')
			return key + strlen(*prefixes);
	return key;
}

/* The child of that name; a bare "Bandung" is the regency, "Kota Bandung" the city. */
static enum rc find_child(struct import_regions *r, const char *parent, const char *name, const char **ret_code)
{
	static const char *const titles[] = { "kabupaten", "provinsi", "kecamatan", "kelurahan", "desa", "kotaadministrasi",
					      NULL };
	struct arena_mark mark;
	const char *key, *bare;
	struct family *f;

	*ret_code = NULL;
	TRY(family_of(r, parent, &f));
	mark = arena_mark(r->s->a);
	key = import_match_key(r->s->a, name);
	bare = without_prefix(key, titles);
	for (size_t i = 0; i < f->n && key[0]; i++)
		if (strcmp(f->child[i].key, key) == 0)
			*ret_code = f->child[i].code;
	for (size_t i = 0; i < f->n && key[0] && !*ret_code; i++)
		if (strcmp(without_prefix(f->child[i].key, titles), bare) == 0)
			*ret_code = f->child[i].code;
	arena_rewind(r->s->a, mark);
	return RC_OK;
}

/* The regency of the row, else that of the configuration. */
static enum rc find_regency(struct import_regions *r, const struct lapor_row *row, const char **ret)
{
	const char *own = r->s->settings.region_code, *province;

	*ret = NULL;
	if (row->province[0] && row->regency[0]) {
		TRY(find_child(r, "", row->province, &province));
		if (province)
			TRY(find_child(r, province, row->regency, ret));
		if (!*ret)
			*ret = province;
	} else if (strlen(own) == 5) {
		*ret = own;
	}
	return RC_OK;
}

enum rc import_region_find(struct import_regions *r, const struct lapor_row *row, const char **ret_code)
{
	const char *code, *smaller;

	TRY(find_regency(r, row, &code));
	*ret_code = code;
	if (!code || strlen(code) != 5 || row->district[0] == '\0')
		return RC_OK;
	TRY(find_child(r, code, row->district, &smaller));
	if (!smaller)
		return RC_OK;
	*ret_code = smaller;
	TRY(find_child(r, smaller, row->village, &code));
	if (code)
		*ret_code = code;
	return RC_OK;
}
