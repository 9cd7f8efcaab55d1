/* SPDX-License-Identifier: Apache-2.0
 * transfers - how a report was sent around: who to whom, when and why, what each agency that did not want it said, and
 * whether the national admin has to decide. For the desk's report page.
 */
#ifndef VIEW_TRANSFERS_H
#define VIEW_TRANSFERS_H

#include "core/report.h"
#include "view/out.h"

struct desk_transfer {
	enum action action;
	const char *from, *to, *reason, *note; /* reason in words; NULL for none */
	struct instant at;
};

struct desk_transfers {
	const struct desk_transfer *moves;
	size_t n_moves;
	/* The newest word of each agency that returned it: what is weighed side by side. */
	const struct desk_transfer *pleas;
	size_t n_pleas;
	int64_t count, limit;
	bool is_stuck;       /* nobody sends it on until it is decided */
	bool is_arbitrated;
	bool may_arbitrate;  /* the form stands among the actions */
};

#endif
