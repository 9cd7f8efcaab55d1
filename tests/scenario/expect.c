/* SPDX-License-Identifier: Apache-2.0
 * expect - what a sentence demands of the world. "expect refused" is the runner's, because it belongs to the deed before.
 */
#include <stdio.h>
#include <string.h>

#include "base/parse.h"
#include "core/access.h"
#include "play.h"
#include "query_event.h"
#include "query_outbox.h"
#include "query_report.h"

static bool same_word(struct world *w, const char *what, const char *is, const char *wanted)
{
	if (is && strcmp(is, wanted) == 0)
		return true;
	return world_fail(w, "%s is %s, not %s", what, is ? is : "nothing", wanted);
}

static bool same_number(struct world *w, const char *what, int64_t is, const char *wanted)
{
	int64_t n;

	if (!parse_int(wanted, -1000000, 1000000, &n))
		return world_fail(w, "%s: no number: %s", what, wanted);
	return is == n || world_fail(w, "%s is %lld, not %lld", what, (long long)is, (long long)n);
}

static bool same_day(struct world *w, const char *what, struct instant is, const char *wanted)
{
	char text[11] = "none";

	if (instant_is_set(is))
		day_format(instant_day(is, calendar_zone(w->calendar)), text);
	return same_word(w, what, text, wanted);
}

const char *play_slug(struct agency_id id)
{
	static const char *const slugs[] = { "nobody", "nasional", "mekar-jaya", "kab-lain", "pu", "dinkes", "dinas-lain",
					     "bidang-jalan", "bidang-air" };
	return id.v >= 0 && id.v < (int64_t)ARRAY_LEN(slugs) ? slugs[id.v] : "somebody";
}

/* due_at, paused_at, ended_at, was_missed */
bool play_expect_clock_row(struct world *w, const char *what, const char *how, const char *day, const char *time,
			   const int64_t row[4], bool any)
{
	struct instant due = { row[0] };

	if (strcmp(how, "none") == 0)
		return !any || world_fail(w, "there is a clock %s", what);
	if (!any)
		return world_fail(w, "there is no clock %s", what);
	if (strcmp(how, "ended") == 0)
		return row[2] != 0 || world_fail(w, "clock %s still runs", what);
	if (strcmp(how, "late") == 0)
		return row[3] == 1 || world_fail(w, "clock %s was not missed", what);
	if (strcmp(how, "in-time") == 0)
		return row[3] == 0 || world_fail(w, "clock %s was missed", what);
	if (row[2] != 0)
		return world_fail(w, "clock %s has ended", what);
	if (strcmp(how, "paused") == 0)
		return row[1] != 0 || world_fail(w, "clock %s is not paused", what);
	if (*time) {
		struct civil at = instant_civil(due, calendar_zone(w->calendar));
		char text[16];

		snprintf(text, sizeof(text), "%02d:%02d", at.hour, at.minute);
		if (!same_word(w, what, text, time))
			return false;
	}
	return same_day(w, what, due, day);
}

/* expect R1 clock penyelesaian due 2025-04-10 | paused | ended | late | in-time | none */
static bool expect_clock(struct world *w, const struct world_report *r, const struct sentence *s)
{
	const char *word = play_word(s, 3);
	int64_t kind = 0, row[4] = { 0 };

	if (strcmp(word, clock_kind_word(CLOCK_STEP)) == 0)
		return play_expect_step_clock(w, r, s);
	for (int k = CLOCK_VERIFY; k <= CLOCK_OMBUDSMAN; k++)
		if (strcmp(clock_kind_word((enum clock_kind)k), word) == 0)
			kind = k;
	if (kind == 0)
		return world_fail(w, "no clock \"%s\"", word);
	bool any = world_query(w, "SELECT due_at, coalesce(paused_at, 0), coalesce(ended_at, 0), was_missed FROM clock "
				  "WHERE report_id = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT 1",
			       (int64_t[2]){ r->id.v, kind }, row);
	return play_expect_clock_row(w, word, play_word(s, 4), play_word(s, 5), "", row, any);
}

static bool expect_last(struct world *w, const struct world_report *r, const char *wanted)
{
	struct event_chain_row *rows;
	size_t n;

	if (q_event_chain(w->db, w->a, r->id, &rows, &n) != RC_OK || n == 0)
		return world_fail(w, "no events");
	return same_word(w, "the reason", rows[n - 1].reason, wanted);
}

