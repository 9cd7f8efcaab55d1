/* SPDX-License-Identifier: Apache-2.0 */
#include "app/life.h"

#include <stdlib.h>
#include <string.h>

#include "app/ombudsman.h"
#include "app/settings.h"
#include "core/figure.h"
#include "core/remind.h"
#include "core/words.h"
#include "query_counter.h"
#include "query_event.h"
#include "query_life.h"
#include "query_report.h"

#define TALLY_YEARS_MAX 64

/* Counters: a hash table that grows; queue counters have no figure name. */

struct tally_entry {
	const char *figure;
	int64_t dimension; /* or the agency */
	int32_t day;       /* or the queue */
	bool used;
	int64_t n;
};

/* The words of a report that is stored. */
struct tally_words {
	struct tally_words *next;
	struct report_id report;
	char *words;
};

struct tally_year {
	int year;
	int64_t last; /* number given */
};

struct life_tally {
	struct arena *a, *words_a; /* of counting, and of storing: emptied by each flush */
	struct stem *stem;
	struct tally_entry *entries;
	size_t n, cap;
	struct tally_words *first, **last;
	struct tally_year year[TALLY_YEARS_MAX];
	size_t n_years;
	int64_t n_words;           /* reports whose words were given to the index */
};

#define TALLY_FIRST_CAP ((size_t)1 << 12)
#define TALLY_BYTES_MAX ((size_t)1 << 30)

struct life_tally *life_tally_new(void)
{
	struct arena *a = arena_new(TALLY_BYTES_MAX);
	struct life_tally *t = arena_new_one(a, struct life_tally);

	t->a = a;
	t->words_a = arena_new(TALLY_BYTES_MAX);
	t->stem = stem_new();
	t->last = &t->first;
	t->cap = TALLY_FIRST_CAP;
	t->entries = arena_new_many(a, struct tally_entry, t->cap);
	return t;
}

void life_tally_free(struct life_tally *t)
{
	if (!t)
		return;
	arena_free(t->words_a);
	stem_free(t->stem);
	arena_free(t->a);
}

static bool same_figure(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static size_t slot_of(const struct life_tally *t, const char *figure, int64_t dimension, int32_t day)
{
	uint64_t h = (uint64_t)dimension * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)(uint32_t)day;

	for (const char *c = figure; c && *c; c++)
		h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
	h ^= h >> 29;
	for (size_t i = (size_t)(h % t->cap);; i = (i + 1) % t->cap) {
		const struct tally_entry *e = &t->entries[i];

		if (!e->used || (e->day == day && e->dimension == dimension && same_figure(e->figure, figure)))
			return i;
	}
}

static void tally_add(struct life_tally *t, const char *figure, int64_t dimension, int32_t day, int64_t n);

static void tally_grow(struct life_tally *t)
{
	struct tally_entry *old = t->entries;
	size_t old_cap = t->cap;

	t->cap *= 2;
	t->n = 0;
	t->entries = arena_new_many(t->a, struct tally_entry, t->cap);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].used)
			tally_add(t, old[i].figure, old[i].dimension, old[i].day, old[i].n);
}

static void tally_add(struct life_tally *t, const char *figure, int64_t dimension, int32_t day, int64_t n)
{
	struct tally_entry *e;

	if (t->n * 2 > t->cap)
		tally_grow(t);
	e = &t->entries[slot_of(t, figure, dimension, day)];
	if (!e->used) {
		*e = (struct tally_entry){ .figure = figure, .dimension = dimension, .day = day, .used = true };
		t->n++;
	}
	e->n += n;
}

/* In the order of the table's key. */
static int compare_entries(const void *a, const void *b)
{
	const struct tally_entry *x = a, *y = b;
	int figures;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	figures = strcmp(x->figure ? x->figure : "", y->figure ? y->figure : "");
	if (figures != 0)
		return figures;
	return (x->dimension > y->dimension) - (x->dimension < y->dimension);
}

static enum rc flush_counters(struct life_tally *t, struct db *db)
{
	size_t n = 0;

