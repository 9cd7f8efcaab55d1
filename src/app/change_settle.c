/* SPDX-License-Identifier: Apache-2.0
 * change_settle - a report that an officer enters together with its answer (SOP tjt-21#4, tjt-22#4, tjt-25#4, E7): what
 * came by another way than LAPOR! and is settled already needs no disposition. What a citizen sent goes its way.
 */
#include "app/change.h"

#include "query_event.h"
#include "query_lookup.h"

/* Nobody else than those who entered it, or whose agency it names, know of it before it is verified. */
enum rc change_settle_check_right(struct change *ch)
{
	struct event_first_row first;
	struct ctx *c = ch->c;
	bool is_own;

	TRY(q_event_first(c->db, c->a, ch->report, &first));
	is_own = first.account_id.v != 0 && first.account_id.v == c->who.account.v;
	if (c->who.agency.v == 0 || first.role == ROLE_CITIZEN || first.account_id.v == 0)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	return is_own || ch->asked.v == c->who.agency.v || first.agency_id.v == c->who.agency.v ?
		       RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

static enum class_ class_of(enum kind kind)
{
	switch (kind) {
	case KIND_COMPLAINT: return CLASS_COMPLAINT;
	case KIND_ASPIRATION: return CLASS_ASPIRATION;
	case KIND_INFORMATION: return CLASS_INFORMATION;
	case KIND_NONE: case KIND_UNSURE: break;
	}
	return CLASS_NONE;
}

/* To the officer's own node, with class, category and sifat as after a verification. */
enum rc change_settle_check(struct change *ch)
{
	struct agency_by_id_row own;
	struct ctx *c = ch->c;

	ch->class = ch->in->class != CLASS_NONE ? ch->in->class : class_of(ch->kind);
	if (ch->class == CLASS_NONE)
		return ctx_refuse(c, RC_INVALID, class_required);
	if (ch->in->category.v == 0 && ch->before.category.v == 0)
		return ctx_refuse(c, RC_INVALID, category_required);
	TRY(q_agency_by_id(c->db, c->a, c->who.agency, &own));
	ch->to = own.id;
	ch->to_level = own.level;
	if (own.level == LEVEL_OPD)
		ch->agency = own.parent_id;
	return RC_OK;
}
