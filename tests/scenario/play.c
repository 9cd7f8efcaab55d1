/* SPDX-License-Identifier: Apache-2.0
 * play - deeds: what a sentence does to the world.
 */
#include "play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "query_report.h"

const char *play_word(const struct sentence *s, int i)
{
	return i < s->n ? s->word[i] : "";
}

const char *play_after(const struct sentence *s, const char *word)
{
	for (int i = 0; i + 1 < s->n; i++)
		if (!s->quoted[i] && strcmp(s->word[i], word) == 0)
			return s->word[i + 1];
	return NULL;
}

const char *play_quoted(const struct sentence *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->quoted[i])
			return s->word[i];
	return NULL;
}

static bool has(const struct sentence *s, const char *word)
{
	for (int i = 0; i < s->n; i++)
		if (!s->quoted[i] && strcmp(s->word[i], word) == 0)
			return true;
	return false;
}

/* at 2025-03-24 10:00 WIB */
static bool move_to(struct world *w, const struct sentence *s)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s %s", play_word(s, 1), play_word(s, 2), play_word(s, 3));
	return instant_parse(text, &w->now) || world_fail(w, "no time: %s", text);
}

/* after 3 workdays|days|hours|minutes: the time of the day stays for days. */
static bool move_on(struct world *w, const struct sentence *s)
{
	enum zone z = calendar_zone(w->calendar);
	struct day today = instant_day(w->now, z);
	const char *unit = play_word(s, 2);
	int64_t n;

	if (!parse_int(play_word(s, 1), 0, 100000, &n))
		return world_fail(w, "how long?");
	if (strncmp(unit, "workday", 7) == 0) {
		struct day to = calendar_add_workdays(w->calendar, today, (int)n);
		w->now = instant_add_ms(w->now, (int64_t)(to.n - today.n) * MS_PER_DAY);
	} else if (strncmp(unit, "day", 3) == 0) {
		w->now = instant_add_ms(w->now, n * MS_PER_DAY);
	} else if (strncmp(unit, "hour", 4) == 0) {
		w->now = instant_add_ms(w->now, n * MS_PER_HOUR);
	} else if (strncmp(unit, "minute", 6) == 0) {
		w->now = instant_add_ms(w->now, n * MS_PER_MINUTE);
	} else {
		return world_fail(w, "after %lld what?", (long long)n);
	}
	return true;
}

static bool run_jobs(struct world *w)
{
	struct ctx c;

	world_mark(w);
	if (!world_ctx(w, "visitor", &c))
		return false;
	w->rc = job_run_due(&c, NULL, &w->tally);
	w->err = c.err;
	if (w->rc == RC_OK && w->tally.failures > 0)
		return world_fail(w, "%lld jobs failed: %s", (long long)w->tally.failures, c.err.detail);
	return w->rc == RC_OK || world_fail(w, "jobs: %s %s", rc_name(w->rc), c.err.detail);
}

/* The vocabulary of what a report is: "pengaduan", "rahasia", "infrastruktur" anywhere in the sentence. */
static void find_words(const struct sentence *s, enum kind *kind, enum class_ *class, enum visibility *visibility)
{
	for (int i = 2; i < s->n; i++) {
		if (s->quoted[i])
			continue;
		if (kind)
			(void)kind_parse(s->word[i], kind);
		if (class)
			(void)class_parse(s->word[i], class);
		(void)visibility_parse(s->word[i], visibility);
	}
}

/* citizen submits R1 "title" as aspirasi rahasia [to pu] [by loket] [key K] [without mail] */
static bool submit(struct world *w, const struct sentence *s, struct ctx *c, const char *name)
{
	struct submit_in in = { .kind = KIND_COMPLAINT, .visibility = VISIBILITY_OPEN, .channel = CHANNEL_WEB,
				.title = play_quoted(s), .body = WORLD_BODY, .name = WORLD_CITIZEN_NAME,
				.email = has(s, "without") ? NULL : WORLD_CITIZEN_MAIL,
				.idempotency_key = play_after(s, "key") };
	const char *asked = play_after(s, "to"), *by = play_after(s, "by");
	struct world_report *r = &w->reports[w->n_reports];
	struct submit_out out;
	enum level level;

	if (w->n_reports == WORLD_REPORTS_MAX || world_report(w, name))
		return world_fail(w, "%s exists already, or too many reports", name);
	if (asked && !world_agency(w, asked, &in.asked_agency, &level))
		return false;
	if (by && !channel_parse(by, &in.channel))
		return world_fail(w, "no channel \"%s\"", by);
	find_words(s, &in.kind, NULL, &in.visibility);
	w->rc = submit_report(c, &in, &out, &w->problems);
	w->err = c->err;
	if (w->rc != RC_OK)
		return true;
	w->n_reports++;
	*r = (struct world_report){ .id = out.report, .repeated = out.repeated };
	snprintf(r->name, sizeof(r->name), "%s", name);
	memcpy(r->number, out.number, sizeof(r->number));
	memcpy(r->code, out.code, sizeof(r->code));
	return true;
}