	for (size_t i = 0; i < t->cap; i++)
		if (t->entries[i].used && t->entries[i].n != 0)
			t->entries[n++] = t->entries[i];
	qsort(t->entries, n, sizeof(*t->entries), compare_entries);
	for (size_t i = 0; i < n; i++) {
		const struct tally_entry *e = &t->entries[i];

		if (e->figure)
			TRY(q_day_figure_add(db, &(struct day_figure_add_args){
				.on_day = { e->day }, .figure = e->figure, .dimension = e->dimension, .delta = e->n,
			}, NULL));
		else
			TRY(q_queue_count_add(db, &(struct queue_count_add_args){
				.agency_id = { e->dimension }, .queue = (enum queue)e->day, .delta = e->n,
			}, NULL));
	}
	memset(t->entries, 0, t->cap * sizeof(*t->entries));
	t->n = 0;
	return RC_OK;
}

/* Afterwards others may have given numbers: the next one is asked for anew. */
static enum rc flush_numbers(struct life_tally *t, struct db *db)
{
	for (size_t i = 0; i < t->n_years; i++)
		TRY(q_ticket_set(db, &(struct ticket_set_args){
			.year = t->year[i].year, .last_number = t->year[i].last }, NULL));
	t->n_years = 0;
	return RC_OK;
}

/*
 * One after another, with no other statement between them: one that needs a savepoint of its own makes the text
 * index write out what it holds in memory, and a segment for each report costs more than all the rest.
 */
enum rc life_tally_flush_words(struct life_tally *t, struct db *db)
{
	for (const struct tally_words *w = t->first; w; w = w->next)
		TRY(q_report_words_insert(db, &(struct report_words_insert_args){
			.report_id = w->report, .words = w->words }, NULL));
	t->first = NULL;
	t->last = &t->first;
	arena_reset(t->words_a);
	return RC_OK;
}

enum rc life_tally_flush(struct life_tally *t, struct db *db)
{
	TRY(flush_counters(t, db));
	TRY(flush_numbers(t, db));
	TRY(life_tally_flush_words(t, db));
	return t->n_words >= WORDS_BULK ? q_report_words_tidy(db, NULL) : RC_OK;
}

enum rc life_tally_number(struct life_tally *t, struct db *db, int year, int64_t *ret)
{
	struct ticket_next_row next;

	for (size_t i = 0; i < t->n_years; i++) {
		if (t->year[i].year == year) {
			*ret = ++t->year[i].last;
			return RC_OK;
		}
	}
	BUG_ON(t->n_years >= TALLY_YEARS_MAX);
	TRY(q_ticket_next(db, t->words_a, year, &next));
	t->year[t->n_years++] = (struct tally_year){ year, next.last_number };
	*ret = next.last_number;
	return RC_OK;
}

static void add_words(struct life_tally *t, struct report_id report, char *words)
{
	struct tally_words *w = arena_new_one(t->words_a, struct tally_words);

	*w = (struct tally_words){ .report = report, .words = words };
	*t->last = w;
	t->last = &w->next;
	t->n_words++;
}

static void count_queue(struct life_tally *t, const struct projection *p, int64_t delta)
{
	if (p->queue != QUEUE_NONE)
		tally_add(t, NULL, p->holder.v, (int32_t)p->queue, delta);
}

static void count_figures(struct life *l)
{
	const struct change *ch = &l->ch;
	const struct calendar *cal = l->c.calendar;
	enum zone z = calendar_zone(cal);
	struct day on = instant_day(ch->e.at, z);
	struct figure_input in = { &ch->before, &ch->after, &ch->e, ch->ran, ch->late, 0 };
	const int64_t dimensions[3] = { 0, ch->after.opd.v, -ch->after.category.v };
	struct figure list[FIGURES_MAX];
	size_t n;

	if (instant_is_set(ch->after.disposed_at))
		in.follow_up_wd = calendar_count_workdays(cal, instant_day(ch->after.disposed_at, z), on);
	n = figure_list(&in, list);
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < ARRAY_LEN(dimensions); d++)
			if (d == 0 || dimensions[d] != 0)
				tally_add(l->tally, list[i].name, dimensions[d], on.n, list[i].n);
}

/* Living. */

struct rule life_import_rule(enum state from, enum state to)
{
	return (struct rule){ ACT_IMPORT, from, ROLE_SYSTEM, to, FX_END_ALL | FX_CLOCK_STATE };
}

