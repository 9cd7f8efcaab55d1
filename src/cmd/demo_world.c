/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account.h"
#include "app/sop_load.h"
#include "base/utf8.h"
#include "cmd/data.h"
#include "cmd/setup.h"
#include "cmd/sop_files.h"
#include "query_setup.h"

/* Behind the 38 real regencies of the province, so that no real place is meant. */
#define REGENCY_CODE "35.99"
#define SOP_REGENCY_CODE 91 /* and the next ones */
#define PROVINCE_CODE "35"
#define REGENCY "Kabupaten Mekar Jaya"
#define GOVERNMENT "Pemerintah "

#define ACCOUNTS_MAX 400
/* Of a government that shows an SOP: enough to see it. */
#define SMALL_DISTRICTS 3
/* Before the first report came. */
#define SOP_SINCE_DAYS (3 * 365 + 30)

struct maker {
	struct session *s;
	const struct demo_government *g;
	struct demo_world *w;
	struct rand_seq passwords;
	size_t n_accounts;
	struct {
		enum role role;
		const char *login, *password;
	} account[ACCOUNTS_MAX];
};

/* The same seed gives the same passwords: a demo is no secret, and its output can be compared. */
static void make_password(struct rand_seq *r, char out[13])
{
	static const char letters[32] = "abcdefghjkmnpqrstuvwxyz23456789x";

	for (int i = 0; i < 12; i++)
		out[i] = letters[rand_below(r, 32)];
	out[12] = '\0';
}

static enum rc add_account(struct maker *m, enum role role, const char *login, const char *name,
			   struct agency_id agency, struct account_id *ret)
{
	char password[13], hash[128];

	make_password(&m->passwords, password);
	TRY(account_hash_password(password, hash));
	TRY(account_create(&m->s->c, &(struct account_in){
		.login = login, .name = name, .email = arena_printf(m->s->a, "%s@mekarjaya.example", login),
		.password_hash = hash, .role = role, .agency = agency,
	}, ret));
	BUG_ON(m->n_accounts >= ACCOUNTS_MAX);
	m->account[m->n_accounts].role = role;
	m->account[m->n_accounts].login = login;
	m->account[m->n_accounts++].password = arena_strdup(m->s->a, password);
	return RC_OK;
}

/* One account of each role first: who looks around needs no more. */
static void print_accounts(const struct maker *m)
{
	for (int round = 0; round < 2; round++) {
		unsigned seen = 0;

		for (size_t i = 0; i < m->n_accounts; i++) {
			bool is_first = !(seen & 1U << m->account[i].role);

			seen |= 1U << m->account[i].role;
			if (is_first == (round == 0))
				printf("%s\t%s\t%s\n", role_word(m->account[i].role), m->account[i].login,
				       m->account[i].password);
		}
	}
}

static const char *person(struct maker *m)
{
	struct demo_voice v;

	demo_text_begin(&v, &m->w->texts, &m->passwords, "", "");
	return arena_printf(m->s->a, "%s %s", demo_text_word(&v, m->s->a, "depan"),
			    demo_text_word(&v, m->s->a, "belakang"));
}

/* The login of somebody of this government. */
static const char *login_of(struct maker *m, const char *name)
{
	return arena_printf(m->s->a, "%s%s", setup_slug(m->s->a, name), m->g->suffix);
}

static enum rc add_region(struct session *s, const char *code, const char *parent, const char *name)
{
	return q_setup_region_insert(s->db, &(struct setup_region_insert_args){
		.code = code, .parent_code = parent, .name = name }, NULL);
}

static enum rc make_district(struct maker *m, const char *name, const char *villages)
{
	struct demo_world *w = m->w;
	struct demo_district *d = &w->district[w->n_districts];
	const char *code = arena_printf(m->s->a, "%s.%02zu", m->g->code, w->n_districts + 1);
	char *list = arena_strdup(m->s->a, villages);

	BUG_ON(w->n_districts++ >= DEMO_DISTRICTS_MAX);
	*d = (struct demo_district){ .name = name };
	TRY(add_region(m->s, code, m->g->code, name));
	while (list && d->n_villages < DEMO_VILLAGES_MAX) {
		char *bar = strchr(list, '|');

		if (bar)
			*bar++ = '\0';
		d->village[d->n_villages] = list;
		d->code[d->n_villages] = arena_printf(m->s->a, "%s.%zu", code, 2001 + d->n_villages);
		TRY(add_region(m->s, d->code[d->n_villages], code, list));
		d->n_villages++;
		list = bar;
	}
	return RC_OK;
}

static enum rc make_places(struct maker *m)
{
	struct data_lines l;

