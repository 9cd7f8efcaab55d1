/* SPDX-License-Identifier: Apache-2.0 */
#include "web/dossier_page.h"

#include <string.h>

#include "app/dossier.h"
#include "base/parse.h"
#include "core/clock.h"
#include "i18n/vocab.h"
#include "tmpl_dossier.h"
#include "web/clock_words.h"
#include "web/page.h"

static void keep_private(struct response *res)
{
	response_header(res, "Referrer-Policy", "no-referrer");
	response_header(res, "Cache-Control", "no-store");
	res->keeps_cache_header = true;
}

enum rc dossier_page_file(struct ctx *c, struct response *res, const char *number, const char *bundle,
			  const struct hash *digest)
{
	response_json(res, 200);
	buf_str(&res->body, dossier_file(c->a, bundle, digest));
	/* Numbers of reports are digits and a hyphen. */
	response_header(res, "Content-Disposition",
			arena_printf(c->a, "attachment; filename=\"berkas-ombudsman-%s.json\"", number));
	keep_private(res);
	return RC_OK;
}

/* The bundle being told; texts point into the tree. */
struct teller {
	struct ctx *c;
	const struct json_tree *t;
	struct dossier_page *p;
};

static int64_t int_of(const struct json_tree *o, const char *key)
{
	int64_t v = 0;

	return json_tree_int(o, key, &v) ? v : 0;
}

static struct instant moment_of(const struct json_tree *o, const char *key)
{
	const char *text = json_tree_text(o, key);
	struct instant t = { 0 };

	return text && instant_parse(text, &t) ? t : (struct instant){ 0 };
}

struct pairs {
	struct dossier_pair *p;
	size_t n;
};

static void add(struct pairs *l, const char *name, const char *value)
{
	if (value && *value)
		l->p[l->n++] = (struct dossier_pair){ name, value };
}

static const char *day_words(struct ctx *c, const char *iso)
{
	struct day d;
	struct buf b;
	const char *text;

	if (!iso || !day_parse(iso, &d))
		return iso;
	buf_init(&b, 256);
	msg_pub_day(&b, c->lang, ZONE_WIB, d);
	text = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return text;
}

static const char *marital_words(struct ctx *c, const char *word)
{
	static const enum msg words[] = { [MARITAL_SINGLE] = MSG_marital_belum_kawin, [MARITAL_MARRIED] = MSG_marital_kawin,
					  [MARITAL_DIVORCED] = MSG_marital_cerai_hidup,
					  [MARITAL_WIDOWED] = MSG_marital_cerai_mati };
	enum marital m;

	return word && ombudsman_marital_parse(word, &m) ? msg_text(c->lang, words[m]) : word;
}

static void tell_reporter(const struct teller *x)
{
	const struct json_tree *o = json_tree_get(x->t, "reporter");
	struct pairs l = { .p = arena_new_many(x->c->a, struct dossier_pair, 8) };
	enum lang lang = x->c->lang;

	add(&l, msg_ombudsman_name(lang), json_tree_text(o, "full_name"));
	add(&l, msg_ombudsman_birth_place(lang), json_tree_text(o, "birth_place"));
	add(&l, msg_ombudsman_birth_date(lang), day_words(x->c, json_tree_text(o, "birth_date")));
	add(&l, msg_ombudsman_marital(lang), marital_words(x->c, json_tree_text(o, "marital_status")));
	add(&l, msg_ombudsman_occupation(lang), json_tree_text(o, "occupation"));
	add(&l, msg_ombudsman_address(lang), json_tree_text(o, "full_address"));
	add(&l, msg_ombudsman_number(lang), json_tree_text(o, "identity_number"));
	add(&l, msg_ombudsman_contact(lang), json_tree_text(o, "contact"));
	x->p->reporter = l.p;
	x->p->n_reporter = l.n;
	x->p->may_disclose = json_tree_bool(o, "may_disclose_name");
}

static const char *kind_words(struct ctx *c, const char *word)
{
	enum kind k;

	return word && kind_parse(word, &k) ? msg_text(c->lang, vocab_kind(k)) : word;
}

