/* SPDX-License-Identifier: Apache-2.0
 * sop_simulate - the engine: a heap of what happens next, and one list of free moments for each actor's officers.
 */
#include "core/sop_simulate.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/sop_run.h"

#define IN_OFFICE_TIME 75     /* percent of arrivals */
#define LOOK 25               /* percent of a step's work after which it is known to be incomplete */
#define VISITS_MAX 40         /* after so many steps a case takes no side way any more */
#define PENDING_WD 10         /* how long a reporter has to complete, and to reply */

struct sop_simulate_shares sop_simulate_usual(void)
{
	return (struct sop_simulate_shares){
		.returned = 10, .incomplete = 15, .completed = 67, .archived = 5, .redisposed = 3, .direct = 20,
		.settled = 30, .replies = 10,
	};
}

/* Of 0 .. n-1, by splitmix64: the course of a case depends on the seed and its place alone. */
static int draw(uint64_t *state, int n)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (int)((z ^ (z >> 31)) % (uint64_t)n);
}

enum next { NEXT_ENTER, NEXT_LOOKED, NEXT_BACK, NEXT_EXPIRE, NEXT_DONE };

struct event {
	struct instant at;
	size_t of;            /* case */
	enum next next;
};

/* One arrival. */
struct one {
	uint64_t rand;
	size_t step, from;    /* from: where it was before, SOP_END at the beginning */
	int visits, waited, worked, work_left, took;
	struct sop_moments moments;
	struct clock clock;   /* limit.n = 0: the step has none */
	struct sop_act reply; /* what the reporter will have done; neither: nothing */
	bool was_incomplete, is_late;
};

struct samples {
	int *waited, *took;
	size_t n, cap;
};

struct play {
	struct arena *a;
	const struct sop_simulate_in *in;
	const struct sop *s;
	struct sop_simulate *out;
	struct event *heap;
	size_t heap_n, heap_cap;
	struct one *cases;
	struct instant **free_at;  /* by actor and officer */
	struct samples *samples;   /* by step */
};

/* ---- what happens next */

static bool is_before(const struct event *a, const struct event *b)
{
	return a->at.ms != b->at.ms ? a->at.ms < b->at.ms : a->of < b->of;
}

static void push(struct play *p, struct instant at, size_t of, enum next next)
{
	size_t i = p->heap_n++;

	/* A case has one thing to come at a time: the heap holds no more than there are cases. */
	BUG_ON(i >= p->heap_cap);
	p->heap[i] = (struct event){ at, of, next };
	while (i > 0 && is_before(&p->heap[i], &p->heap[(i - 1) / 2])) {
		struct event up = p->heap[(i - 1) / 2];

		p->heap[(i - 1) / 2] = p->heap[i];
		p->heap[i] = up;
		i = (i - 1) / 2;
	}
}

static struct event pop(struct play *p)
{
	struct event first = p->heap[0];
	size_t i = 0;

	p->heap[0] = p->heap[--p->heap_n];
	for (;;) {
		size_t least = i;
		struct event down;

		for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < p->heap_n; k++)
			if (is_before(&p->heap[k], &p->heap[least]))
				least = k;
		if (least == i)
			return first;
		down = p->heap[i];
		p->heap[i] = p->heap[least];
		p->heap[least] = down;
		i = least;
	}
}

/* ---- work */

static bool is_in_days(struct sop_time t)
{
	return t.unit == LIMIT_WORKDAYS || t.unit == LIMIT_DAYS;
}

/* Office minutes that the step takes in this case. */
static int work_of(struct play *p, struct one *c, const struct sop_step *step)
{
	struct sop_time t = step->in_force;
	int unit = t.unit == LIMIT_MINUTES ? 1 : t.unit == LIMIT_HOURS ? 60 : calendar_office_day_minutes(p->in->calendar);
	int least = t.min * unit, most = t.max * unit;

	return least + draw(&c->rand, most - least + 1);
}

static struct instant *first_free(struct play *p, size_t actor)
{
	struct instant *best = &p->free_at[actor][0];