	TRY(add_region(m->s, m->g->code, PROVINCE_CODE, m->g->n_sops ? arena_printf(m->s->a, "%s (contoh)", m->g->place)
									  : m->g->place));
	for (data_begin(&l, data_text(m->s->a, "demo/places.tsv"), '\t');
	     data_next(&l) && (m->g->n_sops == 0 || m->w->n_districts < SMALL_DISTRICTS);)
		TRY(make_district(m, l.field[0], l.field[1]));
	return RC_OK;
}

static enum rc make_opd(struct maker *m, const char *short_name, const char *name, const char *region)
{
	struct demo_world *w = m->w;
	struct demo_opd *o = &w->opd[w->n_opds];
	const char *full = arena_printf(m->s->a, "%s %s", name, m->g->place);

	BUG_ON(w->n_opds++ >= DEMO_OPDS_MAX);
	*o = (struct demo_opd){ .short_name = short_name };
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = w->regency.agency, .level = LEVEL_OPD, .name = full, .short_name = short_name,
		.region_code = region,
	}, &o->office.agency));
	return add_account(m, ROLE_LIAISON, login_of(m, short_name), person(m), o->office.agency, &o->office.officer);
}

static struct demo_opd *find_opd(struct demo_world *w, const char *short_name)
{
	for (size_t i = 0; i < w->n_opds; i++)
		if (strcmp(w->opd[i].short_name, short_name) == 0)
			return &w->opd[i];
	return NULL;
}

static enum rc make_unit(struct maker *m, const char *short_name, const char *name, const char *parent)
{
	struct demo_opd *o = find_opd(m->w, parent);
	struct demo_office *u;

	BUG_ON(!o);
	u = &o->unit[o->n_units];
	BUG_ON(o->n_units++ >= DEMO_UNITS_MAX);
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = o->office.agency, .level = LEVEL_UNIT, .name = name, .short_name = short_name,
		.region_code = m->g->code,
	}, &u->agency));
	return add_account(m, ROLE_UNIT_OFFICER, login_of(m, short_name), person(m), u->agency, &u->officer);
}

/* A government that shows an SOP has the OPDs with work units; the invented one has them all. */
static bool is_wanted(struct maker *m, const char *short_name)
{
	struct data_lines l;
	bool has_units = m->g->n_sops == 0;

	for (data_begin(&l, data_text(m->s->a, "demo/agencies.tsv"), '\t'); !has_units && data_next(&l);)
		has_units = strcmp(l.field[0], "unit") == 0 && strcmp(l.field[3], short_name) == 0;
	return has_units;
}

static enum rc make_offices(struct maker *m)
{
	struct data_lines l;

	for (data_begin(&l, data_text(m->s->a, "demo/agencies.tsv"), '\t'); data_next(&l);) {
		bool is_opd = strcmp(l.field[0], "opd") == 0;

		if (is_opd && is_wanted(m, l.field[1]))
			TRY(make_opd(m, l.field[1], l.field[2], m->g->code));
		else if (!is_opd)
			TRY(make_unit(m, l.field[1], l.field[2], l.field[3]));
	}
	for (size_t i = 0; i < m->w->n_districts; i++) {
		const char *name = arena_printf(m->s->a, "Kecamatan %s", m->w->district[i].name);

		m->w->district[i].opd = m->w->n_opds;
		TRY(make_opd(m, name, name, arena_printf(m->s->a, "%s.%02zu", m->g->code, i + 1)));
	}
	return RC_OK;
}

static bool names_role(const struct demo_government *g, enum role role)
{
	for (size_t i = 0; i < g->n_sops; i++)
		for (size_t k = 0; k < g->sop[i]->actor_n; k++)
			if (g->sop[i]->actors[k].role == role)
				return true;
	return false;
}

/* People around the line, where an SOP names them; the head of an OPD is there anyway. */
static enum rc make_others(struct maker *m)
{
	static const struct {
		enum role role;
		const char *login;
	} all[] = {
		{ ROLE_OPD_HEAD, "kepala-dpupr" }, { ROLE_OPD_INTAKE, "pengelola-dpupr" }, { ROLE_INTAKE, "tim" },
		{ ROLE_SECTION_HEAD, "kasi" }, { ROLE_DIVISION_HEAD, "kabid" }, { ROLE_OFFICE_HEAD, "kadis" },
		{ ROLE_REGENT, "bupati" }, { ROLE_OVERSIGHT, "apip" }, { ROLE_COORDINATOR, "koordinator" },
	};
	struct account_id id;

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		bool is_of_opd = role_level(all[i].role) == LEVEL_OPD;

