/* SPDX-License-Identifier: Apache-2.0
 * project - what a report is, computed from what happened to it.
 *
 * The state columns of a report are a projection of its events. The use cases write what this computes
 * and the verification replays the events through the same function: they cannot drift apart.
 */
#ifndef CORE_PROJECT_H
#define CORE_PROJECT_H

#include "core/chain.h"
#include "core/transition.h"

/* The projected columns of a report, named like them. due_at comes from the clocks. */
struct projection {
	int64_t version;
	enum state state, resume_state;
	enum queue queue;
	bool is_open, needs_action, is_public, is_blocked, is_escalated;
	struct agency_id holder, agency, opd, unit;
	struct account_id taken_by;
	enum class_ class;
	struct category_id category;
	enum visibility visibility;
	int64_t transfers;
	enum closer closer;
	int rating;
	struct instant held_since_at, verified_at, disposed_at, first_follow_up_at, answered_at, closed_at, changed_at;
};

/*
 * to_level: the level of e->to_agency in the tree, LEVEL_NONE when the holder stays.
 * Reads class, category, visibility and rating from e->data ("class", "category", "visibility", "rating"); of an
 * IMPORT also "agency", "closer", "blocked" and "verified".
 */
void project_event(struct projection *p, const struct chain_event *e, enum level to_level);
/* An integer out of the small JSON objects of events; false when the name is not there. */
bool project_data_int(const char *data, const char *name, int64_t *ret);

#endif