/* expect R1 last recount ["its note"] */
static bool expect_last_event(struct world *w, const struct world_report *r, const struct sentence *s)
{
	struct event_chain_row *rows;
	size_t n;

	if (q_event_chain(w->db, w->a, r->id, &rows, &n) != RC_OK || n == 0)
		return world_fail(w, "no events");
	return same_word(w, "the last event", action_word(rows[n - 1].action), play_word(s, 3)) &&
	       (!play_quoted(s) || same_word(w, "its note", rows[n - 1].note, play_quoted(s)));
}

/* Can this person see it at all, as pages ask? */
static bool expect_seen(struct world *w, const struct world_report *r, const struct report_lock_row *row,
			const struct sentence *s)
{
	const struct access_report ar = { row->state, row->class, row->visibility, row->is_public, row->is_blocked,
					  row->holder_id, row->agency_id, row->opd_id, row->unit_id };
	bool wanted = strcmp(play_word(s, 2), "seen") == 0;
	struct ctx c;

	(void)r;
	if (!world_ctx(w, play_word(s, 4), &c))
		return false;
	const struct access_person p = { c.who.role, c.who.agency, strcmp(play_word(s, 4), "citizen") == 0 };
	bool sees = (access_to(&ar, &p) & ACCESS_SEE) != 0;
	return sees == wanted || world_fail(w, "%s %s it", play_word(s, 4), sees ? "sees" : "does not see");
}

static bool expect_text(struct world *w, const struct world_report *r, const struct sentence *s)
{
	struct report_texts_row t;
	bool original = strcmp(play_word(s, 2), "original") == 0;

	if (q_report_texts(w->db, w->a, r->id, &t) != RC_OK)
		return world_fail(w, "no texts");
	return same_word(w, "the title", original ? t.title : t.public_title, play_quoted(s));
}

static bool expect_report(struct world *w, const struct world_report *r, const struct sentence *s)
{
	const char *what = play_word(s, 2), *wanted = play_word(s, 3);
	struct report_lock_row row;
	int64_t more[4];

	if (q_report_lock(w->db, w->a, r->id, &row) != RC_OK ||
	    !world_query(w, "SELECT coalesce(due_at, 0), 0, 0, 0 FROM report WHERE id = ?1",
			 (int64_t[2]){ r->id.v }, more))
		return world_fail(w, "no row");
	if (strcmp(what, "state") == 0)
		return same_word(w, "the state", state_word(row.state), wanted);
	if (strcmp(what, "queue") == 0)
		return same_word(w, "the queue", queue_word(row.queue), wanted);
	if (strcmp(what, "with") == 0)
		return same_word(w, "the holder", play_slug(row.holder_id), wanted);
	if (strcmp(what, "due") == 0)
		return same_day(w, "the deadline", (struct instant){ more[0] }, wanted);
	if (strcmp(what, "clock") == 0)
		return expect_clock(w, r, s);
	if (strcmp(what, "explains") == 0)
		return play_expect_explained(w, s, r);
	if (strcmp(what, "ombudsman") == 0 || strcmp(what, "dossier") == 0)
		return play_expect_ombudsman(w, s, r);
	if (strcmp(what, "step") == 0)
		return play_expect_step(w, r, wanted);
	if (strcmp(what, "sop") == 0)
		return play_expect_version(w, r, s);
	if (strcmp(what, "last") == 0)
		return expect_last_event(w, r, s);
	if (strcmp(what, "arbitrated") == 0)
		return row.is_arbitrated || world_fail(w, "nobody has decided");
	if (strcmp(what, "transfers") == 0)
		return same_number(w, "transfers", row.transfers, wanted);
	if (strcmp(what, "rating") == 0)
		return same_number(w, "the rating", row.rating, wanted);
	if (strcmp(what, "public") == 0)
		return row.is_public || world_fail(w, "it is not public");
	if (strcmp(what, "not") == 0)
		return !row.is_public || world_fail(w, "it is public");
	if (strcmp(what, "flagged") == 0)
		return row.is_escalated || world_fail(w, "it is not flagged");
	if (strcmp(what, "closer") == 0)
		return same_word(w, "the closer", row.closer ? closer_word(row.closer) : NULL, wanted);
	if (strcmp(what, "sifat") == 0)
		return same_word(w, "sifat", visibility_word(row.visibility), wanted);
	if (strcmp(what, "reason") == 0)
		return expect_last(w, r, wanted);
	if (strcmp(what, "minutes") == 0)
		return play_expect_minutes(w, r, s);
	if (strcmp(what, "is") == 0)
		return same_word(w, "the number", r->number, world_report(w, wanted)->number);
	if (strcmp(what, "seen") == 0 || strcmp(what, "hidden") == 0)
		return expect_seen(w, r, &row, s);
	if (strcmp(what, "title") == 0 || strcmp(what, "original") == 0)
		return expect_text(w, r, s);
	return world_fail(w, "expect what of %s?", r->name);
}

