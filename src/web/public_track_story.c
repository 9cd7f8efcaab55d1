/* SPDX-License-Identifier: Apache-2.0
 * public_track_story - out of events, clocks and files: the journey of a report and its conversation.
 */
#include "app/settings.h"
#include "i18n/vocab.h"
#include "web/clock_words.h"
#include "web/public_track.h"

static struct clock clock_of(const struct clock_all_row *r)
{
	return (struct clock){
		.kind = r->kind,
		.started_at = r->started_at,
		.limit = { (int)r->limit_n, r->limit_unit },
		.rule = r->rule,
		.due_at = r->due_at,
		.paused_at = r->paused_at,
		.paused_wd = (int)r->paused_wd,
		.ended_at = r->ended_at,
	};
}

struct track_clock public_track_story_clock(struct ctx *c, const struct clock_all_row *row)
{
	struct clock k = clock_of(row);
	struct track_clock t = { .on = true, .kind = k.kind, .reading = clock_read(&k, c->calendar, c->now) };

	clock_explain(&k, c->calendar, &t.why);
	t.sentence = clock_words_explained(c, &k, &t.why);
	return t;
}

/* In the order in which they matter while the report is in this state; CLOCK_NONE ends the list. */
static const enum clock_kind *kinds_of(enum state s)
{
	static const enum clock_kind checking[] = { CLOCK_VERIFY, CLOCK_NONE };
	static const enum clock_kind agency[] = { CLOCK_AGENCY, CLOCK_NONE };
	static const enum clock_kind begun[] = { CLOCK_FOLLOW_UP, CLOCK_COMPLETE, CLOCK_NONE };
	static const enum clock_kind working[] = { CLOCK_COMPLETE, CLOCK_FOLLOW_UP, CLOCK_NONE };
	static const enum clock_kind answered[] = { CLOCK_REPLY, CLOCK_NONE };
	static const enum clock_kind pending[] = { CLOCK_PENDING, CLOCK_NONE };
	static const enum clock_kind none[] = { CLOCK_NONE };

	switch (s) {
	case STATE_RECEIVED: case STATE_VERIFIED: return checking;
	case STATE_AT_AGENCY: case STATE_AGENCY_VERIFIED: return agency;
	case STATE_AT_OPD: case STATE_AT_UNIT: return begun;
	case STATE_IN_PROGRESS: return working;
	case STATE_ANSWERED: return answered;
	case STATE_PENDING: return pending;
	case STATE_NONE: case STATE_CLOSED: case STATE_ARCHIVED: return none;
	}
	return none;
}

const struct clock_all_row *public_track_story_clock_now(enum state state, const struct clock_all_row *rows,
							 size_t n)
{
	for (const enum clock_kind *k = kinds_of(state); *k != CLOCK_NONE; k++)
		for (size_t i = n; i-- > 0;)
			if (rows[i].kind == *k && !instant_is_set(rows[i].ended_at))
				return &rows[i];
	return NULL;
}

bool public_track_story_tells(enum action action)
{
	switch ((int)action) {
	case ACT_SUBMIT: case ACT_VERIFY: case ACT_DISPOSE: case ACT_FORWARD_UNIT: case ACT_RETURN_UP:
	case ACT_REDISPOSE:
	case ACT_PEND:
	case ACT_COMPLETE:
	case ACT_EXPIRE:
	case ACT_ARCHIVE:
	case ACT_FOLLOW_UP:
	case ACT_ANSWER: case ACT_REPLY: case ACT_CLOSE: case ACT_REOPEN: case ACT_WITHDRAW: case ACT_RATE:
	case ACT_ESCALATE: case ACT_RECLASSIFY: case ACT_IMPORT: case ACT_SETTLE: case ACT_ARBITRATE: case ACT_RECOUNT:
	case ACT_OMBUDSMAN_CONSENT: case ACT_OMBUDSMAN_SENT:
		return true;
	default:
		return false;
	}
}

/* Which clock an action is measured by, first the one that counts more. */
static bool measures(enum action action, enum clock_kind kind)
{
	switch ((int)action) {
	case ACT_DISPOSE: case ACT_RETURN_UP: case ACT_ARCHIVE: case ACT_PEND:
		return kind == CLOCK_VERIFY || kind == CLOCK_AGENCY;
	case ACT_FOLLOW_UP:
		return kind == CLOCK_FOLLOW_UP;
	case ACT_ANSWER:
		return kind == CLOCK_COMPLETE;
	default:
		return false;
	}
}

