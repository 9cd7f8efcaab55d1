/* SPDX-License-Identifier: Apache-2.0
 * public_proof - step 4: the agency the citizen has in mind, and files. Also the files of an unsent draft.
 */
#include "app/attach.h"
#include "app/settings.h"
#include "base/parse.h"
#include "core/words.h"
#include "query_attachment.h"
#include "query_lookup.h"
#include "query_public.h"
#include "tmpl_public_form.h"
#include "web/handlers.h"
#include "web/public_draft.h"
#include "web/public_similar.h"
#include "web/public_suggest.h"
#include "web/public_upload.h"

#define AGENCIES_MAX 400

static const char *const proof_fields[] = { "instansi", NULL };

struct agency_list {
	struct agency_of_level_row *rows;
	size_t n;
};

static enum rc load_agencies(struct ctx *c, struct agency_list *ret)
{
	TRY(q_agency_of_level(c->db, c->a, LEVEL_OPD, &ret->rows, &ret->n));
	/* A nation's worth of offices is no list to choose from: ask for the agency only. */
	if (ret->n == 0 || ret->n > AGENCIES_MAX)
		TRY(q_agency_of_level(c->db, c->a, LEVEL_AGENCY, &ret->rows, &ret->n));
	return RC_OK;
}

static void list_all(struct ctx *c, const struct agency_list *all, const char *chosen,
		     struct pub_options *ret)
{
	struct pub_option *list = arena_new_many(c->a, struct pub_option, all->n);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (all->rows[i].is_active)
			list[n++] = (struct pub_option){ all->rows[i].slug,
							 public_agency_name(c, all->rows[i].name), NULL,
							 strcmp(all->rows[i].slug, chosen) == 0 };
	*ret = (struct pub_options){ list, n };
}

static const char *suggested_by(struct ctx *c, const char *word)
{
	struct buf b;
	const char *text;

	buf_init(&b, 1024);
	msg_form_suggested_by(&b, c->lang, c->settings->zone, word);
	text = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return text;
}

/* The suggested agencies first, then the one that was chosen from the list, so that it shows as a choice. */
static void list_suggested(struct ctx *c, const struct draft *d, const struct pub_options *all,
			   struct pub_options *ret)
{
	struct public_suggestion hints[PUBLIC_SUGGEST_MAX];
	size_t n_hints = public_suggest(c->a, draft_get(d, "judul"), draft_get(d, "isi"), hints);
	struct pub_option *list = arena_new_many(c->a, struct pub_option, PUBLIC_SUGGEST_MAX + 1);
	bool has_chosen = false;
	size_t n = 0;

	for (size_t h = 0; h < n_hints; h++)
		for (size_t i = 0; i < all->n; i++)
			if (strstr(words_normal(c->a, all->p[i].label), hints[h].fragment)) {
				list[n] = all->p[i];
				list[n].hint = suggested_by(c, hints[h].word);
				has_chosen |= list[n++].selected;
				break;
			}
	for (size_t i = 0; i < all->n && !has_chosen; i++)
		if (all->p[i].selected)
			list[n++] = all->p[i];
	*ret = (struct pub_options){ list, n };
}

static enum rc list_files(struct ctx *c, const struct draft *d, const struct public_uploads *up,
			  struct pub_files *ret)
{
	struct attachment_of_draft_row *rows = NULL;
	struct pub_file *list;
	size_t n = 0, k = 0;

