/* SPDX-License-Identifier: Apache-2.0
 * play_sop - installing and retiring the SOPs of sop/.
 */
#include <string.h>

#include "app/sop_store.h"
#include "app/yamlfile.h"
#include "play.h"

#define FILE_BYTES_MAX (256u << 10)

/* "from 2025-03-01", else today. */
static bool find_day(struct world *w, const struct sentence *s, struct day *ret)
{
	const char *from = play_after(s, "from");

	*ret = instant_day(w->now, calendar_zone(w->calendar));
	return !from || day_parse(from, ret) || world_fail(w, "no day: %s", from);
}

static bool has_word(const struct sentence *s, const char *word)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->word[i], word) == 0)
			return true;
	return false;
}

/* nasional installs tjt-20 [changed] for mekar-jaya [from 2025-03-01]; changed: with another text, as a new version */
static bool install(struct world *w, const struct sentence *s, struct ctx *c, struct sop_store_in *in)
{
	struct sop_store_check check;
	struct sop_store_done done;
	struct yamlfile_text text;

	if (yamlfile_read(w->a, arena_printf(w->a, "sop/%s.yaml", play_word(s, 2)), FILE_BYTES_MAX, &text, &w->err) != RC_OK)
		return world_fail(w, "%s", w->err.detail);
	in->name = text.name;
	in->text = has_word(s, "changed") ? arena_printf(w->a, "%s# at %lld\n", text.p, (long long)w->now.ms) : text.p;
	in->n = strlen(in->text);
	w->rc = sop_store_install(c, in, &check, &done);
	return true;
}

bool play_sop(struct world *w, const struct sentence *s, struct ctx *c)
{
	const char *agency = play_after(s, "for");
	struct sop_store_in in = { 0 };
	struct err err = { 0 };
	enum level level;

	if (!agency || !world_agency(w, agency, &in.agency, &level) || !find_day(w, s, &in.from))
		return agency ? false : world_fail(w, "for whom?");
	if (strcmp(play_word(s, 1), "retires") == 0)
		w->rc = sop_store_retire(c, in.agency, play_word(s, 2), in.from);
	else if (!install(w, s, c, &in))
		return false;
	w->err = c->err;
	return sop_store_load(w->db, w->a, &w->sops, &err) == RC_OK || world_fail(w, "%s", err.detail);
}

/* expect mekar-jaya uses tjt-20 2 [on 2025-03-01]; expect mekar-jaya uses nothing */
bool play_expect_sop(struct world *w, const struct sentence *s)
{
	const char *on = play_after(s, "on"), *what = play_word(s, 3);
	struct day day = instant_day(w->now, calendar_zone(w->calendar));
	const struct sop_book *book;
	struct agency_id agency;
	enum level level;

	if (!world_agency(w, play_word(s, 1), &agency, &level) || (on && !day_parse(on, &day)))
		return world_fail(w, "who, or when?");
	book = sop_shelf_for(w->sops, agency, SOP_COVERS_REPORT, day);
	if (strcmp(what, "nothing") == 0)
		return !book || world_fail(w, "it uses %s", book->sop->id);
	if (!book || strcmp(book->sop->id, what) != 0)
		return world_fail(w, "it uses %s", book ? book->sop->id : "nothing");
	return strcmp(play_word(s, 4), arena_printf(w->a, "%d", book->version)) == 0 ||
	       world_fail(w, "it is version %d", book->version);
}