/* The clocks that ended are put aside, so that the rest is what the next step starts from. */
static void put_ended_aside(struct life *l)
{
	struct change *ch = &l->ch;
	size_t kept = 0;

	for (size_t i = 0; i < ch->n_clocks; i++) {
		struct change_clock x = ch->clocks[i];

		x.is_new = x.is_changed = x.is_missed_now = false;
		if (!instant_is_set(x.k.ended_at)) {
			ch->clocks[kept++] = x;
			continue;
		}
		BUG_ON(l->n_ended >= LIFE_ENDED_MAX);
		l->ended[l->n_ended++] = x;
	}
	ch->n_clocks = kept;
}

/* An open report goes on by the SOP of the agency that it comes to. */
static const char *bind_import(struct life *l, const struct life_step *s)
{
	struct change *ch = &l->ch;
	size_t n = strlen(s->data);
	int64_t agency = 0;

	(void)project_data_int(s->data, "agency", &agency);
	ch->agency.v = s->to_level == LEVEL_AGENCY ? s->to.v : agency;
	if (state_is_open(ch->rule->to))
		change_sop_bind(ch);
	ch->agency.v = 0;
	if (ch->sop.v == ch->before.sop.v || n < 2)
		return s->data;
	return arena_printf(l->c.a, "%.*s%s\"sop\":%lld}", (int)n - 1, s->data, n > 2 ? "," : "", (long long)ch->sop.v);
}

/* Like change_project, for an event whose data carries more than a page can say. */
static void project_import(struct life *l, const struct life_step *s)
{
	struct change *ch = &l->ch;
	const char *data = bind_import(l, s);

	ch->e = (struct chain_event){
		.seq = ch->before.version + 1, .at = s->at, .action = ACT_IMPORT, .role = ROLE_SYSTEM,
		.from = ch->before.state, .to = ch->rule->to, .to_agency = s->to, .audience = AUDIENCE_PUBLIC,
		.note = s->in.note, .data = data,
	};
	ch->after = ch->before;
	project_event(&ch->after, &ch->e, ch->to_level, l->c.sops);
	change_clocks_apply(ch);
}

/* What is not written here is not told: it was long ago. */
static void keep_deviations(struct life *l)
{
	struct change *ch = &l->ch;

	for (size_t i = 0; i < ch->n_deviations && l->n_deviations < LIFE_DEVIATIONS_MAX; i++) {
		const struct deviation_in *d = &ch->deviations[i];

		/* The runner would have found a missed time the moment it was over. */
		l->deviation[l->n_deviations].in = *d;
		l->deviation[l->n_deviations++].at = d->kind == DEVIATION_TIME ? instant_add_ms(d->due_at, 1) : ch->e.at;
	}
	ch->n_deviations = 0;
}

static void run_step(struct life *l, const struct rule *rule, const struct life_step *s)
{
	struct change *ch = &l->ch;

	BUG_ON(l->n_events >= LIFE_EVENTS_MAX);
	BUG_ON(s->at.ms < ch->after.changed_at.ms);
	l->act = s->in;
	l->c.now = s->at;
	l->c.who = s->who;
	ch->before = ch->after;
	ch->rule = rule;
	ch->reason = s->in.reason;
	ch->to = s->to;
	ch->to_level = s->to_level;
	ch->ran = ch->late = 0;
	if (s->data)
		project_import(l, s);
	else if (change_project(ch) != RC_OK)
		BUG("projecting in memory cannot fail");
	l->event[l->n_events++] = ch->e;
	if (ch->e.action == ACT_ESCALATE) {
		l->escalated_at = s->at;
		l->escalated_with = ch->after.agency;
	}
	/* A second text would need the first one in its event's data: no import and no demo edits. */
	BUG_ON((l->public_title && s->in.public_title) || (l->public_body && s->in.public_body));
	if (s->in.public_title)
		l->public_title = s->in.public_title;
	if (s->in.public_body)
		l->public_body = s->in.public_body;
	if (ch->before.queue != ch->after.queue || ch->before.holder.v != ch->after.holder.v) {
		count_queue(l->tally, &ch->before, -1);
		count_queue(l->tally, &ch->after, 1);
	}
	count_figures(l);
	keep_deviations(l);
	put_ended_aside(l);
}

