/* SPDX-License-Identifier: Apache-2.0 */
#include "core/over.h"

#include "core/clock.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

static bool is_contestable(const struct over_facts *f, const struct calendar *cal, struct instant now)
{
	return !f->rules || now.ms <= clock_due(cal, f->rules->reopen, f->closed_at, 0).ms;
}

/* Declined or handed over is final; who was asked and never answered may answer as long as the Ombudsman would take it. */
static bool has_case(const struct over_facts *f, struct instant now)
{
	switch (f->ombudsman) {
	case OMBUDSMAN_ASKED: return now.ms <= f->asked_at.ms + OVER_OMBUDSMAN_DAYS * DAY_MS;
	case OMBUDSMAN_AGREED: return true;
	case OMBUDSMAN_NONE:
	case OMBUDSMAN_DECLINED:
	case OMBUDSMAN_SENT: break;
	}
	return false;
}

enum over over_judge(const struct over_facts *f, const struct calendar *cal, struct instant now)
{
	if (f->is_open || f->runs || !instant_is_set(f->closed_at))
		return OVER_OPEN;
	if (is_contestable(f, cal, now))
		return OVER_CONTESTABLE;
	if (has_case(f, now))
		return OVER_OMBUDSMAN;
	return f->has_message ? OVER_MESSAGE :
	       f->is_unindexed ? OVER_UNINDEXED :
	       f->has_draft ? OVER_DRAFT :
	       f->has_deviation ? OVER_DEVIATION :
	       f->has_minutes ? OVER_MINUTES :
	       f->has_intake ? OVER_INTAKE :
	       f->has_periodic ? OVER_PERIODIC :
	       f->is_newest ? OVER_NEWEST : OVER_YES;
}

const char *over_word(enum over o)
{
	static const char *const words[OVER_COUNT] = {
		"over", "open", "contestable", "message", "unindexed", "draft", "ombudsman", "deviation", "minutes", "intake",
		"periodic", "newest",
	};

	return o >= 0 && o < OVER_COUNT ? words[o] : NULL;
}