	if (d->id.v)
		TRY(q_attachment_of_draft(c->db, c->a, d->id, &rows, &n));
	list = arena_new_many(c->a, struct pub_file, n + (up ? up->n : 0));
	for (; k < n; k++)
		list[k] = public_file_line(c, rows[k].id.v, rows[k].name, rows[k].mime, rows[k].size_bytes,
					   "/lapor/berkas/");
	for (size_t i = 0; up && i < up->n; i++)
		if (up->p[i].refused != REFUSE_none)
			list[k++] = (struct pub_file){ .name = up->p[i].name,
						       .refused = public_refused_words(c, up->p[i].refused) };
	*ret = (struct pub_files){ list, k };
	return RC_OK;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct draft *d,
		    const struct field_problems *problems, const struct public_uploads *up)
{
	const char *chosen = draft_get(d, "instansi");
	struct proof_page pr = { .s = public_step(c, req, res, d, 4, problems),
				 .files_max = REPORT_FILES_MAX,
				 .file_mb_max = PUBLIC_FILE_MB,
				 .knows_none = strcmp(chosen, PUBLIC_AGENCY_UNKNOWN) == 0 };
	struct agency_list all;
	struct page p;

	TRY(load_agencies(c, &all));
	list_all(c, &all, chosen, &pr.agencies);
	list_suggested(c, d, &pr.agencies, &pr.suggested);
	TRY(list_files(c, d, up, &pr.files));
	TRY(public_similar_load(c, draft_get(d, "judul"), public_draft_region(d), &pr.similar));
	if (up && public_uploads_refused(up) > 0)
		public_problem_add(c, &pr.s.problems, "lampiran", msg_form_files_refused(c->lang));

	page_init(&p, c, req, res);
	p.layout.title = msg_form_proof_title(c->lang);
	p.layout.noindex = true;
	page_begin(&p);
	view_form_proof(&p.out, &pr);
	return page_end(&p);
}

enum rc form_proof_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct field_problems none = { .n = 0 };
	struct draft d;

	TRY(public_draft_show(c, req, &d));
	return show(c, req, res, &d, &none, NULL);
}

static enum rc store_uploads(struct ctx *c, const struct draft *d, struct public_uploads *up)
{
	struct attachment_of_draft_row *rows;
	size_t n;

	TRY(q_attachment_of_draft(c->db, c->a, d->id, &rows, &n));
	return public_uploads_store(c, up, d->id, n);
}

static enum rc remove_file(struct ctx *c, const struct request *req, struct draft *d)
{
	const char *which = request_form(req, "hapus");
	int64_t id;

	if (!which || !parse_int(which, 1, INT64_MAX, &id))
		return RC_OK;
	enum rc rc = attach_remove_from_draft(c, d->id, (struct attachment_id){ id });
	return rc == RC_NOT_FOUND ? RC_OK : rc; /* pressed twice */
}

/* The list of all agencies wins over the radio buttons: whoever opens it means it. */
static void take_agency(struct ctx *c, const struct request *req, struct draft *d)
{
	const char *other = request_form(req, "instansi_lain"), *radio = request_form(req, "instansi");

	if (other && *other &&
	    (!radio || strcmp(radio, PUBLIC_AGENCY_UNKNOWN) == 0 || strcmp(other, radio) != 0))
		draft_set(c, d, "instansi", other);
}

enum rc form_proof_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *what = request_form(req, "aksi");
	struct public_uploads *up = req->prep;
	struct field_problems problems;
	struct draft d;

	TRY(public_draft_take(c, req, res, proof_fields, &d));
	take_agency(c, req, &d);
	TRY(public_draft_check(c, &d, 4, &problems));
	if (req->csrf_failed) {
		problems.n = 0;
		res->status = 403;
		return show(c, req, res, &d, &problems, NULL);
	}
	TRY(draft_save(c, &d));
	if (up)
		TRY(store_uploads(c, &d, up));
	TRY(remove_file(c, req, &d));
	if (problems.n > 0 || (up && public_uploads_refused(up) > 0)) {
		res->status = up ? public_uploads_status(up) : 422;
		return show(c, req, res, &d, &problems, up);
	}
	if (request_form(req, "hapus") || (what && strcmp(what, "unggah") == 0))
		return response_redirect(c, res, "/lapor/bukti%s#lampiran",
					 request_form(req, "dari") ? "?dari=periksa" : "");
	return public_step_leave(c, req, res, 4);
}

enum rc form_file_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct draft_file_row file;
	struct draft d;
	int64_t id;

	if (!parse_int(request_param(req, "id"), 1, INT64_MAX, &id))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(public_draft_show(c, req, &d));
	if (d.id.v == 0)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(q_draft_file(c->db, c->a, &(struct draft_file_args){ .id = { id }, .draft_id = d.id }, &file));
	return response_attachment(c, res, file.id, true);
}
