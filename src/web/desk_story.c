/* SPDX-License-Identifier: Apache-2.0
 * desk_story - what happened, told three ways: the disposition tree, the conversation, the history.
 *
 * All of it comes from the events alone. What the reporter wrote is masked like the report's text, unless
 * it was opened on this very page.
 */
#include <string.h>

#include "app/settings.h"
#include "core/access.h"
#include "core/redact.h"
#include "i18n/vocab.h"
#include "web/desk_report.h"

#define LOG_MAX 80

/* The reason of a task of an SOP is its word. */
static const char *reason_text(struct ctx *c, enum action action, const char *word)
{
	enum sop_task task = SOP_TASK_NONE;
	enum msg m = vocab_reason(word);

	if (action == ACT_TASK && word && sop_task_parse(word, &task))
		m = vocab_task(task);

	return m == MSG_NONE ? NULL : msg_text(c->lang, m);
}

/* An officer's name. A reporter who signed in has one too, and it is nobody's business here. */
static const char *officer(const struct desk_events_row *e)
{
	return e->role == ROLE_CITIZEN ? NULL : e->actor;
}

static const char *file_kind(struct ctx *c, const char *mime)
{
	if (strncmp(mime, "image/", 6) == 0)
		return msg_desk_file_image(c->lang);
	if (strcmp(mime, "application/pdf") == 0)
		return msg_desk_file_pdf(c->lang);
	if (strncmp(mime, "video/", 6) == 0)
		return msg_desk_file_video(c->lang);
	return msg_desk_file_other(c->lang);
}

static void tell_files(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_file *f;

	if (!(l->bits & ACCESS_FILES))
		return;
	f = arena_new_many(c->a, struct desk_file, l->n_files + 1);
	for (size_t i = 0; i < l->n_files; i++)
		f[i] = (struct desk_file){
			.id = l->files[i].id.v,
			.name = l->files[i].name,
			.kind = file_kind(c, l->files[i].mime),
			.size_bytes = l->files[i].size_bytes,
			.audience = l->files[i].audience,
			.is_image = strncmp(l->files[i].mime, "image/", 6) == 0,
		};
	p->files = f;
	p->n_files = l->n_files;
}

/* The files that came with one event: they are stored in its order, so they stand together. */
static void files_of(const struct desk_loaded *l, const struct desk_report *p, int64_t seq, struct desk_message *m)
{
	for (size_t i = 0; i < p->n_files; i++) {
		if (l->files[i].seq != seq)
			continue;
		if (m->n_files == 0)
			m->files = &p->files[i];
		m->n_files++;
	}
}

static struct desk_message make_message(struct ctx *c, const struct desk_loaded *l, const struct desk_report *p,
					const struct desk_events_row *e)
{
	bool is_reporter = e->role == ROLE_CITIZEN;
	struct desk_message m = {
		.author = officer(e),
		.author_agency = e->actor_agency,
		.role = e->role,
		.action = e->action,
		.at = e->at,
		.reason = reason_text(c, e->action, e->reason),
		.text = e->note && is_reporter && !p->is_revealed ? redact_mask(c->a, e->note) : e->note,
	};

	files_of(l, p, e->seq, &m);
	return m;
}

static void tell_messages(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_message *notes = arena_new_many(c->a, struct desk_message, l->n_events + 1);
	struct desk_message *talk = arena_new_many(c->a, struct desk_message, l->n_events + 1);

	for (size_t i = 0; i < l->n_events; i++) {
		const struct desk_events_row *e = &l->events[i];

		if (e->action == ACT_SUBMIT || e->action == ACT_REMIND || (!e->note && !e->reason))
			continue;
		if (e->audience != AUDIENCE_INTERNAL)
			talk[p->n_talk++] = make_message(c, l, p, e);
		else if (l->bits & ACCESS_INTERNAL)
			notes[p->n_notes++] = make_message(c, l, p, e);
	}
	p->notes = notes;
	p->talk = talk;
}

static void tell_log(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_log *log = arena_new_many(c->a, struct desk_log, LOG_MAX);

	for (size_t i = l->n_events; i-- > 0 && p->n_log < LOG_MAX;) {
		const struct desk_events_row *e = &l->events[i];

		if (e->audience == AUDIENCE_INTERNAL && !(l->bits & ACCESS_INTERNAL))
			continue;
		log[p->n_log++] = (struct desk_log){
			.what = msg_text(c->lang, vocab_action(e->action)),
			.who = officer(e),
			.role = e->role,
			.at = e->at,
			.to = e->to_agency,
			.reason = reason_text(c, e->action, e->reason),
		};
	}
	p->log = log;
}

static int days_between(const struct ctx *c, struct instant from, struct instant to)
{
	enum zone z = c->settings->zone;

	return calendar_count_workdays(c->calendar, instant_day(from, z), instant_day(to, z));
}

static void leave(const struct ctx *c, struct desk_node *n, enum desk_outcome outcome, struct instant at)
{
	n->outcome = outcome;
	n->until = at;
	n->days = days_between(c, n->since, at);
}

static struct desk_node *enter_below(struct ctx *c, struct desk_node *parent, const struct desk_events_row *e, int depth)
{
	struct desk_node *n = arena_new_one(c->a, struct desk_node);
	struct desk_node **slot = &parent->child;

	*n = (struct desk_node){
		.agency = e->to_agency, .actor = officer(e), .since = e->at, .depth = depth, .parent = parent };
	while (*slot)
		slot = &(*slot)->next;
	*slot = n;
	return n;
}

static int depth_of(enum level level)
{
	switch (level) {
	case LEVEL_AGENCY: return 1;
	case LEVEL_OPD: return 2;
	case LEVEL_UNIT: return 3;
	case LEVEL_NONE:
	case LEVEL_NATIONAL: return 0;
	}
	return 0;
}

static bool goes_down(enum action a)
{
	return a == ACT_DISPOSE || a == ACT_FORWARD_UNIT || a == ACT_REDISPOSE || a == ACT_IMPORT;
}

/* The node where the report lies after this event. */
static struct desk_node *move(struct ctx *c, struct desk_node *here, const struct desk_events_row *e)
{
	int depth = depth_of(state_level(e->to_state));

	if (!goes_down(e->action)) {
		/* Returned, or handed in by the unit. */
		leave(c, here, e->action == ACT_RETURN_UP ? DESK_RETURNED : DESK_PASSED, e->at);
		return here->parent ? here->parent : here;
	}
	leave(c, here, e->action == ACT_REDISPOSE ? DESK_TAKEN_BACK : DESK_PASSED, e->at);
	/* A re-disposition goes below the one who ordered it, from wherever the report lay. */
	while (here->parent && here->depth >= depth)
		here = here->parent;
	return enter_below(c, here, e, depth);
}

static void tell_tree(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	struct desk_node *here, *root;

	if (l->n_events == 0)
		return;
	root = arena_new_one(c->a, struct desk_node);
	*root = (struct desk_node){ .agency = msg_text(c->lang, vocab_role(ROLE_NATIONAL_ADMIN)), .since = l->r.received_at };
	here = root;
	for (size_t i = 0; i < l->n_events; i++)
		if (l->events[i].to_agency && l->events[i].action != ACT_SUBMIT)
			here = move(c, here, &l->events[i]);
	here->outcome = l->r.is_open ? DESK_HERE : DESK_FINISHED;
	here->due = &p->due;
	p->tree = root;
}

void desk_story_tell(struct ctx *c, const struct desk_loaded *l, struct desk_report *p)
{
	tell_files(c, l, p);
	tell_messages(c, l, p);
	tell_log(c, l, p);
	tell_tree(c, l, p);
}
