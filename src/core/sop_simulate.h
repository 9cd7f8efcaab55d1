/* SPDX-License-Identifier: Apache-2.0
 * sop_simulate - arrivals played through an SOP in virtual time: who waits for whom, and which times are missed.
 *
 * Pure, and the same for the same seed. Where a case goes and when its time is over is asked of core/sop_run.h and
 * core/clock.h, office time of core/calendar.h; what is assumed here is how long the work takes, which way is taken,
 * and when the reporter answers (struct sop_simulate_shares).
 *
 * Every actor has so many officers. A step takes as long as its time in force allows, from its minimum to its maximum,
 * and keeps one officer of its first actor busy; who comes when all are busy waits until one is free, in the order of
 * coming (at the same moment the earlier case first). Steps without a time take none. Times in days keep an officer busy
 * only for a share of them, since much of such a time is waiting for others. Reporters and the system are never busy.
 */
#ifndef CORE_SOP_SIMULATE_H
#define CORE_SOP_SIMULATE_H

#include "core/calendar.h"
#include "core/rules.h"
#include "core/sop.h"

/* Of a hundred cases at a step that has such a branch; the rest go on. */
struct sop_simulate_shares {
	int returned;     /* sent back as not one's own, or for repair */
	int incomplete;   /* wait for the reporter first */
	int completed;    /* of a hundred incomplete ones: completed before the limit; the others expire */
	int archived, redisposed;
	int direct;       /* answered at once where the SOP would go on */
	int settled;      /* entered with its answer */
	int replies;      /* the reporter answers the answer */
};
struct sop_simulate_shares sop_simulate_usual(void);

struct sop_simulate_in {
	const struct sop *s;
	const struct calendar *calendar;
	const struct instant *arrivals; /* in any order */
	size_t n;
	const int *officers;            /* by actor; 0: never busy */
	int effort;                     /* percent of a time in days that keeps an officer busy; 1 .. 100 */
	struct sop_simulate_shares shares;
	uint64_t seed;
};

struct sop_simulate_step {
	int n, missed;
	int64_t waited;                 /* office minutes for a free officer, all cases together */
	int waited_p50, waited_p90;
	int took_p50, took_p90;         /* waiting and working; not the reporter's time */
};

struct sop_simulate {
	struct sop_simulate_step *steps; /* by step; parts stay empty */
	int arrived, late;              /* late: cases that missed a time at least once */
	int missed;                     /* times missed, at all steps together */
	int returned, incomplete, expired, replies;
	int took_p50, took_p90;         /* a case from arrival to the end of the SOP, without the reporter's time */
	size_t bottleneck;              /* where most is waited for officers; SOP_END: nowhere */
	struct instant last;            /* when the last case was over */
};

void sop_simulate_run(struct arena *a, const struct sop_simulate_in *in, struct sop_simulate *ret);

/* Three quarters of them in office time, the rest at any hour of any day; from that day on, over so many days. */
void sop_simulate_arrivals(const struct calendar *c, struct day from, int days, uint64_t seed, struct instant *ret,
			   size_t n);

#endif
