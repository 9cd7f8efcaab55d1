/* SPDX-License-Identifier: Apache-2.0
 * office_tree - agencies, OPDs and work units, and the holidays of the calendar.
 */
#include <string.h>

#include "app/settings.h"
#include "core/complete.h"
#include "messages.h"
#include "web/desk_parts.h"
#include "web/form_read.h"
#include "web/handlers.h"
#include "web/office_page.h"
#include "web/state.h"

#define NAME_MAX_POINTS 150
#define SHORT_MAX_POINTS 60
#define SOURCE_MAX_POINTS 200
#define GROUP_MAX_POINTS 500

enum rc office_tree_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct agency_id here;

	TRY(office_page_node(c, req, &here));
	return office_page_show(c, req, res, OFFICE_AGENCIES, NULL, here);
}

static enum rc show_tree(struct ctx *c, const struct request *req, struct response *res, struct agency_id here, int status,
			 struct office_page *typed, const char *problem)
{
	typed->problem = problem;
	res->status = status;
	return office_page_show(c, req, res, OFFICE_AGENCIES, typed, here);
}

enum rc office_tree_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct office_agency_in in = {
		.name = form_read_text(&f, "nama", 1, NAME_MAX_POINTS),
		.short_name = form_read_text(&f, "singkatan", 1, SHORT_MAX_POINTS),
		.email = form_read_text(&f, "surel", 0, REPORT_EMAIL_MAX),
	};
	struct office_page typed = { .typed_name = in.name, .typed_short = in.short_name, .typed_email = in.email };
	struct agency_id made;
	enum rc rc;

	TRY(office_page_node(c, req, &in.parent));
	if (req->csrf_failed)
		return show_tree(c, req, res, in.parent, 403, &typed, msg_text(c->lang, MSG_refusal_form_expired));
	if (complete_email(in.email) != FIELD_OK)
		return show_tree(c, req, res, in.parent, 422, &typed, msg_office_bad_email(c->lang));
	if (f.problems.n > 0)
		return show_tree(c, req, res, in.parent, 422, &typed, msg_office_bad_agency(c->lang));
	rc = office_add_agency(c, &in, &made);
	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return show_tree(c, req, res, in.parent, 422, &typed, msg_office_bad_agency(c->lang));
	TRY(rc);
	res->changes_almanac = true;
	response_flash(c, res, MSG_office_saved);
	return response_redirect(c, res, "/meja/pengaturan/instansi?instansi=%lld", (long long)in.parent.v);
}

enum rc office_tree_active_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	struct agency_id target = { form_read_id(&f, "sasaran") }, here;
	struct office_page shown = { 0 };
	enum rc rc;

	TRY(office_page_node(c, req, &here));
	if (req->csrf_failed)
		return show_tree(c, req, res, here, 403, &shown, msg_text(c->lang, MSG_refusal_form_expired));
	rc = office_set_agency_active(c, target, form_read_checked(&f, "aktif"));
	if (rc == RC_CONFLICT)
		return show_tree(c, req, res, here, 409, &shown, msg_office_agency_busy(c->lang));
	TRY(rc);
	res->changes_almanac = true;
	response_flash(c, res, MSG_office_saved);
	return response_redirect(c, res, "/meja/pengaturan/instansi?instansi=%lld", (long long)here.v);
}

/* POST /meja/pengaturan/instansi/grup */
enum rc office_tree_group_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *step = request_form(req, "langkah"), *channel = form_read_text(&f, "kanal", 0, GROUP_MAX_POINTS);
	bool removes = step && strcmp(step, "hapus") == 0;
	struct office_page typed = { .typed_group = channel };
	struct agency_id here;
	enum rc rc;

	TRY(office_page_node(c, req, &here));
	if (req->csrf_failed)
		return show_tree(c, req, res, here, 403, &typed, msg_text(c->lang, MSG_refusal_form_expired));
	rc = !removes && (*channel == '\0' || f.problems.n > 0) ? RC_INVALID :
								   office_set_group(c, here, removes ? "" : channel);
	if (rc == RC_INVALID)
		return show_tree(c, req, res, here, 422, &typed, msg_office_bad_group(c->lang));
	TRY(rc);
	response_flash(c, res, MSG_office_saved);
	return response_redirect(c, res, "/meja/pengaturan/instansi?instansi=%lld#grup", (long long)here.v);
}

enum rc office_tree_holidays_get(struct ctx *c, const struct request *req, struct response *res)
{
	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	return office_page_show(c, req, res, OFFICE_HOLIDAYS, NULL, (struct agency_id){ 0 });
}

enum rc office_tree_changes_get(struct ctx *c, const struct request *req, struct response *res)
{
	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	return office_page_show(c, req, res, OFFICE_CHANGES, NULL, (struct agency_id){ 0 });
}

static enum rc show_holidays(struct ctx *c, const struct request *req, struct response *res, int status,
			     struct office_page *typed, const char *problem)
{
	typed->problem = problem;
	res->status = status;
	return office_page_show(c, req, res, OFFICE_HOLIDAYS, typed, (struct agency_id){ 0 });
}

static enum rc back_to_year(struct ctx *c, struct response *res, struct day on)
{
	res->changes_almanac = true;
	response_flash(c, res, MSG_office_saved);
	return response_redirect(c, res, "/meja/pengaturan/libur?tahun=%d", day_to_civil(on).year);
}

enum rc office_tree_holiday_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *day_text = form_read_text(&f, "hari", 0, 10);
	struct office_holiday_in in = {
		.name = form_read_text(&f, "nama", 0, REPORT_NAME_MAX),
		.source = form_read_text(&f, "dasar", 0, SOURCE_MAX_POINTS),
		.kind = (enum holiday_kind)form_read_int(&f, "macam", HOLIDAY_NATIONAL, HOLIDAY_REGIONAL, HOLIDAY_REGIONAL),
	};
	struct office_page typed = { .typed_day = day_text, .typed_name = in.name, .typed_source = in.source };
	enum rc rc;

	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (req->csrf_failed)
		return show_holidays(c, req, res, 403, &typed, msg_text(c->lang, MSG_refusal_form_expired));
	if (!day_parse(day_text, &in.on))
		return show_holidays(c, req, res, 422, &typed, msg_office_bad_day(c->lang));
	typed.year = day_to_civil(in.on).year;
	if (*in.name == '\0' || f.problems.n > 0)
		return show_holidays(c, req, res, 422, &typed, msg_office_bad_name(c->lang));
	if (*in.source == '\0')
		return show_holidays(c, req, res, 422, &typed, msg_office_bad_source(c->lang));
	in.scope = in.kind == HOLIDAY_REGIONAL ? c->settings->region_code : "";
	rc = office_add_holiday(c, &in);
	if (rc == RC_CONFLICT)
		return show_holidays(c, req, res, 409, &typed, msg_office_exists(c->lang));
	TRY(rc);
	return back_to_year(c, res, in.on);
}

enum rc office_tree_holiday_remove_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct form_read f = form_read_begin(c, req);
	const char *scope = form_read_text(&f, "lingkup", 0, 20);
	struct office_page shown = { 0 };
	struct day on;

	if (!office_may_change_holidays(c))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (req->csrf_failed)
		return show_holidays(c, req, res, 403, &shown, msg_text(c->lang, MSG_refusal_form_expired));
	if (!day_parse(form_read_text(&f, "hari", 0, 10), &on))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(office_remove_holiday(c, on, scope));
	return back_to_year(c, res, on);
}
