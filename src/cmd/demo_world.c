/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account.h"
#include "base/utf8.h"
#include "cmd/data.h"
#include "cmd/setup.h"
#include "query_setup.h"

/* Behind the 38 real regencies of the province, so that no real place is meant. */
#define REGENCY_CODE "35.99"
#define PROVINCE_CODE "35"
#define REGENCY "Kabupaten Mekar Jaya"

#define ACCOUNTS_MAX 128

struct maker {
	struct session *s;
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

static enum rc add_region(struct session *s, const char *code, const char *parent, const char *name)
{
	return q_setup_region_insert(s->db, &(struct setup_region_insert_args){
		.code = code, .parent_code = parent, .name = name }, NULL);
}

static enum rc make_district(struct maker *m, const char *name, const char *villages)
{
	struct demo_world *w = m->w;
	struct demo_district *d = &w->district[w->n_districts];
	const char *code = arena_printf(m->s->a, REGENCY_CODE ".%02zu", w->n_districts + 1);
	char *list = arena_strdup(m->s->a, villages);

	BUG_ON(w->n_districts++ >= DEMO_DISTRICTS_MAX);
	*d = (struct demo_district){ .name = name };
	TRY(add_region(m->s, code, REGENCY_CODE, name));
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

	TRY(add_region(m->s, REGENCY_CODE, PROVINCE_CODE, REGENCY));
	for (data_begin(&l, data_text(m->s->a, "demo/places.tsv"), '\t'); data_next(&l);)
		TRY(make_district(m, l.field[0], l.field[1]));
	return RC_OK;
}

static enum rc make_opd(struct maker *m, const char *short_name, const char *name, const char *region)
{
	struct demo_world *w = m->w;
	struct demo_opd *o = &w->opd[w->n_opds];
	const char *full = arena_printf(m->s->a, "%s " REGENCY, name);
	const char *login;

	BUG_ON(w->n_opds++ >= DEMO_OPDS_MAX);
	*o = (struct demo_opd){ .short_name = short_name };
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = w->regency.agency, .level = LEVEL_OPD, .name = full, .short_name = short_name,
		.region_code = region,
	}, &o->office.agency));
	login = setup_slug(m->s->a, short_name);
	return add_account(m, ROLE_LIAISON, login, person(m), o->office.agency, &o->office.officer);
}

static struct demo_opd *find_opd(struct demo_world *w, const char *short_name)
{
	for (size_t i = 0; i < w->n_opds; i++)
		if (strcmp(w->opd[i].short_name, short_name) == 0)
			return &w->opd[i];
	BUG("no demo agency %s", short_name);
}

static enum rc make_unit(struct maker *m, const char *short_name, const char *name, const char *parent)
{
	struct demo_opd *o = find_opd(m->w, parent);
	struct demo_office *u = &o->unit[o->n_units];

	BUG_ON(o->n_units++ >= DEMO_UNITS_MAX);
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = o->office.agency, .level = LEVEL_UNIT, .name = name, .short_name = short_name,
		.region_code = REGENCY_CODE,
	}, &u->agency));
	return add_account(m, ROLE_UNIT_OFFICER, setup_slug(m->s->a, short_name), person(m), u->agency, &u->officer);
}

static enum rc make_offices(struct maker *m)
{
	struct account_id head;
	struct data_lines l;

	for (data_begin(&l, data_text(m->s->a, "demo/agencies.tsv"), '\t'); data_next(&l);) {
		if (strcmp(l.field[0], "opd") == 0)
			TRY(make_opd(m, l.field[1], l.field[2], REGENCY_CODE));
		else
			TRY(make_unit(m, l.field[1], l.field[2], l.field[3]));
	}
	for (size_t i = 0; i < m->w->n_districts; i++) {
		const char *name = arena_printf(m->s->a, "Kecamatan %s", m->w->district[i].name);

		m->w->district[i].opd = m->w->n_opds;
		TRY(make_opd(m, name, name, arena_printf(m->s->a, REGENCY_CODE ".%02zu", i + 1)));
	}
	return add_account(m, ROLE_OPD_HEAD, "kepala-dpupr", person(m), m->w->opd[0].office.agency, &head);
}

static enum rc make_top(struct maker *m)
{
	struct demo_world *w = m->w;
	struct account_id other;

	w->national.agency = w->root;
	TRY(add_account(m, ROLE_NATIONAL_ADMIN, "nasional", person(m), w->root, &w->national.officer));
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = w->root, .level = LEVEL_AGENCY, .name = "Pemerintah " REGENCY, .short_name = REGENCY,
		.region_code = REGENCY_CODE,
	}, &w->regency.agency));
	TRY(add_account(m, ROLE_AGENCY_ADMIN, "kominfo", person(m), w->regency.agency, &w->regency.officer));
	TRY(setup_add_agency(m->s, &(struct setup_agency){
		.parent = w->root, .level = LEVEL_AGENCY, .name = "Kantor Pertanahan " REGENCY,
		.short_name = "Kantor Pertanahan", .region_code = REGENCY_CODE,
	}, &w->land.agency));
	TRY(add_account(m, ROLE_AGENCY_ADMIN, "pertanahan", person(m), w->land.agency, &w->land.officer));
	TRY(add_account(m, ROLE_OPERATOR, "operator", person(m), w->root, &other));
	return add_account(m, ROLE_CITIZEN, "warga", person(m), (struct agency_id){ 0 }, &other);
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
		struct demo_topic *t = &w->topic[w->n_topics];

		BUG_ON(w->n_topics++ >= DEMO_TOPICS_MAX);
		*t = (struct demo_topic){
			.opd = strcmp(l.field[0], "KEC") == 0 ? DEMO_OPD_DISTRICT
							     : (size_t)(find_opd(w, l.field[0]) - w->opd),
			.category = find_category(rows, n, l.field[1]),
			.weight = (uint32_t)strtoul(l.field[3], NULL, 10),
			.title = l.field[4], .body = l.field[5], .follow_up = l.field[6], .answer = l.field[7],
		};
		BUG_ON(!class_parse(l.field[2], &t->class) || t->weight == 0);
		w->weights += t->weight;
	}
	return RC_OK;
}

enum rc demo_world_make(struct session *s, uint64_t seed, struct demo_world *ret)
{
	struct maker m = { .s = s, .w = ret, .passwords = { seed ^ UINT64_C(0x70617373) } };
	struct agency_id root = { 0 };
	TXN(t);

	memset(ret, 0, sizeof(*ret));
	TRY(setup_base_data(s, &root));
	ret->root = root;
	demo_text_load(s->a, &ret->texts);
	TRY(txn_begin(s->db, &t));
	TRY(make_top(&m));
	TRY(make_places(&m));
	TRY(make_offices(&m));
	TRY(make_topics(&m));
	TRY(txn_commit(&t));
	print_accounts(&m);
	return RC_OK;
}
