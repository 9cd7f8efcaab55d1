/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"

#define OFFICES_MAX 400

/* The choices of a list. */
struct options {
	struct {
		long id;
		char name[200];
	} list[OFFICES_MAX];
	size_t n;
};

void people_get(struct conn *c, const struct person *p, const char *path)
{
	loop_begin(c, "GET", path);
	if (p->cookie[0])
		text_printf(&c->out, "Cookie: %s\r\n", p->cookie);
	loop_end(c);
}

void people_post(struct conn *c, const struct person *p, const char *path, const char *type, const struct text *body)
{
	loop_begin(c, "POST", path);
	if (p->cookie[0])
		text_printf(&c->out, "Cookie: %s\r\n", p->cookie);
	/* A report is sent by a program's door that wants no token; every form else is a page's. */
	if (!p->token[0])
		text_add(&c->out, "Accept: application/json\r\n");
	loop_body(c, type, body);
}

static struct reply ask_page(struct conn *c, const struct person *p, const char *path)
{
	struct reply r;

	people_get(c, p, path);
	r = loop_ask(c);
	if (r.status != 200)
		die("%s answers %d: %.300s", path, r.status, r.body);
	return r;
}

static void take_token(const struct reply *r, struct person *p)
{
	if (!text_between(r->body, "name=\"csrf\" value=\"", "\"", p->token, sizeof(p->token)))
		die("a page without the token of its forms");
}

void people_visit(struct conn *c, struct person *ret)
{
	struct reply r;
	char value[128];

	*ret = (struct person){ 0 };
	r = ask_page(c, ret, "/masuk");
	if (!loop_cookie(&r, "tamu", value, sizeof(value)))
		die("a visitor gets no cookie");
	snprintf(ret->cookie, sizeof(ret->cookie), "tamu=%s", value);
	take_token(&r, ret);
}

static void sign_in(struct conn *c, struct person *p)
{
	struct person visitor;
	struct text body = { 0 };
	char value[128], why[300];
	struct reply r;

	people_visit(c, &visitor);
	text_add(&body, "login=");
	text_url(&body, p->login);
	text_add(&body, "&sandi=");
	text_url(&body, p->password);
	text_printf(&body, "&csrf=%s", visitor.token);
	people_post(c, &visitor, "/masuk", PEOPLE_FORM, &body);
	text_free(&body);
	r = loop_ask(c);
	if (r.status != 303 || !loop_cookie(&r, "sesi", value, sizeof(value))) {
		text_reason(r.body, why, sizeof(why));
		die("%s cannot sign in (%d): %s", p->login, r.status, why);
	}
	snprintf(p->cookie, sizeof(p->cookie), "sesi=%s", value);
	r = ask_page(c, p, "/akun");
	take_token(&r, p);
	if (!text_between(r.body, "<dt>Instansi</dt><dd>", "</dd>", p->office, sizeof(p->office)))
		die("the account page of %s names no office", p->login);
}

/* The options of the list with this id that have a number. */
static void read_options(const char *page, const char *id, struct options *ret)
{
	const char *begin, *s, *end;
	char mark[64], value[32];

	snprintf(mark, sizeof(mark), "<select id=\"%s\"", id);
	begin = strstr(page, mark);
	end = begin ? strstr(begin, "</select>") : NULL;
	ret->n = 0;
	for (s = begin; end && (s = strstr(s, "<option value=\"")) && s < end && ret->n < OFFICES_MAX; s++) {
		if (!text_between(s, "<option value=\"", "\"", value, sizeof(value)) ||
		    !text_between(s, ">", "</option>", ret->list[ret->n].name, sizeof(ret->list[0].name)))
			break;
		ret->list[ret->n].id = strtol(value, NULL, 10);
		ret->n += ret->list[ret->n].id > 0;
	}
}

static long find_office(const struct options *o, const char *name)
{
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->list[i].name, name) == 0)
			return o->list[i].id;
	return 0;
}

/* One step of the report that shows what the forms offer. */
static void play(struct life *l, const struct people *p, struct conn *c)
{
	enum life_step s = l->next;
	struct reply r;
	char why[300];

	life_write(l, p, c);
	r = loop_ask(c);
	if (!life_take(l, &r, why, sizeof(why)))
		die("the first report's %s: %s", life_name(s), why);
}

/* Admins are tried until one is found whom the national admin may send to, and who has a liaison below. */
static bool choose_admin(struct people *p, struct conn *c, const struct options *agencies, const struct person *admin,
			 const struct person *liaisons, size_t n)
{
	struct options opds;
	struct life l;
	struct reply r;

	p->admin = *admin;
	sign_in(c, &p->admin);
	p->admin.office_id = find_office(agencies, p->admin.office);
	if (p->admin.office_id == 0)
		return false;
	life_begin(&l, 1, &p->national);
	play(&l, p, c);
	play(&l, p, c);
	life_write_page(&l, p, c);
	r = loop_ask(c);
	read_options(r.body, "tujuan", &opds);
	for (size_t i = 0; i < n && p->n_liaisons < LIAISONS_MAX && opds.n > 0; i++) {
		struct person *o = &p->liaison[p->n_liaisons];

		*o = liaisons[i];
		sign_in(c, o);
		o->office_id = find_office(&opds, o->office);
		p->n_liaisons += o->office_id > 0;
	}
	return p->n_liaisons > 0;
}

static void read_categories(struct people *p, struct conn *c, struct options *ret_agencies)
{
	struct options categories;
	struct life l;
	struct reply r;

	life_begin(&l, 0, &p->national);
	play(&l, p, c);
	life_write_page(&l, p, c);
	r = loop_ask(c);
	read_options(r.body, "tujuan", ret_agencies);
	read_options(r.body, "kategori", &categories);
	for (size_t i = 0; i < categories.n && i < CATEGORIES_MAX; i++)
		p->category[p->n_categories++] = categories.list[i].id;
	if (p->n_categories == 0 || ret_agencies->n == 0)
		die("the page of a new report offers no category or no agency");
}

/* role, login, password, set off by tabs */
static size_t read_accounts(const char *file, const char *role, struct person *ret, size_t max)
{
	FILE *f = fopen(file, "r");
	char line[300], its_role[64];
	size_t n = 0;

	if (!f)
		die("%s cannot be read", file);
	while (n < max && fgets(line, sizeof(line), f)) {
		ret[n] = (struct person){ 0 };
		if (sscanf(line, "%63s %63s %63s", its_role, ret[n].login, ret[n].password) == 3)
			n += strcmp(its_role, role) == 0;
	}
	fclose(f);
	return n;
}

void people_start(struct people *p, struct conn *c, const char *accounts_file)
{
	struct person admins[32], liaisons[64];
	struct options agencies;
	size_t n_admins, n_liaisons;
	bool found = false;

	*p = (struct people){ 0 };
	if (read_accounts(accounts_file, "national_admin", &p->national, 1) != 1)
		die("%s names no national_admin", accounts_file);
	n_admins = read_accounts(accounts_file, "agency_admin", admins, 32);
	n_liaisons = read_accounts(accounts_file, "liaison", liaisons, 64);
	sign_in(c, &p->national);
	read_categories(p, c, &agencies);
	for (size_t i = 0; i < n_admins && !found; i++)
		found = choose_admin(p, c, &agencies, &admins[i], liaisons, n_liaisons);
	if (!found)
		die("%s names no agency_admin with a liaison below", accounts_file);
}
