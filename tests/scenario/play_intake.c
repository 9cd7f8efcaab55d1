/* SPDX-License-Identifier: Apache-2.0
 * play_intake - what did not come by LAPOR!, as sentences: registered, checked, handed over, refused, entered, counted up.
 */
#include <stdio.h>
#include <string.h>

#include "app/intake.h"
#include "base/parse.h"
#include "play.h"
#include "query_intake.h"

#define ANSWER "Sudah diperbaiki sebelum laporan dimasukkan."

static bool has(const struct sentence *s, const char *word)
{
	for (int i = 0; i < s->n; i++)
		if (!s->quoted[i] && strcmp(s->word[i], word) == 0)
			return true;
	return false;
}

const struct world_intake *play_intake_named(const struct world *w, const char *name)
{
	for (size_t i = 0; i < w->n_intakes; i++)
		if (strcmp(w->intakes[i].name, name) == 0)
			return &w->intakes[i];
	return NULL;
}

static struct submit_in report_of(const struct sentence *s)
{
	struct submit_in in = { .kind = KIND_COMPLAINT, .visibility = VISIBILITY_OPEN, .channel = CHANNEL_LETTER,
				.title = play_quoted(s), .body = WORLD_BODY, .name = WORLD_CITIZEN_NAME,
				.email = has(s, "without") ? NULL : WORLD_CITIZEN_MAIL };

	for (int i = 3; i < s->n; i++)
		if (!s->quoted[i])
			(void)visibility_parse(s->word[i], &in.visibility);
	return in;
}

static bool find_sop(struct world *w, const char *word, struct sop_id *ret)
{
	for (size_t i = 0; w->sops && i < w->sops->book_n; i++)
		if (strcmp(w->sops->books[i].sop->id, word) == 0) {
			*ret = w->sops->books[i].id;
			return true;
		}
	return world_fail(w, "%s is not installed", word);
}

/* tim registers P1 "title" [by surat] [on 2025-03-25] [under tjt-25] [as rahasia] [without mail] [settled] [key K] */
static bool registers(struct world *w, const struct sentence *s, struct ctx *c)
{
	const char *by = play_after(s, "by"), *on = play_after(s, "on"), *under = play_after(s, "under");
	struct intake_in in = { .report = report_of(s), .received_on = { DAY_NONE },
				.answer = has(s, "settled") ? ANSWER : NULL };
	struct world_intake *i = &w->intakes[w->n_intakes];
	struct intake_out out;

	in.report.idempotency_key = play_after(s, "key");
	if (w->n_intakes == WORLD_INTAKES_MAX || play_intake_named(w, play_word(s, 2)))
		return world_fail(w, "%s exists already, or too many intakes", play_word(s, 2));
	if (by && !channel_parse(by, &in.report.channel))
		return world_fail(w, "no channel \"%s\"", by);
	if (on && !day_parse(on, &in.received_on))
		return world_fail(w, "no day: %s", on);
	if (under && !find_sop(w, under, &in.sop))
		return false;
	w->rc = intake_register(c, &in, &out, &w->problems);
	w->err = c->err;
	if (w->rc != RC_OK)
		return true;
	w->n_intakes++;
	snprintf(i->name, sizeof(i->name), "%s", play_word(s, 2));
	snprintf(i->number, sizeof(i->number), "%s", out.number);
	return true;
}

/* mekar-jaya enters P1 as R1 [in lampu-jalan] [settled] */
static bool enters(struct world *w, const struct sentence *s, struct ctx *c, const struct world_intake *i)
{
	const char *as = play_after(s, "as"), *category = play_after(s, "in");
	struct world_report *r = &w->reports[w->n_reports];
	struct intake_page_row page;
	struct submit_out out;

	if (!as || w->n_reports == WORLD_REPORTS_MAX || world_report(w, as))
		return world_fail(w, "as which report?");
	if (q_intake_page(w->db, w->a, i->number, &page) != RC_OK)
		return world_fail(w, "no intake");
	struct submit_in in = { .kind = page.kind, .visibility = page.visibility, .title = page.title, .body = page.body,
				.name = page.name, .email = page.email, .phone = page.phone };
	if (category && !world_category(w, category, &in.category))
		return false;
	w->rc = intake_enter(c, i->number, -1, &in, has(s, "settled") ? ANSWER : NULL, &out, &w->problems);
	w->err = c->err;
	if (w->rc != RC_OK)
		return true;
	w->n_reports++;
	*r = (struct world_report){ .id = out.report };
	snprintf(r->name, sizeof(r->name), "%s", as);
	memcpy(r->number, out.number, sizeof(r->number));
	memcpy(r->code, out.code, sizeof(r->code));
	return true;
}

static bool read_month(struct world *w, const char *text, int *ret)
{
	int64_t year, month;

	if (strlen(text) != 7 || !parse_int_n(text, 4, 2000, 2100, &year) || !parse_int(text + 5, 1, 12, &month))
		return world_fail(w, "no month: %s", text);
	*ret = (int)(year * 12 + month - 1);
	return true;
}

/* pu recaps 2025-04 */
static bool recaps(struct world *w, const struct sentence *s, struct ctx *c)
{
	int month;

	if (!read_month(w, play_word(s, 2), &month))
		return false;
	w->rc = intake_recap(c, month);
	w->err = c->err;
	return true;
}

