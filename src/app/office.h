/* SPDX-License-Identifier: Apache-2.0
 * office - what admins and operators may change beside reports: accounts, the agency tree, holidays.
 *
 * Operators and national admins manage everything, an agency admin what is at and below his agency. Nobody hands
 * out more than he has: operators are made by operators only. Every change leaves a row in admin_event.
 */
#ifndef APP_OFFICE_H
#define APP_OFFICE_H

#include "app/account.h"
#include "core/calendar.h"

/* RC_DENIED when the node is neither his own nor below it; RC_NOT_FOUND when there is none. */
CHECKED enum rc office_may_manage(struct ctx *c, struct agency_id node);
/* May this person give out (or touch an account that has) this role, at a node of this level? */
bool office_role_fits(const struct ctx *c, enum level level, enum role role);
bool office_may_change_holidays(const struct ctx *c);

/* "abc-def.2": lower-case letters, digits, dots, hyphens, 3 to 64 of them. */
bool office_login_is_valid(const char *login);

/* RC_CONFLICT: the login is taken. in->password_hash is ready. */
CHECKED enum rc office_create_account(struct ctx *c, const struct account_in *in, struct account_id *ret);
/* RC_DENIED for his own account: that is changed on /akun, with the old password. Ends its sessions. */
CHECKED enum rc office_reset_password(struct ctx *c, struct account_id id, const char *password_hash);
CHECKED enum rc office_set_account_active(struct ctx *c, struct account_id id, bool active);

struct office_agency_in {
	struct agency_id parent;
	const char *name, *short_name, *email;
};
CHECKED enum rc office_add_agency(struct ctx *c, const struct office_agency_in *in, struct agency_id *ret);
/* RC_CONFLICT while it holds open reports: they would be nobody's. */
CHECKED enum rc office_set_agency_active(struct ctx *c, struct agency_id id, bool active);

/*
 * The group that the agency's liaison officers read (SOP tjt-20#3, magetan#4): an address of e-mail, a web hook's
 * https address, or "" for none. RC_INVALID for anything else, and for a node that is no agency.
 */
CHECKED enum rc office_set_group(struct ctx *c, struct agency_id id, const char *channel);

struct office_holiday_in {
	struct day on;
	enum holiday_kind kind;
	const char *scope, *name, *source;
};
/* RC_CONFLICT: that day is one already, there. c->calendar is the new one afterwards, running deadlines are counted anew. */
CHECKED enum rc office_add_holiday(struct ctx *c, const struct office_holiday_in *in);
CHECKED enum rc office_remove_holiday(struct ctx *c, struct day on, const char *scope);

#endif
