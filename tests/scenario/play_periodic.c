/* SPDX-License-Identifier: Apache-2.0
 * play_periodic - what sentences do to the periodic report of mekar-jaya ("berkala"), and what they demand of it: always
 * the newest one.
 */
#include <string.h>

#include "app/periodic.h"
#include "app/periodic_text.h"
#include "base/parse.h"
#include "play.h"
#include "query_periodic.h"

#define AGENCY 2

static const struct {
	const char *verb;
	enum sop_task task;
} deeds[] = {
	{ "compiles", SOP_TASK_PERIODIC_COMPILE }, { "fills", SOP_TASK_PERIODIC_FORM },
	{ "submits", SOP_TASK_PERIODIC_SUBMIT },   { "checks", SOP_TASK_PERIODIC_CHECK },
	{ "initials", SOP_TASK_PERIODIC_INITIAL }, { "covers", SOP_TASK_PERIODIC_COVER },
	{ "signs", SOP_TASK_PERIODIC_SIGN },       { "returns", SOP_TASK_PERIODIC_RETURN },
	{ "delivers", SOP_TASK_PERIODIC_DELIVER }, { "archives", SOP_TASK_PERIODIC_ARCHIVE },
};

bool play_every(struct world *w, const struct sentence *s)
{
	int64_t n;

	if (!parse_int(play_word(s, 1), 1, 12, &n))
		return world_fail(w, "every how many months?");
	w->settings.periodic_months = (int)n;
	return true;
}

static bool newest(struct world *w, struct periodic_id *ret)
{
	int64_t row[4];

	if (!world_query(w, "SELECT id, 0, 0, 0 FROM periodic WHERE agency_id = ?1 ORDER BY id DESC LIMIT 1",
			 (int64_t[2]){ AGENCY }, row))
		return world_fail(w, "there is no periodic report");
	ret->v = row[0];
	return true;
}

/* "kasi checks berkala" ; "mekar-jaya fills berkala "text" [number N]" ; "mekar-jaya begins berkala" */
bool play_periodic(struct world *w, const struct sentence *s, struct ctx *c)
{
	struct periodic_in in = { .task = SOP_TASK_NONE, .seen_seq = -1, .number = play_after(s, "number") };
	const char *verb = play_word(s, 1), *text = play_quoted(s), *seen = play_after(s, "seen");
	struct periodic_out out;
	struct periodic_id id;

	if (strcmp(verb, "begins") == 0) {
		w->rc = periodic_open_last(c, &id);
		w->err = c->err;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
		if (strcmp(deeds[i].verb, verb) == 0)
			in.task = deeds[i].task;
	if (in.task == SOP_TASK_NONE)
		return world_fail(w, "nobody \"%s\" a periodic report", verb);
	if (seen && !parse_int(seen, 0, 1000, &in.seen_seq))
		return world_fail(w, "seen what?");
	if (in.task == SOP_TASK_PERIODIC_FORM)
		in.words = (struct periodic_words){ .number = in.number, .summary = text };
	else
		in.note = text;
	if (!newest(w, &id))
		return false;
	w->rc = periodic_act(c, id, &in, &out);
	w->err = c->err;
	return true;
}

static bool is_word(struct world *w, const char *what, const char *is, const char *wanted)
{
	return (is && strcmp(is, wanted) == 0) || world_fail(w, "%s is %s, not %s", what, is ? is : "nothing", wanted);
}

static bool is_number(struct world *w, const char *what, int64_t is, const char *wanted)
{
	int64_t n;

	if (!parse_int(wanted, 0, 1000000, &n))
		return world_fail(w, "%s: no number: %s", what, wanted);
	return is == n || world_fail(w, "%s is %lld, not %lld", what, (long long)is, (long long)n);
}

static bool replay(struct world *w, struct periodic_id id, struct periodic_projection *p, bool *ret_late)
{
	struct periodic_events_row *rows;
	size_t n;

	*p = (struct periodic_projection){ .state = PERIODIC_NONE };
	if (q_periodic_events(w->db, w->a, id, &rows, &n) != RC_OK || n == 0)
		return world_fail(w, "no events");
	for (size_t i = 0; i < n; i++)
		periodic_project(p, &(struct periodic_event){
			.seq = rows[i].seq, .at = rows[i].at, .what = rows[i].what, .role = rows[i].role,
			.account = rows[i].account_id, .to = rows[i].to_state, .version = rows[i].version });
	*ret_late = rows[n - 1].was_late;
	return true;
}

static bool is_marked(const struct periodic_projection *p, const char *by)
{
	return strcmp(by, "kasi") == 0 ? p->by_section.seq != 0 : strcmp(by, "kabid") == 0 ? p->by_division.seq != 0 :
									     p->signature.seq != 0;
}

static const struct {
	const char *name;
	size_t offset;
} figures[] = {
#define FIGURE(name, field) { name, offsetof(struct periodic_form, field) }
	FIGURE("received", received), FIGURE("open", open), FIGURE("late", late), FIGURE("carried", carried_open),
	FIGURE("carried-late", carried_late), FIGURE("returned-up", returned_up), FIGURE("returned-by-opd", returned_by_opd),
	FIGURE("flagged", flagged), FIGURE("rated", rated), FIGURE("rating-sum", rating_sum),
	FIGURE("deviations", deviations), FIGURE("verified", stage[PERIODIC_VERIFIED].done),
	FIGURE("verified-in-time", stage[PERIODIC_VERIFIED].in_time),
	FIGURE("answered", stage[PERIODIC_ANSWERED].done), FIGURE("answered-in-time", stage[PERIODIC_ANSWERED].in_time),
	FIGURE("answered-late", stage[PERIODIC_ANSWERED].late), FIGURE("overdue", stage[PERIODIC_ANSWERED].overdue),
	FIGURE("closed", stage[PERIODIC_CLOSED].done), FIGURE("by-web", by_channel[CHANNEL_WEB]),
	FIGURE("by-letter", by_channel[CHANNEL_LETTER]), FIGURE("complaints", by_class[CLASS_COMPLAINT]),
	FIGURE("aspirations", by_class[CLASS_ASPIRATION]),
#undef FIGURE
};

static bool read_text(struct world *w, const struct periodic_read_row *p, struct periodic_form *ret)
{
	struct periodic_version_read_row v;

	return (q_periodic_version_read(w->db, w->a, &(struct periodic_version_read_args){ p->id, p->version }, &v) == RC_OK &&
		periodic_text_read(w->a, v.content, ret, &w->err) == RC_OK) ||
	       world_fail(w, "no text of version %lld", (long long)p->version);
}

static bool expect_rule(struct world *w, const struct periodic_read_row *p, const char *wanted)
{
	struct periodic_form f;

	return read_text(w, p, &f) && is_word(w, "the rule", *f.rule ? f.rule : "none", wanted);
}

static bool expect_figure(struct world *w, const struct periodic_read_row *p, const struct sentence *s)
{
	struct periodic_form f;
	int64_t n;

	if (!read_text(w, p, &f))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(figures); i++)
		if (strcmp(figures[i].name, play_word(s, 3)) == 0) {
			memcpy(&n, (const char *)&f + figures[i].offset, sizeof(n));
			return is_number(w, figures[i].name, n, play_word(s, 4));
		}
	return world_fail(w, "no figure \"%s\"", play_word(s, 3));
}

