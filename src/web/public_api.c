/* SPDX-License-Identifier: Apache-2.0
 * public_api - POST /lapor/kirim: a whole report in one request, for forms of other sites and for programs.
 *
 * No cookie lends it rights and none is needed, so there is no form token. Everything of it is stored or
 * nothing: a wrong field or a refused file rolls back the rest.
 */
#include "app/settings.h"
#include "base/hash.h"
#include "base/parse.h"
#include "core/ticket.h"
#include "i18n/vocab.h"
#include "query_lookup.h"
#include "tmpl_public_form.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/public_draft.h"
#include "web/public_upload.h"

#define KEY_MAX 200

/* By slug, or by number for programs that keep ours. */
static enum rc read_agency(struct form_read *f, struct agency_id *ret)
{
	const char *word = form_read_text(f, "instansi", 0, 200);
	struct agency_by_slug_row by_slug;
	struct agency_by_id_row by_id;
	int64_t id;

	if (!*word || strcmp(word, PUBLIC_AGENCY_UNKNOWN) == 0)
		return RC_OK;
	enum rc rc = q_agency_by_slug(f->c->db, f->c->a, word, &by_slug);
	if (rc == RC_OK)
		*ret = by_slug.id;
	if (rc == RC_NOT_FOUND && parse_int(word, 1, INT64_MAX, &id)) {
		rc = q_agency_by_id(f->c->db, f->c->a, (struct agency_id){ id }, &by_id);
		*ret = (struct agency_id){ id };
	}
	if (rc == RC_NOT_FOUND) {
		*ret = (struct agency_id){ 0 };
		field_problem_add(&f->problems, "instansi", FIELD_AGENCY_UNKNOWN);
		return RC_OK;
	}
	return rc;
}

static enum rc read_category(struct form_read *f, struct category_id *ret)
{
	const char *word = form_read_text(f, "kategori", 0, 200);
	struct category_by_slug_row by_slug;
	struct category_by_id_row by_id;
	int64_t id;

	if (!*word)
		return RC_OK;
	enum rc rc = q_category_by_slug(f->c->db, f->c->a, word, &by_slug);
	if (rc == RC_OK)
		*ret = by_slug.id;
	if (rc == RC_NOT_FOUND && parse_int(word, 1, INT64_MAX, &id)) {
		rc = q_category_by_id(f->c->db, f->c->a, (struct category_id){ id }, &by_id);
		*ret = (struct category_id){ id };
	}
	if (rc == RC_NOT_FOUND) {
		*ret = (struct category_id){ 0 };
		field_problem_add(&f->problems, "kategori", FIELD_CATEGORY_UNKNOWN);
		return RC_OK;
	}
	return rc;
}

/*
 * The sender's key together with what was sent: a retry is the same report again. Else whoever guesses a
 * key ("1") would be given the number and the code of somebody else's report.
 */
static const char *bound_key(struct ctx *c, const char *key, const struct submit_in *in)
{
	const char *const texts[] = { key,	     in->title, in->body, in->region_code,
				      in->place, in->name,  in->email, in->phone };
	char *hex = arena_alloc(c->a, 2 * HASH_BYTES + 1);
	struct hash_state s;
	struct hash h;

	if (!*key)
		return NULL;
	hash_begin(&s, NULL);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		hash_text(&s, texts[i]);
	hash_int(&s, in->kind);
	hash_int(&s, in->visibility);
	h = hash_end(&s);
	parse_hex_encode(h.b, HASH_BYTES, hex);
	return hex;
}

/* Raw texts: submit_report cleans and checks them, and says what is wrong with each. */
static enum rc read_report(struct form_read *f, struct submit_in *in)
{
	struct day on = form_read_day(f, "tanggal_kejadian");

	*in = (struct submit_in){
		.title = form_read_raw(f, "judul"), .body = form_read_raw(f, "isi"),
		.region_code = form_read_raw(f, "kode_wilayah"), .place = form_read_raw(f, "lokasi"),
		.name = form_read_raw(f, "nama"), .email = form_read_raw(f, "surel"),
		.phone = form_read_raw(f, "telepon"), .channel = CHANNEL_WEB,
		.has_happened_on = on.n != DAY_NONE, .happened_on = on,
	};
	if (!kind_parse(form_read_raw(f, "jenis"), &in->kind))
		in->kind = KIND_NONE;
	if (!visibility_parse(form_read_raw(f, "sifat"), &in->visibility))
		in->visibility = VISIBILITY_NONE;
	in->idempotency_key = bound_key(f->c, form_read_text(f, "kunci_idempotensi", 0, KEY_MAX), in);
	TRY(read_agency(f, &in->asked_agency));
	return read_category(f, &in->category);
}