void life_begin(struct life *l, const struct ctx *c, struct life_tally *tally, const struct life_in *in)
{
	const struct life_step submit = {
		.at = in->received_at,
		.who = { .role = ROLE_CITIZEN },
		.to = in->root,
		.to_level = LEVEL_NATIONAL,
		.in = { .action = ACT_SUBMIT, .category = in->category, .visibility = in->visibility },
	};

	memset(l, 0, sizeof(*l));
	l->c = *c;
	l->in = *in;
	l->tally = tally;
	l->ch = (struct change){ .c = &l->c, .in = &l->act, .kind = in->kind, .received_at = in->received_at,
				 .asked = in->asked_agency };
	l->ch.rules = rules_on(instant_day(in->received_at, calendar_zone(c->calendar)));
	life_step(l, &submit);
}

void life_step(struct life *l, const struct life_step *s)
{
	const struct rule *rule = transition_find(s->in.action, l->ch.after.state, s->who.role);

	BUG_ON(!rule);
	run_step(l, rule, s);
}

void life_import(struct life *l, const struct life_step *s, enum state to)
{
	const struct rule rule = life_import_rule(l->ch.after.state, to);

	run_step(l, &rule, s);
}

void life_end(struct life *l)
{
	l->texts = words_of_texts(l->c.a, l->tally->stem, l->public_title ? l->public_title : l->in.title,
				  l->public_body ? l->public_body : l->in.body);
}

struct instant life_due(const struct life *l, enum clock_kind kind)
{
	for (size_t i = 0; i < l->ch.n_clocks; i++)
		if (l->ch.clocks[i].k.kind == kind)
			return l->ch.clocks[i].k.due_at;
	return (struct instant){ 0 };
}

/* Storing. */

static enum rc store_row(struct life *l)
{
	const struct projection *p = &l->ch.after;
	const struct life_in *in = &l->in;
	struct reporter_insert_row reporter;
	struct life_report_insert_row row;

	TRY(q_reporter_insert(l->c.db, l->c.a, &(struct reporter_insert_args){
		.name = in->name, .email = in->email, .phone = in->phone, .language = LANG_ID,
	}, &reporter));
	TRY(q_life_report_insert(l->c.db, l->c.a, &(struct life_report_insert_args){
		.number = in->number, .code = in->code, .source_ref = in->source_ref, .kind = in->kind,
		.channel = in->channel, .reporter_id = reporter.id, .asked_visibility = in->visibility,
		.asked_agency_id = in->asked_agency, .happened_on = in->happened_on, .region_code = in->region_code,
		.place = in->place, .received_at = in->received_at, .ruleset = l->ch.rules->id, .state = p->state,
		.resume_state = p->resume_state, .version = p->version, .queue = p->queue, .is_open = p->is_open,
		.needs_action = p->needs_action, .holder_id = p->holder, .agency_id = p->agency, .opd_id = p->opd,
		.unit_id = p->unit, .taken_by = p->taken_by, .class = p->class, .category_id = p->category,
		.visibility = p->visibility, .is_public = p->is_public, .is_blocked = p->is_blocked,
		.is_escalated = p->is_escalated, .transfers = p->transfers, .closer = p->closer, .rating = p->rating,
		.held_since_at = p->held_since_at, .due_at = l->ch.due_at, .verified_at = p->verified_at,
		.disposed_at = p->disposed_at, .first_follow_up_at = p->first_follow_up_at,
		.answered_at = p->answered_at, .closed_at = p->closed_at, .changed_at = p->changed_at,
		.sop_id = p->sop, .sop_step = p->sop_step, .step_since_at = p->step_since_at,
		.is_arbitrated = p->is_arbitrated,
		.title = in->title, .public_title = l->public_title, .body = in->body, .public_body = l->public_body,
	}, &row));
	l->ch.report = row.id;
	return RC_OK;
}

/* The id is part of the hash, so the chain is made only now. */
static enum rc store_events(struct life *l)
{
	struct hash hash = { { 0 } };

