/* SPDX-License-Identifier: Apache-2.0
 * archive_move - copies into the archive what is not there yet, proves the archive, and lets the main database go of it in
 * batches that are proved once more. The work on the main database takes half of the time at most: others write, too.
 */
#include "cmd/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/check.h"
#include "cmd/progress.h"
#include "query_report.h"

#define BATCH_REPORTS 50
/* Files in the database: so many bytes at once, though one report may have more. */
#define BATCH_BYTES (INT64_C(32) * 1024 * 1024)
#define PAGE_ROWS 1000
#define ROUNDS_MAX 3

struct batch {
	struct report_id ids[BATCH_REPORTS];
	size_t n;
	int64_t bytes;
};

static bool is_full(const struct batch *b, const struct archive_one *next)
{
	return b->n == BATCH_REPORTS || (b->n > 0 && b->bytes + next->bytes > BATCH_BYTES);
}

static void add(struct batch *b, const struct archive_one *one)
{
	b->ids[b->n++] = one->id;
	b->bytes += one->bytes;
}

/* ---- copying */

static enum rc copy_batch(struct archive *x, struct batch *b)
{
	TXN(t);

	if (b->n == 0)
		return RC_OK;
	TRY(txn_begin(x->there.db, &t));
	TRY(part_copy(&x->part, b->ids, b->n, &x->s->c.err));
	TRY(txn_commit(&t));
	*b = (struct batch){ 0 };
	return RC_OK;
}

static enum rc is_there(struct archive *x, struct report_id id, bool *ret)
{
	struct report_names_row row;
	enum rc rc;

	arena_reset(x->page);
	rc = q_report_names(x->there.db, x->page, id, &row);
	*ret = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc copy_all(struct archive *x)
{
	struct progress progress;
	struct batch b = { 0 };

	progress_begin(&progress, "copied");
	for (size_t i = 0; i < x->n; i++) {
		bool there;

		TRY(is_there(x, x->list[i].id, &there));
		if (there)
			continue;
		if (is_full(&b, &x->list[i]))
			TRY(copy_batch(x, &b));
		add(&b, &x->list[i]);
		progress_show(&progress, (int)(i * 1000 / x->n), (int64_t)i);
	}
	TRY(copy_batch(x, &b));
	progress_end(&progress);
	return RC_OK;
}

/* ---- what is in the archive and did not leave: an earlier try copied it, then something happened to it */

static enum rc take_out(struct archive *x, const struct report_id *ids, size_t n)
{
	struct db *db = x->there.db;
	TXN(t);

	if (n == 0)
		return RC_OK;
	TRY(txn_begin(db, &t));
	/* The events let go of what is written down as archived. */
	for (size_t i = 0; i < n; i++) {
		char text[32];

		snprintf(text, sizeof(text), "%lld", (long long)ids[i].v);
		TRY(q_archive_stub_insert(db, &(struct archive_stub_insert_args){
			.report_id = ids[i].v, .year = x->year, .number = text, .code = text }, NULL));
	}
	TRY(part_remove(&x->part, db, ids, n, &x->s->c.err));
	for (size_t i = 0; i < n; i++)
		TRY(q_archive_stub_delete(db, ids[i].v, NULL));
	return txn_commit(&t);
}

static int by_id(const void *key, const void *element)
{
	const struct report_id *id = key;
	const struct archive_one *one = element;

	return id->v < one->id.v ? -1 : id->v > one->id.v;
}

static enum rc is_stray(struct archive *x, struct report_id id, bool *ret)
{
	struct archive_stub_find_row stub;
	bool left = false;

	*ret = false;
	if (x->n > 0 && bsearch(&id, x->list, x->n, sizeof(*x->list), by_id))
		return RC_OK;
	TRY(q_archive_stub_find(x->s->db, x->page, id.v, &stub, &left));
	*ret = !left;
	return RC_OK;
}

static enum rc take_out_strays(struct archive *x)
{
	struct archive_held_args args = { .max_rows = PAGE_ROWS };
	struct archive_held_row *rows;
	size_t n;