static bool expect_seen(struct world *w, const struct periodic_read_row *p, const struct sentence *s)
{
	bool wanted = strcmp(play_word(s, 2), "seen") == 0;
	struct ctx c;

	if (!world_ctx(w, play_word(s, 4), &c))
		return false;
	return periodic_may_see(&c.who, p->agency_id, p->state) == wanted ||
	       world_fail(w, "%s %s it", play_word(s, 4), wanted ? "does not see" : "sees");
}

static bool expect_due(struct world *w, struct instant due, const char *wanted)
{
	char text[11] = "none";

	if (instant_is_set(due))
		day_format(instant_day(due, calendar_zone(w->calendar)), text);
	return is_word(w, "the deadline", text, wanted);
}

static bool expect_mark(struct world *w, const struct periodic_projection *p, const char *by, bool wanted)
{
	return is_marked(p, by) == wanted || world_fail(w, "%s has %s", by, wanted ? "not marked it" : "marked it");
}

/* expect berkala state|with|step|due|period|version|voided|figure|marked by|not marked by|seen by|hidden from|late|in-time */
bool play_expect_periodic(struct world *w, const struct sentence *s)
{
	const char *what = play_word(s, 2), *wanted = play_word(s, 3);
	struct periodic_projection m;
	struct periodic_read_row p;
	struct periodic_id id;
	char key[PERIODIC_KEY_MAX];
	struct ctx c;
	bool late;

	if (strcmp(what, "none") == 0)
		return !newest(w, &id) || world_fail(w, "there is a periodic report");
	if (!newest(w, &id) || q_periodic_read(w->db, w->a, id, &p) != RC_OK || !replay(w, id, &m, &late) ||
	    !world_ctx(w, "mekar-jaya", &c))
		return false;
	periodic_key(p.first_on, p.last_on, key);
	if (strcmp(what, "state") == 0)
		return is_word(w, "the state", periodic_state_word(p.state), wanted);
	if (strcmp(what, "with") == 0)
		return is_word(w, "the holder", role_word(periodic_holder(p.state)), wanted);
	if (strcmp(what, "step") == 0)
		return is_word(w, "the step", periodic_step_id(periodic_sop(&c, p.sop_id), p.state), wanted);
	if (strcmp(what, "due") == 0)
		return expect_due(w, p.due_at, wanted);
	if (strcmp(what, "period") == 0)
		return is_word(w, "the period", key, wanted);
	if (strcmp(what, "version") == 0)
		return is_number(w, "the version", p.version, wanted);
	if (strcmp(what, "voided") == 0)
		return is_number(w, "voided initials", m.voided, wanted);
	if (strcmp(what, "figure") == 0)
		return expect_figure(w, &p, s);
	if (strcmp(what, "rule") == 0)
		return expect_rule(w, &p, wanted);
	if (strcmp(what, "marked") == 0)
		return expect_mark(w, &m, play_word(s, 4), true);
	if (strcmp(what, "not") == 0)
		return expect_mark(w, &m, play_word(s, 5), false);
	if (strcmp(what, "seen") == 0 || strcmp(what, "hidden") == 0)
		return expect_seen(w, &p, s);
	if (strcmp(what, "late") == 0 || strcmp(what, "in-time") == 0)
		return late == (strcmp(what, "late") == 0) || world_fail(w, "the last deed was %s", late ? "late" : "in time");
	return world_fail(w, "expect what of the periodic report?");
}