static const char *first_refused_words(struct ctx *c, const struct public_uploads *up)
{
	for (size_t i = 0; i < up->n; i++)
		if (up->p[i].refused != REFUSE_none)
			return public_refused_words(c, up->p[i].refused);
	return up->too_many ? public_refused_words(c, REFUSE_too_many_files) : NULL;
}

static void refuse_json(struct ctx *c, struct response *res, int status, const struct field_problems *problems,
			const char *file)
{
	response_json(res, status);
	buf_lit(&res->body, "{\"galat\":{");
	for (size_t i = 0; i < problems->n; i++) {
		buf_str(&res->body, i ? "," : "");
		response_json_string(&res->body, problems->p[i].field);
		buf_char(&res->body, ':');
		response_json_string(&res->body, msg_text(c->lang, vocab_field_error(problems->p[i].error)));
	}
	if (file) {
		buf_printf(&res->body, "%s\"lampiran\":", problems->n ? "," : "");
		response_json_string(&res->body, file);
	}
	buf_lit(&res->body, "}}\n");
}

/* Both: the answer is what was rendered, and RC_INVALID takes back what was stored. */
static enum rc refuse(struct ctx *c, const struct request *req, struct response *res,
		      const struct field_problems *problems, const char *file)
{
	int status = file ? public_uploads_status(req->prep) : 422;
	struct pub_problems shown = { 0 };
	struct page p;

	if (req->wants_json) {
		refuse_json(c, res, status, problems, file);
		return RC_INVALID;
	}
	for (size_t i = 0; i < problems->n; i++)
		public_problem_add(c, &shown, problems->p[i].field,
				   msg_text(c->lang, vocab_field_error(problems->p[i].error)));
	if (file)
		public_problem_add(c, &shown, "lampiran", file);
	res->status = status;
	page_init(&p, c, req, res);
	p.layout.title = msg_form_refused_title(c->lang);
	p.layout.here = "/lapor";
	p.layout.lang_href = layout_lang_href(c->a, "/lapor", "", layout_other_lang(c->lang));
	p.layout.noindex = true;
	page_begin(&p);
	view_form_refused(&p.out, &shown);
	TRY(page_end(&p));
	return RC_INVALID;
}

static enum rc answer(struct ctx *c, const struct request *req, struct response *res,
		      const struct submit_out *out)
{
	char *shown = arena_alloc(c->a, 13);

	if (!req->wants_json) {
		/* The confirmation is for whoever sent it: the code travels in a cookie, not in an address.
		 */
		response_cookie(c, res, PUBLIC_SENT_COOKIE, arena_strdup(c->a, out->code), 60 * 60);
		return response_redirect(c, res, "/lapor/terkirim?langsung=1");
	}
	ticket_code_show(out->code, shown);
	response_json(res, 201);
	buf_lit(&res->body, "{\"nomor\":");
	response_json_string(&res->body, out->number);
	buf_lit(&res->body, ",\"kode\":");
	response_json_string(&res->body, shown);
	buf_lit(&res->body, ",\"lacak\":");
	response_json_string(&res->body, arena_printf(c->a, "%s/lacak/%s", c->settings->base_url, out->code));
	buf_lit(&res->body, "}\n");
	return RC_OK;
}

enum rc form_send_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct public_uploads *up = req->prep;
	struct attachment_id files[REPORT_FILES_MAX];
	struct field_problems problems = { .n = 0 };
	struct submit_out out;
	struct submit_in in;

	TRY(request_limit_take(c, req, REQUEST_LIMIT_SUBMIT));
	TRY(read_report(&f, &in));
	if (f.problems.n == 0 && up) {
		TRY(public_uploads_store(c, up, (struct draft_id){ 0 }, 0));
		in.files = files;
		in.n_files = public_uploads_ids(up, files);
	}
	/* Asked even when a field is wrong already, so that all that is wrong is said at once; then it is
	 * taken back. */
	enum rc rc = submit_report(c, &in, &out, &problems);
	const char *file = up ? first_refused_words(c, up) : NULL;

	for (size_t i = 0; rc == RC_INVALID && i < problems.n; i++)
		field_problem_add(&f.problems, problems.p[i].field, problems.p[i].error);
	if (f.problems.n > 0 || (file && (rc == RC_OK || rc == RC_INVALID)))
		return refuse(c, req, res, &f.problems, file);
	TRY(rc);
	return answer(c, req, res, &out);
}
