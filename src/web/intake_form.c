/* SPDX-License-Identifier: Apache-2.0
 * intake_form - /meja/penerimaan/baru: the intake team writes down what came, with scan or photo (SOP tjt-21#1, tjt-22#1,
 * tjt-25#1).
 */
#include "app/intake.h"
#include "tmpl_office_intake.h"
#include "web/csrf.h"
#include "web/desk_parts.h"
#include "web/handlers.h"
#include "web/intake_parts.h"
#include "web/manual_form.h"
#include "web/page.h"
#include "web/public_upload.h"

static struct desk_options sop_options(struct ctx *c, const struct intake_node *node, int64_t selected)
{
	struct desk_list_of_options o = { .c = c };
	const struct sop_book *books[INTAKE_SOPS_MAX];
	size_t n = intake_sops(c, node->level, node->parent, books);

	for (size_t i = 0; i < n; i++)
		desk_parts_add_id(&o, books[i]->id.v, arena_printf(c->a, "%s (%s)", books[i]->sop->title, books[i]->sop->id),
				  books[i]->id.v == selected, false);
	return desk_parts_options(&o);
}

static enum rc show(struct ctx *c, const struct request *req, struct response *res, const struct intake_node *node,
		    const struct manual_form *s, const char *problem)
{
	struct intake_page in = {
		.csrf = csrf_token(c, req, res), .action = "/meja/penerimaan/baru",
		.heading = msg_intake_new_title(c->lang), .lead = msg_intake_new_lead(c->lang),
		.button = msg_intake_new_button(c->lang), .contact_hint = msg_intake_new_contact_hint(c->lang),
		.back_href = "/meja/penerimaan", .back_text = msg_intake_list_title(c->lang),
		.answer_hint = msg_intake_new_answer_hint(c->lang),
		.asks_channel = true, .asks_reception = true, .takes_files = true, .takes_answer = true };
	struct page p;

	TRY(manual_form_fill(c, s, problem, &in));
	in.sops = sop_options(c, node, s->sop);
	page_init(&p, c, req, res);
	p.layout.title = msg_intake_new_title(c->lang);
	p.layout.nav = NAV_INTAKE;
	page_begin(&p);
	view_intake(&p.out, &in);
	return page_end(&p);
}

static enum rc may_register(struct ctx *c, struct intake_node *node)
{
	TRY(intake_parts_node(c, node));
	return c->who.role == intake_team(node->level) ? RC_OK : ctx_refuse(c, RC_DENIED, not_allowed);
}

enum rc intake_form_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct manual_form fresh = manual_form_fresh();
	struct intake_node node;

	TRY(may_register(c, &node));
	return show(c, req, res, &node, &fresh, NULL);
}

static const char *files_problem(struct ctx *c, const struct public_uploads *up)
{
	size_t n = up ? public_uploads_refused(up) : 0;
	const char *text;
	struct buf b;

	if (n == 0)
		return NULL;
	if (public_uploads_status(up) == 503)
		return msg_text(c->lang, MSG_refusal_file_not_kept);
	buf_init(&b, 1024);
	msg_intake_files_refused(&b, c->lang, ZONE_WIB, (int64_t)n);
	text = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return text;
}

static enum rc store(struct ctx *c, const struct request *req, struct manual_form *s, struct intake_out *out,
		     struct field_problems *refused)
{
	struct attachment_id files[REPORT_FILES_MAX];
	struct public_uploads *up = req->prep;
	struct intake_in in = { .report = s->in, .channel_note = s->channel_note, .received_on = s->received_on,
				.answer = s->answer, .sop = { s->sop } };

	if (up) {
		TRY(public_uploads_store(c, up, (struct draft_id){ 0 }, 0));
		in.report.files = files;
		in.report.n_files = public_uploads_ids(up, files);
	}
	return intake_register(c, &in, out, refused);
}

enum rc intake_form_post(struct ctx *c, const struct request *req, struct response *res)
{
	struct manual_form s = manual_form_read(c, req, "intake", true);
	struct field_problems refused = { .n = 0 };
	struct intake_node node;
	struct intake_out out;
	const char *problem;
	enum rc rc;

	TRY(may_register(c, &node));
	if (req->csrf_failed) {
		res->status = 403;
		return show(c, req, res, &node, &s, msg_text(c->lang, MSG_refusal_form_expired));
	}
	problem = files_problem(c, req->prep);
	if (s.problems.n > 0 || problem) {
		res->status = problem ? public_uploads_status(req->prep) : 422;
		return show(c, req, res, &node, &s, problem);
	}
	rc = store(c, req, &s, &out, &refused);
	if (rc == RC_INVALID) {
		s.problems = refused;
		res->status = 422;
		/* The rc goes on, so that files stored for it are not kept. */
		TRY(show(c, req, res, &node, &s, refused.n > 0 ? NULL : desk_parts_refusal(c)));
		return rc;
	}
	TRY(rc);
	response_flash(c, res, MSG_intake_saved);
	return response_redirect(c, res, "/meja/penerimaan/%s", out.number);
}
