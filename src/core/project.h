/* SPDX-License-Identifier: Apache-2.0
 * project - what a report is, computed from what happened to it.
 *
 * The state columns of a report are a projection of its events. The use cases write what this computes
 * and the verification replays the events through the same function: they cannot drift apart.
 */
#ifndef CORE_PROJECT_H
#define CORE_PROJECT_H

#include "core/chain.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "core/transition.h"

/* The projected columns of a report, named like them. due_at comes from the clocks. */
struct projection {
	int64_t version;
	enum state state, resume_state;
	enum queue queue;
	bool is_open, needs_action, is_public, is_blocked, is_escalated, is_arbitrated;
	struct agency_id holder, agency, opd, unit;
	struct account_id taken_by;
	enum class_ class;
	struct category_id category;
	enum visibility visibility;
	int64_t transfers;
	enum closer closer;
	int rating;
	struct instant held_since_at, verified_at, disposed_at, first_follow_up_at, answered_at, closed_at, changed_at;
	struct sop_id sop;           /* the version it runs by; 0: none */
	int64_t sop_step;            /* index + 1; 0: at none */
	struct instant step_since_at;
};

/*
 * to_level: the level of e->to_agency in the tree, LEVEL_NONE when the holder stays.
 * Reads class, category, visibility and rating from e->data ("class", "category", "visibility", "rating"); of an
 * IMPORT also "agency", "closer", "blocked" and "verified", of a SETTLE "agency". "sop" binds it to that version, 0 to
 * none. sops: NULL when none is installed.
 */
void project_event(struct projection *p, const struct chain_event *e, enum level to_level,
		   const struct sop_shelf *sops);
/* How this event moved the report in its SOP, which is returned; NULL: there is none after it. */
const struct sop_book *project_move(const struct projection *before, const struct projection *after,
				    const struct chain_event *e, const struct sop_shelf *sops, struct sop_move *ret);
/* An integer out of the small JSON objects of events; false when the name is not there. */
bool project_data_int(const char *data, const char *name, int64_t *ret);

#endif
