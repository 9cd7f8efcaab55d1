/* SPDX-License-Identifier: Apache-2.0
 * periodic_form - counting, digest and code.
 */
#include "core/periodic_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"

static const enum clock_kind clock_of[PERIODIC_STAGES] = {
	[PERIODIC_VERIFIED] = CLOCK_VERIFY,
	[PERIODIC_DISPOSED] = CLOCK_AGENCY,
	[PERIODIC_FOLLOWED_UP] = CLOCK_FOLLOW_UP,
	[PERIODIC_ANSWERED] = CLOCK_COMPLETE,
	[PERIODIC_CLOSED] = CLOCK_COMPLETE,
};

struct periodic_group *periodic_form_group(struct arena *a, struct periodic_groups *g, int64_t id)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->p[i].id == id)
			return &g->p[i];
	if (g->n == g->cap) {
		size_t cap = g->cap ? 2 * g->cap : 16;
		struct periodic_group *p = arena_new_many(a, struct periodic_group, cap);

		if (g->n)
			memcpy(p, g->p, g->n * sizeof(*p));
		g->p = p;
		g->cap = cap;
	}
	g->p[g->n] = (struct periodic_group){ .id = id, .name = "" };
	return &g->p[g->n++];
}

static bool happened(const struct periodic_fact *fact, enum periodic_stage s, struct instant end)
{
	return instant_is_set(fact->at[s]) && fact->at[s].ms < end.ms;
}

static void count_stage(struct periodic_stage_count *n, const struct periodic_fact *fact, enum periodic_stage s,
			struct instant end)
{
	bool missed = (fact->missed & (1U << clock_of[s])) != 0;

	if (!happened(fact, s, end)) {
		n->overdue += missed;
		return;
	}
	n->done++;
	n->late += missed;
	n->in_time += !missed;
}

static void count_group(struct periodic_group *g, const struct periodic_fact *fact, struct instant end)
{
	bool is_closed = happened(fact, PERIODIC_CLOSED, end);

	g->received++;
	g->answered += happened(fact, PERIODIC_ANSWERED, end);
	g->closed += is_closed;
	g->open += !is_closed;
	g->late += !is_closed && fact->is_late;
}

void periodic_form_count(struct arena *a, struct periodic_form *f, const struct periodic_fact *fact, struct instant end)
{
	bool is_closed = happened(fact, PERIODIC_CLOSED, end);

	f->received++;
	f->by_channel[fact->channel < PERIODIC_CHANNELS ? fact->channel : CHANNEL_NONE]++;
	f->by_class[fact->class < PERIODIC_CLASSES ? fact->class : CLASS_NONE]++;
	for (int s = 0; s < PERIODIC_STAGES; s++)
		count_stage(&f->stage[s], fact, (enum periodic_stage)s, end);
	f->open += !is_closed;
	f->late += !is_closed && fact->is_late;
	count_group(periodic_form_group(a, &f->categories, fact->category.v), fact, end);
	count_group(periodic_form_group(a, &f->opds, fact->opd.v), fact, end);
	if (fact->rating >= 1 && fact->rating <= 5) {
		f->rated++;
		f->rating_sum += fact->rating;
		f->rating[fact->rating]++;
	}
}

static int compare_groups(const void *x, const void *y)
{
	const struct periodic_group *a = x, *b = y;
	int by_name;

	if ((a->id == 0) != (b->id == 0))
		return a->id == 0 ? 1 : -1;
	if (a->received != b->received)
		return a->received > b->received ? -1 : 1;
	by_name = strcmp(a->name, b->name);
	return by_name ? by_name : (a->id > b->id) - (a->id < b->id);
}

void periodic_form_sort(struct periodic_groups *g)
{
	if (g->n > 1)
		qsort(g->p, g->n, sizeof(*g->p), compare_groups);
}

struct hash periodic_form_digest(const char *content)
{
	return hash_of(content, strlen(content), NULL);
}

void periodic_form_code(const unsigned char digest[HASH_BYTES], char ret[PERIODIC_CODE_MAX])
{
	char hex[2 * PERIODIC_CODE_BYTES + 1], *out = ret;

	parse_hex_encode(digest, PERIODIC_CODE_BYTES, hex);
	for (int i = 0; i < 2 * PERIODIC_CODE_BYTES; i++) {
		if (i > 0 && i % 4 == 0)
			*out++ = '-';
		*out++ = (char)(hex[i] >= 'a' ? hex[i] - 'a' + 'A' : hex[i]);
	}
	*out = '\0';
}

bool periodic_form_code_parse(const char *typed, unsigned char ret[HASH_BYTES], size_t *ret_n)
{
	char hex[2 * HASH_BYTES + 1];
	size_t n = 0;

	for (const char *p = typed; *p; p++) {
		if (*p == '-' || *p == ' ')
			continue;
		if (n == 2 * HASH_BYTES)
			return false;
		hex[n++] = *p;
	}
	hex[n] = '\0';
	if (n != 2 * PERIODIC_CODE_BYTES && n != 2 * HASH_BYTES)
		return false;
	*ret_n = n / 2;
	return parse_hex_decode(hex, ret, n / 2);
}
