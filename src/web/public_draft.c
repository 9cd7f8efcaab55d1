/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_draft.h"

#include "app/settings.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "query_lookup.h"
#include "web/csrf.h"

/* Kept as typed up to here: four times what is allowed, so that a text that is too long can be shortened. */
#define KEPT_POINTS (4 * REPORT_BODY_MAX)

static const char *const step_paths[PUBLIC_STEPS] = {
	"/lapor", "/lapor/isi", "/lapor/lokasi", "/lapor/bukti", "/lapor/identitas", "/lapor/periksa",
};

const char *public_step_path(int step)
{
	BUG_ON(step < 1 || step > PUBLIC_STEPS);
	return step_paths[step - 1];
}

enum rc public_draft_find(struct ctx *c, const struct request *req, struct draft *ret)
{
	const char *token = request_cookie(req, c->a, PUBLIC_DRAFT_COOKIE);

	return token ? draft_load(c, token, ret) : RC_NOT_FOUND;
}

enum rc public_draft_show(struct ctx *c, const struct request *req, struct draft *ret)
{
	enum rc rc = public_draft_find(c, req, ret);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_NOT_FOUND || ret->report.v != 0)
		*ret = (struct draft){ 0 };
	return RC_OK;
}

static enum rc begin_new(struct ctx *c, struct response *res, struct draft *ret)
{
	char *token = arena_alloc(c->a, DRAFT_TOKEN_LEN + 1);

	TRY(draft_create(c, token, ret));
	response_cookie(c, res, PUBLIC_DRAFT_COOKIE, token, PUBLIC_DRAFT_DAYS * 24 * 60 * 60);
	return RC_OK;
}

enum rc public_draft_take(struct ctx *c, const struct request *req, struct response *res,
			  const char *const *fields, struct draft *ret)
{
	TRY(public_draft_show(c, req, ret));
	if (ret->id.v == 0 && !req->csrf_failed) {
		TRY(request_limit_take(c, req, REQUEST_LIMIT_DRAFT));
		TRY(begin_new(c, res, ret));
	}
	for (; *fields; fields++) {
		const char *value = request_form(req, *fields);

		if (value)
			draft_set(c, ret, *fields,
				  arena_strndup(c->a, value, utf8_prefix_bytes(value, KEPT_POINTS)));
	}
	return RC_OK;
}

bool public_draft_day(const struct draft *d, struct day *ret_day, enum field_error *ret_error)
{
	const char *day = draft_get(d, "tanggal_kejadian_hari"),
		   *month = draft_get(d, "tanggal_kejadian_bulan");
	const char *year = draft_get(d, "tanggal_kejadian_tahun");
	int64_t dd, mm, yy;

	*ret_error = FIELD_OK;
	if (!*day && !*month && !*year)
		return false;
	/* "05" is how people write a day. */
	if (parse_int(*day == '0' ? day + 1 : day, 1, 31, &dd) &&
	    parse_int(*month == '0' ? month + 1 : month, 1, 12, &mm) && parse_int(year, 1900, 2200, &yy) &&
	    day_is_valid((int)yy, (int)mm, (int)dd)) {
		*ret_day = day_from_civil((int)yy, (int)mm, (int)dd);
		return true;
	}
	*ret_error = FIELD_DATE_INVALID;
	return false;
}

const char *public_draft_region(const struct draft *d)
{
	static const char *const levels[] = { "des", "kec", "kab", "prov" };

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (*draft_get(d, levels[i]))
			return draft_get(d, levels[i]);
	return "";
}

static void add(struct field_problems *f, const char *field, enum field_error error)
{
	if (error != FIELD_OK)
		field_problem_add(f, field, error);
}

static void check_kind(const struct draft *d, struct field_problems *f)
{
	enum kind kind;

	add(f, "jenis", kind_parse(draft_get(d, "jenis"), &kind) ? FIELD_OK : FIELD_KIND_MISSING);
}

static void check_text(struct ctx *c, const struct draft *d, struct field_problems *f)
{
	struct day on;
	enum field_error wrong;

	add(f, "judul", complete_title(utf8_clean(c->a, draft_get(d, "judul"), false)));
	add(f, "isi", complete_body(utf8_clean(c->a, draft_get(d, "isi"), true)));
	if (public_draft_day(d, &on, &wrong))
		wrong = complete_date(on, public_today(c));
	add(f, "tanggal_kejadian", wrong);
}

static enum rc check_place(struct ctx *c, const struct draft *d, struct field_problems *f)
{
	const char *code = public_draft_region(d);
	struct region_by_code_row region;

	if (*code) {
		enum rc rc = q_region_by_code(c->db, c->a, code, &region);

		if (rc == RC_NOT_FOUND)
			add(f, "kode_wilayah", FIELD_REGION_UNKNOWN);
		else
			TRY(rc);
	}
	if (utf8_length(draft_get(d, "lokasi")) > REPORT_PLACE_MAX)
		add(f, "lokasi", FIELD_PLACE_LONG);
	return RC_OK;
}