static const struct {
	const char *verb;
	enum action action;
} verbs[] = {
	{ "verifies", ACT_VERIFY },     { "disposes", ACT_DISPOSE },       { "forwards", ACT_FORWARD_UNIT },
	{ "returns", ACT_RETURN_UP },   { "redisposes", ACT_REDISPOSE },   { "pends", ACT_PEND },
	{ "completes", ACT_COMPLETE },  { "archives", ACT_ARCHIVE },       { "follows-up", ACT_FOLLOW_UP },
	{ "hands-in", ACT_UNIT_ANSWER }, { "answers", ACT_ANSWER },        { "replies", ACT_REPLY },
	{ "closes", ACT_CLOSE },        { "reopens", ACT_REOPEN },         { "withdraws", ACT_WITHDRAW },
	{ "rates", ACT_RATE },          { "notes", ACT_NOTE },             { "edits", ACT_EDIT_TEXT },
	{ "protects", ACT_SET_VISIBILITY }, { "reclassifies", ACT_RECLASSIFY }, { "blocks", ACT_BLOCK },
	{ "unblocks", ACT_UNBLOCK },    { "settles", ACT_SETTLE },         { "arbitrates", ACT_ARBITRATE },
	{ "does", ACT_TASK },              { "reveals", ACT_REVEAL },         { "takes", ACT_TAKE },
};

static bool fill(struct world *w, const struct sentence *s, struct act_in *in)
{
	const char *to = play_after(s, "to"), *category = play_after(s, "in"), *text = play_quoted(s);
	enum level level;
	int64_t stars;

	in->reason = in->action == ACT_TASK ? play_word(s, 2) : play_after(s, "because");
	in->note = text;
	if (to && !world_agency(w, to, &in->to, &level))
		return false;
	if (category && !world_category(w, category, &in->category))
		return false;
	if (in->action == ACT_VERIFY || in->action == ACT_RECLASSIFY || in->action == ACT_SET_VISIBILITY ||
	    in->action == ACT_SETTLE)
		find_words(s, NULL, &in->class, &in->visibility);
	if (in->action == ACT_VERIFY)
		in->checked_relevant = in->checked_complete = in->checked_clear = !has(s, "unchecked");
	if (in->action == ACT_EDIT_TEXT) {
		in->note = NULL;
		in->public_title = text;
	}
	if (in->action == ACT_RATE) {
		if (!parse_int(play_word(s, 3), -100, 100, &stars))
			return world_fail(w, "how many stars?");
		in->rating = (int)stars;
	}
	return true;
}

/* An officer acts on what he saw, when he looked before; else on what is there now. */
static int64_t seen_version(struct world *w, const char *who, const struct world_report *r)
{
	for (size_t i = 0; i < w->n_seen; i++)
		if (strcmp(w->seen[i].who, who) == 0 && w->seen[i].report == (size_t)(r - w->reports)) {
			int64_t version = w->seen[i].version;
			w->seen[i] = w->seen[--w->n_seen];
			return version;
		}
	return -1;
}

static bool look(struct world *w, const char *who, const struct world_report *r)
{
	struct report_lock_row row;

	if (w->n_seen == WORLD_SEEN_MAX || q_report_lock(w->db, w->a, r->id, &row) != RC_OK)
		return world_fail(w, "cannot look");
	w->seen[w->n_seen].report = (size_t)(r - w->reports);
	w->seen[w->n_seen].version = row.version;
	snprintf(w->seen[w->n_seen].who, sizeof(w->seen[0].who), "%s", who);
	w->n_seen++;
	return true;
}

static bool act(struct world *w, const struct sentence *s, struct ctx *c, const char *who, struct world_report *r)
{
	struct act_in in = { .action = ACT_NONE };
	struct act_out out;

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i].verb, play_word(s, 1)) == 0)
			in.action = verbs[i].action;
	if (in.action == ACT_NONE)
		return world_fail(w, "nobody \"%s\" here", play_word(s, 1));
	if (!fill(w, s, &in))
		return false;
	in.seen_version = seen_version(w, who, r);
	w->rc = strcmp(who, "citizen") == 0 ? act_by_code(c, r->code, &in, &out) :
					      act_by_number(c, r->number, &in, &out);
	w->err = c->err;
	return true;
}

bool play_do(struct world *w, const struct sentence *s)
{
	const char *who = play_word(s, 0), *name = play_word(s, strcmp(play_word(s, 1), "does") == 0 ? 3 : 2);
	struct world_report *r;
	struct ctx c;

	w->rc = RC_OK;
	if (strcmp(who, "at") == 0)
		return move_to(w, s);
	if (strcmp(who, "after") == 0)
		return move_on(w, s);
	if (strcmp(who, "run") == 0)
		return run_jobs(w);
	if (strcmp(who, "every") == 0)
		return play_every(w, s);
	world_mark(w);
	if (strcmp(who, "sop") == 0 || strcmp(who, "holiday") == 0)
		return play_setting(w, s);
	if (!world_ctx(w, who, &c))
		return false;
	if (play_intake_is(w, s))
		return play_intake(w, s, &c);
	if (strcmp(name, "berkala") == 0)
		return play_periodic(w, s, &c);
	if (strcmp(play_word(s, 1), "installs") == 0 || strcmp(play_word(s, 1), "retires") == 0)
		return play_sop(w, s, &c);
	if (play_group(w, s, &c))
		return true;
	if (strcmp(play_word(s, 1), "submits") == 0)
		return submit(w, s, &c, name);
	r = world_report(w, name);
	if (!r)
		return world_fail(w, "no report \"%s\"", name);
	if (play_ombudsman(w, s, &c, r) || play_deviation(w, s, &c, r) || play_minutes(w, s, &c, r))
		return true;
	return strcmp(play_word(s, 1), "opens") == 0 ? look(w, who, r) : act(w, s, &c, who, r);
}