static const char *class_words(struct ctx *c, const char *word)
{
	enum class_ k;

	return word && class_parse(word, &k) ? msg_text(c->lang, vocab_class(k)) : word;
}

static const char *sifat_words(struct ctx *c, const char *word)
{
	enum visibility v;

	return word && visibility_parse(word, &v) ? msg_text(c->lang, vocab_visibility(v)) : word;
}

static void tell_report(const struct teller *x)
{
	const struct json_tree *o = json_tree_get(x->t, "report");
	struct pairs l = { .p = arena_new_many(x->c->a, struct dossier_pair, 8) };
	struct dossier_page *p = x->p;
	enum lang lang = x->c->lang;

	p->number = json_tree_text(o, "number");
	p->title = json_tree_text(o, "title");
	p->body = json_tree_text(o, "body");
	p->received_at = moment_of(o, "received_at");
	add(&l, msg_dossier_agency(lang), json_tree_text(x->t, "agency_complained_of"));
	add(&l, msg_dossier_kind(lang), kind_words(x->c, json_tree_text(o, "kind")));
	add(&l, msg_dossier_class(lang), class_words(x->c, json_tree_text(o, "class")));
	add(&l, msg_dossier_category(lang), json_tree_text(o, "category"));
	add(&l, msg_dossier_visibility(lang), sifat_words(x->c, json_tree_text(o, "visibility")));
	add(&l, msg_dossier_happened(lang), day_words(x->c, json_tree_text(o, "happened_on")));
	add(&l, msg_dossier_region(lang), json_tree_text(o, "region"));
	add(&l, msg_dossier_place(lang), json_tree_text(o, "place"));
	p->report = l.p;
	p->n_report = l.n;
}

static void tell_stays(const struct teller *x)
{
	const struct json_tree *list = json_tree_get(x->t, "held_by");
	size_t n = json_tree_count(list);
	struct dossier_stay *all = arena_new_many(x->c->a, struct dossier_stay, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct json_tree *o = json_tree_at(list, i);

		all[i] = (struct dossier_stay){ json_tree_text(o, "office"), moment_of(o, "from"), moment_of(o, "until") };
	}
	x->p->stays = all;
	x->p->n_stays = n;
}

static const char *note_words(struct ctx *c, const struct json_tree *o)
{
	enum msg reason = vocab_reason(json_tree_text(o, "reason"));
	const char *note = json_tree_text(o, "note");

	if (reason == MSG_NONE)
		return note;
	if (!note || !*note)
		return msg_text(c->lang, reason);
	return arena_printf(c->a, "%s: %s", msg_text(c->lang, reason), note);
}

static void tell_events(const struct teller *x)
{
	const struct json_tree *list = json_tree_get(x->t, "events");
	size_t n = json_tree_count(list);
	struct dossier_event *all = arena_new_many(x->c->a, struct dossier_event, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct json_tree *o = json_tree_at(list, i);
		const char *office = json_tree_text(o, "office");
		enum action action = (enum action)int_of(o, "action");

		all[i] = (struct dossier_event){
			.seq = int_of(o, "seq"), .at = { int_of(o, "at_ms") },
			.what = msg_text(x->c->lang, vocab_action(action)),
			.office = office ? office : msg_text(x->c->lang, vocab_role((enum role)int_of(o, "role"))),
			.to = json_tree_text(o, "to_office"), .note = note_words(x->c, o), .hash = json_tree_text(o, "hash"),
			.is_withheld = json_tree_bool(o, "withheld"),
		};
	}
	x->p->events = all;
	x->p->n_events = n;
}

static void read_holidays(struct ctx *c, const struct json_tree *list, struct clock_explanation *e)
{
	struct holiday *all = arena_new_many(c->a, struct holiday, CLOCK_HOLIDAYS_MAX);
	size_t n = json_tree_count(list);

	for (size_t i = 0; i < n && i < CLOCK_HOLIDAYS_MAX; i++) {
		const struct json_tree *o = json_tree_at(list, i);
		const char *on = json_tree_text(o, "on"), *name = json_tree_text(o, "name");

		if (!on || !name || !day_parse(on, &all[i].on))
			continue;
		all[i].name = name;
		e->holidays[e->n_holidays++] = &all[i];
	}
}

