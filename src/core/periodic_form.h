/* SPDX-License-Identifier: Apache-2.0
 * periodic_form - what a periodic report says: the figures of its period and the words of the officers; and what ties a
 * signature to both.
 *
 * Pure. The cohort are the reports received in the period that the agency has; all figures are as of the end of the
 * period, whenever they are counted. No name, no text of any report is in it.
 */
#ifndef CORE_PERIODIC_FORM_H
#define CORE_PERIODIC_FORM_H

#include "base/arena.h"
#include "base/hash.h"
#include "core/report.h"

#define PERIODIC_FORM_BYTES_MAX ((size_t)1 << 20)
#define PERIODIC_TEXT_MAX 4000
#define PERIODIC_NUMBER_MAX 80
#define PERIODIC_CHANNELS (CHANNEL_API + 1)
#define PERIODIC_CLASSES (CLASS_INFORMATION + 1)

/* Bits of periodic_fact.missed: 1 << enum clock_kind, of clocks that were due before the end and not kept. */
enum periodic_stage {
	PERIODIC_VERIFIED,
	PERIODIC_DISPOSED,    /* to an OPD */
	PERIODIC_FOLLOWED_UP,
	PERIODIC_ANSWERED,
	PERIODIC_CLOSED,
	PERIODIC_STAGES
};

/* One report of the cohort. */
struct periodic_fact {
	enum channel channel;
	enum class_ class;
	struct category_id category; /* 0: none */
	struct agency_id opd;        /* 0: with none */
	struct instant at[PERIODIC_STAGES]; /* 0: has not happened */
	unsigned missed;
	bool is_late;                /* something of it was overdue at the end */
	int rating;                  /* 0: none */
};

struct periodic_stage_count {
	int64_t done, in_time, late; /* done = in_time + late */
	int64_t overdue;             /* not done, its time is over */
};

struct periodic_group {
	int64_t id;                  /* 0: none */
	const char *name;            /* "" for 0 */
	int64_t received, answered, closed, open, late, returned;
};
struct periodic_groups {
	struct periodic_group *p;
	size_t n, cap;
};

struct periodic_words {
	const char *number;          /* of the report: "555/118/KOMINFO/2026" */
	const char *summary, *obstacles, *measures;
};

struct periodic_form {
	struct agency_id agency;
	const char *agency_name, *government, *office; /* for the letterhead */
	struct day first, last;
	struct instant compiled_at;
	const char *rule;            /* "tjt-24@1"; "" without an SOP */
	int64_t received;
	int64_t by_channel[PERIODIC_CHANNELS], by_class[PERIODIC_CLASSES];
	struct periodic_groups categories, opds;
	struct periodic_stage_count stage[PERIODIC_STAGES];
	int64_t open, late;          /* of the cohort */
	int64_t carried_open, carried_late; /* received earlier, open at the end */
	int64_t returned_up, returned_by_opd;
	int64_t flagged;             /* for the Ombudsman, in the period */
	int64_t rated, rating_sum, rating[6];
	int64_t deviations, accounts_open, accounts_in_review, accounts_settled;
	struct periodic_groups accounts; /* open ones by who holds them: received is their number */
	struct periodic_words words;
};

/* Adds one report; end: the first moment after the period. */
void periodic_form_count(struct arena *a, struct periodic_form *f, const struct periodic_fact *fact, struct instant end);
/* The group of that id, made when it is not there. */
struct periodic_group *periodic_form_group(struct arena *a, struct periodic_groups *g, int64_t id);
/* Most received first, then by name; none last. Call once when all is counted. */
void periodic_form_sort(struct periodic_groups *g);

/* content: the canonical text of the form (app/periodic_text.h). */
struct hash periodic_form_digest(const char *content);
/* "9F2C-41D0-77AB-03EE-B71E", the first ten bytes of the digest, for paper. */
#define PERIODIC_CODE_MAX 25
#define PERIODIC_CODE_BYTES 10
void periodic_form_code(const unsigned char digest[HASH_BYTES], char ret[PERIODIC_CODE_MAX]);
/* A code or a whole digest as people type it; ret_n: how many bytes of ret it gives. False when it is neither. */
bool periodic_form_code_parse(const char *typed, unsigned char ret[HASH_BYTES], size_t *ret_n);

#endif
