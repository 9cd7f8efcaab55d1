/* SPDX-License-Identifier: Apache-2.0
 * check - the command: opens, lets check_report.c replay everything, then compares counters, figures, files and
 * what belongs to nothing.
 */
#include "cmd/check.h"

#include "app/attach.h"
#include "base/hash.h"
#include "query_attachment.h"
#include "query_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES ((size_t)512 * 1024 * 1024)
#define FIGURE_DAYS 60
#define PAGE_FILES 200

void check_find(struct check *k, const char *fmt, ...)
{
	va_list ap;

	k->findings++;
	if (k->findings > CHECK_SAID_MAX)
		return;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

enum rc check_load_levels(struct check *k)
{
	struct check_agencies_row *rows;
	size_t n;

	TRY(q_check_agencies(k->s->db, k->s->a, &rows, &n));
	k->n_levels = n > 0 ? rows[n - 1].id.v + 1 : 1;
	k->levels = arena_new_many(k->s->a, enum level, (size_t)k->n_levels);
	for (size_t i = 0; i < n; i++)
		k->levels[rows[i].id.v] = rows[i].level;
	return RC_OK;
}

static void find_queue(void *arg, const struct tally_cell *cell)
{
	check_find(arg, "queue counter %s of agency %lld is off by %lld", cell->key.name, (long long)cell->key.dimension,
		   (long long)-cell->n);
}

static enum rc compare_queues(struct check *k)
{
	struct check_queue_counts_row *rows;
	size_t n;

	TRY(q_check_queue_counts(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		check_tally_add(&k->queues, (struct tally_key){ { 0 }, queue_word(rows[i].queue), rows[i].agency_id.v },
				-rows[i].n);
	check_tally_rest(&k->queues, find_queue, k);
	return RC_OK;
}

static void find_figure(void *arg, const struct tally_cell *cell)
{
	char on[11];

	day_format(cell->key.on, on);
	check_find(arg, "figure %s of %s, dimension %lld, is off by %lld", cell->key.name, on,
		   (long long)cell->key.dimension, (long long)-cell->n);
}

/* The names of stored figures live as long as the session's arena. */
static enum rc compare_figures(struct check *k)
{
	struct check_first_figure_day_row first;
	struct check_last_figure_day_row last;
	enum rc rc = q_check_first_figure_day(k->s->db, k->s->a, &first);

	if (rc == RC_OK)
		rc = q_check_last_figure_day(k->s->db, k->s->a, &last);
	if (rc == RC_NOT_FOUND) {
		check_tally_rest(&k->figures, find_figure, k);
		return RC_OK;
	}
	TRY(rc);
	for (struct day d = day_add(first.on_day, -1); d.n < last.on_day.n; d = day_add(d, FIGURE_DAYS)) {
		struct check_figures_row *rows;
		size_t n;

		TRY(q_check_figures(k->s->db, k->s->a, &(struct check_figures_args){ d, FIGURE_DAYS }, &rows, &n));
		for (size_t i = 0; i < n; i++)
			check_tally_add(&k->figures, (struct tally_key){ rows[i].on_day, rows[i].figure,
								       rows[i].dimension }, -rows[i].n);
	}
	check_tally_rest(&k->figures, find_figure, k);
	return RC_OK;
}

static void find_step(void *arg, const struct tally_cell *cell)
{
	char on[11];

	day_format(cell->key.on, on);
	check_find(arg, "figure %s of SOP %lld, step %lld, of %s is off by %lld", cell->key.name,
		   (long long)check_step_sop(cell->key.dimension), (long long)check_step_place(cell->key.dimension), on,
		   (long long)-cell->n);
}

static enum rc compare_steps(struct check *k)
{
	struct check_sop_figures_row *rows;
	size_t n;

	TRY(q_check_sop_figures(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t key = check_step_key(rows[i].sop_id, rows[i].step);

		check_tally_add(&k->steps, (struct tally_key){ rows[i].on_day, "done", key }, -rows[i].done);
		check_tally_add(&k->steps, (struct tally_key){ rows[i].on_day, "late", key }, -rows[i].late);
		check_tally_add(&k->steps, (struct tally_key){ rows[i].on_day, "minutes", key }, -rows[i].minutes);
	}
	check_tally_rest(&k->steps, find_step, k);
	return RC_OK;
}

static enum rc check_data(struct check *k, const struct check_attachments_row *f)
{
	struct attachment_data_read_row data;

	if (q_attachment_data_read(k->s->db, k->page, f->id, &data) != RC_OK)
		return err_set(&k->s->c.err, RC_NOT_FOUND, 0, "its bytes are not there");
	struct hash h = hash_of(data.bytes.p, data.bytes.n, NULL);
	if ((int64_t)data.bytes.n != f->size_bytes || f->digest.n != HASH_BYTES ||
	    !hash_equal_bytes(h.b, f->digest.p, HASH_BYTES))
		return err_set(&k->s->c.err, RC_INVALID, 0, "its bytes were changed");
	return RC_OK;
}

/* Every byte of a file that is near; of one that lies across a network, that it is there in its size. */
static enum rc check_stored(struct check *k, const struct check_attachments_row *f)
{
	struct attach_file file = { .storage_key = f->storage_key, .size_bytes = f->size_bytes, .digest = f->digest };
	struct err *err = &k->s->c.err;
	const struct file_store *store;
	const char *name;

	TRY(file_store_find(k->s->c.files, f->storage_key, &store, &name, err));
	TRY(store->look(store->arg, name, (size_t)f->size_bytes, err));
	return store->is_near ? attach_fetch(&k->s->c, "", &file) : RC_OK;
}

/* Meanwhile it may have been removed, or moved. */
static bool is_still_there(struct check *k, const struct check_attachments_row *f)
{
	struct attachment_read_row row;

	return q_attachment_read(k->s->db, k->page, f->id, &row) == RC_OK && strcmp(row.storage_key, f->storage_key) == 0;
}

static void check_file(struct check *k, const struct check_attachments_row *f)
{
	const char *name;

	k->files++;
	if ((file_store_place(f->storage_key, &name) == FILE_DATABASE ? check_data(k, f) : check_stored(k, f)) != RC_OK &&
	    is_still_there(k, f))
		check_find(k, "attachment %lld: %s", (long long)f->id.v, k->s->c.err.detail);
}

/* Not in the one look at the database: disks and networks are waited for. */
static enum rc check_files(struct check *k)
{
	struct attachment_id after = { 0 };

	for (;;) {
		struct check_attachments_row *rows;
		size_t n;

		arena_reset(k->page);
		TRY(q_check_attachments(k->s->db, k->page, &(struct check_attachments_args){ after, PAGE_FILES },
					&rows, &n));
		if (n == 0)
			return RC_OK;
		for (size_t i = 0; i < n; i++)
			check_file(k, &rows[i]);
		after = rows[n - 1].id;
	}
}

static enum rc check_loose(struct check *k)
{
	struct check_loose_messages_row messages;
	struct check_loose_reporters_row reporters;

	TRY(q_check_loose_messages(k->s->db, k->s->a, &messages));
	if (messages.n > 0)
		check_find(k, "%lld messages belong to no event", (long long)messages.n);
	TRY(q_check_loose_reporters(k->s->db, k->s->a, &reporters));
	if (reporters.n > 0)
		check_find(k, "%lld reporters belong to no report", (long long)reporters.n);
	return RC_OK;
}

void check_begin(struct check *k, struct session *s)
{
	*k = (struct check){ .s = s, .page = arena_new(PAGE_BYTES) };
}

void check_done(struct check *k)
{
	check_tally_done(&k->queues);
	check_tally_done(&k->figures);
	check_tally_done(&k->steps);
	check_tally_done(&k->intakes);
	arena_free(k->page);
}

static void find_intakes(void *arg, const struct tally_cell *cell)
{
	check_find(arg, "the counter of intakes of %lld is off by %lld", (long long)cell->key.dimension, (long long)cell->n);
}

enum rc check_everything(struct check *k)
{
	enum rc rc = db_check(k->s->db, &k->s->c.err);

	/* The engine's own finding is one of ours; going on may find what it means. */
	if (rc == RC_FAILED)
		check_find(k, "the database file: %s", k->s->c.err.detail);
	else
		TRY(rc);
	TRY(check_load_levels(k));
	TRY(check_report_all(k));
	TRY(check_intake_all(k));
	TRY(check_archive_all(k));
	if (k->makes_figures)
		TRY(check_archive_make_figures(k));
	TRY(compare_queues(k));
	TRY(compare_figures(k));
	TRY(compare_steps(k));
	check_tally_rest(&k->intakes, find_intakes, k);
	TRY(check_ombudsman_all(k));
	TRY(check_periodic_all(k));
	TRY(check_shelf_all(k));
	TRY(check_minutes_all(k));
	TRY(check_words_all(k));
	return check_loose(k);
}

/* A consistent look: what is written meanwhile is not seen. */
static enum rc check_in_one_look(struct check *k)
{
	TXN(t);

	TRY(txn_begin(k->s->db, &t));
	return check_everything(k);
}

int check_run(const struct args *args)
{
	struct session s = { 0 };
	struct check k;
	int status = command_open(args, DB_READ, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	check_begin(&k, &s);
	if (check_in_one_look(&k) != RC_OK || check_files(&k) != RC_OK) {
		status = command_fail_err(args, &s.c.err);
	} else {
		fprintf(stderr, "\rlapor check: %lld reports, %lld events, %lld clocks, %lld files\n",
			(long long)k.reports, (long long)k.events, (long long)k.clocks, (long long)k.files);
		if (k.findings > CHECK_SAID_MAX)
			printf("... and %lld more\n", (long long)(k.findings - CHECK_SAID_MAX));
		if (k.findings)
			printf("%lld findings\n", (long long)k.findings);
		else
			puts("clean");
		status = k.findings ? 1 : 0;
	}
	check_done(&k);
	command_close(&s);
	return status;
}
