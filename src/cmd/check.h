/* SPDX-License-Identifier: Apache-2.0
 * check - lapor check: proves a database against itself.
 *
 * Every report is replayed from its events through the function that the use cases write with
 * (core/project.h); clocks, queue counters and figures are recounted on the way. Reads in pages, writes nothing.
 */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include "cmd/check_tally.h"
#include "cmd/command.h"

struct check {
	struct session *s;
	struct arena *page;      /* emptied after each page */
	int64_t findings;        /* said so far; only the first CHECK_SAID_MAX are printed */
	int64_t reports, events, clocks, files;
	enum level *levels;      /* by agency id */
	int64_t n_levels;
	struct tally queues, figures;
	struct tally steps;      /* "done", "late", "minutes" by the number of the SOP and its step */
	struct tally intakes;    /* by the year of their number: what is missing */
	bool makes_figures;      /* of an archive that is being filled: written as counted, then compared */
};

#define CHECK_SAID_MAX 100

/* The dimension of steps. */
static inline int64_t check_step_key(struct sop_id sop, int64_t step)
{
	return sop.v * 1000 + step;
}

static inline int64_t check_step_sop(int64_t key)
{
	return key / 1000;
}
static inline int64_t check_step_place(int64_t key)
{
	return key % 1000;
}

/* One line on standard output: what is wrong with what. */
void check_find(struct check *k, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* check.c: everything about k->s->db but the bytes of files; check_done() last, also after a failure. */
void check_begin(struct check *k, struct session *s);
CHECKED enum rc check_everything(struct check *k);
void check_done(struct check *k);
CHECKED enum rc check_load_levels(struct check *k);

/* check_archive.c: what left for archives: it is not here twice, and counts where it counted. */
CHECKED enum rc check_archive_all(struct check *k);
CHECKED enum rc check_archive_make_figures(struct check *k);
/* check_ombudsman.c: the cases of the Ombudsman and their dossiers. */
CHECKED enum rc check_ombudsman_all(struct check *k);
/* check_report.c: reports, events and clocks, in pages by id. Fills the tallies. */
CHECKED enum rc check_report_all(struct check *k);
CHECKED enum rc check_report_one(struct check *k, struct report_id id);
/* check_intake.c: what did not come by LAPOR!, and its events. */
CHECKED enum rc check_intake_all(struct check *k);
CHECKED enum rc check_intake_one(struct check *k, struct intake_id id);
/* check_shelf.c: the SOPs and who works by them. */
CHECKED enum rc check_shelf_all(struct check *k);
/* check_periodic.c: texts, events and rows of periodic reports. */
CHECKED enum rc check_periodic_all(struct check *k);
/* check_minutes.c: approved minutes and their digests. */
CHECKED enum rc check_minutes_all(struct check *k);
/* check_words.c: the search index. */
CHECKED enum rc check_words_all(struct check *k);

#endif