	do {
		struct batch b = { 0 };

		arena_reset(x->page);
		TRY(q_archive_held(x->there.db, x->page, &args, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			bool stray;

			TRY(is_stray(x, rows[i].id, &stray));
			args.after_id = rows[i].id;
			if (stray)
				b.ids[b.n++] = rows[i].id;
			if (b.n == BATCH_REPORTS || (i + 1 == n && b.n > 0)) {
				TRY(take_out(x, b.ids, b.n));
				b.n = 0;
			}
		}
	} while (n == PAGE_ROWS);
	return RC_OK;
}

/* ---- proving the archive */

static enum rc prove(struct archive *x)
{
	struct check k;
	enum rc rc;
	TXN(t);

	TRY(txn_begin(x->there.db, &t));
	check_begin(&k, &x->there);
	k.makes_figures = true;
	rc = check_everything(&k);
	if (rc == RC_OK && k.findings > 0)
		rc = err_set(&x->s->c.err, RC_FAILED, 0, "the archive is not what it should be (see above): nothing more is "
			     "removed; run lapor check on both databases");
	else if (rc == RC_OK)
		fprintf(stderr, "\rlapor archive: the archive holds %lld reports and is clean\n", (long long)k.reports);
	else
		rc = err_set(&x->s->c.err, rc, 0, "the archive cannot be checked: %s", db_message(x->there.db));
	check_done(&k);
	return rc == RC_OK ? txn_commit(&t) : rc;
}

/* ---- letting go */

/* What is still over, held; what is not stays. Ids move up within the batch. */
static enum rc hold(struct archive *x, struct batch *b, struct archive_facts_row *facts)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct archive_lock_row locked;
		bool found = false;
		enum over over = OVER_OPEN;

		TRY(q_archive_lock(x->s->db, x->page, b->ids[i], &locked, &found));
		if (found)
			TRY(archive_pick_judge(x, b->ids[i], &facts[kept], &over));
		if (over == OVER_YES)
			b->ids[kept++] = b->ids[i];
	}
	b->n = kept;
	return RC_OK;
}

static enum rc prove_batch(struct archive *x, const struct batch *b, struct hash *ret, int64_t *ret_rows, bool *ret_same)
{
	struct err *err = &x->s->c.err;
	struct hash theirs;
	int64_t n;

	TRY(part_digest(&x->part, x->s->db, b->ids, b->n, ret, ret_rows, err));
	TRY(part_digest(&x->part, x->there.db, b->ids, b->n, &theirs, &n, err));
	*ret_same = hash_equal(ret, &theirs) && n == *ret_rows;
	return RC_OK;
}

struct noting {
	struct archive *x;
	const char *prefix;
	enum rc rc;
};

static void note_figure(void *arg, const struct tally_cell *cell)
{
	struct noting *w = arg;
	char name[64];

	snprintf(name, sizeof(name), "%s%s", w->prefix, cell->key.name);
	if (w->rc == RC_OK)
		w->rc = q_archive_figure_add(w->x->s->db, &(struct archive_figure_add_args){
			.year = w->x->year, .on_day = cell->key.on, .figure = name, .dimension = cell->key.dimension,
			.delta = cell->n }, NULL);
}

/* "P-2026-00017" counts for 2026. */
static void count_intake(struct check *k, const struct archive_facts_row *r)
{
	if (r->intake_id.v)
		check_tally_add(&k->intakes, (struct tally_key){ { 0 }, ARCHIVE_INTAKE,
								 strtol(r->intake_number + 2, NULL, 10) }, 1);
}

/* Each report is played again on its way out: what it counted for stays, and one that does not fit does not leave. */
static enum rc note_figures(struct archive *x, const struct batch *b, const struct archive_facts_row *facts)
{
	struct noting w = { .x = x, .prefix = "" };
	struct check k;

	check_begin(&k, x->s);
	w.rc = check_load_levels(&k);
	for (size_t i = 0; w.rc == RC_OK && i < b->n; i++) {
		w.rc = check_report_one(&k, b->ids[i]);
		if (w.rc == RC_OK && facts[i].intake_id.v)
			w.rc = check_intake_one(&k, facts[i].intake_id);
		count_intake(&k, &facts[i]);
	}
	if (w.rc == RC_OK && k.findings > 0)
		w.rc = err_set(&x->s->c.err, RC_FAILED, 0, "the database is not clean (see above): run lapor check");
	check_tally_rest(&k.figures, note_figure, &w);
	check_tally_rest(&k.intakes, note_figure, &w);
	w.prefix = ARCHIVE_STEP;
	check_tally_rest(&k.steps, note_figure, &w);
	check_done(&k);
	return w.rc;
}