	for (int i = 1; i < p->in->officers[actor]; i++)
		if (p->free_at[actor][i].ms < best->ms)
			best = &p->free_at[actor][i];
	return best;
}

static bool is_ever_busy(const struct play *p, size_t actor)
{
	enum role role = p->s->actors[actor].role;

	return p->in->officers[actor] > 0 && role != ROLE_CITIZEN && role != ROLE_SYSTEM;
}

/* Gives it to who is free first; adds to waited, returns when it is done. */
static struct instant work(struct play *p, const struct sop_step *step, struct instant now, int minutes, int *waited)
{
	const struct calendar *calendar = p->in->calendar;
	struct instant *officer, start = now;
	int busy = is_in_days(step->in_force) ? (minutes * p->in->effort + 99) / 100 : minutes;

	if (is_ever_busy(p, step->by[0])) {
		officer = first_free(p, step->by[0]);
		if (officer->ms > start.ms)
			start = *officer;
		*waited += calendar_count_office_minutes(calendar, now, start);
		*officer = calendar_add_office_minutes(calendar, start, busy);
	}
	return calendar_add_office_minutes(calendar, start, minutes);
}

static void sample(struct play *p, size_t step, int waited, int took, bool is_missed)
{
	struct samples *s = &p->samples[step];
	struct sop_simulate_step *out = &p->out->steps[step];

	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		int *wider = arena_new_many(p->a, int, cap * 2);

		if (s->n > 0) {
			memcpy(wider, s->waited, s->n * sizeof(int));
			memcpy(wider + cap, s->took, s->n * sizeof(int));
		}
		*s = (struct samples){ wider, wider + cap, s->n, cap };
	}
	s->waited[s->n] = waited;
	s->took[s->n++] = took;
	out->n++;
	out->missed += is_missed;
	out->waited += waited;
	p->out->missed += is_missed;
}

/* ---- which way */

static bool chance(struct one *c, int percent)
{
	return draw(&c->rand, 100) < percent;
}

static bool is_same(struct sop_act a, struct sop_act b)
{
	return a.action == b.action && a.task == b.task;
}

static bool is_done_by(const struct sop_step *step, struct sop_act act)
{
	for (size_t i = 0; i < step->done_n; i++)
		if (is_same(step->done[i], act))
			return true;
	return false;
}

static bool is_for_reporter(struct sop_act act)
{
	return act.action == ACT_EXPIRE || act.action == ACT_COMPLETE;
}

