/* SPDX-License-Identifier: Apache-2.0
 * act - the door: finds the report, runs the steps of one transition in one transaction.
 */
#include "app/act.h"

#include "app/change.h"
#include "app/holidays.h"
#include "app/intake.h"
#include "query_attachment.h"
#include "query_report.h"

/* A disposition is public, what the officer adds for the next one is not: the note becomes an internal one. */
static bool note_is_apart(const struct act_in *in)
{
	return (in->action == ACT_DISPOSE || in->action == ACT_FORWARD_UNIT) && in->note && *in->note;
}

static enum rc take_files(struct change *ch)
{
	const struct act_in *in = ch->in;
	struct ctx *c = ch->c;
	int64_t changed;

	for (size_t i = 0; i < in->n_files; i++) {
		TRY(q_attachment_to_report(c->db, &(struct attachment_to_report_args){
			.id = in->files[i], .report_id = ch->report, .seq = ch->e.seq,
			.audience = ch->e.audience }, &changed));
		if (changed != 1)
			return ctx_refuse(c, RC_INVALID, bad_request);
	}
	return RC_OK;
}

static enum rc act_once(struct ctx *c, struct report_id id, const struct act_in *in, bool knows_code,
			struct act_out *ret)
{
	struct change ch = { .c = c, .in = in, .knows_code = knows_code };

	TRY(change_load(&ch, id));
	TRY(change_check(&ch));
	TRY(change_clocks_load(&ch));
	TRY(change_project(&ch));
	TRY(change_write_row(&ch));
	TRY(change_record(&ch));
	TRY(take_files(&ch));
	TRY(intake_follow(c, id, in->action));
	*ret = (struct act_out){ id, ch.after.version, ch.after.state };
	return RC_OK;
}

static enum rc act_with_note(struct ctx *c, struct report_id id, const struct act_in *in, bool knows_code,
			     struct act_out *ret)
{
	struct act_in main_step = *in, note = { .action = ACT_NOTE, .seen_version = -1, .note = in->note };

	if (!note_is_apart(in))
		return act_once(c, id, in, knows_code, ret);
	/* First the note: after the disposition the report may be out of the officer's hands. */
	note.seen_version = in->seen_version;
	main_step.seen_version = -1;
	main_step.note = NULL;
	TRY(act_once(c, id, &note, knows_code, ret));
	return act_once(c, id, &main_step, knows_code, ret);
}

static enum rc act_steps(struct ctx *c, struct report_id id, const struct act_in *in, size_t n, bool knows_code,
			 struct act_out *ret)
{
	struct act_out out = { .report = id };
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(holidays_confirm(c));
	for (size_t i = 0; i < n; i++) {
		struct act_in step = in[i];
		if (i > 0)
			step.seen_version = -1;
		TRY(act_with_note(c, id, &step, knows_code, &out));
	}
	TRY(txn_commit(&t));
	*ret = out;
	return RC_OK;
}

enum rc act_all(struct ctx *c, const char *number, const struct act_in *in, size_t n, struct act_out *ret)
{
	struct report_find_by_number_row r;
	enum rc rc = q_report_find_by_number(c->db, c->a, number, &r);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	return act_steps(c, r.id, in, n, false, ret);
}

enum rc act_by_number(struct ctx *c, const char *number, const struct act_in *in, struct act_out *ret)
{
	return act_all(c, number, in, 1, ret);
}

enum rc act_by_code(struct ctx *c, const char *code, const struct act_in *in, struct act_out *ret)
{
	struct report_find_by_code_row r;
	enum rc rc = q_report_find_by_code(c->db, c->a, code, &r);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, code_unknown);
	TRY(rc);
	c->who = (struct who){ .role = ROLE_CITIZEN };
	return act_steps(c, r.id, in, 1, true, ret);
}

enum rc act_by_id(struct ctx *c, struct report_id id, const struct act_in *in, struct act_out *ret)
{
	c->who = (struct who){ .role = ROLE_SYSTEM };
	return act_steps(c, id, in, 1, false, ret);
}
