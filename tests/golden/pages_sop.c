/* SPDX-License-Identifier: Apache-2.0
 * The ten SOPs as pages; hostile ones are an SOP whose every text is an attack.
 */
#include "pages.h"

#include "app/sop_load.h"
#include "cmd/data.h"
#include "tmpl_sop.h"
#include "view/sop_fill.h"

static void spoil(const char **text)
{
	if (**text)
		*text = HOSTILE;
}

static void spoil_texts(struct sop_texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		spoil(&t->v[i]);
}

static void spoil_step(struct sop_step *s)
{
	const char **const texts[] = { &s->name, &s->output, &s->note, &s->printed };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		spoil(texts[i]);
	spoil_texts(&s->requirements);
	spoil_texts(&s->tells);
	for (size_t i = 0; i < s->branch_n; i++)
		spoil(&s->branches[i].when);
}

static struct sop spoiled(const struct sop *from)
{
	struct sop s = *from;
	const char **const texts[] = { &s.number, &s.title, &s.government, &s.office, &s.signed_by, &s.made_on,
				       &s.ratified_on, &s.effective_on, &s.total_printed };
	struct sop_texts *const lists[] = { &s.qualifications, &s.related, &s.equipment, &s.warnings, &s.records };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		spoil(texts[i]);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		spoil_texts(lists[i]);
	for (size_t i = 0; i < s.law_n; i++)
		s.laws[i] = (struct sop_citation){ 1, 1, HOSTILE, HOSTILE, HOSTILE };
	for (size_t i = 0; i < s.actor_n; i++)
		s.actors[i].name = HOSTILE;
	for (size_t i = 0; i < s.step_n; i++)
		spoil_step(&s.steps[i]);
	for (size_t i = 0; i < s.decision_n; i++)
		s.decisions[i].printed = s.decisions[i].decision = HOSTILE;
	return s;
}

static void one(struct samples *s, const char *name, struct data d)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct sop_page page;
	const struct sop *loaded;
	struct err err = { 0 };
	struct sop sop;

	if (sop_load_text(a, name, d.p, d.n, &loaded, &err) != RC_OK)
		BUG("%s", err.detail);
	sop = s->is_hostile ? spoiled(loaded) : *loaded;
	sop_fill(a, &sop, s->out.lang, &page);
	page_begin(s, "SOP", false);
	out_raw(&s->out, "<div class=\"lebar sop\">");
	view_sop_head(&s->out, &page);
	view_sop_table(&s->out, &page);
	view_sop_sheet_decisions(&s->out, &page);
	out_raw(&s->out, "</div>");
	page_end(s, arena_printf(a, "sop_%s", loaded->id));
	arena_free(a);
}

void pages_sop(struct samples *s)
{
	for (size_t i = 0; data_name(i); i++) {
		struct data d;

		if (strncmp(data_name(i), "sop/", 4) == 0 && data_find(data_name(i), &d))
			one(s, data_name(i), d);
	}
}