/* How many of a hundred take this branch; 0: those that take no other. */
static int share_of(const struct play *p, struct sop_act act)
{
	const struct sop_simulate_shares *s = &p->in->shares;
	const struct {
		struct sop_act act;
		int share;
	} known[] = {
		{ { ACT_RETURN_UP, SOP_TASK_NONE }, s->returned },   { { ACT_NONE, SOP_TASK_PERIODIC_RETURN }, s->returned },
		{ { ACT_ARCHIVE, SOP_TASK_NONE }, s->archived },     { { ACT_REDISPOSE, SOP_TASK_NONE }, s->redisposed },
		{ { ACT_ANSWER, SOP_TASK_NONE }, s->direct },	     { { ACT_SETTLE, SOP_TASK_NONE }, s->settled },
		{ { ACT_REPLY, SOP_TASK_NONE }, s->replies },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (is_same(known[i].act, act))
			return known[i].share;
	return 0;
}

static size_t end_of(const struct sop *s, size_t at)
{
	for (at++; at < s->step_n && sop_step_is_part(&s->steps[at]); at++)
		;
	return at;
}

static bool has_branch_on(const struct play *p, size_t at, enum action action)
{
	size_t end = end_of(p->s, at);

	for (size_t i = at; i < end; i++)
		for (size_t k = 0; k < p->s->steps[i].branch_n; k++)
			if (p->s->steps[i].branches[k].on[0].action == action)
				return true;
	return false;
}

/* What ends the step when nothing special happens. */
static struct sop_act usual_act(const struct play *p, size_t at)
{
	const struct sop_step *step = &p->s->steps[at];
	size_t end = end_of(p->s, at);

	if (step->done_n > 0)
		return step->done[0];
	for (size_t i = at; i < end; i++)
		for (size_t k = 0; k < p->s->steps[i].branch_n; k++) {
			struct sop_act act = p->s->steps[i].branches[k].on[0];

			if (!is_for_reporter(act) && share_of(p, act) == 0)
				return act;
		}
	return (struct sop_act){ 0 };
}

static struct sop_act choose_act(struct play *p, struct one *c)
{
	size_t end = end_of(p->s, c->step);
	int drawn = draw(&c->rand, 100);

	for (size_t i = c->step; i < end && c->visits <= VISITS_MAX; i++)
		for (size_t k = 0; k < p->s->steps[i].branch_n; k++) {
			struct sop_act act = p->s->steps[i].branches[k].on[0];

			if (is_for_reporter(act) || is_done_by(&p->s->steps[c->step], act))
				continue;
			drawn -= share_of(p, act);
			if (drawn < 0)
				return act;
		}
	return usual_act(p, c->step);
}

/* ---- a case at a step */

static struct instant some_workdays_later(struct play *p, struct one *c, struct instant now)
{
	enum zone zone = calendar_zone(p->in->calendar);
	struct day today = instant_day(now, zone), then;

	then = calendar_add_workdays(p->in->calendar, today, 1 + draw(&c->rand, PENDING_WD - 1));
	return instant_add_ms(now, (then.n - today.n) * MS_PER_DAY);
}

static void start_clock(struct play *p, struct one *c, struct instant now)
{
	struct limit limit = sop_run_limit(&p->s->steps[c->step]);
	struct instant start = sop_run_start(p->s, c->from, c->step, &c->moments, now);

	c->clock = (struct clock){ .started_at = start, .limit = limit };
	if (limit.n > 0)
		c->clock.due_at = clock_due(p->in->calendar, limit, start, 0);
}

/* Waiting for the reporter's word about the answer. */
static void await_reply(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];

	c->reply = choose_act(p, c);
	push(p, c->reply.action == ACT_REPLY ? some_workdays_later(p, c, now) : c->clock.due_at, of, NEXT_DONE);
}

static void begin_work(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];
	const struct sop_step *step = &p->s->steps[c->step];
	int minutes = work_of(p, c, step), look = minutes * LOOK / 100;
	bool is_first = !c->was_incomplete && has_branch_on(p, c->step, ACT_EXPIRE);

	c->was_incomplete |= is_first && chance(c, p->in->shares.incomplete);
	if (is_first && c->was_incomplete) {
		p->out->incomplete++;
		c->work_left = minutes - look;
		c->worked = look;
		push(p, work(p, step, now, look, &c->waited), of, NEXT_LOOKED);
		return;
	}
	c->worked = minutes;
	push(p, work(p, step, now, minutes, &c->waited), of, NEXT_DONE);
}

static void enter(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];
	const struct sop_step *step = &p->s->steps[c->step];

	c->visits++;
	c->waited = c->worked = 0;
	start_clock(p, c, now);
	if (sop_run_waits(step))
		await_reply(p, of, now);
	else if (c->clock.limit.n == 0)
		push(p, now, of, NEXT_DONE);
	else
		begin_work(p, of, now);
}

static void look(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];

	clock_pause(&c->clock, now);
	if (chance(c, p->in->shares.completed))
		push(p, some_workdays_later(p, c, now), of, NEXT_BACK);
	else
		push(p, clock_due(p->in->calendar, (struct limit){ PENDING_WD, LIMIT_WORKDAYS }, now, 0), of, NEXT_EXPIRE);
}

static void come_back(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];

	clock_resume(&c->clock, p->in->calendar, now);
	c->worked += c->work_left;
	push(p, work(p, &p->s->steps[c->step], now, c->work_left, &c->waited), of, NEXT_DONE);
}

/* ---- from step to step */

