/* SPDX-License-Identifier: Apache-2.0
 * check_archive - reports that left for archives: none is here as well, as many are known as left, and what they counted
 * for goes into the recount. What an archive itself holds is checked like any database.
 */
#include <string.h>

#include "cmd/archive.h"
#include "cmd/check.h"
#include "query_archive.h"
#include "query_counter.h"

static enum rc count_in(struct check *k)
{
	const size_t n_step = strlen(ARCHIVE_STEP);
	struct archive_check_figures_row *rows;
	size_t n;

	TRY(q_archive_check_figures(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct tally_key key = { rows[i].on_day, rows[i].figure, rows[i].dimension };

		if (strcmp(key.name, ARCHIVE_INTAKE) == 0) {
			key.on = (struct day){ 0 };
			check_tally_add(&k->intakes, key, -rows[i].n);
		} else if (strncmp(key.name, ARCHIVE_STEP, n_step) == 0) {
			key.name += n_step;
			check_tally_add(&k->steps, key, rows[i].n);
		} else {
			check_tally_add(&k->figures, key, rows[i].n);
		}
	}
	return RC_OK;
}

enum rc check_archive_all(struct check *k)
{
	struct archive_check_counts_row *rows;
	struct archive_check_both_row both;
	size_t n;

	TRY(q_archive_check_counts(k->s->db, k->s->a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].reports != rows[i].stubs)
			check_find(k, "%lld reports left for the archive of %lld, %lld are known", (long long)rows[i].reports,
				   (long long)rows[i].year, (long long)rows[i].stubs);
	TRY(q_archive_check_both(k->s->db, k->s->a, &both));
	if (both.n > 0)
		check_find(k, "%lld reports are here and in an archive", (long long)both.n);
	return count_in(k);
}

struct making {
	struct db *db;
	enum rc rc;
};

static void make_figure(void *arg, const struct tally_cell *cell)
{
	struct making *m = arg;

	if (m->rc == RC_OK)
		m->rc = q_day_figure_add(m->db, &(struct day_figure_add_args){
			.on_day = cell->key.on, .figure = cell->key.name, .dimension = cell->key.dimension,
			.delta = cell->n }, NULL);
}

static void make_step(void *arg, const struct tally_cell *cell)
{
	struct making *m = arg;
	struct sop_figure_add_args add = { .sop_id = { check_step_sop(cell->key.dimension) },
					   .step = check_step_place(cell->key.dimension), .on_day = cell->key.on };

	if (strcmp(cell->key.name, "done") == 0)
		add.done = cell->n;
	else if (strcmp(cell->key.name, "late") == 0)
		add.late = cell->n;
	else
		add.minutes = cell->n;
	if (m->rc == RC_OK)
		m->rc = q_sop_figure_add(m->db, &add, NULL);
}

enum rc check_archive_make_figures(struct check *k)
{
	struct making m = { .db = k->s->db };

	TRY(q_archive_clear_days(m.db, NULL));
	TRY(q_archive_clear_steps(m.db, NULL));
	check_tally_rest(&k->figures, make_figure, &m);
	check_tally_rest(&k->steps, make_step, &m);
	return m.rc;
}
