/* SPDX-License-Identifier: Apache-2.0
 * import - takes in a file that LAPOR! exported: every row becomes a report, is known already, or goes to the
 * reject file with its reason.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/holidays.h"
#include "base/rand.h"
#include "cmd/csv_write.h"
#include "cmd/import_life.h"
#include "cmd/progress.h"
#include "core/ticket.h"
#include "query_life.h"
#include "query_report.h"

#define BATCH_ROWS 1000
#define OLDEST_YEAR 2000 /* LAPOR! is younger; a date before is an empty cell or a slip */
#define ROW_BYTES_MAX ((size_t)256 << 20)

struct importer {
	const struct args *args;
	struct session *s;
	struct arena *row;          /* emptied after each row */
	struct sheet *sheet;
	struct sheet_row header;
	struct lapor_map map;
	struct import_match *match;
	struct import_regions *regions;
	struct life *life;
	struct life_tally *tally;
	const char *reject_path;
	FILE *reject;
	int64_t taken, known, rejected, state[STATE_ARCHIVED + 1];
};

/* "dir/file.xlsx" -> "dir/file.xlsx.reject.csv" */
static const char *default_reject(struct importer *m)
{
	const char *given = options_text(m->args, "reject");

	return given ? given : arena_printf(m->s->a, "%s.reject.csv", m->args->operand[0]);
}

static enum rc open_reject(struct importer *m)
{
	m->reject = fopen(m->reject_path, "we");
	if (!m->reject)
		return err_set(&m->s->c.err, RC_FAILED, 0, "cannot write the rejected rows to %s: %s; name another file with "
			       "--reject", m->reject_path, strerror(errno));
	csv_write_mark(m->reject);
	csv_write_cell(m->reject, 0, "line");
	csv_write_cell(m->reject, 1, "reason");
	for (size_t i = 0; i < m->header.n; i++)
		csv_write_cell(m->reject, i + 2, m->header.cell[i].text);
	csv_write_end(m->reject);
	return RC_OK;
}

static enum rc reject_row(struct importer *m, const struct sheet_row *row, const char *reason)
{
	char line[24];

	if (!m->reject)
		TRY(open_reject(m));
	snprintf(line, sizeof(line), "%lld", (long long)row->line);
	csv_write_cell(m->reject, 0, line);
	csv_write_cell(m->reject, 1, reason);
	for (size_t i = 0; i < row->n; i++)
		csv_write_cell(m->reject, i + 2, row->cell[i].text);
	csv_write_end(m->reject);
	m->rejected++;
	return RC_OK;
}

static enum rc new_code(struct importer *m, char out[TICKET_CODE_LEN + 1])
{
	struct report_find_by_code_row taken;
	unsigned char random[9];
	enum rc rc;

	do {
		rand_secret(random, sizeof(random));
		ticket_code_make(random, out);
		rc = q_report_find_by_code(m->s->db, m->row, out, &taken);
	} while (rc == RC_OK);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Is it here already: imported before, or one of our own that an export of ours brought back? */
static enum rc is_known(struct importer *m, const char *id, const char *source_ref, bool *ret)
{
	struct life_find_source_row row;
	struct report_find_by_number_row own;
	enum rc rc;

	TRY(q_life_find_source(m->s->db, m->row, source_ref, &row, ret));
	if (*ret || strlen(id) < 9)
		return RC_OK;
	rc = q_report_find_by_number(m->s->db, m->row, arena_printf(m->row, "%.4s-%s", id, id + 4), &own);
	*ret = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc take_row(struct importer *m, const struct lapor_row *row, const char *source_ref)
{
	struct import_target t = { .root = import_match_root(m->match), .source_ref = source_ref };
	struct ctx c = m->s->c;
	char number[TICKET_NUMBER_MAX + 1], code[TICKET_CODE_LEN + 1];
	int year = instant_civil(row->received_at, calendar_zone(c.calendar)).year;
	struct report_id id;
	int64_t n;

	c.a = m->row;
	TRY(import_match_agency(m->match, row, &t.place));
	TRY(import_match_category(m->match, row, &t.category));
	TRY(import_region_find(m->regions, row, &t.region_code));
	TRY(life_tally_number(m->tally, m->s->db, year, &n));
	ticket_number_make(year, n, number);
	TRY(new_code(m, code));
	t.number = number;
	t.code = code;
	import_life_make(m->life, &c, m->tally, row, &t);
	life_end(m->life);
	TRY(life_store(m->life, c.now, &id));
	m->taken++;
	m->state[life_now(m->life)->state]++;
	return RC_OK;
}

static enum rc one_row(struct importer *m, const struct sheet_row *sheet_row)
{
	struct lapor_row row;
	const char *problem = lapor_read_row(m->row, &m->map, sheet_row, &row), *source_ref;
	bool known;

