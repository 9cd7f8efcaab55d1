/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/import_life.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "core/redact.h"

struct taker {
	struct life *l;
	const struct ctx *c;
	const struct lapor_row *row;
	const struct import_target *t;
};

static enum visibility visibility_of(const struct lapor_row *row)
{
	if (row->is_secret)
		return VISIBILITY_SECRET;
	return row->is_anonymous ? VISIBILITY_ANONYMOUS : VISIBILITY_OPEN;
}

static enum kind kind_of(enum class_ class)
{
	switch (class) {
	case CLASS_COMPLAINT_OVERSIGHT:
	case CLASS_COMPLAINT: return KIND_COMPLAINT;
	case CLASS_ASPIRATION: return KIND_ASPIRATION;
	case CLASS_INFORMATION: return KIND_INFORMATION;
	case CLASS_NONE: break;
	}
	return KIND_UNSURE;
}

/* Words that stand for a name are none. */
static const char *name_of(const char *name)
{
	return name[0] == '\0' || strcmp(name, "-") == 0 || strcasecmp(name, "anonim") == 0 ||
			       strcasecmp(name, "rahasia") == 0 ? NULL : name;
}

/* The state that the place allows: without an OPD the agency does what an OPD would, without an agency the nation. */
static enum state state_for(const struct taker *k)
{
	const struct import_place *p = &k->t->place;

	switch (k->row->state) {
	case STATE_RECEIVED:
		return p->agency.v ? STATE_AT_AGENCY : STATE_RECEIVED;
	case STATE_VERIFIED:
		return p->agency.v ? STATE_AGENCY_VERIFIED : STATE_VERIFIED;
	case STATE_PENDING:
		return p->opd.v ? STATE_AT_OPD : p->agency.v ? STATE_AT_AGENCY : STATE_RECEIVED;
	case STATE_AT_OPD:
		return p->opd.v ? STATE_AT_OPD : p->agency.v ? STATE_AGENCY_VERIFIED : STATE_VERIFIED;
	case STATE_NONE:
	case STATE_AT_AGENCY:
	case STATE_AGENCY_VERIFIED:
	case STATE_AT_UNIT:
	case STATE_IN_PROGRESS:
	case STATE_ANSWERED:
	case STATE_CLOSED:
	case STATE_ARCHIVED:
		break;
	}
	return k->row->state;
}

static bool is_verified(enum state s)
{
	return s != STATE_RECEIVED && s != STATE_AT_AGENCY && s != STATE_ARCHIVED;
}

/* Who holds it: an unverified one waits at the agency, whatever OPD it is meant for. */
static struct agency_id holder_for(const struct taker *k, enum state s, enum level *ret_level)
{
	const struct import_place *p = &k->t->place;

	if (p->opd.v && s != STATE_RECEIVED && s != STATE_VERIFIED && s != STATE_AT_AGENCY &&
	    s != STATE_AGENCY_VERIFIED) {
		*ret_level = LEVEL_OPD;
		return p->opd;
	}
	if (p->agency.v) {
		*ret_level = LEVEL_AGENCY;
		return p->agency;
	}
	*ret_level = LEVEL_NONE;
	return (struct agency_id){ 0 };
}

static void add_number(struct buf *b, const char *name, int64_t v)
{
	if (v == 0)
		return;
	buf_printf(b, "%s\"%s\":%lld", b->n ? "," : "{", name, (long long)v);
}

/* What core/project reads of an import. */
static const char *data_of(const struct taker *k, enum state s, enum level level)
{
	const struct lapor_row *row = k->row;
	const char *data;
	struct buf b;

	buf_init(&b, 1024);
	add_number(&b, "class", (int64_t)row->class);
	add_number(&b, "category", k->t->category.v);
	add_number(&b, "verified", is_verified(s));
	add_number(&b, "agency", level == LEVEL_OPD ? k->t->place.agency.v : 0);
	add_number(&b, "closer", state_is_open(s) ? 0 : (int64_t)row->closer);
	add_number(&b, "blocked", row->is_blocked);
	add_number(&b, "rating", state_is_open(s) ? 0 : row->rating);
	add_number(&b, "setwapres", row->is_setwapres);
	buf_str(&b, b.n ? "}" : "{}");
	data = arena_strdup(k->c->a, buf_cstr(&b));
	buf_done(&b);
	return data;
}

static const char *note_of(const struct taker *k)
{
	const struct lapor_row *row = k->row;

	const char *class = row->class == CLASS_NONE ? row->class_name : "";

	return arena_printf(k->c->a, "Diambil dari LAPOR! (nomor %s). Status di sana: %s.%s%s%s%s", row->id, row->status,
			    class[0] ? " Klasifikasi: " : "", class, row->reason[0] ? " " : "", row->reason);
}

static void take_over(struct taker *k, enum state s)
{
	const struct lapor_row *row = k->row;
	enum level level;
	struct agency_id holder = holder_for(k, s, &level);
	struct life_step step = {
		.at = state_is_open(s) ? k->c->now : row->received_at,
		.who = { .role = ROLE_SYSTEM },
		.to = holder,
		.to_level = level,
		.in = { .action = ACT_IMPORT, .note = note_of(k) },
		.data = data_of(k, s, level),
	};

	if (is_verified(s)) {
		/* LAPOR! masks numbers, but not all of them. */
		step.in.public_title = redact_mask(k->c->a, row->title);
		step.in.public_body = redact_mask(k->c->a, row->public_body[0] ? row->public_body : row->body);
	}
	life_import(k->l, &step, s);
}

/* Waiting for the reporter: ten working days from now, as if asked today. */
static void pend(struct taker *k)
{
	const struct projection *p = life_now(k->l);
	enum role role = p->opd.v ? ROLE_LIAISON : p->agency.v ? ROLE_AGENCY_ADMIN : ROLE_NATIONAL_ADMIN;
	const char *note = k->row->reason[0] ? k->row->reason : k->row->status;

	life_step(k->l, &(struct life_step){
		.at = k->c->now, .who = { .role = role, .agency = p->holder },
		.in = { .action = ACT_PEND, .reason = "other", .note = note },
	});
}

/* What the region's code does not say is kept in words. */
static const char *place_of(const struct taker *k)
{
	const struct lapor_row *row = k->row;
	const char *parts[3] = { row->village, row->district, row->regency };
	const char *place = "";

	/* A village's code has 13 characters, a district's 8. */
	if (k->t->region_code && strlen(k->t->region_code) >= (row->village[0] ? 13 : 8))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i][0])
			place = arena_printf(k->c->a, "%s%s%s", place, place[0] ? ", " : "", parts[i]);
	return place[0] ? place : NULL;
}

void import_life_make(struct life *l, const struct ctx *c, struct life_tally *tally, const struct lapor_row *row,
		      const struct import_target *t)
{
	struct taker k = { l, c, row, t };
	enum state s = state_for(&k);

	life_begin(l, c, tally, &(struct life_in){
		.kind = kind_of(row->class), .channel = row->channel, .name = name_of(row->name),
		.visibility = visibility_of(row), .root = t->root, .category = t->category,
		.happened_on = { DAY_NONE }, .region_code = t->region_code, .place = place_of(&k),
		.received_at = row->received_at,
		.title = row->title, .body = row->body, .source_ref = t->source_ref, .number = t->number,
		.code = t->code,
	});
	take_over(&k, s);
	if (row->state == STATE_PENDING)
		pend(&k);
}