/* Messages since the last deed: to whom, of which kind. */
static bool count_mails(struct world *w, const char *kind, const char *to, int64_t *ret)
{
	const char *address = strcmp(to, "citizen") == 0 ? WORLD_CITIZEN_MAIL : arena_printf(w->a, "%s@contoh.test", to);
	struct outbox_after_row *rows;
	size_t n;

	*ret = 0;
	if (q_outbox_after(w->db, w->a, &(struct outbox_after_args){ w->mails_from, 1000 }, &rows, &n) != RC_OK)
		return world_fail(w, "no outbox");
	for (size_t i = 0; i < n; i++)
		*ret += (!*to || strcmp(rows[i].recipient, address) == 0) &&
			(!kind || strcmp(rows[i].template, kind) == 0);
	return true;
}

/* expect mail [answered] to citizen [once] ; expect no mail [to pu] */
static bool expect_mail(struct world *w, const struct sentence *s)
{
	bool none = strcmp(play_word(s, 1), "no") == 0;
	const char *to = play_after(s, "to"), *kind = NULL;
	int64_t n;

	if (!none && strcmp(play_word(s, 2), "to") != 0)
		kind = play_word(s, 2);
	if (!count_mails(w, kind, to ? to : "", &n))
		return false;
	if (none)
		return n == 0 || world_fail(w, "%lld mails", (long long)n);
	if (strcmp(s->word[s->n - 1], "once") == 0)
		return n == 1 || world_fail(w, "%lld mails, not one", (long long)n);
	return n > 0 || world_fail(w, "no such mail");
}

/* expect queue verifikasi of nasional 2 */
static bool expect_queue(struct world *w, const struct sentence *s)
{
	struct agency_id agency;
	enum level level;
	enum queue queue;
	int64_t row[4] = { 0 };

	if (!queue_parse(play_word(s, 2), &queue) || !world_agency(w, play_word(s, 4), &agency, &level))
		return world_fail(w, "no such queue");
	(void)world_query(w, "SELECT n, 0, 0, 0 FROM queue_count WHERE agency_id = ?1 AND queue = ?2",
			  (int64_t[2]){ agency.v, queue }, row);
	return same_number(w, "the queue", row[0], play_word(s, 5));
}

/* expect figure closed_by_system 1 [of pu] */
static bool expect_figure(struct world *w, const struct sentence *s)
{
	const char *of = play_after(s, "of");
	struct agency_id agency = { 0 };
	enum level level;
	int64_t row[4];

	if (of && !world_agency(w, of, &agency, &level))
		return false;
	const char *sql = arena_printf(w->a, "SELECT CAST(coalesce(sum(n), 0) AS BIGINT), 0, 0, 0 FROM day_figure "
					     "WHERE figure = '%s' AND dimension = ?1", play_word(s, 2));
	if (!world_query(w, sql, (int64_t[2]){ agency.v }, row))
		return false;
	return same_number(w, play_word(s, 2), row[0], play_word(s, 3));
}

static bool expect_nothing_new(struct world *w)
{
	const struct job_tally *t = &w->tally;
	int64_t n = t->reminders + t->closed + t->expired + t->escalated + t->missed + t->opened + t->sent + t->indexed + t->removed;

	return n == 0 || world_fail(w, "the jobs did %lld things", (long long)n);
}

bool play_expect(struct world *w, const struct sentence *s)
{
	const char *what = play_word(s, 1);
	const struct world_report *r = world_report(w, what);

	if (r)
		return expect_report(w, r, s);
	if (play_intake_named(w, what))
		return play_expect_intake(w, s);
	if (strcmp(what, "recap") == 0)
		return play_expect_recap(w, s);
	if (strcmp(what, "berkala") == 0)
		return play_expect_periodic(w, s);
	if (strcmp(play_word(s, 2), "uses") == 0)
		return play_expect_sop(w, s);
	if (strcmp(what, "deviation") == 0 || (strcmp(what, "no") == 0 && strcmp(play_word(s, 2), "deviation") == 0))
		return play_expect_deviation(w, s);
	if (strcmp(what, "mail") == 0 || strcmp(what, "no") == 0)
		return expect_mail(w, s);
	if (strcmp(what, "queue") == 0)
		return expect_queue(w, s);
	if (strcmp(what, "figure") == 0)
		return expect_figure(w, s);
	if (strcmp(what, "nothing") == 0)
		return expect_nothing_new(w);
	if (strcmp(what, "missed") == 0)
		return same_number(w, "missed deadlines", w->tally.missed, play_word(s, 2));
	return world_fail(w, "expect what?");
}
