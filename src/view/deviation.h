/* SPDX-License-Identifier: Apache-2.0
 * deviation - the ledger of deviations from an accountable SOP: what was missed, who accounts for it, what the
 * coordinator says (SOP lumajang#1 to #3).
 */
#ifndef VIEW_DEVIATION_H
#define VIEW_DEVIATION_H

#include "core/deviation.h"
#include "view/out.h"

struct deviation_shown {
	int64_t id;
	const char *number;              /* of the report */
	const char *word, *step_id, *step_name;
	enum deviation_kind kind;
	const char *missing;             /* the task, in words; NULL for a time */
	struct instant due_at, noticed_at, accounted_at, reviewed_at;
	const char *holder, *person;     /* person NULL: nobody had taken it */
	enum deviation_state state;
	const char *cause, *correction, *accounter;
	const char *review, *reviewer;
	bool may_account, may_review;
	/* typed in a form that was refused */
	const char *problem, *typed_cause, *typed_correction, *typed_review;
};

struct deviation_page {
	const char *csrf;
	const struct deviation_shown *rows;
	size_t n;
	bool shows_all, is_wide;         /* wide: the agency's, not only one's own */
	const char *next_href;           /* NULL: none */
	const char *problem;             /* of a form whose row is not on the page */
};

#endif
