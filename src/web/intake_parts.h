/* SPDX-License-Identifier: Apache-2.0
 * intake_parts - what the pages of the intake share: which one is meant and may be seen, who has to act, what the SOP calls it.
 */
#ifndef WEB_INTAKE_PARTS_H
#define WEB_INTAKE_PARTS_H

#include "core/sop_shelf.h"
#include "query_intake.h"
#include "view/intake.h"
#include "web/request.h"

struct intake_node {
	enum level level;
	struct agency_id parent;
	const char *name;
};

/* The node of the person who is signed in. */
CHECKED enum rc intake_parts_node(struct ctx *c, struct intake_node *ret);
/* The one of the address; RC_NOT_FOUND for whoever may not see it. */
CHECKED enum rc intake_parts_load(struct ctx *c, const struct request *req, struct intake_page_row *ret);
/* What this role is called there: the SOP's name for it (E15), else ours. */
const char *intake_parts_role(const struct ctx *c, const struct sop *sop, enum role role);
/* Who has to act now: the team, the one who enters it, the admin who dispositions. */
const char *intake_parts_waits_for(const struct ctx *c, const struct sop *sop, enum level level, enum intake_state s);
/* The step it is at; NULL: none. */
const struct sop_step *intake_parts_step(const struct sop_book *book, int64_t sop_step);

#endif
