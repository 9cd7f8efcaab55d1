/* SPDX-License-Identifier: Apache-2.0
 * public_steps - steps 1, 2 and 5 of a report, kind, text and identity, and the script's autosave. Places are
 * in public_place.c, agency and files in public_proof.c, checking and sending in public_send.c.
 *
 * Every step is the same: take what was typed into the draft, save it, then either show the page with what is
 * wrong or go on.
 */
#include "app/settings.h"
#include "tmpl_public_form.h"
#include "web/handlers.h"
#include "web/public_draft.h"

static void begin(struct page *p, struct ctx *c, const struct request *req, struct response *res,
		  const char *title)
{
	page_init(p, c, req, res);
	p->layout.title = title;
	p->layout.noindex = true;
	page_begin(p);
}

static enum rc show_kind(struct ctx *c, const struct request *req, struct response *res,
			 const struct draft *d, const struct field_problems *problems)
{
	struct kind_page k = { .s = public_step(c, req, res, d, 1, problems) };
	struct page p;

	if (!kind_parse(draft_get(d, "jenis"), &k.kind))
		k.kind = KIND_NONE;
	begin(&p, c, req, res, msg_form_kind_title(c->lang));
	view_form_kind(&p.out, &k);
	return page_end(&p);
}

static enum rc show_text(struct ctx *c, const struct request *req, struct response *res,
			 const struct draft *d, const struct field_problems *problems)
{
	const struct text_page t = {
		.s = public_step(c, req, res, d, 2, problems),
		.title = draft_get(d, "judul"), .body = draft_get(d, "isi"),
		.day = draft_get(d, "tanggal_kejadian_hari"), .month = draft_get(d, "tanggal_kejadian_bulan"),
		.year = draft_get(d, "tanggal_kejadian_tahun"),
	};
	struct page p;

	begin(&p, c, req, res, msg_form_text_title(c->lang));
	view_form_text(&p.out, &t);
	return page_end(&p);
}

static enum rc show_identity(struct ctx *c, const struct request *req, struct response *res,
			     const struct draft *d, const struct field_problems *problems)
{
	struct identity_page i = {
		.s = public_step(c, req, res, d, 5, problems),
		.name = draft_get(d, "nama"),
		.phone = draft_get(d, "telepon"),
		.email = draft_get(d, "surel"),
	};
	struct page p;

	if (!visibility_parse(draft_get(d, "sifat"), &i.visibility))
		i.visibility = VISIBILITY_NONE;
	begin(&p, c, req, res, msg_form_identity_title(c->lang));
	view_form_identity(&p.out, &i);
	return page_end(&p);
}

struct step {
	int n;
	const char *const *fields;
	enum rc (*show)(struct ctx *c, const struct request *req, struct response *res, const struct draft *d,
			const struct field_problems *problems);
};

static const char *const kind_fields[] = { "jenis", NULL };
static const char *const text_fields[] = { "judul", "isi", "tanggal_kejadian_hari", "tanggal_kejadian_bulan",
					   "tanggal_kejadian_tahun", NULL };
static const char *const identity_fields[] = { "sifat", "nama", "telepon", "surel", NULL };
static const struct step step_kind = { 1, kind_fields, show_kind };
static const struct step step_text = { 2, text_fields, show_text };
static const struct step step_identity = { 5, identity_fields, show_identity };

static enum rc step_get(struct ctx *c, const struct request *req, struct response *res, const struct step *s)
{
	const struct field_problems none = { .n = 0 };
	struct draft d;

	TRY(public_draft_show(c, req, &d));
	return s->show(c, req, res, &d, &none);
}

static bool goes_on_later(const struct request *req)
{
	const char *what = request_form(req, "aksi");

	return what && strcmp(what, "simpan") == 0;
}

static enum rc step_post(struct ctx *c, const struct request *req, struct response *res, const struct step *s)
{
	struct field_problems problems;
	struct draft d;

	TRY(public_draft_take(c, req, res, s->fields, &d));
	TRY(public_draft_check(c, &d, s->n, &problems));
	if (req->csrf_failed) {
		problems.n = 0;
		res->status = 403;
		return s->show(c, req, res, &d, &problems);
	}
	TRY(draft_save(c, &d));
	if (problems.n > 0 && !goes_on_later(req)) {
		res->status = 422;
		return s->show(c, req, res, &d, &problems);
	}
	return public_step_leave(c, req, res, s->n);
}

enum rc form_kind_get(struct ctx *c, const struct request *req, struct response *res)
{
	return step_get(c, req, res, &step_kind);
}

enum rc form_kind_post(struct ctx *c, const struct request *req, struct response *res)
{
	return step_post(c, req, res, &step_kind);
}

enum rc form_text_get(struct ctx *c, const struct request *req, struct response *res)
{
	return step_get(c, req, res, &step_text);
}

enum rc form_text_post(struct ctx *c, const struct request *req, struct response *res)
{
	return step_post(c, req, res, &step_text);
}

enum rc form_identity_get(struct ctx *c, const struct request *req, struct response *res)
{
	return step_get(c, req, res, &step_identity);
}

enum rc form_identity_post(struct ctx *c, const struct request *req, struct response *res)
{
	return step_post(c, req, res, &step_identity);
}

/* The script's autosave: whatever fields the open step has. */
enum rc form_autosave_post(struct ctx *c, const struct request *req, struct response *res)
{
	static const char *const fields[] = {
		"jenis",
		"judul",
		"isi",
		"tanggal_kejadian_hari",
		"tanggal_kejadian_bulan",
		"tanggal_kejadian_tahun",
		"prov",
		"kab",
		"kec",
		"des",
		"lokasi",
		"instansi",
		"sifat",
		"nama",
		"telepon",
		"surel",
		NULL,
	};
	struct draft d;

	if (req->csrf_failed)
		return ctx_refuse(c, RC_DENIED, form_expired);
	/* An old tab must not begin a draft in the place of the one whose confirmation is still wanted. */
	enum rc rc = public_draft_find(c, req, &d);
	if (rc == RC_OK && d.report.v != 0) {
		res->status = 204;
		return RC_OK;
	}
	TRY(public_draft_take(c, req, res, fields, &d));
	TRY(draft_save(c, &d));
	res->status = 204;
	return RC_OK;
}
