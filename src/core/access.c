/* SPDX-License-Identifier: Apache-2.0
 * access - the decision. Every right is granted in one place below; what is not granted is denied.
 */
#include "core/access.h"

static bool same(struct agency_id a, struct agency_id b)
{
	return a.v != 0 && a.v == b.v;
}

bool access_is_public(enum visibility visibility, bool is_verified, bool is_blocked)
{
	return is_verified && !is_blocked &&
	       (visibility == VISIBILITY_OPEN || visibility == VISIBILITY_ANONYMOUS);
}

/* Somebody from outside the line of this report, a visitor or an officer of elsewhere. */
static unsigned outsider(const struct access_report *r)
{
	if (!r->is_public || !access_is_public(r->visibility, true, r->is_blocked))
		return 0;
	return r->visibility == VISIBILITY_OPEN ? ACCESS_SEE | ACCESS_NAME : ACCESS_SEE;
}

/* Admins see the original and may open the identity; in the open case the name stands there anyway. */
static unsigned admin(const struct access_report *r)
{
	unsigned bits = ACCESS_SEE | ACCESS_ORIGINAL | ACCESS_REVEAL | ACCESS_INTERNAL | ACCESS_FILES;

	return r->visibility == VISIBILITY_OPEN ? bits | ACCESS_NAME : bits;
}

/*
 * Those who handle it. Unless it is open they get the text as the admins released it, because the
 * original may tell the OPD complained of who wrote it, and they cannot open the identity.
 */
static unsigned handler(const struct access_report *r)
{
	unsigned bits = ACCESS_SEE | ACCESS_INTERNAL | ACCESS_FILES;

	return r->visibility == VISIBILITY_OPEN ? bits | ACCESS_ORIGINAL | ACCESS_NAME : bits;
}

/* Is the report at this node or below it? */
static bool held_below(const struct access_report *r, struct agency_id node)
{
	if (same(node, r->holder))
		return true;
	if (same(node, r->agency))
		return same(r->opd, r->holder) || same(r->unit, r->holder);
	return same(node, r->opd) && same(r->unit, r->holder);
}

unsigned access_to(const struct access_report *r, const struct access_person *p)
{
	unsigned act = held_below(r, p->agency) ? ACCESS_ACT : 0;
	unsigned reveal = r->visibility == VISIBILITY_OPEN ? ACCESS_REVEAL : 0;

	switch (p->role) {
	case ROLE_NATIONAL_ADMIN:
		return admin(r) | ACCESS_ACT;
	case ROLE_AGENCY_ADMIN:
		return same(p->agency, r->agency) ? admin(r) | act : outsider(r);
	case ROLE_LIAISON:
		return same(p->agency, r->opd) ? handler(r) | reveal | act : outsider(r);
	case ROLE_UNIT_OFFICER:
		return same(p->agency, r->unit) ? handler(r) | ACCESS_ACT : outsider(r);
	case ROLE_OPD_HEAD:
		return same(p->agency, r->opd) ? handler(r) : outsider(r);
	case ROLE_COORDINATOR:
		return same(p->agency, r->agency) ? handler(r) : outsider(r);
	case ROLE_OVERSIGHT:
		return same(p->agency, r->agency) && r->class == CLASS_COMPLAINT_OVERSIGHT ? handler(r) : outsider(r);
	case ROLE_SYSTEM:
		return ACCESS_SEE | ACCESS_ACT;
	case ROLE_NONE:
	case ROLE_CITIZEN:
		if (p->knows_code)
			return ACCESS_SEE | ACCESS_ORIGINAL | ACCESS_NAME | ACCESS_FILES | ACCESS_ACT;
		return outsider(r);
	case ROLE_OPERATOR:
	case ROLE_INTAKE:
	case ROLE_OPD_INTAKE:
	case ROLE_SECTION_HEAD:
	case ROLE_DIVISION_HEAD:
	case ROLE_OFFICE_HEAD:
	case ROLE_REGENT:
		return outsider(r);
	}
	BUG("role %d", (int)p->role);
}
