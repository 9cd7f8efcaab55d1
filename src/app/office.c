/* SPDX-License-Identifier: Apache-2.0 */
#include "app/office.h"

#include <string.h>

#include "app/holidays.h"
#include "app/recount.h"
#include "core/complete.h"
#include "core/words.h"
#include "query_desk_sop.h"
#include "query_lookup.h"
#include "query_office.h"

#define DEPTH_MAX 8
#define SLUG_TRIES 50
#define LOGIN_MIN 3
#define LOGIN_MAX 64
#define GROUP_MAX 500

static enum rc audit(struct ctx *c, const char *what, const char *target)
{
	return q_office_audit_insert(c->db, &(struct office_audit_insert_args){
		.at = c->now, .account_id = c->who.account, .what = what, .target = target }, NULL);
}

static bool manages_all(const struct ctx *c)
{
	return c->who.role == ROLE_OPERATOR || c->who.role == ROLE_NATIONAL_ADMIN;
}

enum rc office_may_manage(struct ctx *c, struct agency_id node)
{
	struct agency_by_id_row row;

	/* Up from the node: somewhere on the way stands the admin's own. */
	for (int depth = 0; node.v != 0 && depth < DEPTH_MAX; depth++) {
		enum rc rc = q_agency_by_id(c->db, c->a, node, &row);

		if (rc == RC_NOT_FOUND)
			return ctx_refuse(c, RC_NOT_FOUND, not_found);
		TRY(rc);
		if (manages_all(c) || (c->who.role == ROLE_AGENCY_ADMIN && node.v == c->who.agency.v))
			return RC_OK;
		node = row.parent_id;
	}
	return ctx_refuse(c, RC_DENIED, not_allowed);
}

bool office_role_fits(const struct ctx *c, enum level level, enum role role)
{
	if (role == ROLE_NONE || role == ROLE_CITIZEN || role == ROLE_SYSTEM || role_level(role) != level)
		return false;
	return role != ROLE_OPERATOR || c->who.role == ROLE_OPERATOR;
}

bool office_may_change_holidays(const struct ctx *c)
{
	return manages_all(c);
}

bool office_login_is_valid(const char *login)
{
	size_t n = strlen(login);

	return n >= LOGIN_MIN && n <= LOGIN_MAX && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789.-") == n;
}

static enum rc level_of(struct ctx *c, struct agency_id id, enum level *ret)
{
	struct agency_by_id_row row;

	TRY(q_agency_by_id(c->db, c->a, id, &row));
	*ret = row.level;
	return RC_OK;
}

enum rc office_create_account(struct ctx *c, const struct account_in *in, struct account_id *ret)
{
	struct account_id id;
	enum level level;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(office_may_manage(c, in->agency));
	TRY(level_of(c, in->agency, &level));
	if (!office_role_fits(c, level, in->role))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(account_create(c, in, &id));
	TRY(audit(c, "account created", in->login));
	TRY(txn_commit(&t));
	*ret = id;
	return RC_OK;
}

/* An account he may touch: not his own, of a role that he may give out, at a node he manages. */
static enum rc load_manageable(struct ctx *c, struct account_id id, struct office_account_row *ret)
{
	enum level level = LEVEL_NONE;
	enum rc rc = q_office_account(c->db, c->a, id, ret);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && ret->agency_id.v == 0))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	TRY(office_may_manage(c, ret->agency_id));
	TRY(level_of(c, ret->agency_id, &level));
	if (ret->id.v == c->who.account.v || !office_role_fits(c, level, ret->role))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	return RC_OK;
}

enum rc office_reset_password(struct ctx *c, struct account_id id, const char *password_hash)
{
	struct office_account_row row;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load_manageable(c, id, &row));
	TRY(account_set_password(c, id, password_hash));
	TRY(audit(c, "password reset", row.login));
	return txn_commit(&t);
}

enum rc office_set_account_active(struct ctx *c, struct account_id id, bool active)
{
	struct office_account_row row;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load_manageable(c, id, &row));
	TRY(account_set_active(c, id, active));
	TRY(audit(c, active ? "account enabled" : "account disabled", row.login));
	return txn_commit(&t);
}

/* "Dinas PUPR" -> "dinas-pupr", or "dinas-pupr-2" when that is taken. */
static enum rc free_slug(struct ctx *c, const char *name, const char **ret)
{
	char *base = words_normal(c->a, name);
	struct agency_by_slug_row taken;

	for (char *s = base; *s; s++)
		if (*s == ' ')
			*s = '-';
	if (*base == '\0')
		return ctx_refuse(c, RC_INVALID, bad_request);
	for (int i = 1; i <= SLUG_TRIES; i++) {
		const char *slug = i == 1 ? base : arena_printf(c->a, "%s-%d", base, i);
		enum rc rc = q_agency_by_slug(c->db, c->a, slug, &taken);

		if (rc == RC_NOT_FOUND) {
			*ret = slug;
			return RC_OK;
		}
		TRY(rc);
	}
	return ctx_refuse(c, RC_CONFLICT, bad_request);
}