static struct dossier_clock clock_of(struct ctx *c, const struct json_tree *o)
{
	enum zone z = calendar_zone(c->calendar);
	const struct clock k = {
		.kind = (enum clock_kind)int_of(o, "kind"), .started_at = { int_of(o, "started_ms") },
		.limit = { (int)int_of(o, "limit"), (enum limit_unit)int_of(o, "unit") }, .rule = json_tree_text(o, "rule"),
		.due_at = { int_of(o, "due_ms") }, .paused_at = { int_of(o, "paused_ms") },
		.paused_wd = (int)int_of(o, "paused_workdays"), .ended_at = { int_of(o, "ended_ms") },
	};
	struct clock_explanation e = {
		.start_on = instant_day(k.started_at, z), .due_on = instant_day(k.due_at, z), .limit = k.limit,
		.paused_wd = k.paused_wd, .weekend_days = (int)int_of(o, "weekend_days"),
		.free_weekdays = (int)int_of(o, "free_weekdays"), .rule = k.rule ? k.rule : "",
		.provisional = json_tree_bool(o, "provisional"),
	};

	read_holidays(c, json_tree_get(o, "holidays"), &e);
	return (struct dossier_clock){ .name = msg_text(c->lang, vocab_clock(k.kind)), .due_on = e.due_on,
				       .was_missed = json_tree_bool(o, "missed"),
				       .sentence = clock_words_explained(c, &k, &e) };
}

static void tell_clocks(const struct teller *x)
{
	const struct json_tree *list = json_tree_get(x->t, "clocks");
	size_t n = json_tree_count(list);
	struct dossier_clock *all = arena_new_many(x->c->a, struct dossier_clock, n + 1);

	for (size_t i = 0; i < n; i++)
		all[i] = clock_of(x->c, json_tree_at(list, i));
	x->p->clocks = all;
	x->p->n_clocks = n;
}

static void tell_files(const struct teller *x)
{
	const struct json_tree *list = json_tree_get(x->t, "attachments");
	size_t n = json_tree_count(list);
	struct dossier_file *all = arena_new_many(x->c->a, struct dossier_file, n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct json_tree *o = json_tree_at(list, i);

		all[i] = (struct dossier_file){ json_tree_text(o, "name"), json_tree_text(o, "digest"), int_of(o, "bytes") };
	}
	x->p->files = all;
	x->p->n_files = n;
}

enum rc dossier_page_show(struct ctx *c, const struct request *req, struct response *res, const char *bundle,
			  const struct hash *digest, const char *back)
{
	struct json_tree *t = json_tree_parse(bundle, strlen(bundle));
	char *hex = arena_alloc(c->a, 2 * HASH_BYTES + 1);
	struct dossier_page d = { .digest = hex, .back_href = back };
	const struct teller x = { c, t, &d };
	struct page p;
	enum rc rc;

	if (!t)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "a dossier cannot be read");
	parse_hex_encode(digest->b, HASH_BYTES, hex);
	d.made_at = (struct instant){ int_of(t, "made_ms") };
	d.government = json_tree_text(t, "government");
	tell_reporter(&x);
	tell_report(&x);
	tell_stays(&x);
	tell_events(&x);
	tell_clocks(&x);
	tell_files(&x);
	page_init(&p, c, req, res);
	p.layout.title = arena_printf(c->a, "%s %s", msg_dossier_title(c->lang), d.number);
	p.layout.noindex = true;
	p.layout.here = back;
	p.layout.lang_href = layout_lang_href(c->a, back, "", layout_other_lang(c->lang));
	keep_private(res);
	page_begin(&p);
	view_dossier(&p.out, &d);
	rc = page_end(&p);
	json_tree_free(t);
	return rc;
}
