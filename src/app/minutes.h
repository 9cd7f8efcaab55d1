/* SPDX-License-Identifier: Apache-2.0
 * minutes - berita acara of a verification in the field (SOP kapuas#3): written by those who were there, submitted to
 * the head of the OPD, approved or returned by him.
 *
 * Only where the SOP of the report names it, at the step it is named at. Every version is kept: what was returned stays
 * as it was, what was approved is frozen with a digest. The photos are files of the report that came with a task
 * field_check. Submitting, approving and returning are tasks of the report too, so its history tells them; that an answer has to
 * wait for the approval is a gate of the SOP.
 */
#ifndef APP_MINUTES_H
#define APP_MINUTES_H

#include "app/ctx.h"
#include "base/hash.h"
#include "core/minutes.h"

#define MINUTES_PLACE_MAX 300
#define MINUTES_TEXT_MAX 5000

struct minutes_text {
	struct day held_on;       /* DAY_NONE: not yet said */
	const char *place;
	const char *people;       /* one line each: "role: name" */
	const char *findings, *conclusion, *proposed_answer;
};

struct minutes_in {
	const char *number;       /* of the report */
	int64_t seen;             /* the newest version that the person saw; 0: there was none */
	struct minutes_text text;
	const struct attachment_id *photos; /* stored, of no report yet */
	size_t n_photos;
	bool submits;             /* else it is kept as a draft */
};

/*
 * RC_NOT_FOUND: no such report for this person; RC_DENIED: the SOP has not this person write them; RC_CONFLICT: somebody
 * wrote meanwhile, or it waits for the head; RC_INVALID: submitted with something missing (a draft may have gaps).
 */
CHECKED enum rc minutes_save(struct ctx *c, const struct minutes_in *in);
/* By the head. version: the one he read. remark: why it is returned; RC_INVALID without one. */
CHECKED enum rc minutes_decide(struct ctx *c, const char *number, int64_t version, bool approves, const char *remark);

/* Of an approved text; the same text in the same report gives the same digest, on any day. */
struct hash minutes_digest(const char *number, int64_t version, const struct minutes_text *t);

#endif