bool play_intake_is(const struct world *w, const struct sentence *s)
{
	const char *verb = play_word(s, 1);

	return strcmp(verb, "registers") == 0 || strcmp(verb, "recaps") == 0 || play_intake_named(w, play_word(s, 2)) != NULL;
}

bool play_intake(struct world *w, const struct sentence *s, struct ctx *c)
{
	const struct world_intake *i = play_intake_named(w, play_word(s, 2));
	const char *verb = play_word(s, 1);
	bool all = !has(s, "unchecked");

	if (strcmp(verb, "registers") == 0)
		return registers(w, s, c);
	if (strcmp(verb, "recaps") == 0)
		return recaps(w, s, c);
	if (strcmp(verb, "enters") == 0)
		return enters(w, s, c, i);
	if (strcmp(verb, "checks") == 0)
		w->rc = intake_verify(c, i->number, -1, true, true, all);
	else if (strcmp(verb, "hands-over") == 0)
		w->rc = intake_hand_over(c, i->number, -1);
	else if (strcmp(verb, "refuses") == 0)
		w->rc = intake_refuse(c, i->number, -1, play_after(s, "because"), play_quoted(s));
	else
		return world_fail(w, "nobody \"%s\" an intake", verb);
	w->err = c->err;
	return true;
}

static bool same(struct world *w, const char *what, const char *is, const char *wanted)
{
	return strcmp(is, wanted) == 0 || world_fail(w, "%s is %s, not %s", what, is, wanted);
}

/* due 2025-04-09, due 2025-04-09 10:15, due none */
static bool same_due(struct world *w, struct instant due, const struct sentence *s)
{
	struct civil v = instant_civil(due, calendar_zone(w->calendar));
	char day[11] = "none", time[6];

	if (instant_is_set(due))
		day_format(instant_day(due, calendar_zone(w->calendar)), day);
	snprintf(time, sizeof(time), "%02u:%02u", (unsigned)v.hour % 100U, (unsigned)v.minute % 100U);
	return same(w, "the deadline", day, play_word(s, 3)) &&
	       (!*play_word(s, 4) || same(w, "its hour", time, play_word(s, 4)));
}

static bool same_seen(struct world *w, const struct intake_page_row *r, const struct sentence *s)
{
	bool wanted = strcmp(play_word(s, 2), "seen") == 0;
	struct ctx c;

	if (!world_ctx(w, play_word(s, 4), &c))
		return false;
	bool sees = intake_is_seen(r->level, r->state, c.who.role, c.who.agency.v == r->agency_id.v);
	return sees == wanted || world_fail(w, "%s %s it", play_word(s, 4), sees ? "sees" : "does not see");
}

static bool same_late(struct world *w, struct intake_id id, const char *wanted)
{
	int64_t row[4] = { 0 };
	char n[8];

	if (!world_query(w, "SELECT count(*), 0, 0, 0 FROM intake_event WHERE intake_id = ?1 AND was_late = 1",
			 (int64_t[2]){ id.v }, row))
		return false;
	snprintf(n, sizeof(n), "%d", (int)row[0]);
	return same(w, "late steps", n, wanted);
}

bool play_expect_intake(struct world *w, const struct sentence *s)
{
	const struct world_intake *i = play_intake_named(w, play_word(s, 1));
	const char *what = play_word(s, 2), *wanted = play_word(s, 3);
	struct intake_page_row r;

	if (q_intake_page(w->db, w->a, i->number, &r) != RC_OK)
		return world_fail(w, "no row");
	const struct sop_book *book = sop_shelf_find(w->sops, r.sop_id);
	if (strcmp(what, "state") == 0)
		return same(w, "the state", intake_state_word(r.state), wanted);
	if (strcmp(what, "step") == 0)
		return same(w, "the step", book && r.sop_step > 0 ? book->sop->steps[r.sop_step - 1].id : "none", wanted);
	if (strcmp(what, "under") == 0)
		return same(w, "the SOP", book ? book->sop->id : "none", wanted);
	if (strcmp(what, "due") == 0)
		return same_due(w, r.due_at, s);
	if (strcmp(what, "late") == 0)
		return same_late(w, r.id, wanted);
	if (strcmp(what, "seen") == 0 || strcmp(what, "hidden") == 0)
		return same_seen(w, &r, s);
	if (strcmp(what, "contact") == 0)
		return same(w, "the contact", r.name || r.email ? "here" : "gone", wanted);
	return world_fail(w, "expect what of %s?", i->name);
}

/* expect recap 2025-04 of pu received 2 */
bool play_expect_recap(struct world *w, const struct sentence *s)
{
	static const char *const columns[] = { "received", "entered", "settled", "refused", "waiting", "disposed", "late" };
	const char *of = play_after(s, "of"), *what = play_word(s, 5);
	struct agency_id agency;
	enum level level;
	int64_t row[4] = { 0 };
	bool known = false;
	int month;
	char n[16];

	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		known = known || strcmp(columns[i], what) == 0;
	if (!known || !of || !world_agency(w, of, &agency, &level) || !read_month(w, play_word(s, 2), &month))
		return known ? false : world_fail(w, "no figure %s", what);
	(void)world_query(w, arena_printf(w->a, "SELECT %s, 0, 0, 0 FROM intake_recap WHERE agency_id = ?1 AND month = ?2 AND channel = 0",
					  what), (int64_t[2]){ agency.v, month }, row);
	snprintf(n, sizeof(n), "%lld", (long long)row[0]);
	return same(w, what, n, play_word(s, 6));
}
