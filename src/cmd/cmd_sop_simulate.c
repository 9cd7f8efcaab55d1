/* SPDX-License-Identifier: Apache-2.0
 * cmd_sop_simulate - the figures of core/sop_simulate.h as a table. No database is opened: the holidays are those that
 * come with lapor, the office hours the usual ones.
 */
#include "cmd/cmd_sop.h"
#include "cmd/command.h"
#include "cmd/data.h"
#include "cmd/setup.h"
#include "core/sop_suffice.h"

#define ARENA_MAX ((size_t)4 << 30)
#define HOLIDAYS_MAX 4096
#define EFFORT_USUAL 20
#define SPAN_SIZE 24

static const struct office_hours hours = { 8 * 60, 16 * 60 };

/* What was asked for, understood. */
struct wish {
	const struct sop *s;
	const struct calendar *calendar;
	struct day from;
	int arrivals, days, officers;
	struct sop_simulate_in in;
};

static const struct calendar *known_calendar(struct arena *a)
{
	struct holiday *h = arena_new_many(a, struct holiday, HOLIDAYS_MAX);
	struct data_lines l;
	size_t n = 0;

	for (data_begin(&l, data_text(a, "holidays.csv"), ','); data_next(&l) && n < HOLIDAYS_MAX;)
		if (day_parse(l.field[0], &h[n].on) && setup_holiday_kind(l.field[1], &h[n].kind)) {
			h[n].scope = "";
			h[n++].name = l.field[2];
		}
	return calendar_new(a, h, n, "", ZONE_WIB, hours, true);
}

static void prepare(struct arena *a, const struct args *args, struct wish *w)
{
	struct instant *arrivals = arena_new_many(a, struct instant, (size_t)w->arrivals);
	int *officers = arena_new_many(a, int, w->s->actor_n);
	uint64_t seed = (uint64_t)options_int(args, "seed", 1);

	w->calendar = known_calendar(a);
	sop_simulate_arrivals(w->calendar, w->from, w->days, seed, arrivals, (size_t)w->arrivals);
	for (size_t i = 0; i < w->s->actor_n; i++)
		officers[i] = w->officers;
	w->in = (struct sop_simulate_in){
		.s = w->s, .calendar = w->calendar, .arrivals = arrivals, .n = (size_t)w->arrivals, .officers = officers,
		.effort = (int)options_int(args, "effort", EFFORT_USUAL), .shares = sop_simulate_usual(), .seed = seed,
	};
}

/* ---- printing */

/* Office minutes as people say them: "15 min", "3.5 h", "12.0 d". */
static const char *span(int64_t minutes, char out[SPAN_SIZE])
{
	int per_day = hours.closes_min - hours.opens_min;

	if (minutes < 60)
		snprintf(out, SPAN_SIZE, "%d min", (int)minutes);
	else if (minutes < per_day)
		snprintf(out, SPAN_SIZE, "%.1f h", (double)minutes / 60);
	else
		snprintf(out, SPAN_SIZE, "%.1f d", (double)minutes / per_day);
	return out;
}

static void print_head(const struct wish *w)
{
	const struct sop_simulate_shares *s = &w->in.shares;
	char from[11];

	day_format(w->from, from);
	printf("%s: %d arrivals in %d days from %s, %d %s for each role\n", w->s->id, w->arrivals, w->days, from, w->officers,
	       w->officers == 1 ? "officer" : "officers");
	printf("assumed of 100: %d sent back, %d incomplete (%d of 100 completed), %d archived, %d answered with replies; "
	       "times in days keep an officer busy for %d%%\n\n", s->returned, s->incomplete, s->completed, s->archived,
	       s->replies, w->in.effort);
	printf("%-5s%7s%12s%12s%12s%12s%8s  %s\n", "step", "cases", "wait p50", "wait p90", "took p50", "took p90", "missed",
	       "by");
}

static void print_step(const struct wish *w, const struct sop_simulate *out, size_t i)
{
	const struct sop_simulate_step *step = &out->steps[i];
	char wait50[SPAN_SIZE], wait90[SPAN_SIZE], took50[SPAN_SIZE], took90[SPAN_SIZE];

	if (sop_step_is_part(&w->s->steps[i]))
		return;
	printf("%-5s%7d%12s%12s%12s%12s%8d  %s\n", w->s->steps[i].id, step->n, span(step->waited_p50, wait50),
	       span(step->waited_p90, wait90), span(step->took_p50, took50), span(step->took_p90, took90), step->missed,
	       w->s->actors[w->s->steps[i].by[0]].name);
}

static void print_totals(const struct wish *w, const struct sop_simulate *out)
{
	char p50[SPAN_SIZE], p90[SPAN_SIZE], waited[SPAN_SIZE], last[11];

	day_format(instant_day(out->last, calendar_zone(w->calendar)), last);
	printf("\nfrom arrival to the end of the SOP: p50 %s, p90 %s, without the reporter's time; the last one on %s\n",
	       span(out->took_p50, p50), span(out->took_p90, p90), last);
	printf("sent back %d, incomplete %d (expired %d), replies %d\n", out->returned, out->incomplete, out->expired,
	       out->replies);
	printf("missed %d times, in %d of %d cases\n", out->missed, out->late, out->arrived);
	if (out->bottleneck == SOP_END)
		printf("bottleneck: none, nobody waits for an officer\n");
	else
		printf("bottleneck: step %s (%s), %s waited in all\n", w->s->steps[out->bottleneck].id,
		       w->s->actors[w->s->steps[out->bottleneck].by[0]].name,
		       span(out->steps[out->bottleneck].waited, waited));
}

static void print_enough(struct arena *a, const struct wish *w)
{
	int *enough = arena_new_many(a, int, w->s->actor_n), left = sop_suffice_find(a, &w->in, enough);
	bool is_first = true;

	printf("enough:");
	for (size_t i = 0; i < w->s->actor_n; i++)
		if (enough[i] > 0) {
			printf("%s %d %s", is_first ? "" : ",", enough[i], w->s->actors[i].name);
			is_first = false;
		}
	printf("%s\n", is_first ? " no officers, no step has a time of its own" : "");
	if (left > 0)
		printf("%d of the missed times no officer can help\n", left);
}

/* ---- the command */

static int run(struct arena *a, const struct args *args, struct wish *w)
{
	struct sop_simulate out;

	prepare(a, args, w);
	sop_simulate_run(a, &w->in, &out);
	print_head(w);
	for (size_t i = 0; i < w->s->step_n; i++)
		print_step(w, &out, i);
	print_totals(w, &out);
	print_enough(a, w);
	return 0;
}

int cmd_sop_simulate_run(const struct args *args)
{
	const char *from = options_text(args, "from");
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	struct wish w = {
		.arrivals = (int)options_int(args, "arrivals", 0), .days = (int)options_int(args, "days", 0),
		.officers = (int)options_int(args, "officers", 0), .from = instant_day(options_now(args), ZONE_WIB),
	};
	int status;

	if (from && !day_parse(from, &w.from))
		status = command_fail(args, "--from needs a day like 2026-01-01, not \"%.40s\"", from);
	else if (cmd_sop_load(a, args->operand[0], &w.s, &err) == RC_OK)
		status = run(a, args, &w);
	else
		status = command_fail_err(args, &err);
	arena_free(a);
	return status;
}