		/* The periodic report is given to the regent, whether he is named or not. */
		if (names_role(m->g, all[i].role) || all[i].role == ROLE_OPD_HEAD ||
		    (all[i].role == ROLE_REGENT && names_role(m->g, ROLE_OFFICE_HEAD)) ||
		    (all[i].role == ROLE_COORDINATOR && m->g->n_sops > 0 && m->g->sop[0]->is_accountable))
			TRY(add_account(m, all[i].role, login_of(m, all[i].login), person(m),
					is_of_opd ? m->w->opd[0].office.agency : m->w->regency.agency, &id));
	}
	return RC_OK;
}

/* A second name for a liaison officer is an office of its own: instansi vertikal (SOP jatim#4). */
static enum rc make_second_liaison(struct maker *m)
{
	size_t seen = 0;

	for (size_t i = 0; i < m->g->n_sops; i++, seen = 0)
		for (size_t k = 0; k < m->g->sop[i]->actor_n; k++)
			if (m->g->sop[i]->actors[k].role == ROLE_LIAISON && seen++ > 0)
				TRY(make_opd(m, m->g->sop[i]->actors[k].name, m->g->sop[i]->actors[k].name, m->g->code));
	return RC_OK;
}

/* Those who are there once, whatever the governments. */
static enum rc make_nation(struct maker *m, struct agency_id root)
{
	struct demo_world *w = m->w;
	struct account_id other;

	w->root = root;
	w->national.agency = root;
	TRY(add_account(m, ROLE_NATIONAL_ADMIN, "nasional", person(m), root, &w->national.officer));
	TRY(add_account(m, ROLE_OPERATOR, "operator", person(m), root, &other));
	return add_account(m, ROLE_CITIZEN, "warga", person(m), (struct agency_id){ 0 }, &other);
}

static enum rc make_land(struct maker *m)
{
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = m->w->root, .level = LEVEL_AGENCY, .name = arena_printf(m->s->a, "Kantor Pertanahan %s", m->g->place),
		.short_name = "Kantor Pertanahan", .region_code = m->g->code,
	}, &m->w->land.agency));
	return add_account(m, ROLE_AGENCY_ADMIN, "pertanahan", person(m), m->w->land.agency, &m->w->land.officer);
}

static enum rc make_top(struct maker *m)
{
	struct demo_world *w = m->w;

	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = w->root, .level = LEVEL_AGENCY, .name = m->g->name, .short_name = m->g->place,
		.region_code = m->g->code,
	}, &w->regency.agency));
	return add_account(m, ROLE_AGENCY_ADMIN, login_of(m, "kominfo"), person(m), w->regency.agency, &w->regency.officer);
}

static struct category_id find_category(const struct setup_category_all_row *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].id;
	BUG("no category %s", name);
}

static enum rc make_topics(struct maker *m)
{
	struct setup_category_all_row *rows;
	struct demo_world *w = m->w;
	struct data_lines l;
	size_t n;

	TRY(q_setup_category_all(m->s->db, m->s->a, &rows, &n));
	for (data_begin(&l, data_text(m->s->a, "demo/topics.tsv"), '\t'); data_next(&l);) {
		const struct demo_opd *opd = find_opd(w, l.field[0]);
		bool is_districts = strcmp(l.field[0], "KEC") == 0;
		struct demo_topic *t = &w->topic[w->n_topics];

		if (!opd && !is_districts && m->g->n_sops > 0)
			continue;
		BUG_ON(w->n_topics++ >= DEMO_TOPICS_MAX || (!opd && !is_districts));
		*t = (struct demo_topic){
			.opd = is_districts ? DEMO_OPD_DISTRICT : (size_t)(opd - w->opd),
			.category = find_category(rows, n, l.field[1]),
			.weight = (uint32_t)strtoul(l.field[3], NULL, 10),
			.title = l.field[4], .body = l.field[5], .follow_up = l.field[6], .answer = l.field[7],
		};
		BUG_ON(!class_parse(l.field[2], &t->class) || t->weight == 0);
		w->weights += t->weight;
	}
	return RC_OK;
}

static enum rc use_sops(struct maker *m)
{
	struct session *s = m->s;

	for (size_t i = 0; i < m->g->n_sops; i++) {
		struct sop_store_check *check = arena_new_one(s->a, struct sop_store_check);
		struct sop_store_done done;
		struct sop_store_file f;

		BUG_ON(!sop_files_find(m->g->sop_id[i], &f));
		TRY(sop_store_install(&s->c, &(struct sop_store_in){
			.agency = m->w->regency.agency, .name = f.id, .text = f.text, .n = f.n,
			.from = day_add(instant_day(s->c.now, s->settings.zone), -SOP_SINCE_DAYS) }, check, &done));
	}
	m->w->works_by_sop = m->g->n_sops > 0;
	return RC_OK;
}