static void over(struct play *p, size_t of, struct instant now)
{
	p->out->late += p->cases[of].is_late;
	if (now.ms > p->out->last.ms)
		p->out->last = now;
	p->cases[of].step = SOP_END;
}

/* What runs beside is worked by its own actor and holds nothing up. */
static void run_beside(struct play *p, struct one *c, size_t at, struct instant now)
{
	const struct sop_step *step = &p->s->steps[at];
	struct limit limit = sop_run_limit(step);
	int minutes, waited = 0;
	struct instant done;
	bool is_missed;

	if (limit.n == 0)
		return;
	minutes = work_of(p, c, step);
	done = work(p, step, now, minutes, &waited);
	is_missed = done.ms > clock_due(p->in->calendar, limit, now, 0).ms;
	sample(p, at, waited, waited + minutes, is_missed);
	c->is_late |= is_missed;
}

static void note_moments(struct play *p, struct one *c, struct sop_act act, struct instant now)
{
	bool is_usual = is_same(act, usual_act(p, c->step));
	const struct sop_step *step = &p->s->steps[c->step];

	if (act.action == ACT_DISPOSE || act.action == ACT_REDISPOSE)
		c->moments.disposed = now;
	if (act.action == ACT_ANSWER || act.action == ACT_SETTLE)
		c->moments.answered = now;
	for (size_t i = 0; is_usual && i < step->act_n; i++) {
		if (step->acts[i].action == ACT_VERIFY || step->acts[i].task == SOP_TASK_INTAKE_VERIFY)
			c->moments.verified = now;
		if (step->acts[i].action == ACT_DISPOSE)
			c->moments.disposed = now;
	}
}

static void leave(struct play *p, size_t of, struct sop_act act, struct instant now)
{
	struct one *c = &p->cases[of];
	struct sop_event e = { .act = act, .by = p->s->actors[p->s->steps[c->step].by[0]].role };
	size_t at = c->step, next;
	struct sop_move m;

	note_moments(p, c, act, now);
	sop_run_next(p->s, at, &e, &m);
	for (size_t i = 0; i < m.begin_n; i++)
		run_beside(p, c, m.begins[i], now);
	/* A step that says nothing of its end goes on. */
	next = m.step == at && !m.is_entered ? sop_step_next(p->s, at) : m.step;
	if (next == SOP_END) {
		over(p, of, now);
		return;
	}
	c->from = at;
	c->step = next;
	push(p, now, of, NEXT_ENTER);
}

static void count_way(struct play *p, struct sop_act act)
{
	p->out->returned += act.action == ACT_RETURN_UP || act.task == SOP_TASK_PERIODIC_RETURN;
	p->out->replies += act.action == ACT_REPLY;
}

static void finish(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];
	const struct sop_step *step = &p->s->steps[c->step];
	bool is_waiting = sop_run_waits(step);
	bool is_missed = !is_waiting && c->clock.limit.n > 0 && now.ms > c->clock.due_at.ms;
	struct sop_act act = is_waiting ? c->reply : choose_act(p, c);

	sample(p, c->step, c->waited, c->waited + c->worked, is_missed);
	c->took += c->waited + c->worked;
	c->is_late |= is_missed;
	count_way(p, act);
	leave(p, of, act, !is_waiting && act.action == ACT_REPLY ? some_workdays_later(p, c, now) : now);
}

static void expire(struct play *p, size_t of, struct instant now)
{
	struct one *c = &p->cases[of];

	p->out->expired++;
	sample(p, c->step, c->waited, c->waited + c->worked, false);
	c->took += c->waited + c->worked;
	over(p, of, now);
}

/* ---- the figures */

static int compare_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* The least value that so many of a hundred do not pass. */
static int percentile(const int *sorted, size_t n, size_t percent)
{
	return n == 0 ? 0 : sorted[(n * percent + 99) / 100 - 1];
}

