/* SPDX-License-Identifier: Apache-2.0
 * public_ombudsman - the reporter is asked whether the Ombudsman may have the report: the question, the identity after a
 * "yes", the dossier. By the tracking code, like everything that is the reporter's.
 */
#include "app/ombudsman.h"
#include "app/settings.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "i18n/vocab.h"
#include "query_ombudsman.h"
#include "tmpl_ombudsman.h"
#include "web/csrf.h"
#include "web/dossier_page.h"
#include "web/error_page.h"
#include "web/handlers.h"
#include "web/public_ombudsman.h"
#include "web/public_track.h"

#include <stdio.h>
#include <string.h>

/* Kept as typed up to here, so that what is too long can be shortened. */
#define KEPT_POINTS 2000

/* The report, its case, and the page that is being made of them. */
struct asking {
	struct track_data d;
	struct ombudsman_ask_page p;
};

static const char *hex_of(struct ctx *c, struct db_blob b)
{
	char *hex;

	if (b.n == 0)
		return NULL;
	hex = arena_alloc(c->a, 2 * b.n + 1);
	parse_hex_encode(b.p, b.n, hex);
	return hex;
}

enum rc public_ombudsman_shown(struct ctx *c, struct report_id report, const char *ruleset, struct ombudsman_shown *ret)
{
	const struct ruleset *rules = rules_by_id(ruleset);
	struct ombudsman_case_row row;
	enum rc rc = q_ombudsman_case(c->db, c->a, report, &row);

	*ret = (struct ombudsman_shown){ .limit_wd = rules ? rules->ombudsman.n : 0 };
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	ret->state = row.state;
	ret->asked_at = row.asked_at;
	ret->decided_at = row.decided_at;
	ret->sent_at = row.sent_at;
	ret->sent_number = row.sent_number;
	ret->agency = row.agency;
	ret->digest = hex_of(c, row.digest);
	return RC_OK;
}

/* A report that was never escalated has no such page. */
static enum rc begin(struct ctx *c, const struct request *req, struct response *res, struct asking *a)
{
	*a = (struct asking){ 0 };
	TRY(public_track_load(c, req, request_param(req, "kode"), &a->d));
	a->p = (struct ombudsman_ask_page){
		.code = a->d.r.code, .number = a->d.r.number, .title = a->d.r.title, .csrf = csrf_token(c, req, res),
		.back = arena_printf(c->a, "/lacak/%s", a->d.r.code), .form_expired = req->csrf_failed, .name = "",
		.birth_place = "", .day = "", .month = "", .year = "", .occupation = "", .address = "",
		.identity_number = "", .contact = "",
	};
	TRY(public_ombudsman_shown(c, a->d.r.id, a->d.r.ruleset, &a->p.shown));
	return a->p.shown.state == OMBUDSMAN_NONE ? ctx_refuse(c, RC_NOT_FOUND, not_found) : RC_OK;
}

static void keep_private(struct page *p, struct response *res)
{
	p->layout.noindex = true;
	response_header(res, "Referrer-Policy", "no-referrer");
	response_header(res, "Cache-Control", "no-store");
	res->keeps_cache_header = true;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, struct asking *a, bool is_identity)
{
	struct page p;

	page_init(&p, c, req, res);
	p.layout.title = is_identity ? msg_ombudsman_identity_title(c->lang) : msg_ombudsman_title_ask(c->lang);
	keep_private(&p, res);
	page_begin(&p);
	if (is_identity)
		view_ombudsman_identity(&p.out, &a->p);
	else
		view_ombudsman_ask(&p.out, &a->p);
	return page_end(&p);
}

enum rc ombudsman_ask_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct asking a;

	TRY(begin(c, req, res, &a));
	return show(c, req, res, &a, false);
}

/* A refusal is shown where it happened; the rest is the dispatcher's. */
static enum rc refused(struct ctx *c, const struct request *req, struct response *res, struct asking *a, enum rc rc,
		       bool is_identity)
{
	struct err why = c->err;

	if (rc != RC_CONFLICT)
		return rc;
	public_problem_add(c, &a->p.problems, "isi", msg_text(c->lang, vocab_refusal(c->err.refusal)));
	res->status = error_page_status(rc);
	TRY(show(c, req, res, a, is_identity));
	c->err = why;
	return rc;
}

enum rc ombudsman_decline_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct asking a;

	TRY(begin(c, req, res, &a));
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &a, false);
	}
	enum rc rc = ombudsman_decline(c, a.p.code);
	if (rc != RC_OK)
		return refused(c, req, res, &a, rc, false);
	response_flash(c, res, MSG_ombudsman_flash_declined);
	return response_redirect(c, res, "/lacak/%s/ombudsman", a.p.code);
}

static const char *number_text(struct ctx *c, int n)
{
	return arena_printf(c->a, "%d", n);
}

