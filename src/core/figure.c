/* SPDX-License-Identifier: Apache-2.0
 * figure - the figures of one event.
 */
#include "core/figure.h"

struct list {
	struct figure *p;
	size_t n;
};

static void add(struct list *l, const char *name, int64_t n)
{
	BUG_ON(l->n >= FIGURES_MAX);
	if (n != 0)
		l->p[l->n++] = (struct figure){ name, n };
}

static bool was_in_time(const struct figure_input *in, enum clock_kind kind)
{
	unsigned bit = 1U << kind;

	/* Entered with its answer: no such clock was ever needed. */
	if (in->e->action == ACT_SETTLE && kind != CLOCK_VERIFY)
		return true;
	return (in->ran & bit) && !(in->late & bit);
}

static void add_moments(struct list *l, const struct figure_input *in)
{
	const struct projection *b = in->before, *a = in->after;

	if (!instant_is_set(b->verified_at) && instant_is_set(a->verified_at)) {
		add(l, "verified", 1);
		add(l, "verified_in_time", was_in_time(in, CLOCK_VERIFY));
	}
	if (!instant_is_set(b->disposed_at) && instant_is_set(a->disposed_at))
		add(l, "disposed", 1);
	if (!instant_is_set(b->first_follow_up_at) && instant_is_set(a->first_follow_up_at)) {
		add(l, "followed_up", 1);
		add(l, "followed_up_in_time", was_in_time(in, CLOCK_FOLLOW_UP));
		add(l, "follow_up_wd", in->follow_up_wd);
	}
	if (!instant_is_set(b->answered_at) && instant_is_set(a->answered_at)) {
		add(l, "answered", 1);
		add(l, "answered_in_time", was_in_time(in, CLOCK_COMPLETE));
	}
}

static void add_ends(struct list *l, const struct figure_input *in)
{
	static const char *const closed[] = { NULL, "closed_by_system", "closed_by_admin", "closed_by_reporter" };
	static const char *const archived[] = { NULL, "archived_by_system", "archived_by_admin",
						"archived_by_reporter" };
	const struct projection *a = in->after;

	if (in->before->is_open && !a->is_open) {
		bool is_closed = a->state == STATE_CLOSED;
		add(l, is_closed ? "closed" : "archived", 1);
		add(l, is_closed ? closed[a->closer] : archived[a->closer], 1);
	} else if (in->e->action == ACT_REOPEN) {
		add(l, "reopened", 1);
	}
}

size_t figure_list(const struct figure_input *in, struct figure ret[FIGURES_MAX])
{
	struct list l = { ret, 0 };

	if (in->e->action == ACT_SUBMIT)
		add(&l, "received", 1);
	/* An export does not say when or how fast: imported reports count as received and ended only. */
	if (in->e->action != ACT_IMPORT)
		add_moments(&l, in);
	add_ends(&l, in);
	if (in->e->action == ACT_ESCALATE)
		add(&l, "escalated", 1);
	if (in->e->action == ACT_RATE || (in->e->action == ACT_IMPORT && in->after->rating != 0)) {
		add(&l, "rated", in->before->rating == 0);
		add(&l, "rating_sum", in->after->rating - in->before->rating);
	}
	return l.n;
}