static enum rc make_government(struct maker *m)
{
	TRY(make_top(m));
	if (m->w->land.agency.v == 0)
		TRY(make_land(m));
	TRY(make_places(m));
	TRY(make_offices(m));
	TRY(make_others(m));
	TRY(make_second_liaison(m));
	TRY(make_topics(m));
	return use_sops(m);
}

enum rc demo_world_make(struct session *s, uint64_t seed, const struct demo_government *g, size_t n,
			struct demo_world *ret)
{
	struct maker m = { .s = s, .g = g, .w = ret, .passwords = { seed ^ UINT64_C(0x70617373) } };
	struct agency_id root = { 0 };
	TXN(t);

	memset(ret, 0, n * sizeof(*ret));
	TRY(setup_base_data(s, &root));
	demo_text_load(s->a, &ret->texts);
	TRY(txn_begin(s->db, &t));
	TRY(make_nation(&m, root));
	for (size_t i = 0; i < n; i++) {
		m.g = &g[i];
		m.w = &ret[i];
		if (i > 0)
			*m.w = (struct demo_world){ .root = root, .national = ret->national, .land = ret->land,
						    .texts = ret->texts };
		TRY(make_government(&m));
	}
	TRY(txn_commit(&t));
	print_accounts(&m);
	return RC_OK;
}

/* ---- the plan */

static enum rc plan_one(struct session *s, const struct sop_store_file *f, struct demo_government *g, size_t *n)
{
	const char *dash = strchr(f->id, '-');
	const struct sop *sop;
	size_t i = 0;

	TRY(sop_load_text(s->a, f->id, f->text, f->n, &sop, &s->c.err));
	while (i < *n && strcmp(g[i].name, sop->government) != 0)
		i++;
	if (i == *n) {
		BUG_ON(*n == DEMO_GOVERNMENTS_MAX || strncmp(sop->government, GOVERNMENT, strlen(GOVERNMENT)) != 0);
		g[(*n)++] = (struct demo_government){
			.name = sop->government, .place = sop->government + strlen(GOVERNMENT),
			.code = arena_printf(s->a, PROVINCE_CODE ".%zu", SOP_REGENCY_CODE + i),
			.suffix = arena_printf(s->a, "-%.*s", (int)(dash ? dash - f->id : (int)strlen(f->id)), f->id) };
	}
	/* One about reports is enough (tjt-20 and tjt-23 are one text, E5). */
	for (size_t k = 0; k < g[i].n_sops; k++)
		if (g[i].sop[k]->covers == SOP_COVERS_REPORT && sop->covers == SOP_COVERS_REPORT)
			return RC_OK;
	BUG_ON(g[i].n_sops == DEMO_SOPS_MAX);
	g[i].sop_id[g[i].n_sops] = sop->id;
	g[i].sop[g[i].n_sops++] = sop;
	return RC_OK;
}

static enum rc plan_list(struct session *s, const char *sops, struct demo_government *g, size_t *n)
{
	bool is_all = strcmp(sops, "all") == 0;
	struct sop_store_file f;

	for (size_t i = 0; is_all && sop_files_at(i, &f); i++)
		TRY(plan_one(s, &f, g, n));
	for (const char *p = sops; !is_all && *p;) {
		size_t len = strcspn(p, ",");

		if (!sop_files_find(arena_printf(s->a, "%.*s", (int)len, p), &f))
			return err_set(&s->c.err, RC_NOT_FOUND, 0, "there is no SOP \"%.*s\"; \"lapor sop list\" names them",
				       (int)(len < 40 ? len : 40), p);
		TRY(plan_one(s, &f, g, n));
		p += len + (p[len] == ',');
	}
	return RC_OK;
}

enum rc demo_world_plan(struct session *s, const char *sops, struct demo_government ret[DEMO_GOVERNMENTS_MAX],
			size_t *ret_n)
{
	size_t n = 0;

	if (sops) {
		TRY(plan_list(s, sops, ret, &n));
		/* A name alone is easier to type. */
		if (n == 1)
			ret[0].suffix = "";
		*ret_n = n;
		return RC_OK;
	}
	ret[0] = (struct demo_government){ .name = GOVERNMENT REGENCY, .place = REGENCY, .code = REGENCY_CODE, .suffix = "" };
	*ret_n = 1;
	return RC_OK;
}