enum rc ombudsman_identity_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct ombudsman_identity kept;
	struct asking a;

	TRY(begin(c, req, res, &a));
	if (a.p.shown.state == OMBUDSMAN_SENT)
		return response_redirect(c, res, "/lacak/%s/ombudsman", a.p.code);
	enum rc rc = ombudsman_typed(c, a.d.r.id, &kept);
	if (rc == RC_OK) {
		struct civil born = day_to_civil(kept.birth_on);

		a.p.name = kept.name;
		a.p.birth_place = kept.birth_place;
		a.p.day = number_text(c, born.day);
		a.p.month = number_text(c, born.month);
		a.p.year = number_text(c, born.year);
		a.p.occupation = kept.occupation;
		a.p.address = kept.address;
		a.p.identity_number = kept.number;
		a.p.contact = kept.contact;
		a.p.marital = kept.marital;
		a.p.has_disclose = kept.has_disclose;
		a.p.may_disclose = kept.may_disclose;
	} else if (rc != RC_NOT_FOUND) {
		return rc;
	}
	return show(c, req, res, &a, true);
}

static const char *typed(struct ctx *c, const struct request *req, const char *field, bool has_lines)
{
	const char *s = request_form(req, field);

	s = utf8_clean(c->a, s ? s : "", has_lines);
	return arena_strndup(c->a, s, utf8_prefix_bytes(s, KEPT_POINTS));
}

/* "05" is how people write a month. */
static bool part(const char *s, int64_t hi, int64_t *ret)
{
	return parse_int(*s == '0' ? s + 1 : s, 1, hi, ret);
}

static void read_birth(const struct ombudsman_ask_page *p, struct ombudsman_identity *who)
{
	int64_t d, m, y;

	if (!*p->day && !*p->month && !*p->year)
		return;
	who->birth_is_wrong = !part(p->day, 31, &d) || !part(p->month, 12, &m) || !parse_int(p->year, 1, 9999, &y) ||
			      !day_is_valid((int)y, (int)m, (int)d);
	if (!who->birth_is_wrong)
		who->birth_on = day_from_civil((int)y, (int)m, (int)d);
	who->has_birth = !who->birth_is_wrong;
}

/* What was typed goes to the page first: whatever is wrong, nothing is lost. */
static struct ombudsman_identity read_identity(struct ctx *c, const struct request *req, struct ombudsman_ask_page *p)
{
	const char *disclose = typed(c, req, "sebut_nama", false);

	p->name = typed(c, req, "nama", false);
	p->birth_place = typed(c, req, "tempat_lahir", false);
	p->day = typed(c, req, "tanggal_lahir_hari", false);
	p->month = typed(c, req, "tanggal_lahir_bulan", false);
	p->year = typed(c, req, "tanggal_lahir_tahun", false);
	p->occupation = typed(c, req, "pekerjaan", false);
	p->address = typed(c, req, "alamat", true);
	p->identity_number = typed(c, req, "nik", false);
	p->contact = typed(c, req, "kontak", false);
	if (!ombudsman_marital_parse(typed(c, req, "status_kawin", false), &p->marital))
		p->marital = MARITAL_NONE;
	p->may_disclose = strcmp(disclose, "boleh") == 0;
	p->has_disclose = p->may_disclose || strcmp(disclose, "tidak") == 0;
	struct ombudsman_identity who = {
		.name = p->name, .birth_place = p->birth_place, .occupation = p->occupation, .address = p->address,
		.marital = p->marital, .number = p->identity_number, .contact = p->contact,
		.has_disclose = p->has_disclose, .may_disclose = p->may_disclose,
	};
	read_birth(p, &who);
	return who;
}

static enum msg words_of(enum identity_error e)
{
	static const enum msg words[] = {
#define IDENTITY_ERROR(n, field) [IDENTITY_##n] = MSG_ombudsman_wrong_##n,
#include "core/ombudsman.def"
#undef IDENTITY_ERROR
	};
	return words[e];
}

enum rc ombudsman_identity_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct ombudsman_problems problems = { .n = 0 };
	struct asking a;
	enum rc rc;

	TRY(begin(c, req, res, &a));
	struct ombudsman_identity who = read_identity(c, req, &a.p);
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &a, true);
	}
	rc = ombudsman_agree(c, a.p.code, &who, &problems);
	if (problems.n > 0) {
		for (size_t i = 0; i < problems.n; i++)
			public_problem_add(c, &a.p.problems, ombudsman_error_field(problems.p[i]),
					   msg_text(c->lang, words_of(problems.p[i])));
		res->status = 422;
		return show(c, req, res, &a, true);
	}
	if (rc != RC_OK)
		return refused(c, req, res, &a, rc, true);
	response_flash(c, res, MSG_ombudsman_flash_agreed);
	return response_redirect(c, res, "/lacak/%s/ombudsman", a.p.code);
}

/* POST, so that neither the address nor a cache of the browser holds what is in it. Changes nothing. */
enum rc ombudsman_dossier_post(struct ctx *c, const struct request *req, struct response *res)
{
	const char *how = request_form(req, "bentuk"), *bundle;
	struct hash digest;
	struct asking a;

	TRY(begin(c, req, res, &a));
	TRY(ombudsman_bundle(c, a.d.r.id, &bundle, &digest));
	if (how && strcmp(how, "json") == 0)
		return dossier_page_file(c, res, a.p.number, bundle, &digest);
	return dossier_page_show(c, req, res, bundle, &digest, arena_printf(c->a, "/lacak/%s/ombudsman", a.p.code));
}