static bool has_agency(const struct draft *d)
{
	const char *slug = draft_get(d, "instansi");

	return *slug && strcmp(slug, PUBLIC_AGENCY_UNKNOWN) != 0;
}

static enum rc check_agency(struct ctx *c, const struct draft *d, struct field_problems *f)
{
	struct agency_by_slug_row agency;

	if (!has_agency(d))
		return RC_OK;
	enum rc rc = q_agency_by_slug(c->db, c->a, draft_get(d, "instansi"), &agency);
	if (rc == RC_NOT_FOUND) {
		add(f, "instansi", FIELD_AGENCY_UNKNOWN);
		return RC_OK;
	}
	return rc;
}

static void check_identity(struct ctx *c, const struct draft *d, struct field_problems *f)
{
	const char *name = utf8_clean(c->a, draft_get(d, "nama"), false);
	enum visibility v = VISIBILITY_NONE;

	if (!visibility_parse(draft_get(d, "sifat"), &v))
		add(f, "sifat", FIELD_VISIBILITY_MISSING);
	add(f, "telepon", complete_phone(utf8_clean(c->a, draft_get(d, "telepon"), false)));
	add(f, "surel", complete_email(utf8_clean(c->a, draft_get(d, "surel"), false)));
	if (v == VISIBILITY_OPEN && !*name)
		add(f, "nama", FIELD_NAME_MISSING);
	else if (utf8_length(name) > REPORT_NAME_MAX)
		add(f, "nama", FIELD_NAME_LONG);
}

enum rc public_draft_check(struct ctx *c, const struct draft *d, int step, struct field_problems *ret)
{
	ret->n = 0;
	switch (step) {
	case 1: check_kind(d, ret); break;
	case 2: check_text(c, d, ret); break;
	case 3: return check_place(c, d, ret);
	case 4: return check_agency(c, d, ret);
	case 5: check_identity(c, d, ret); break;
	default: BUG("no step %d", step);
	}
	return RC_OK;
}

enum rc public_draft_gap(struct ctx *c, const struct draft *d, int *ret_step)
{
	for (int step = 1; step < PUBLIC_STEPS; step++) {
		struct field_problems problems;

		TRY(public_draft_check(c, d, step, &problems));
		if (problems.n > 0) {
			*ret_step = step;
			return RC_OK;
		}
	}
	*ret_step = 0;
	return RC_OK;
}

enum rc public_draft_input(struct ctx *c, const struct draft *d, struct submit_in *ret)
{
	enum field_error wrong;

	*ret = (struct submit_in){
		.title = draft_get(d, "judul"),
		.body = draft_get(d, "isi"),
		.region_code = public_draft_region(d),
		.place = draft_get(d, "lokasi"),
		.name = draft_get(d, "nama"),
		.email = draft_get(d, "surel"),
		.phone = draft_get(d, "telepon"),
		.channel = CHANNEL_WEB,
		.draft = d->id,
	};
	ret->has_happened_on = public_draft_day(d, &ret->happened_on, &wrong);
	/* A word that is none leaves NONE, which submit_report refuses by name. */
	if (!kind_parse(draft_get(d, "jenis"), &ret->kind))
		ret->kind = KIND_NONE;
	if (!visibility_parse(draft_get(d, "sifat"), &ret->visibility))
		ret->visibility = VISIBILITY_NONE;
	if (has_agency(d)) {
		struct agency_by_slug_row agency;

		TRY(q_agency_by_slug(c->db, c->a, draft_get(d, "instansi"), &agency));
		ret->asked_agency = agency.id;
	}
	return RC_OK;
}

static bool is_to_check(const struct request *req)
{
	const char *from = request_form(req, "dari");

	if (!from)
		from = request_query(req, "dari");
	return from && strcmp(from, "periksa") == 0;
}

struct step_page public_step(struct ctx *c, const struct request *req, struct response *res,
			     const struct draft *d, int step, const struct field_problems *problems)
{
	bool to_check = is_to_check(req) && step < PUBLIC_STEPS;

	return (struct step_page){
		.n = step,
		.action = public_step_path(step),
		.back = to_check    ? public_step_path(PUBLIC_STEPS)
			: step == 1 ? "/"
				    : public_step_path(step - 1),
		.csrf = csrf_token(c, req, res),
		.to_check = to_check,
		.form_expired = req->csrf_failed,
		.saved_at = d->saved_at,
		.problems = public_problems(c, problems),
	};
}

enum rc public_step_leave(struct ctx *c, const struct request *req, struct response *res, int step)
{
	const char *what = request_form(req, "aksi");

	if (what && strcmp(what, "simpan") == 0) {
		response_flash(c, res, MSG_form_saved_flash);
		return response_redirect(c, res, "%s", public_step_path(step));
	}
	return response_redirect(c, res, "%s", public_step_path(is_to_check(req) ? PUBLIC_STEPS : step + 1));
}