static void sum_up(struct play *p)
{
	int *took = arena_new_many(p->a, int, p->in->n + 1);
	int64_t most = 0;

	p->out->bottleneck = SOP_END;
	for (size_t i = 0; i < p->s->step_n; i++) {
		struct samples *s = &p->samples[i];
		struct sop_simulate_step *out = &p->out->steps[i];

		if (s->n > 0) {
			qsort(s->waited, s->n, sizeof(int), compare_int);
			qsort(s->took, s->n, sizeof(int), compare_int);
		}
		out->waited_p50 = percentile(s->waited, s->n, 50);
		out->waited_p90 = percentile(s->waited, s->n, 90);
		out->took_p50 = percentile(s->took, s->n, 50);
		out->took_p90 = percentile(s->took, s->n, 90);
		if (out->waited > most) {
			most = out->waited;
			p->out->bottleneck = i;
		}
	}
	for (size_t i = 0; i < p->in->n; i++)
		took[i] = p->cases[i].took;
	qsort(took, p->in->n, sizeof(int), compare_int);
	p->out->took_p50 = percentile(took, p->in->n, 50);
	p->out->took_p90 = percentile(took, p->in->n, 90);
}

static void begin(struct play *p)
{
	const struct sop_simulate_in *in = p->in;
	size_t first = p->s->steps[0].is_beside ? sop_step_next(p->s, 0) : 0;

	p->heap = arena_new_many(p->a, struct event, in->n + 1);
	p->heap_cap = in->n + 1;
	p->cases = arena_new_many(p->a, struct one, in->n + 1);
	p->samples = arena_new_many(p->a, struct samples, p->s->step_n);
	p->out->steps = arena_new_many(p->a, struct sop_simulate_step, p->s->step_n);
	p->out->arrived = (int)in->n;
	p->free_at = arena_new_many(p->a, struct instant *, p->s->actor_n);
	for (size_t i = 0; i < p->s->actor_n; i++)
		p->free_at[i] = arena_new_many(p->a, struct instant, (size_t)in->officers[i] + 1);
	for (size_t i = 0; i < in->n; i++) {
		p->cases[i] = (struct one){
			.rand = in->seed * UINT64_C(0x9e3779b97f4a7c15) + i * UINT64_C(0xbf58476d1ce4e5b9),
			.step = first, .from = SOP_END,
			.moments = { .received = in->arrivals[i], .period_end = in->arrivals[i] },
		};
		if (first != SOP_END)
			push(p, in->arrivals[i], i, NEXT_ENTER);
	}
}

void sop_simulate_run(struct arena *a, const struct sop_simulate_in *in, struct sop_simulate *ret)
{
	struct play p = { .a = a, .in = in, .s = in->s, .out = ret };

	*ret = (struct sop_simulate){ .bottleneck = SOP_END };
	BUG_ON(in->effort < 1 || in->effort > 100 || in->s->step_n == 0);
	begin(&p);
	while (p.heap_n > 0) {
		struct event e = pop(&p);

		switch (e.next) {
		case NEXT_ENTER: enter(&p, e.of, e.at); break;
		case NEXT_LOOKED: look(&p, e.of, e.at); break;
		case NEXT_BACK: come_back(&p, e.of, e.at); break;
		case NEXT_EXPIRE: expire(&p, e.of, e.at); break;
		case NEXT_DONE: finish(&p, e.of, e.at); break;
		}
	}
	sum_up(&p);
}

void sop_simulate_arrivals(const struct calendar *c, struct day from, int days, uint64_t seed, struct instant *ret,
			   size_t n)
{
	uint64_t r = seed;
	struct day last = day_add(from, days - 1);
	int per_day = calendar_office_day_minutes(c), workdays = calendar_count_workdays(c, day_add(from, -1), last);

	for (size_t i = 0; i < n; i++) {
		bool in_office = workdays > 0 && draw(&r, 100) < IN_OFFICE_TIME;
		struct instant start = instant_at_day(from, calendar_zone(c));

		if (in_office)
			ret[i] = calendar_add_office_minutes(c, start, draw(&r, workdays * per_day));
		else
			ret[i] = instant_add_ms(start, draw(&r, days * 24 * 60) * MS_PER_MINUTE);
	}
}
