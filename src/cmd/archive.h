/* SPDX-License-Identifier: Apache-2.0
 * archive - lapor archive in its parts: which reports are over (archive_pick.c), and their way into the archive of their
 * year (archive_move.c): copied, proved, and only then removed, in batches. Killed anywhere, the same command goes on:
 * a report leaves the main database in the transaction that writes down where it went, and what is found in the archive
 * but did not leave is copied anew or taken out again.
 */
#ifndef CMD_ARCHIVE_H
#define CMD_ARCHIVE_H

#include "app/archive.h"
#include "cmd/command.h"
#include "core/over.h"
#include "query_archive.h"
#include "store/part.h"

/* Names in archive_figure that are no figures of a day: "step done", "step late", "step minutes"; intakes of a year. */
#define ARCHIVE_STEP "step "
#define ARCHIVE_INTAKE "intake"
struct archive_one {
	struct report_id id;
	int64_t bytes; /* of its files in the database */
};

struct archive {
	struct session *s;    /* the main database */
	struct session there; /* the archive; db NULL with --dry-run */
	struct part part;
	int year;
	char word[ARCHIVE_WORD_MAX];
	struct archive_one *list; /* over, by id */
	size_t n;
	int64_t held[OVER_COUNT]; /* that ended in the year, by what keeps them; [OVER_YES]: n */
	int64_t moved;
	struct arena *page;   /* of one batch */
};

/* archive_pick.c: judges every report that ended in the year. */
CHECKED enum rc archive_pick(struct archive *x);
CHECKED enum rc archive_pick_judge(struct archive *x, struct report_id id, struct archive_facts_row *ret, enum over *ret_over);
/* archive_move.c */
CHECKED enum rc archive_move(struct archive *x);

#endif
