/* SPDX-License-Identifier: Apache-2.0
 * chain - the hash that ties every event of a report to the one before it.
 *
 * Pure: the same event after the same hash gives the same hash on every machine. Whoever changes a
 * stored event has to recompute all that follow, and a copy of the last hash betrays it.
 */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

#include "base/hash.h"
#include "core/report.h"

/* An event as it is stored, but for its hash. */
struct chain_event {
	struct report_id report;
	int64_t seq;                 /* from 1 */
	struct instant at;
	enum action action;
	enum role role;
	struct account_id account;   /* 0: reporter or system */
	struct agency_id agency;     /* the actor's */
	enum state from, to;
	struct agency_id to_agency;  /* 0: the holder stays */
	enum audience audience;
	const char *reason, *note, *data; /* NULL and "" differ */
};

/* previous: of the event before; NULL for the first. */
struct hash chain_hash(const struct hash *previous, const struct chain_event *e);

#endif