static enum level level_below(enum level level)
{
	switch (level) {
	case LEVEL_NATIONAL: return LEVEL_AGENCY;
	case LEVEL_AGENCY: return LEVEL_OPD;
	case LEVEL_OPD: return LEVEL_UNIT;
	case LEVEL_NONE:
	case LEVEL_UNIT: break;
	}
	return LEVEL_NONE;
}

enum rc office_add_agency(struct ctx *c, const struct office_agency_in *in, struct agency_id *ret)
{
	struct office_agency_insert_row made;
	struct agency_by_id_row parent;
	const char *slug = NULL;
	enum level level;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(office_may_manage(c, in->parent));
	TRY(q_agency_by_id(c->db, c->a, in->parent, &parent));
	level = level_below(parent.level);
	if (level == LEVEL_NONE)
		return ctx_refuse(c, RC_INVALID, target_wrong_level);
	TRY(free_slug(c, in->name, &slug));
	TRY(q_office_agency_insert(c->db, c->a, &(struct office_agency_insert_args){
		.parent_id = in->parent, .level = level, .name = in->name, .short_name = in->short_name, .slug = slug,
		.region_code = parent.region_code, .email = in->email && *in->email ? in->email : NULL }, &made));
	TRY(audit(c, "agency added", slug));
	TRY(txn_commit(&t));
	*ret = made.id;
	return RC_OK;
}

enum rc office_set_agency_active(struct ctx *c, struct agency_id id, bool active)
{
	struct office_open_reports_row open;
	struct agency_by_id_row row;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(office_may_manage(c, id));
	TRY(q_agency_by_id(c->db, c->a, id, &row));
	if (id.v == c->who.agency.v || row.level == LEVEL_NATIONAL)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	/* Written before it is counted: whoever sends a report there meanwhile waits, or has been counted. */
	TRY(q_office_agency_set_active(c->db, &(struct office_agency_set_active_args){ .id = id, .is_active = active }, NULL));
	TRY(q_office_open_reports(c->db, c->a, id, &open));
	if (!active && open.n > 0)
		return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	TRY(audit(c, active ? "agency enabled" : "agency disabled", row.slug));
	return txn_commit(&t);
}

/* An address of e-mail, or a web hook's; the rest is refused by channel/net.h when it is called. */
static bool is_group(const char *channel)
{
	if (*channel == '\0')
		return true;
	if (strlen(channel) > GROUP_MAX || strpbrk(channel, " \t\r\n<>\"") != NULL)
		return false;
	return strncmp(channel, "https://", 8) == 0 ? channel[8] != '\0' : complete_email(channel) == FIELD_OK;
}

enum rc office_set_group(struct ctx *c, struct agency_id id, const char *channel)
{
	struct agency_by_id_row row;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(office_may_manage(c, id));
	TRY(q_agency_by_id(c->db, c->a, id, &row));
	if (row.level != LEVEL_AGENCY || !is_group(channel))
		return ctx_refuse(c, RC_INVALID, bad_request);
	TRY(q_desk_sop_set_group(c->db, &(struct desk_sop_set_group_args){
		.id = id, .group_channel = *channel ? channel : NULL }, NULL));
	TRY(audit(c, *channel ? "group set" : "group removed", row.slug));
	return txn_commit(&t);
}

/* The calendar again, and the deadlines that run by it. */
static enum rc take_calendar(struct ctx *c)
{
	const struct calendar *old = c->calendar;
	int64_t moved;

	TRY(holidays_load(c->db, c->a, c->settings, &c->calendar));
	return recount_deadlines(c, old, &moved);
}

static const char *day_and_scope(struct ctx *c, struct day on, const char *scope)
{
	char text[11];

	day_format(on, text);
	return arena_printf(c->a, "%s %s", text, scope);
}

enum rc office_add_holiday(struct ctx *c, const struct office_holiday_in *in)
{
	struct office_holiday_row there;
	enum rc rc;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(holidays_raise(c));
	rc = q_office_holiday(c->db, c->a, &(struct office_holiday_args){ .on_day = in->on, .scope = in->scope }, &there);
	if (rc == RC_OK)
		return ctx_refuse(c, RC_CONFLICT, bad_request);
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(q_office_holiday_insert(c->db, &(struct office_holiday_insert_args){
		.on_day = in->on, .scope = in->scope, .kind = in->kind, .name = in->name, .source = in->source }, NULL));
	TRY(take_calendar(c));
	TRY(audit(c, "holiday added", day_and_scope(c, in->on, in->scope)));
	return txn_commit(&t);
}

enum rc office_remove_holiday(struct ctx *c, struct day on, const char *scope)
{
	int64_t changed;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(holidays_raise(c));
	TRY(q_office_holiday_delete(c->db, &(struct office_holiday_delete_args){ .on_day = on, .scope = scope }, &changed));
	if (changed != 1)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(take_calendar(c));
	TRY(audit(c, "holiday removed", day_and_scope(c, on, scope)));
	return txn_commit(&t);
}