	if (!problem && row.received_at.ms > m->s->c.now.ms + MS_PER_DAY)
		problem = "Tanggal Laporan Masuk lies in the future";
	if (!problem && row.received_at.ms < instant_at_day(day_from_civil(OLDEST_YEAR, 1, 1), ZONE_WIB).ms)
		problem = "Tanggal Laporan Masuk lies before the year 2000";
	if (problem)
		return reject_row(m, sheet_row, problem);
	/* Clocks differ, and zones: what comes later today has come by now. */
	if (row.received_at.ms > m->s->c.now.ms)
		row.received_at = m->s->c.now;
	source_ref = arena_printf(m->row, "lapor:%s", row.id);
	TRY(is_known(m, row.id, source_ref, &known));
	if (known) {
		m->known++;
		return RC_OK;
	}
	return take_row(m, &row, source_ref);
}

/* One transaction; ret_end: the file is read. */
static enum rc one_batch(struct importer *m, struct progress *p, bool *ret_end)
{
	struct err *err = &m->s->c.err;
	struct sheet_row row;
	enum rc rc = RC_OK;
	TXN(t);

	TRY(txn_begin(m->s->db, &t));
	TRY(holidays_confirm(&m->s->c));
	for (int i = 0; i < BATCH_ROWS && rc == RC_OK; i++) {
		arena_reset(m->row);
		rc = sheet_next(m->sheet, m->row, &row, err);
		if (rc == RC_OK && row.n > 0)
			TRY(one_row(m, &row));
		progress_show(p, sheet_permille(m->sheet), m->taken + m->known + m->rejected);
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_end = rc == RC_NOT_FOUND;
	TRY(life_tally_flush(m->tally, m->s->db));
	return txn_commit(&t);
}

static enum rc import_all(struct importer *m)
{
	struct progress p;
	bool end = false;
	enum rc rc = RC_OK;

	m->life = arena_new_one(m->s->a, struct life);
	m->tally = life_tally_new();
	m->regions = import_region_new(m->s);
	m->reject_path = default_reject(m);
	TRY(import_match_load(m->s, m->row, &m->match));
	progress_begin(&p, "rows");
	while (rc == RC_OK && !end)
		rc = one_batch(m, &p, &end);
	progress_end(&p);
	return rc;
}

/* Name, tab, number: the result. */
static void print_summary(const struct importer *m)
{
	printf("taken\t%lld\nknown\t%lld\nrejected\t%lld\n", (long long)m->taken, (long long)m->known,
	       (long long)m->rejected);
	for (enum state s = STATE_RECEIVED; s <= STATE_ARCHIVED; s++)
		if (m->state[s] > 0)
			printf("state %s\t%lld\n", state_word(s), (long long)m->state[s]);
	if (import_match_made(m->match) > 0)
		fprintf(stderr, "lapor import: %lld agencies and categories are new; put them in order at the operator's"
			" pages\n", (long long)import_match_made(m->match));
	if (m->rejected > 0)
		fprintf(stderr, "lapor import: %lld rows could not be taken; they are in %s with line and reason\n",
			(long long)m->rejected, m->reject_path);
}

static enum rc open_sheet(struct importer *m)
{
	const char *missing;

	TRY(sheet_open(m->s->a, m->args->operand[0], LAPOR_FIRST_HEADER, &m->sheet, &m->header, &m->s->c.err));
	if (lapor_map_header(&m->header, &m->map, &missing))
		return RC_OK;
	return err_set(&m->s->c.err, RC_INVALID, 0, "its header has no column \"%s\": is this the export of LAPOR! (Laporan "
		       "Ringkas)?", missing);
}

/* 0 or the exit status. The reject file must be complete before success is claimed. */
static int finish(struct importer *m, enum rc rc)
{
	const struct err *err = &m->s->c.err;

	if (m->reject && (ferror(m->reject) | fclose(m->reject)) != 0 && rc == RC_OK)
		return command_fail(m->args, "the rejected rows could not all be written to %s: is the disk full?",
				    m->reject_path);
	if (rc == RC_OK) {
		print_summary(m);
		return 0;
	}
	if (err->detail[0])
		return command_fail(m->args, "%s: %s", m->args->operand[0], err->detail);
	return command_fail(m->args, "stopped: %s; run it again, what was taken is kept", db_message(m->s->db));
}

int import_run(const struct args *args)
{
	struct session s;
	struct importer m = { .args = args, .s = &s };
	int status;
	enum rc rc;

	if (strcmp(options_text(args, "format"), "lapor") != 0)
		return command_fail(args, "--format %s is unknown: the only one is lapor", options_text(args, "format"));
	status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	m.row = arena_new(ROW_BYTES_MAX);
	rc = open_sheet(&m);
	if (rc == RC_OK)
		rc = import_all(&m);
	status = finish(&m, rc);
	sheet_close(m.sheet);
	life_tally_free(m.tally);
	arena_free(m.row);
	command_close(&s);
	return status;
}