	for (size_t i = 0; i < l->n_events; i++) {
		struct chain_event *e = &l->event[i];

		e->report = l->ch.report;
		hash = chain_hash(i == 0 ? NULL : &hash, e);
		TRY(q_event_insert(l->c.db, &(struct event_insert_args){
			.report_id = e->report, .seq = e->seq, .at = e->at, .action = e->action, .role = e->role,
			.account_id = e->account, .agency_id = e->agency, .from_state = e->from, .to_state = e->to,
			.to_agency_id = e->to_agency, .audience = e->audience, .reason = e->reason, .note = e->note,
			.data = e->data, .hash = { hash.b, HASH_BYTES },
		}, NULL));
	}
	return RC_OK;
}

static void keep_missed(struct life *l, const struct change_clock *x)
{
	struct deviation_in in = { .kind = DEVIATION_TIME, .what = "", .due_at = x->k.due_at };
	const struct sop_book *book = sop_shelf_by_rule(l->c.sops, x->k.rule, &in.step);

	if (!book || !book->sop->is_accountable || l->n_deviations == LIFE_DEVIATIONS_MAX)
		return;
	in.sop = book->id;
	change_sop_owner(&l->ch.after, book->sop, in.step, &in.agency, &in.account);
	l->deviation[l->n_deviations].in = in;
	l->deviation[l->n_deviations++].at = instant_add_ms(x->k.due_at, 1);
}

static enum rc store_clock(struct life *l, struct change_clock *x, struct instant now)
{
	const struct calendar *cal = l->c.calendar;
	const struct clock *k = &x->k;
	bool runs = !instant_is_set(k->ended_at) && !instant_is_set(k->paused_at);

	if (runs) {
		/* As if the job runner had been there all the time. */
		x->warned = remind_count_at(l->ch.rules, cal, k, now);
		if (!remind_is_reporters(k->kind) && now.ms > k->due_at.ms)
			x->was_missed = true;
		if (x->was_missed && k->kind == CLOCK_STEP)
			keep_missed(l, x);
	}
	TRY(change_sop_count(&l->ch, x));
	return q_life_clock_insert(l->c.db, &(struct life_clock_insert_args){
		.report_id = l->ch.report, .seq = x->seq, .kind = k->kind, .started_at = k->started_at,
		.limit_n = k->limit.n, .limit_unit = k->limit.unit, .rule = k->rule,
		.calendar = l->c.settings->region_code, .due_at = k->due_at, .paused_at = k->paused_at,
		.paused_wd = k->paused_wd, .warned = x->warned,
		.next_at = remind_next_at(l->ch.rules, cal, k, x->warned, x->was_missed), .ended_at = k->ended_at,
		.was_missed = x->was_missed,
	}, NULL);
}

static void keep_words(struct life *l)
{
	const struct projection *p = &l->ch.after;
	const struct marks_facts facts = {
		.report = l->ch.report, .is_public = p->is_public, .is_open = p->is_open, .class = p->class,
		.holder = p->holder, .agency = p->agency, .opd = p->opd, .unit = p->unit, .category = p->category,
		.region_code = l->in.region_code, .received_on = instant_day(l->in.received_at, l->c.settings->zone),
	};

	add_words(l->tally, l->ch.report, words_of_report(l->tally->words_a, l->in.number, l->texts,
							  marks_of_report(l->tally->words_a, &facts)));
}

enum rc life_store(struct life *l, struct instant now, struct report_id *ret)
{
	BUG_ON(!l->texts);
	TRY(store_row(l));
	TRY(store_events(l));
	keep_words(l);
	for (size_t i = 0; i < l->n_ended; i++)
		TRY(store_clock(l, &l->ended[i], now));
	for (size_t i = 0; i < l->ch.n_clocks; i++)
		TRY(store_clock(l, &l->ch.clocks[i], now));
	for (size_t i = 0; i < l->n_deviations; i++) {
		l->deviation[i].in.report = l->ch.report;
		TRY(deviation_insert(&l->c, &l->deviation[i].in, l->deviation[i].at));
	}
	/* As if the reminder had gone out long ago: nobody gets mail about a life that was told. */
	if (instant_is_set(l->escalated_at))
		TRY(ombudsman_open(&l->c, l->ch.report, l->escalated_with, l->escalated_at, true));
	*ret = l->ch.report;
	return RC_OK;
}
