/* SPDX-License-Identifier: Apache-2.0
 * life - a report with its whole history, lived in memory and stored at once.
 *
 * For what happened elsewhere or never: imports and demo data. Every step goes through the same transition table,
 * projection, clocks and figures as a page's (app/change.h), so the stored rows are those that the use cases would
 * have left; only messages are not written. Steps must be in order of time.
 */
#ifndef APP_LIFE_H
#define APP_LIFE_H

#include "app/change.h"

#define LIFE_EVENTS_MAX 48
#define LIFE_ENDED_MAX 96
#define LIFE_DEVIATIONS_MAX 24

/*
 * What many reports leave together: counters, numbers and words. Kept in memory until its flush writes it, in the
 * transaction of the reports. One thread may live reports while another stores those that are complete.
 */
struct life_tally;
struct life_tally *life_tally_new(void);
void life_tally_free(struct life_tally *t); /* NULL is fine */
/* The next number of that year; nobody else may give numbers before the flush. */
CHECKED enum rc life_tally_number(struct life_tally *t, struct db *db, int year, int64_t *ret);
CHECKED enum rc life_tally_flush(struct life_tally *t, struct db *db);
/* The words alone: they are what takes room. */
CHECKED enum rc life_tally_flush_words(struct life_tally *t, struct db *db);

struct life_in {
	enum kind kind;
	enum channel channel;
	const char *name, *email, *phone;      /* of the reporter; NULL: unknown */
	enum visibility visibility;
	struct agency_id root, asked_agency;   /* root: where everything arrives; asked: of level instansi */
	struct category_id category;
	struct day happened_on;                /* DAY_NONE: unknown */
	const char *region_code, *place;       /* or NULL */
	struct instant received_at;
	const char *title, *body;
	const char *source_ref;                /* or NULL */
	const char *number, *code;
};

struct life_step {
	struct instant at;
	struct who who;                        /* role decides the line of the table */
	struct agency_id to;                   /* new holder, 0: it stays or goes up */
	enum level to_level;
	struct act_in in;
	const char *data;                      /* IMPORT: what the projection reads */
};

struct life {
	struct ctx c;
	struct life_in in;
	struct act_in act;
	struct change ch;
	struct life_tally *tally;
	const char *public_title, *public_body;
	const char *texts;                     /* as the index has them; NULL until life_end */
	struct chain_event event[LIFE_EVENTS_MAX];
	size_t n_events;
	struct change_clock ended[LIFE_ENDED_MAX];
	size_t n_ended;
	struct {
		struct deviation_in in;
		struct instant at;
	} deviation[LIFE_DEVIATIONS_MAX];
	size_t n_deviations;
	struct instant escalated_at;           /* 0: never */
	struct agency_id escalated_with;       /* who had it then */
};

/* Receives it. c gives database, arena, calendar, settings; strings must live until life_store. */
void life_begin(struct life *l, const struct ctx *c, struct life_tally *tally, const struct life_in *in);
/* One more transition. A step that the table does not have is the caller's defect. */
void life_step(struct life *l, const struct life_step *s);
/* The step of an import: to any state. */
void life_import(struct life *l, const struct life_step *s, enum state to);
/* After the last step, by the thread that lives it: what the index is told of the texts. */
void life_end(struct life *l);
/* Writes everything but what the tally keeps; now: as of when reminders count as sent and deadlines as missed. */
CHECKED enum rc life_store(struct life *l, struct instant now, struct report_id *ret);

static inline const struct projection *life_now(const struct life *l)
{
	return &l->ch.after;
}
/* The due instant of the running clock of this kind; 0 when none runs. */
struct instant life_due(const struct life *l, enum clock_kind kind);
/* IMPORT may set any state and has no line in the table: its rule is this. */
struct rule life_import_rule(enum state from, enum state to);

#endif
