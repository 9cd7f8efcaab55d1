/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/import_match.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/setup.h"
#include "query_lookup.h"
#include "query_setup.h"

#define NAME_MAX_POINTS 200

struct known_agency {
	struct agency_id id, parent;
	enum level level;
	const char *key, *sp4n_id;
	struct known_agency *next;
};

struct known_category {
	struct category_id id, parent;
	const char *key, *sp4n_id;
	struct known_category *next;
};

struct import_match {
	struct session *s;
	struct arena *scratch; /* emptied by the caller after each row */
	struct agency_id root;
	struct known_agency *agencies;
	struct known_category *categories;
	int64_t made;
};

/* One word of a key, its short forms written out. */
static void add_word(char *out, size_t *n, const char *word, size_t len)
{
	static const char *const forms[][2] = {
		{ "kab", "kabupaten" }, { "prov", "provinsi" }, { "kec", "kecamatan" }, { "kel", "kelurahan" },
		{ "pemkab", "pemerintahkabupaten" }, { "pemkot", "pemerintahkota" }, { "pemprov", "pemerintahprovinsi" },
		{ "rsud", "rumahsakitumumdaerah" }, { "satpol", "satuanpolisi" }, { "pp", "pamongpraja" },
	};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (strlen(forms[i][0]) == len && memcmp(forms[i][0], word, len) == 0) {
			memcpy(out + *n, forms[i][1], strlen(forms[i][1]));
			*n += strlen(forms[i][1]);
			return;
		}
	}
	memcpy(out + *n, word, len);
	*n += len;
}

const char *import_match_key(struct arena *a, const char *name)
{
	const char *low = utf8_lower_ascii(a, name);
	/* A short form grows to 20 letters at most, from two. */
	char *out = arena_alloc(a, strlen(name) * 10 + 1);
	size_t n = 0;

	while (*low) {
		size_t len = 0;

		while (isalnum((unsigned char)low[len]) || (unsigned char)low[len] >= 0x80)
			len++;
		if (len > 0)
			add_word(out, &n, low, len);
		low += len + (low[len] != '\0' && len == 0);
		if (len > 0 && *low)
			low++;
	}
	out[n] = '\0';
	return out;
}

static void know_agency(struct import_match *m, struct agency_id id, struct agency_id parent, enum level level,
			const char *name, const char *sp4n_id)
{
	struct known_agency *k = arena_new_one(m->s->a, struct known_agency);

	*k = (struct known_agency){
		.id = id, .parent = parent, .level = level, .key = import_match_key(m->s->a, name),
		.sp4n_id = sp4n_id ? arena_strdup(m->s->a, sp4n_id) : "", .next = m->agencies,
	};
	m->agencies = k;
}

static void know_category(struct import_match *m, struct category_id id, struct category_id parent,
			  const char *name, const char *sp4n_id)
{
	struct known_category *k = arena_new_one(m->s->a, struct known_category);

	*k = (struct known_category){
		.id = id, .parent = parent, .key = import_match_key(m->s->a, name),
		.sp4n_id = sp4n_id ? arena_strdup(m->s->a, sp4n_id) : "", .next = m->categories,
	};
	m->categories = k;
}

enum rc import_match_load(struct session *s, struct arena *scratch, struct import_match **ret)
{
	struct import_match *m = arena_new_one(s->a, struct import_match);
	struct setup_agency_all_row *agencies;
	struct setup_category_all_row *categories;
	size_t n;

	m->s = s;
	m->scratch = scratch;
	TRY(q_setup_agency_all(s->db, s->a, &agencies, &n));
	for (size_t i = n; i-- > 0;) {
		know_agency(m, agencies[i].id, agencies[i].parent_id, agencies[i].level, agencies[i].name,
			    agencies[i].sp4n_id);
		if (agencies[i].level == LEVEL_NATIONAL)
			m->root = agencies[i].id;
	}
	if (m->root.v == 0)
		return err_set(&s->c.err, RC_INVALID, 0, "this database has no national agency: run lapor init");
	TRY(q_setup_category_all(s->db, s->a, &categories, &n));
	for (size_t i = n; i-- > 0;)
		know_category(m, categories[i].id, categories[i].parent_id, categories[i].name, categories[i].sp4n_id);
	*ret = m;
	return RC_OK;
}

static struct known_agency *find_by_id(struct import_match *m, const char *sp4n_id)
{
	struct known_agency *k = m->agencies;

	if (sp4n_id[0] == '\0')
		return NULL;
	while (k && strcmp(k->sp4n_id, sp4n_id) != 0)
		k = k->next;
	return k;
}

static struct known_agency *find_by_name(struct import_match *m, enum level level, struct agency_id parent,
					 const char *name)
{
	const char *key = import_match_key(m->scratch, name);
	struct known_agency *k = m->agencies;

	while (k && !(k->level == level && (parent.v == 0 || k->parent.v == parent.v) && strcmp(k->key, key) == 0))
		k = k->next;
	return k;
}

/* "Dinas Sosial Kab. Bandung" -> "Dinas Sosial": the place is known from the parent. */
static const char *short_name(struct arena *a, const char *name)
{
	static const char *const places[] = { " Kab. ", " Kabupaten ", " Kota ", " Kab ", " Provinsi " };

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		const char *at = strcasestr(name, places[i]);

		/* "Pemerintah Kabupaten X" keeps it: there it is the name itself. */
		if (at && at != name && strncasecmp(name, "Pemerintah", 10) != 0)
			return arena_strndup(a, name, (size_t)(at - name));
	}
	return name;
}

