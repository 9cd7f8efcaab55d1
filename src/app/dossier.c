/* SPDX-License-Identifier: Apache-2.0
 * dossier - makes the bundle out of the stored rows. Verifying it is dossier_verify.c.
 */
#include "app/dossier.h"

#include <stdio.h>

#include "app/settings.h"
#include "base/parse.h"
#include "core/clock.h"
#include "query_clock.h"
#include "query_lookup.h"
#include "query_ombudsman.h"

/* "2025-01-06T08:00:00+07:00" as the people there read it; nothing for no moment. */
static void set_time(struct ctx *c, struct json_tree *o, const char *key, struct instant t)
{
	int offset = zone_offset_minutes(c->settings->zone);
	struct civil v = instant_civil(t, c->settings->zone);
	char text[48];

	if (!instant_is_set(t))
		return;
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d+%02d:%02d", v.year, v.month, v.day, v.hour, v.minute,
		 v.second, offset / 60, offset % 60);
	BUG_ON(!json_tree_set_text(o, key, text));
}

static void set_day(struct json_tree *o, const char *key, struct day d)
{
	char text[11];

	if (d.n == DAY_NONE)
		return;
	day_format(d, text);
	BUG_ON(!json_tree_set_text(o, key, text));
}

/* Texts of the database are UTF-8: they were cleaned when they came in. */
static void set_text(struct json_tree *o, const char *key, const char *text)
{
	if (text && *text)
		BUG_ON(!json_tree_set_text(o, key, text));
}

static void set_hex(struct ctx *c, struct json_tree *o, const char *key, struct db_blob b)
{
	char *hex = arena_alloc(c->a, 2 * b.n + 1);

	parse_hex_encode(b.p, b.n, hex);
	set_text(o, key, hex);
}

static struct json_tree *reporter_of(const struct ombudsman_identity *who)
{
	struct json_tree *o = json_tree_object();

	set_text(o, "full_name", who->name);
	set_text(o, "birth_place", who->birth_place);
	set_day(o, "birth_date", who->birth_on);
	set_text(o, "marital_status", ombudsman_marital_word(who->marital));
	set_text(o, "occupation", who->occupation);
	set_text(o, "full_address", who->address);
	set_text(o, "identity_number", who->number);
	set_text(o, "contact", who->contact);
	json_tree_set_bool(o, "may_disclose_name", who->may_disclose);
	return o;
}

static struct json_tree *report_of(struct ctx *c, const struct dossier_report_row *r)
{
	struct json_tree *o = json_tree_object();

	json_tree_set_int(o, "id", r->id.v);
	set_text(o, "number", r->number);
	set_text(o, "kind", kind_word(r->kind));
	set_text(o, "class", class_word(r->class));
	set_text(o, "channel", channel_word(r->channel));
	set_text(o, "visibility", visibility_word(r->visibility));
	set_text(o, "category", r->category);
	set_text(o, "region", r->region);
	set_text(o, "place", r->place);
	set_text(o, "state", state_word(r->state));
	set_text(o, "rules", r->ruleset);
	set_text(o, "title", r->title);
	set_text(o, "body", r->body);
	set_day(o, "happened_on", r->happened_on);
	set_time(c, o, "received_at", r->received_at);
	set_time(c, o, "verified_at", r->verified_at);
	return o;
}

/* The numbers are those of the hash; the words beside them are for people. */
static struct json_tree *event_of(struct ctx *c, const struct dossier_events_row *e)
{
	struct json_tree *o = json_tree_object();
	bool is_withheld = e->audience == AUDIENCE_INTERNAL;

	json_tree_set_int(o, "seq", e->seq);
	json_tree_set_int(o, "at_ms", e->at.ms);
	json_tree_set_int(o, "action", e->action);
	json_tree_set_int(o, "role", e->role);
	json_tree_set_int(o, "account", e->account_id.v);
	json_tree_set_int(o, "agency", e->agency_id.v);
	json_tree_set_int(o, "from", e->from_state);
	json_tree_set_int(o, "to", e->to_state);
	json_tree_set_int(o, "to_agency", e->to_agency_id.v);
	json_tree_set_int(o, "audience", e->audience);
	set_time(c, o, "at", e->at);
	set_text(o, "action_word", action_word(e->action));
	set_text(o, "role_word", role_word(e->role));
	set_text(o, "state_word", state_word(e->to_state));
	set_text(o, "office", e->office);
	set_text(o, "to_office", e->to_office);
	if (is_withheld) {
		json_tree_set_bool(o, "withheld", true);
	} else {
		/* NULL and "" differ in the hash. */
		BUG_ON(!json_tree_set_text(o, "reason", e->reason) || !json_tree_set_text(o, "note", e->note) ||
		       !json_tree_set_text(o, "data", e->data));
	}
	set_hex(c, o, "hash", e->hash);
	return o;
}

/* Who had it from when to when, out of the moves. */
static struct json_tree *held_of(struct ctx *c, const struct dossier_events_row *rows, size_t n)
{
	struct json_tree *list = json_tree_array(), *last = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!rows[i].to_office)
			continue;
		if (last) {
			set_time(c, last, "until", rows[i].at);
			json_tree_append(list, last);
		}
		last = json_tree_object();
		set_text(last, "office", rows[i].to_office);
		set_time(c, last, "from", rows[i].at);
	}
	if (last)
		json_tree_append(list, last);
	return list;
}

static struct json_tree *holidays_of(const struct clock_explanation *e)
{
	struct json_tree *list = json_tree_array();

