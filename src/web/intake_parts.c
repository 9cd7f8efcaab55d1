/* SPDX-License-Identifier: Apache-2.0 */
#include "web/intake_parts.h"

#include "i18n/vocab.h"
#include "query_lookup.h"

enum rc intake_parts_node(struct ctx *c, struct intake_node *ret)
{
	struct agency_by_id_row row;

	TRY(q_agency_by_id(c->db, c->a, c->who.agency, &row));
	*ret = (struct intake_node){ row.level, row.parent_id, row.name };
	return RC_OK;
}

enum rc intake_parts_load(struct ctx *c, const struct request *req, struct intake_page_row *ret)
{
	enum rc rc = q_intake_page(c->db, c->a, request_param(req, "nomor"), ret);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	if (!intake_is_seen(ret->level, ret->state, c->who.role, ret->agency_id.v == c->who.agency.v))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	return RC_OK;
}

const char *intake_parts_role(const struct ctx *c, const struct sop *sop, enum role role)
{
	for (size_t i = 0; sop && i < sop->actor_n; i++)
		if (sop->actors[i].role == role)
			return sop->actors[i].name;
	return msg_text(c->lang, vocab_role(role));
}

const char *intake_parts_waits_for(const struct ctx *c, const struct sop *sop, enum level level, enum intake_state s)
{
	switch (s) {
	case INTAKE_RECEIVED:
	case INTAKE_VERIFIED:
		return intake_parts_role(c, sop, intake_team(level));
	case INTAKE_HANDED_OVER:
		return intake_parts_role(c, sop, intake_enterer(level));
	case INTAKE_WATCHED:
		return intake_parts_role(c, sop, level == LEVEL_AGENCY ? ROLE_NATIONAL_ADMIN : ROLE_AGENCY_ADMIN);
	case INTAKE_NONE:
	case INTAKE_DONE:
	case INTAKE_REFUSED:
		break;
	}
	return NULL;
}

const struct sop_step *intake_parts_step(const struct sop_book *book, int64_t sop_step)
{
	return book && sop_step > 0 && (size_t)sop_step <= book->sop->step_n ? &book->sop->steps[sop_step - 1] : NULL;
}
