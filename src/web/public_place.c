/* SPDX-License-Identifier: Apache-2.0
 * public_place - step 3: region by four dependent lists that work without a script, and a landmark.
 */
#include "app/settings.h"
#include "query_lookup.h"
#include "query_public.h"
#include "tmpl_public_form.h"
#include "web/handlers.h"
#include "web/public_draft.h"

static const char *const place_fields[] = { "prov", "kab", "kec", "des", "lokasi", NULL };

static enum rc children(struct ctx *c, const char *parent, const char *chosen, struct pub_options *ret)
{
	struct region_children_row *rows;
	struct pub_option *list;
	size_t n;

	*ret = (struct pub_options){ 0 };
	if (!*parent)
		return RC_OK;
	TRY(q_region_children(c->db, c->a, parent, &rows, &n));
	list = arena_new_many(c->a, struct pub_option, n);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct pub_option){ rows[i].code, rows[i].name, NULL,
					       strcmp(rows[i].code, chosen) == 0 };
	*ret = (struct pub_options){ list, n };
	return RC_OK;
}

static enum rc roots(struct ctx *c, const char *chosen, struct pub_options *ret, const char **ret_only)
{
	struct region_roots_row *rows;
	struct pub_option *list;
	size_t n;

	TRY(q_region_roots(c->db, c->a, &rows, &n));
	list = arena_new_many(c->a, struct pub_option, n);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct pub_option){ rows[i].code, rows[i].name, NULL,
					       strcmp(rows[i].code, chosen) == 0 };
	*ret = (struct pub_options){ list, n };
	*ret_only = n == 1 ? rows[0].code : "";
	return RC_OK;
}

/* Nothing chosen yet: the installation's own region. Codes are "35", "35.20", "35.20.01", "35.20.01.2001". */
static void choose_default(struct ctx *c, struct draft *d)
{
	const char *code = c->settings->region_code;

	if (*public_draft_region(d) || strlen(code) < 2)
		return;
	draft_set(c, d, "prov", arena_strndup(c->a, code, 2));
	if (strlen(code) >= 5)
		draft_set(c, d, "kab", arena_strndup(c->a, code, 5));
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, struct draft *d,
		    const struct field_problems *problems)
{
	struct place_page pl = { .s = public_step(c, req, res, d, 3, problems),
				 .place = draft_get(d, "lokasi") };
	const char *only, *province;
	struct page p;

	choose_default(c, d);
	province = draft_get(d, "prov");
	TRY(roots(c, province, &pl.province, &only));
	if (!*province)
		province = only;
	TRY(children(c, province, draft_get(d, "kab"), &pl.regency));
	TRY(children(c, draft_get(d, "kab"), draft_get(d, "kec"), &pl.district));
	TRY(children(c, draft_get(d, "kec"), draft_get(d, "des"), &pl.village));

	page_init(&p, c, req, res);
	p.layout.title = msg_form_place_title(c->lang);
	p.layout.noindex = true;
	page_begin(&p);
	view_form_place(&p.out, &pl);
	return page_end(&p);
}

/* A district of another regency than the one chosen now cannot stay chosen, nor a village of another
 * district. */
static void drop_foreign(struct ctx *c, struct draft *d)
{
	static const char *const levels[] = { "prov", "kab", "kec", "des" };

	for (size_t i = 1; i < ARRAY_LEN(levels); i++) {
		const char *above = draft_get(d, levels[i - 1]), *code = draft_get(d, levels[i]);
		size_t n = strlen(above);

		if (i == 1 && n == 0)
			continue; /* one province only: it is not asked for */
		if (*code && (n == 0 || strncmp(code, above, n) != 0 || code[n] != '.'))
			draft_set(c, d, levels[i], "");
	}
}

enum rc form_place_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct field_problems none = { .n = 0 };
	struct draft d;

	TRY(public_draft_show(c, req, &d));
	return show(c, req, res, &d, &none);
}

enum rc form_place_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *what = request_form(req, "aksi");
	struct field_problems problems;
	struct draft d;

	TRY(public_draft_take(c, req, res, place_fields, &d));
	drop_foreign(c, &d);
	TRY(public_draft_check(c, &d, 3, &problems));
	if (req->csrf_failed) {
		problems.n = 0;
		res->status = 403;
		return show(c, req, res, &d, &problems);
	}
	TRY(draft_save(c, &d));
	if (what && strcmp(what, "wilayah") == 0)
		return response_redirect(c, res, "/lapor/lokasi%s",
					 request_form(req, "dari") ? "?dari=periksa" : "");
	if (problems.n > 0) {
		res->status = 422;
		return show(c, req, res, &d, &problems);
	}
	return public_step_leave(c, req, res, 3);
}
