/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/setup.h"

#include <ctype.h>
#include <string.h>

#include "cmd/data.h"
#include "query_lookup.h"
#include "query_setup.h"

#define ROOT_NAME "Admin Nasional SP4N-LAPOR!"
#define ROOT_SHORT "Admin Nasional"

char *setup_slug(struct arena *a, const char *name)
{
	char *slug = arena_alloc(a, strlen(name) + 2);
	size_t n = 0;

	for (; *name; name++) {
		if (isalnum((unsigned char)*name))
			slug[n++] = (char)tolower((unsigned char)*name);
		else if (n > 0 && slug[n - 1] != '-')
			slug[n++] = '-';
	}
	while (n > 0 && slug[n - 1] == '-')
		n--;
	if (n == 0)
		slug[n++] = 'x';
	slug[n] = '\0';
	return slug;
}

bool setup_holiday_kind(const char *word, enum holiday_kind *ret)
{
	static const struct {
		const char *word;
		enum holiday_kind kind;
	} kinds[] = {
		{ "libur_nasional", HOLIDAY_NATIONAL },
		{ "cuti_bersama", HOLIDAY_CUTI_BERSAMA },
		{ "daerah", HOLIDAY_REGIONAL },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].word, word) == 0) {
			*ret = kinds[i].kind;
			return true;
		}
	}
	return false;
}

static enum rc put_holiday(struct session *s, const struct setup_holiday_put_args *h, bool replace)
{
	if (replace)
		return q_setup_holiday_put(s->db, h, NULL);
	return q_setup_holiday_insert(s->db, &(struct setup_holiday_insert_args){
		.on_day = h->on_day, .scope = h->scope, .kind = h->kind, .name = h->name, .source = h->source,
	}, NULL);
}

enum rc setup_holidays(struct session *s, char *csv, bool replace, int64_t *ret_n)
{
	struct data_lines l;
	int64_t n = 0, line = 0;

	for (data_begin(&l, csv, ','); data_next(&l); line++) {
		enum holiday_kind kind;
		struct day on;

		if (line == 0 && strcmp(l.field[0], "tanggal") == 0) /* the names of the columns */
			continue;
		if (!day_parse(l.field[0], &on) || !setup_holiday_kind(l.field[1], &kind) || !l.field[2][0])
			return err_set(&s->c.err, RC_INVALID, 0, "line %lld is no \"YYYY-MM-DD,libur_nasional,NAME\" (or "
				       "cuti_bersama): nothing was changed", (long long)line + 1);
		TRY(put_holiday(s, &(struct setup_holiday_put_args){
			.on_day = on, .scope = "", .kind = kind, .name = l.field[2],
			.source = l.field[3][0] && strcmp(l.field[3], "tetap") != 0 ? l.field[3] : "SKB 3 Menteri",
		}, replace));
		n++;
	}
	*ret_n = n;
	return RC_OK;
}

static enum rc load_regions(struct session *s)
{
	struct setup_region_any_row any;
	struct data_lines l;
	bool found;

	TRY(q_setup_region_any(s->db, s->a, &any, &found));
	if (found)
		return RC_OK;
	for (data_begin(&l, data_text(s->a, "regions.tsv.gz"), '\t'); data_next(&l);) {
		const char *code = l.field[0], *dot = strrchr(code, '.');
		char parent[16] = "";

		BUG_ON(strlen(code) >= sizeof(parent));
		if (dot)
			memcpy(parent, code, (size_t)(dot - code));
		TRY(q_setup_region_insert(s->db, &(struct setup_region_insert_args){
			.code = code, .parent_code = dot ? parent : NULL, .name = l.field[1],
		}, NULL));
	}
	return RC_OK;
}

/* Sub-categories of different parents may share a name, so their slug begins with the parent's. */
static enum rc add_category(struct session *s, struct category_id parent, const char *parent_slug,
			    const char *name, const char *sp4n_id, struct category_id *ret, const char **ret_slug)
{
	const char *slug = setup_slug(s->a, name);
	struct setup_category_insert_row row;

	if (parent.v)
		slug = arena_printf(s->a, "%.30s--%s", parent_slug, slug);
	TRY(q_setup_category_insert(s->db, s->a, &(struct setup_category_insert_args){
		.parent_id = parent, .name = name, .slug = slug, .sp4n_id = sp4n_id[0] ? sp4n_id : NULL,
	}, &row));
	*ret = row.id;
	*ret_slug = slug;
	return RC_OK;
}

static enum rc load_categories(struct session *s)
{
	struct setup_category_any_row any;
	struct category_id parent = { 0 }, id;
	const char *parent_slug = "", *slug;
	struct data_lines l;
	bool found;

	TRY(q_setup_category_any(s->db, s->a, &any, &found));
	if (found)
		return RC_OK;
	for (data_begin(&l, data_text(s->a, "categories.tsv"), '\t'); data_next(&l);) {
		bool is_main = l.field[1][0] == '\0';

		TRY(add_category(s, is_main ? (struct category_id){ 0 } : parent, parent_slug,
				 is_main ? l.field[0] : l.field[1], l.field[2], &id, &slug));
		if (is_main) {
			parent = id;
			parent_slug = slug;
		}
	}
	return RC_OK;
}

enum rc setup_add_agency(struct session *s, const struct setup_agency *in, struct agency_id *ret)
{
	const char *slug = setup_slug(s->a, in->short_name);
	struct setup_agency_insert_row row;
	struct agency_by_slug_row other;
	enum rc rc = RC_OK;

	/* "Kecamatan Sukamaju" may be there twice in a nation. */
	for (int i = 2; i < 1000 && (rc = q_agency_by_slug(s->db, s->a, slug, &other)) == RC_OK; i++)
		slug = arena_printf(s->a, "%s-%d", setup_slug(s->a, in->short_name), i);
	if (rc != RC_NOT_FOUND)
		return rc == RC_OK ? RC_CONFLICT : rc;
	TRY(q_setup_agency_insert(s->db, s->a, &(struct setup_agency_insert_args){
		.parent_id = in->parent, .level = in->level, .name = in->name, .short_name = in->short_name,
		.slug = slug, .region_code = in->region_code, .sp4n_id = in->sp4n_id, .email = in->email,
	}, &row));
	*ret = row.id;
	return RC_OK;
}

static enum rc find_root(struct session *s, struct agency_id *ret)
{
	struct agency_first_of_level_row row;
	enum rc rc = q_agency_first_of_level(s->db, s->a, LEVEL_NATIONAL, &row);

	if (rc == RC_OK)
		*ret = row.id;
	if (rc != RC_NOT_FOUND)
		return rc;
	return setup_add_agency(s, &(struct setup_agency){
		.level = LEVEL_NATIONAL, .name = ROOT_NAME, .short_name = ROOT_SHORT,
	}, ret);
}

enum rc setup_base_data(struct session *s, struct agency_id *ret_root)
{
	int64_t n;
	TXN(t);

	TRY(txn_begin(s->db, &t));
	/* A newer program may bring days for servers that run. */
	TRY(q_holiday_version_raise(s->db, NULL));
	TRY(load_regions(s));
	TRY(setup_holidays(s, data_text(s->a, "holidays.csv"), false, &n));
	TRY(load_categories(s));
	TRY(find_root(s, ret_root));
	return txn_commit(&t);
}
