/* SPDX-License-Identifier: Apache-2.0
 * submit_check - cleaning and checking. Only kind, title, body and visibility are required: a wall of fields keeps
 * people from reporting. What is given has to be right.
 */
#include "app/submit_check.h"

#include <string.h>

#include "base/utf8.h"
#include "query_lookup.h"

void field_problem_add(struct field_problems *f, const char *field, enum field_error error)
{
	if (error != FIELD_OK && f->n < ARRAY_LEN(f->p))
		f->p[f->n++] = (struct field_problem){ field, error };
}

/* NULL when it is missing, empty or no text; the latter is a problem. */
static const char *clean(struct ctx *c, const char *s, bool lines, const char *field, struct field_problems *f)
{
	if (!s || !*s)
		return NULL;
	if (!utf8_is_valid(s, strlen(s))) {
		field_problem_add(f, field, FIELD_NOT_TEXT);
		return NULL;
	}
	s = utf8_clean(c->a, s, lines);
	return *s ? s : NULL;
}

static void check_text(struct ctx *c, const struct submit_in *in, struct submit_clean *s, struct field_problems *f)
{
	size_t before = f->n;

	s->title = clean(c, in->title, false, "judul", f);
	if (f->n == before)
		field_problem_add(f, "judul", complete_title(s->title ? s->title : ""));
	before = f->n;
	s->body = clean(c, in->body, true, "isi", f);
	if (f->n == before)
		field_problem_add(f, "isi", complete_body(s->body ? s->body : ""));
}

static void check_person(struct ctx *c, const struct submit_in *in, struct submit_clean *s, struct field_problems *f)
{
	s->name = clean(c, in->name, false, "nama", f);
	s->email = clean(c, in->email, false, "surel", f);
	s->phone = clean(c, in->phone, false, "telepon", f);
	if (s->name && utf8_length(s->name) > REPORT_NAME_MAX)
		field_problem_add(f, "nama", FIELD_NAME_LONG);
	if (s->email)
		field_problem_add(f, "surel", complete_email(s->email));
	if (s->phone) {
		enum field_error e = complete_phone(s->phone);
		field_problem_add(f, "telepon", e);
		if (e == FIELD_OK)
			s->phone = complete_phone_normal(c->a, s->phone);
	}
}

static void check_place(struct ctx *c, const struct submit_in *in, struct submit_clean *s, struct field_problems *f)
{
	struct day today = instant_day(c->now, calendar_zone(c->calendar));

	s->place = clean(c, in->place, false, "lokasi", f);
	if (s->place && utf8_length(s->place) > REPORT_PLACE_MAX)
		field_problem_add(f, "lokasi", FIELD_PLACE_LONG);
	if (in->has_happened_on)
		field_problem_add(f, "tanggal_kejadian", complete_date(in->happened_on, today));
}

/* Anything but "not there" is the machine's fault and ends the check. */
static enum rc note_unknown(enum rc rc, bool usable, struct field_problems *f, const char *field, enum field_error e)
{
	if (rc == RC_NOT_FOUND || (rc == RC_OK && !usable)) {
		field_problem_add(f, field, e);
		return RC_OK;
	}
	return rc;
}

static enum rc check_references(struct ctx *c, const struct submit_in *in, struct submit_clean *s,
				struct field_problems *f)
{
	struct region_by_code_row region;
	struct agency_by_id_row agency = { 0 };
	struct category_by_id_row category = { 0 };
	enum rc rc;

	s->region_code = clean(c, in->region_code, false, "kode_wilayah", f);
	if (s->region_code) {
		rc = q_region_by_code(c->db, c->a, s->region_code, &region);
		TRY(note_unknown(rc, true, f, "kode_wilayah", FIELD_REGION_UNKNOWN));
	}
	if (in->asked_agency.v) {
		rc = q_agency_by_id(c->db, c->a, in->asked_agency, &agency);
		TRY(note_unknown(rc, agency.is_active, f, "instansi", FIELD_AGENCY_UNKNOWN));
	}
	if (in->category.v) {
		rc = q_category_by_id(c->db, c->a, in->category, &category);
		TRY(note_unknown(rc, category.is_active, f, "kategori", FIELD_CATEGORY_UNKNOWN));
	}
	return RC_OK;
}

enum rc submit_check(struct ctx *c, const struct submit_in *in, struct submit_clean *ret,
		     struct field_problems *ret_problems)
{
	struct field_problems *f = ret_problems;

	*ret = (struct submit_clean){ 0 };
	if (in->kind == KIND_NONE)
		field_problem_add(f, "jenis", FIELD_KIND_MISSING);
	check_text(c, in, ret, f);
	check_place(c, in, ret, f);
	TRY(check_references(c, in, ret, f));
	if (in->visibility == VISIBILITY_NONE)
		field_problem_add(f, "sifat", FIELD_VISIBILITY_MISSING);
	check_person(c, in, ret, f);
	if (f->n > 0)
		return ctx_refuse(c, RC_INVALID, bad_request);
	return RC_OK;
}