	for (size_t i = 0; i < e->n_holidays; i++) {
		struct json_tree *o = json_tree_object();

		set_day(o, "on", e->holidays[i]->on);
		set_text(o, "name", e->holidays[i]->name);
		json_tree_append(list, o);
	}
	return list;
}

static struct json_tree *clock_of(struct ctx *c, const struct clock_all_row *r)
{
	const struct clock k = { .kind = r->kind, .started_at = r->started_at, .limit = { (int)r->limit_n, r->limit_unit },
				 .rule = r->rule, .due_at = r->due_at, .paused_at = r->paused_at,
				 .paused_wd = (int)r->paused_wd, .ended_at = r->ended_at };
	struct json_tree *o = json_tree_object();
	struct clock_explanation e;

	clock_explain(&k, c->calendar, &e);
	json_tree_set_int(o, "kind", r->kind);
	set_text(o, "kind_word", clock_kind_word(r->kind));
	set_text(o, "rule", r->rule);
	json_tree_set_int(o, "limit", r->limit_n);
	json_tree_set_int(o, "unit", r->limit_unit);
	json_tree_set_int(o, "started_ms", r->started_at.ms);
	json_tree_set_int(o, "due_ms", r->due_at.ms);
	json_tree_set_int(o, "paused_ms", r->paused_at.ms);
	json_tree_set_int(o, "ended_ms", r->ended_at.ms);
	json_tree_set_int(o, "paused_workdays", r->paused_wd);
	json_tree_set_int(o, "weekend_days", e.weekend_days);
	json_tree_set_int(o, "free_weekdays", e.free_weekdays);
	json_tree_set_bool(o, "provisional", e.provisional);
	json_tree_set_bool(o, "missed", r->was_missed);
	set_time(c, o, "started_at", r->started_at);
	set_time(c, o, "due_at", r->due_at);
	json_tree_set(o, "holidays", holidays_of(&e));
	return o;
}

static struct json_tree *file_of(struct ctx *c, const struct dossier_files_row *f)
{
	struct json_tree *o = json_tree_object();

	json_tree_set_int(o, "seq", f->seq);
	set_text(o, "name", f->name);
	set_text(o, "type", f->mime);
	json_tree_set_int(o, "bytes", f->size_bytes);
	set_hex(c, o, "digest", f->digest);
	return o;
}

/* Everything is read before a tree is made, so that no tree is left behind by a failure. */
struct rows {
	struct dossier_report_row report;
	struct dossier_events_row *events;
	struct clock_all_row *clocks;
	struct dossier_files_row *files;
	const char *agency;
	size_t n_events, n_clocks, n_files;
};

static enum rc load(struct ctx *c, struct report_id report, struct rows *r)
{
	TRY(q_dossier_report(c->db, c->a, report, &r->report));
	TRY(q_dossier_events(c->db, c->a, report, &r->events, &r->n_events));
	TRY(q_clock_all(c->db, c->a, report, &r->clocks, &r->n_clocks));
	return q_dossier_files(c->db, c->a, &(struct dossier_files_args){
		.report_id = report, .widest = AUDIENCE_REPORTER }, &r->files, &r->n_files);
}

static struct json_tree *tree_of(struct ctx *c, const struct rows *r, const struct ombudsman_identity *who)
{
	struct json_tree *o = json_tree_object(), *events = json_tree_array(), *clocks = json_tree_array();
	struct json_tree *files = json_tree_array();

	for (size_t i = 0; i < r->n_events; i++)
		json_tree_append(events, event_of(c, &r->events[i]));
	for (size_t i = 0; i < r->n_clocks; i++)
		json_tree_append(clocks, clock_of(c, &r->clocks[i]));
	for (size_t i = 0; i < r->n_files; i++)
		json_tree_append(files, file_of(c, &r->files[i]));
	set_text(o, "format", DOSSIER_FORMAT);
	set_text(o, "law", DOSSIER_LAW);
	set_text(o, "site", c->settings->site_name);
	set_text(o, "government", c->settings->government);
	set_text(o, "agency_complained_of", r->agency);
	set_text(o, "zone", zone_name(c->settings->zone));
	set_time(c, o, "made_at", c->now);
	json_tree_set_int(o, "made_ms", c->now.ms);
	json_tree_set(o, "report", report_of(c, &r->report));
	json_tree_set(o, "reporter", reporter_of(who));
	json_tree_set(o, "held_by", held_of(c, r->events, r->n_events));
	json_tree_set(o, "events", events);
	json_tree_set(o, "clocks", clocks);
	json_tree_set(o, "attachments", files);
	return o;
}

enum rc dossier_make(struct ctx *c, struct report_id report, struct agency_id agency,
		     const struct ombudsman_identity *who, const char **ret_bundle, struct hash *ret_digest)
{
	struct agency_by_id_row complained_of;
	struct rows r = { .agency = NULL };
	struct json_tree *t;
	const char *bundle;

	TRY(load(c, report, &r));
	if (agency.v) {
		TRY(q_agency_by_id(c->db, c->a, agency, &complained_of));
		r.agency = complained_of.name;
	}
	t = tree_of(c, &r, who);
	bundle = json_tree_canonical(c->a, t);
	json_tree_free(t);
	*ret_digest = hash_of(bundle, strlen(bundle), NULL);
	*ret_bundle = bundle;
	return RC_OK;
}

char *dossier_file(struct arena *a, const char *bundle, const struct hash *digest)
{
	char hex[2 * HASH_BYTES + 1];

	parse_hex_encode(digest->b, HASH_BYTES, hex);
	return arena_printf(a, "{\"digest\":\"%s\",\"dossier\":%s}\n", hex, bundle);
}
