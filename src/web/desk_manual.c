/* SPDX-License-Identifier: Apache-2.0
 * desk_manual - /meja/manual: what came by letter, telephone, counter or social media is written down by an officer and
 * goes the same way as every report (SOP tjt-21#4, tjt-22#4, tjt-25#4).
 */
#include <string.h>

#include "app/submit.h"
#include "base/parse.h"
#include "base/rand.h"
#include "core/ticket.h"
#include "core/transition.h"
#include "i18n/vocab.h"
#include "tmpl_office_intake.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/page.h"

#define KEY_BYTES 16
#define DATE_PART_MAX 4

/* The form as it was sent. */
struct intake {
	struct submit_in in;
	const char *key, *day, *month, *year;
	struct field_problems problems;
};

static const enum channel channels[] = {
	CHANNEL_COUNTER, CHANNEL_HOTLINE, CHANNEL_LETTER, CHANNEL_WHATSAPP, CHANNEL_SMS, CHANNEL_EMAIL,
	CHANNEL_INSTAGRAM, CHANNEL_FACEBOOK, CHANNEL_X, CHANNEL_OTHER_WEB,
};
static const enum kind kinds[] = { KIND_COMPLAINT, KIND_ASPIRATION, KIND_INFORMATION };

static bool is_offered(enum channel ch)
{
	for (size_t i = 0; i < ARRAY_LEN(channels); i++)
		if (channels[i] == ch)
			return true;
	return false;
}

static struct desk_options channel_options(struct ctx *c, enum channel selected)
{
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(channels); i++)
		desk_parts_add(&o, channel_word(channels[i]), msg_text(c->lang, vocab_channel(channels[i])),
			       channels[i] == selected, false);
	return desk_parts_options(&o);
}

static struct desk_options kind_options(struct ctx *c, enum kind selected)
{
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		desk_parts_add(&o, kind_word(kinds[i]), msg_text(c->lang, vocab_kind(kinds[i])), kinds[i] == selected, false);
	return desk_parts_options(&o);
}

static struct intake read_intake(struct ctx *c, const struct request *req)
{
	struct form_read f = form_read_begin(c, req);
	struct intake s = { .in = { .channel = CHANNEL_COUNTER } };

	s.key = form_read_text(&f, "kunci_idempotensi", 0, 2 * KEY_BYTES);
	s.day = form_read_text(&f, "tanggal_kejadian_hari", 0, DATE_PART_MAX);
	s.month = form_read_text(&f, "tanggal_kejadian_bulan", 0, DATE_PART_MAX);
	s.year = form_read_text(&f, "tanggal_kejadian_tahun", 0, DATE_PART_MAX);
	s.in.title = form_read_raw(&f, "judul");
	s.in.body = form_read_raw(&f, "isi");
	s.in.place = form_read_raw(&f, "lokasi");
	s.in.region_code = form_read_raw(&f, "kode_wilayah");
	s.in.name = form_read_raw(&f, "nama");
	s.in.email = form_read_raw(&f, "surel");
	s.in.phone = form_read_raw(&f, "telepon");
	s.in.category.v = form_read_id(&f, "kategori");
	s.in.happened_on = form_read_day(&f, "tanggal_kejadian");
	s.in.has_happened_on = s.in.happened_on.n != DAY_NONE;
	if (!channel_parse(form_read_raw(&f, "kanal"), &s.in.channel) || !is_offered(s.in.channel))
		field_problem_add(&f.problems, "kanal", FIELD_NOT_A_CHOICE);
	if (!kind_parse(form_read_raw(&f, "jenis"), &s.in.kind))
		s.in.kind = KIND_NONE;
	if (!visibility_parse(form_read_raw(&f, "sifat"), &s.in.visibility))
		s.in.visibility = VISIBILITY_NONE;
	/* One key per form that was given out, and never another officer's. */
	if (*s.key)
		s.in.idempotency_key = arena_printf(c->a, "manual:%lld:%s", (long long)c->who.account.v, s.key);
	s.problems = f.problems;
	return s;
}