static enum rc write_stubs(struct archive *x, const struct batch *b, const struct archive_facts_row *facts)
{
	for (size_t i = 0; i < b->n; i++)
		TRY(q_archive_stub_insert(x->s->db, &(struct archive_stub_insert_args){
			.report_id = b->ids[i].v, .year = x->year, .number = facts[i].number, .code = facts[i].code,
			.source_ref = facts[i].source_ref, .account_id = facts[i].account_id,
			.is_public = facts[i].is_public }, NULL));
	return RC_OK;
}

static enum rc write_sum(struct archive *x, const struct batch *b, const struct hash *digest, int64_t rows)
{
	struct archive_find_row row;
	struct hash_state h;
	struct hash all;
	bool found;

	TRY(q_archive_find(x->s->db, x->page, x->year, &row, &found));
	if (!found)
		return RC_NOT_FOUND;
	hash_begin(&h, NULL);
	hash_piece(&h, row.digest.p, row.digest.n);
	hash_piece(&h, digest->b, HASH_BYTES);
	all = hash_end(&h);
	return q_archive_moved(x->s->db, &(struct archive_moved_args){
		.year = x->year, .more_reports = (int64_t)b->n, .more_rows = rows, .digest = { all.b, HASH_BYTES },
		.moved_at = x->s->c.now }, NULL);
}

/* One transaction; ret_same false: something happened to one of them since it was copied: all stay, and the copies go. */
static enum rc remove_batch(struct archive *x, struct batch *b, bool *ret_same)
{
	struct archive_facts_row *facts;
	struct hash digest;
	int64_t rows;
	TXN(t);

	arena_reset(x->page);
	facts = arena_new_many(x->page, struct archive_facts_row, BATCH_REPORTS);
	*ret_same = true;
	TRY(txn_begin(x->s->db, &t));
	TRY(hold(x, b, facts));
	if (b->n == 0)
		return RC_OK;
	TRY(prove_batch(x, b, &digest, &rows, ret_same));
	if (!*ret_same)
		return take_out(x, b->ids, b->n);
	TRY(note_figures(x, b, facts));
	TRY(write_stubs(x, b, facts));
	TRY(part_remove(&x->part, x->s->db, b->ids, b->n, &x->s->c.err));
	TRY(write_sum(x, b, &digest, rows));
	TRY(txn_commit(&t));
	x->moved += (int64_t)b->n;
	return RC_OK;
}

/* As long as the batch took, so that those who wait for the database come in. */
static void let_others(struct instant since)
{
	int64_t ms = instant_now().ms - since.ms;
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = (ms % 1000 + 1) * 1000000 % 1000000000 };

	nanosleep(&pause, NULL);
}

static enum rc remove_all(struct archive *x)
{
	struct progress progress;
	size_t next = 0;

	progress_begin(&progress, "moved");
	while (next < x->n) {
		struct instant since = instant_now();
		struct batch b = { 0 };
		bool is_same;

		for (; next < x->n && !is_full(&b, &x->list[next]); next++)
			add(&b, &x->list[next]);
		TRY(remove_batch(x, &b, &is_same));
		progress_show(&progress, (int)(next * 1000 / x->n), x->moved);
		let_others(since);
	}
	progress_end(&progress);
	return RC_OK;
}

static enum rc one_round(struct archive *x)
{
	TRY(take_out_strays(x));
	TRY(copy_all(x));
	TRY(prove(x));
	return remove_all(x);
}

/* Reports that something happened to between copying and removing are judged and copied again. */
enum rc archive_move(struct archive *x)
{
	for (int round = 0; round < ROUNDS_MAX; round++) {
		int64_t before = x->moved;

		TRY(one_round(x));
		if (x->moved - before == (int64_t)x->n)
			return RC_OK;
		TRY(archive_pick(x));
	}
	TRY(take_out_strays(x));
	return prove(x);
}
