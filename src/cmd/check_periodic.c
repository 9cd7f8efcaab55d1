/* SPDX-License-Identifier: Apache-2.0
 * check_periodic - periodic reports: every text still has its digest, every event its hash and a line in the table, and
 * the row is what the events make of it.
 */
#include "cmd/check.h"

#include <string.h>

#include "app/periodic.h"
#include "app/periodic_text.h"
#include "query_check_periodic.h"
#include "query_periodic.h"

#define PAGE_ROWS 100
#define VERSIONS_MAX 400

struct one {
	const struct check_periodic_rows_row *r;
	char key[PERIODIC_KEY_MAX];
	struct hash digest[VERSIONS_MAX + 1]; /* by version */
	size_t versions;
};

static void find(struct check *k, const struct one *x, const char *what, int64_t n)
{
	check_find(k, "periodic report %s of agency %lld: %s (%lld)", x->key, (long long)x->r->agency_id.v, what, (long long)n);
}

static enum rc check_versions(struct check *k, struct one *x)
{
	struct check_periodic_texts_row *rows;
	size_t n;

	TRY(q_check_periodic_texts(k->s->db, k->page, x->r->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct hash h = periodic_form_digest(rows[i].content);
		struct periodic_form form;

		if (rows[i].version != (int64_t)i + 1)
			find(k, x, "a version is missing before", rows[i].version);
		if (rows[i].digest.n != HASH_BYTES || !hash_equal_bytes(h.b, rows[i].digest.p, HASH_BYTES))
			find(k, x, "the text was changed after it was written: version", rows[i].version);
		if (periodic_text_read(k->page, rows[i].content, &form, &k->s->c.err) != RC_OK)
			find(k, x, "the text cannot be read: version", rows[i].version);
		if (i < VERSIONS_MAX)
			x->digest[i + 1] = h;
	}
	x->versions = n;
	return RC_OK;
}

static void check_deed(struct check *k, const struct one *x, const struct periodic_event *e,
		       const struct periodic_projection *p)
{
	enum sop_task task;
	bool makes_text;

	if (strcmp(e->what, PERIODIC_OPEN) == 0) {
		if (e->seq != 1 || e->to != PERIODIC_OPENED)
			find(k, x, "it was opened by event", e->seq);
		return;
	}
	if (strcmp(e->what, PERIODIC_REMIND) == 0) {
		if (e->to != p->state || e->version != p->version)
			find(k, x, "a reminder changed it: event", e->seq);
		return;
	}
	if (!sop_task_parse(e->what, &task) || !periodic_is_legal(task, p->state, e->role, e->to)) {
		find(k, x, "no line of the table allows event", e->seq);
		return;
	}
	makes_text = task == SOP_TASK_PERIODIC_COMPILE || task == SOP_TASK_PERIODIC_FORM;
	if (e->version != p->version + makes_text)
		find(k, x, "the version does not follow: event", e->seq);
}

static enum rc replay(struct check *k, struct one *x, struct periodic_projection *p)
{
	struct periodic_events_row *rows;
	struct hash previous = { 0 };
	size_t n;

	TRY(q_periodic_events(k->s->db, k->page, x->r->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct periodic_events_row *r = &rows[i];
		bool has_text = r->version > 0 && r->version <= VERSIONS_MAX && (size_t)r->version <= x->versions;
		const struct periodic_event e = {
			.periodic = x->r->id, .seq = r->seq, .at = r->at, .what = r->what, .role = r->role,
			.account = r->account_id, .to = r->to_state, .version = r->version,
			.digest = has_text ? &x->digest[r->version] : NULL, .was_late = r->was_late, .number = r->number,
			.note = r->note };
		struct hash h = periodic_hash(i > 0 ? &previous : NULL, &e);

		if (e.seq != (int64_t)i + 1)
			find(k, x, "an event is missing before", e.seq);
		if (r->version > 0 && !has_text && r->version <= VERSIONS_MAX)
			find(k, x, "there is no text for event", e.seq);
		if (r->hash.n != HASH_BYTES || !hash_equal_bytes(h.b, r->hash.p, HASH_BYTES))
			find(k, x, "an event or its text was changed after it was written (hash): event", e.seq);
		check_deed(k, x, &e, p);
		periodic_project(p, &e);
		previous = h;
	}
	k->events += (int64_t)n;
	return RC_OK;
}

static void compare_row(struct check *k, const struct one *x, const struct periodic_projection *p)
{
	const struct check_periodic_rows_row *r = x->r;
	const struct sop *sop = periodic_sop(&k->s->c, r->sop_id);

	if (r->state != p->state)
		find(k, x, "its state is not what the events say", r->state);
	if (r->version != p->version || r->version != (int64_t)x->versions)
		find(k, x, "its version is not what the events say", r->version);
	if (r->seq != p->seq)
		find(k, x, "its number of events is not right", r->seq);
	if (r->is_open != periodic_is_open(p->state))
		find(k, x, "is_open is not right", r->is_open);
	if (r->sop_id.v && !sop)
		return;
	if (r->due_at.ms != periodic_due(sop, p->state, k->s->c.calendar, r->step_since_at).ms)
		find(k, x, "start and limit give another deadline than", r->due_at.ms);
}

static enum rc check_one(struct check *k, const struct check_periodic_rows_row *r)
{
	struct one *x = arena_new_one(k->page, struct one);
	struct periodic_projection p = { .state = PERIODIC_NONE };

	x->r = r;
	periodic_key(r->first_on, r->last_on, x->key);
	TRY(check_versions(k, x));
	TRY(replay(k, x, &p));
	compare_row(k, x, &p);
	return RC_OK;
}

enum rc check_periodic_all(struct check *k)
{
	struct periodic_id after = { 0 };

	for (;;) {
		struct check_periodic_rows_row *rows;
		size_t n;

		arena_reset(k->page);
		TRY(q_check_periodic_rows(k->s->db, k->page, &(struct check_periodic_rows_args){ after, PAGE_ROWS }, &rows, &n));
		if (n == 0)
			return RC_OK;
		for (size_t i = 0; i < n; i++)
			TRY(check_one(k, &rows[i]));
		after = rows[n - 1].id;
	}
}