static enum rc make_agency(struct import_match *m, enum level level, struct agency_id parent, const char *name,
			   const char *sp4n_id, struct agency_id *ret)
{
	const char *line = utf8_clean(m->s->a, utf8_excerpt(m->s->a, name, NAME_MAX_POINTS), false);

	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = parent, .level = level, .name = line, .short_name = short_name(m->s->a, line),
		.sp4n_id = sp4n_id[0] && !find_by_id(m, sp4n_id) ? sp4n_id : NULL,
	}, ret));
	know_agency(m, *ret, parent, level, line, sp4n_id);
	m->made++;
	return RC_OK;
}

static enum rc find_or_make(struct import_match *m, enum level level, struct agency_id parent, const char *name,
			    const char *sp4n_id, struct agency_id *ret)
{
	struct known_agency *k = find_by_name(m, level, parent, name);

	if (k) {
		*ret = k->id;
		return RC_OK;
	}
	return make_agency(m, level, parent, name, sp4n_id, ret);
}

/* By its id wherever it stands in the tree; false when the id is not known or at no useful level. */
static bool place_by_id(struct import_match *m, const char *sp4n_id, struct import_place *ret)
{
	const struct known_agency *k = find_by_id(m, sp4n_id);

	if (!k || (k->level != LEVEL_AGENCY && k->level != LEVEL_OPD))
		return false;
	*ret = (struct import_place){ .agency = k->level == LEVEL_AGENCY ? k->id : k->parent,
				      .opd = k->level == LEVEL_OPD ? k->id : (struct agency_id){ 0 } };
	return true;
}

/* "-" and the like stand for nothing. */
static bool is_name(const struct import_match *m, const char *text)
{
	return import_match_key(m->scratch, text)[0] != '\0';
}

enum rc import_match_agency(struct import_match *m, const struct lapor_row *row, struct import_place *ret)
{
	struct import_place p = { { 0 }, { 0 } };

	if (!place_by_id(m, row->agency_id, &p)) {
		const char *top = is_name(m, row->parent) ? row->parent : row->agency;
		bool is_top = strcmp(import_match_key(m->scratch, top),
				     import_match_key(m->scratch, row->agency)) == 0;

		if (is_name(m, top))
			TRY(find_or_make(m, LEVEL_AGENCY, m->root, top, is_top ? row->agency_id : "", &p.agency));
		if (is_name(m, row->agency) && !is_top)
			TRY(find_or_make(m, LEVEL_OPD, p.agency, row->agency, row->agency_id, &p.opd));
	}
	*ret = p;
	return RC_OK;
}

static struct known_category *find_category(struct import_match *m, const char *sp4n_id, const char *name)
{
	const char *key = import_match_key(m->scratch, name);
	struct known_category *k;

	for (k = m->categories; k && sp4n_id[0]; k = k->next)
		if (strcmp(k->sp4n_id, sp4n_id) == 0)
			return k;
	for (k = m->categories; k; k = k->next)
		if (key[0] && strcmp(k->key, key) == 0)
			return k;
	return NULL;
}

/* Names of other letters than ours leave little for a slug, so two may leave the same. */
static enum rc free_slug(struct session *s, const char *wanted, const char **ret)
{
	struct category_by_slug_row other;
	const char *slug = wanted;
	enum rc rc;

	for (int i = 2; (rc = q_category_by_slug(s->db, s->a, slug, &other)) == RC_OK; i++)
		slug = arena_printf(s->a, "%s-%d", wanted, i);
	*ret = slug;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc make_category(struct import_match *m, const char *sp4n_id, const char *name, struct category_id *ret)
{
	struct session *s = m->s;
	const char *line = utf8_clean(s->a, utf8_excerpt(s->a, name, NAME_MAX_POINTS), false);
	struct setup_category_insert_row made;
	struct setup_category_insert_args in = { .name = line, .sp4n_id = sp4n_id[0] ? sp4n_id : NULL };

	TRY(free_slug(s, arena_printf(s->a, "%s-%s", setup_slug(s->a, line), sp4n_id[0] ? sp4n_id : "lapor"), &in.slug));
	TRY(q_setup_category_insert(s->db, s->a, &in, &made));
	know_category(m, made.id, (struct category_id){ 0 }, line, sp4n_id);
	m->made++;
	*ret = made.id;
	return RC_OK;
}

enum rc import_match_category(struct import_match *m, const struct lapor_row *row, struct category_id *ret)
{
	const struct known_category *k;

	*ret = (struct category_id){ 0 };
	if (!is_name(m, row->category) && row->category_id[0] == '\0')
		return RC_OK;
	k = find_category(m, row->category_id, row->category);
	if (k) {
		*ret = k->id;
		return RC_OK;
	}
	return is_name(m, row->category) ? make_category(m, row->category_id, row->category, ret) : RC_OK;
}

struct agency_id import_match_root(const struct import_match *m)
{
	return m->root;
}

int64_t import_match_made(const struct import_match *m)
{
	return m->made;
}