static void measure(struct ctx *c, const struct track_data *d, const struct public_events_row *e,
		    struct track_step *s)
{
	for (size_t i = 0; i < d->n_clocks; i++) {
		const struct clock_all_row *row = &d->clocks[i];

		if (row->ended_at.ms != e->at.ms || row->seq >= e->seq || !measures(e->action, row->kind))
			continue;
		struct clock k = clock_of(row);

		s->is_measured = true;
		s->reading = clock_read(&k, c->calendar, e->at);
		s->was_late = row->was_missed || s->reading.left < 0;
		return;
	}
}

static const char *reason_words(struct ctx *c, const char *word)
{
	enum msg m = vocab_reason(word);

	return m == MSG_NONE || m == MSG_reason_other ? NULL : msg_text(c->lang, m);
}

static void add_done(struct ctx *c, const struct track_data *d, const struct public_events_row *e,
		     struct track_page *t, struct track_step *list)
{
	struct track_step *s = &list[t->n_steps++];
	bool is_recount = e->action == ACT_RECOUNT;

	*s = (struct track_step){
		.place = TRACK_DONE,
		.action = e->action,
		.role = e->role,
		.channel = d->r.channel,
		.at = e->at,
		.who = e->role == ROLE_CITIZEN || e->role == ROLE_SYSTEM ? NULL
									 : public_agency_name(c, e->who),
		/* Which holiday was announced late is what a recount has to say. */
		.reason = is_recount ? e->note : reason_words(c, e->reason),
	};
	/* A report is received by the system, whatever node it begins at; only moves say where to. */
	if (e->action == ACT_DISPOSE || e->action == ACT_FORWARD_UNIT || e->action == ACT_REDISPOSE ||
	    e->action == ACT_ARBITRATE)
		s->to = public_agency_name(c, e->to_name);
	measure(c, d, e, s);
}

static void add_rest(const struct track_data *d, struct track_page *t, struct track_step *list)
{
	if (!d->r.is_open)
		return;
	bool waits = d->r.state == STATE_ANSWERED || d->r.state == STATE_PENDING; /* for the reporter */
	list[t->n_steps++] = (struct track_step){
		.place = TRACK_NOW,
		.state = d->r.state,
		.who = waits ? NULL : t->holder,
	};
	if (d->r.state != STATE_ANSWERED)
		list[t->n_steps++] = (struct track_step){ .place = TRACK_LATER, .state = STATE_ANSWERED };
	list[t->n_steps++] = (struct track_step){ .place = TRACK_LATER, .state = STATE_CLOSED };
}

static struct pub_files files_of(struct ctx *c, const struct track_data *d, int64_t seq)
{
	struct pub_file *list = arena_new_many(c->a, struct pub_file, d->files.n);
	size_t n = 0;

	for (size_t i = 0; i < d->files.n; i++)
		if (d->file_seq[i] == seq)
			list[n++] = d->files.p[i];
	return (struct pub_files){ list, n };
}

static void add_message(struct ctx *c, const struct track_data *d, const struct public_events_row *e,
			struct track_page *t, struct track_message *list)
{
	bool mine = e->role == ROLE_CITIZEN;
	const char *text = e->action == ACT_SUBMIT || e->action == ACT_IMPORT ? d->r.body : e->note;
	struct pub_files files = files_of(c, d, e->seq);

	if ((!text || !*text) && files.n == 0)
		return;
	list[t->n_messages++] = (struct track_message){
		.mine = mine || e->action == ACT_SUBMIT || e->action == ACT_IMPORT,
		.action = e->action,
		.who = public_agency_name(c, e->who),
		.at = e->at,
		.reason = mine ? NULL : reason_words(c, e->reason),
		.text = text,
		.files = files,
	};
}

/* The last event that ended it, or asked for completion, has the words shown above. */
static void note_reasons(struct ctx *c, const struct public_events_row *e, struct track_page *t)
{
	switch ((int)e->action) {
	case ACT_PEND:
		t->pending_text = e->note;
		break;
	case ACT_CLOSE: case ACT_ARCHIVE: case ACT_EXPIRE: case ACT_WITHDRAW:
		t->end_reason = reason_words(c, e->reason);
		t->end_text = e->note;
		break;
	default:
		break;
	}
}

void public_track_story_tell(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	struct track_step *steps = arena_new_many(c->a, struct track_step, d->n_events + 3);
	struct track_message *messages = arena_new_many(c->a, struct track_message, d->n_events);

	for (size_t i = 0; i < d->n_events; i++) {
		const struct public_events_row *e = &d->events[i];

		if (!public_track_story_tells(e->action))
			continue;
		add_done(c, d, e, t, steps);
		if (e->action != ACT_RECOUNT)
			add_message(c, d, e, t, messages);
		note_reasons(c, e, t);
	}
	add_rest(d, t, steps);
	t->steps = steps;
	t->messages = messages;
}