static const char **error_slot(struct intake_page *p, const char *field)
{
	const struct {
		const char *field, **slot;
	} slots[] = {
		{ "kanal", &p->error.channel }, { "jenis", &p->error.kind }, { "judul", &p->error.title },
		{ "isi", &p->error.body }, { "tanggal_kejadian", &p->error.date }, { "lokasi", &p->error.place },
		{ "sifat", &p->error.visibility }, { "nama", &p->error.name }, { "telepon", &p->error.phone },
		{ "surel", &p->error.email },
	};

	for (size_t i = 0; i < ARRAY_LEN(slots); i++)
		if (strcmp(slots[i].field, field) == 0)
			return slots[i].slot;
	return &p->problem;
}

static void fill_errors(struct ctx *c, const struct field_problems *problems, struct intake_page *p)
{
	for (size_t i = 0; i < problems->n; i++) {
		const char **slot = error_slot(p, problems->p[i].field);

		if (!*slot)
			*slot = msg_text(c->lang, vocab_field_error(problems->p[i].error));
	}
	p->n_errors = problems->n;
}

static const char *fresh_key(struct ctx *c)
{
	unsigned char secret[KEY_BYTES];
	char *key = arena_alloc(c->a, 2 * KEY_BYTES + 1);

	rand_secret(secret, sizeof(secret));
	parse_hex_encode(secret, sizeof(secret), key);
	return key;
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct intake *s,
		    const char *problem)
{
	const char *region = s->in.region_code ? s->in.region_code : "";
	struct intake_page in = {
		.csrf = csrf_token(c, req, res),
		.key = s->key && *s->key ? s->key : fresh_key(c),
		.channels = channel_options(c, s->in.channel), .kinds = kind_options(c, s->in.kind),
		.title = s->in.title, .body = s->in.body, .place = s->in.place,
		.name = s->in.name, .email = s->in.email, .phone = s->in.phone,
		.day = s->day, .month = s->month, .year = s->year,
		.visibility = s->in.visibility, .problem = problem,
	};
	struct page p;

	TRY(desk_parts_categories(c, msg_desk_choose(c->lang), s->in.category.v, &in.categories));
	TRY(desk_parts_regions(c, msg_desk_choose(c->lang), region, &in.regions));
	fill_errors(c, &s->problems, &in);
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_title(c->lang);
	p.layout.nav = NAV_MANUAL;
	page_begin(&p);
	view_intake(&p.out, &in);
	return page_end(&p);
}

static bool may_take_in(const struct ctx *c)
{
	return transition_find(ACT_SUBMIT, STATE_NONE, c->who.role) != NULL;
}

enum rc desk_manual_get(struct ctx *c, const struct request *req, struct response *res)
{
	if (!may_take_in(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	return show(c, req, res, &(struct intake){ .in = { .channel = CHANNEL_COUNTER, .kind = KIND_COMPLAINT } }, NULL);
}

/* Number and code, once: the code is in no address and no cookie. */
static enum rc show_done(struct ctx *c, const struct request *req, struct response *res, const struct submit_out *out)
{
	char *code = arena_alloc(c->a, 16);
	struct intake_done done = {
		.number = out->number, .code = code, .may_open = c->who.role == ROLE_NATIONAL_ADMIN };
	struct page p;

	ticket_code_show(out->code, code);
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_done(c->lang);
	p.layout.nav = NAV_MANUAL;
	page_begin(&p);
	view_intake_done(&p.out, &done);
	return page_end(&p);
}

enum rc desk_manual_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct intake s = read_intake(c, req);
	struct field_problems refused = { .n = 0 };
	struct submit_out out;
	enum rc rc;

	if (!may_take_in(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &s, msg_text(c->lang, MSG_refusal_form_expired));
	}
	/* What does not read is not sent: a date that is none must not become "no date". */
	if (s.problems.n > 0) {
		res->status = 422;
		return show(c, req, res, &s, NULL);
	}
	rc = submit_report(c, &s.in, &out, &refused);
	if (rc == RC_INVALID) {
		s.problems = refused;
		res->status = 422;
		return show(c, req, res, &s, refused.n > 0 ? NULL : desk_parts_refusal(c));
	}
	return rc == RC_OK ? show_done(c, req, res, &out) : rc;
}
