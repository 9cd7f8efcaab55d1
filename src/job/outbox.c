/* SPDX-License-Identifier: Apache-2.0
 * outbox - sends what waits: claim in a transaction, send outside of any, mark in another. A crash between sending and
 * marking sends once more, with the same Message-ID.
 */
#include "job/work.h"

#include <stdio.h>
#include <string.h>

#include "app/act.h"
#include "base/log.h"
#include "channel/folder.h"
#include "channel/hook_out.h"
#include "channel/mail_out.h"
#include "channel/net.h"
#include "job/letter.h"
#include "query_desk_sop.h"
#include "query_outbox.h"

#define LEASE_MS (10 * MS_PER_MINUTE)
#define TRIES_MAX 8
#define LONGEST_WAIT_MINUTES (6 * 60)
#define TIMEOUT_S 60

struct item {
	struct outbox_id id;
	struct instant lease_until_at;
	struct outbox_read_row row;
	bool is_mine, is_final;
	enum rc sent;
	const char *why;
};

static const char *given(const char *s)
{
	return s && *s ? s : NULL;
}

/* Without a way out mail waits, untried. */
static bool has_mail(const struct settings *s)
{
	return given(s->smtp_url) || given(s->outbox_dir);
}

static enum rc claim(struct ctx *c, void *arg)
{
	struct item *it = arg;
	int64_t changed;

	TRY(q_outbox_claim(c->db, &(struct outbox_claim_args){
		.id = it->id, .now = c->now, .lease_until_at = it->lease_until_at }, &changed));
	it->is_mine = changed == 1;
	return it->is_mine ? q_outbox_read(c->db, c->a, it->id, &it->row) : RC_OK;
}

/* 1, 2, 4, ... minutes after the tries, at most six hours; none after the last. */
static struct instant next_try(struct instant now, int64_t tries)
{
	int64_t minutes = 1;

	for (int64_t i = 1; i < tries && minutes < LONGEST_WAIT_MINUTES; i++)
		minutes *= 2;
	if (minutes > LONGEST_WAIT_MINUTES)
		minutes = LONGEST_WAIT_MINUTES;
	return instant_add_ms(now, minutes * MS_PER_MINUTE);
}

/*
 * Informing somebody is a step of some SOPs: who was told by a message has been informed when it is out, and that ends
 * the step's time (SOP tjt-20#3, jatim#2). Several messages of one event do it once; what meanwhile went on does not
 * need it any more, and the message stays sent.
 */
static enum rc record_task(struct ctx *c, const struct item *it)
{
	struct desk_sop_done_since_row done;
	struct act_in in = { .action = ACT_TASK, .seen_version = -1 };
	struct act_out out;
	enum notice notice;
	enum rc rc;

	if (!notice_parse(it->row.template, &notice) || notice_task(notice) == SOP_TASK_NONE)
		return RC_OK;
	in.reason = sop_task_word(notice_task(notice));
	TRY(q_desk_sop_done_since(c->db, c->a, &(struct desk_sop_done_since_args){
		.report_id = it->row.report_id, .since_seq = it->row.seq, .action = ACT_TASK, .reason = in.reason }, &done));
	if (done.n > 0)
		return RC_OK;
	rc = act_by_id(c, it->row.report_id, &in, &out);
	return rc == RC_CONFLICT || rc == RC_DENIED || rc == RC_INVALID ? RC_OK : rc;
}

static enum rc mark(struct ctx *c, void *arg)
{
	const struct item *it = arg;

	if (it->sent == RC_OK) {
		TRY(q_outbox_sent(c->db, &(struct outbox_sent_args){ .id = it->id, .sent_at = c->now }, NULL));
		return record_task(c, it);
	}
	return q_outbox_failed(c->db, &(struct outbox_failed_args){
		.id = it->id, .last_error = it->why,
		.next_at = it->is_final ? (struct instant){ 0 } : next_try(c->now, it->row.tries) }, NULL);
}

static enum rc read_password(struct ctx *c, const char **ret)
{
	const char *path = given(c->settings->smtp_password_file);
	char line[256];

	*ret = NULL;
	if (!path)
		return RC_OK;
	FILE *f = fopen(path, "re");
	if (!f || !fgets(line, sizeof(line), f)) {
		if (f)
			fclose(f);
		return err_set(&c->err, RC_UNAVAILABLE, 0, "cannot read the mail password file");
	}
	fclose(f);
	line[strcspn(line, "\r\n")] = '\0';
	*ret = arena_strdup(c->a, line);
	return RC_OK;
}

static enum rc hand_over(struct ctx *c, const struct item *it, const struct mail *m, const struct buf *b)
{
	const struct settings *s = c->settings;
	struct net_smtp smtp = { .url = s->smtp_url, .user = given(s->smtp_user), .timeout_s = TIMEOUT_S };

	if (given(s->smtp_url)) {
		TRY(read_password(c, &smtp.password));
		TRY(net_send_mail(&smtp, m->from, m->to, b->p, b->n, &c->err));
	}
	if (!given(s->outbox_dir))
		return RC_OK;
	return folder_write(s->outbox_dir, arena_printf(c->a, "%08lld-%s.eml", (long long)it->id.v, it->row.template),
			    b->p, b->n, &c->err);
}

static enum rc send_hook(struct ctx *c, const struct item *it, enum notice notice, enum lang lang)
{
	struct buf b;

	buf_init(&b, 8 * 1024);
	hook_out_compose(&b, letter_short(c->a, c->settings, notice, lang, it->row.number));
	enum rc rc = net_post_json(it->row.recipient, b.p, b.n, TIMEOUT_S, c->settings->hook_inside, &c->err);
	buf_done(&b);
	return rc;
}

static enum rc send_one(struct ctx *c, const struct item *it)
{
	const struct settings *s = c->settings;
	enum lang lang = it->row.language == LANG_EN ? LANG_EN : LANG_ID;
	enum notice notice;
	struct buf b;

	if (!notice_parse(it->row.template, &notice))
		return err_set(&c->err, RC_INVALID, 0, "unknown kind of message: %s", it->row.template);
	if (notice == NOTICE_group_hook)
		return send_hook(c, it, notice, lang);
	const struct letter_about about = {
		.number = it->row.number ? it->row.number : it->row.intake_number, .code = it->row.code,
		.reason = it->row.intake_reason, .path = it->row.path };
	struct letter l = letter_write(c->a, s, notice, lang, &about);
	struct mail m = { .from_name = s->site_name, .from = given(s->mail_from) ? s->mail_from : "lapor@localhost",
			  .to = it->row.recipient, .subject = l.subject, .text = l.text,
			  .language = lang == LANG_EN ? "en" : "id", .key = it->row.idempotency_key,
			  .date = it->row.created_at, .zone = s->zone };
	buf_init(&b, 64 * 1024);
	enum rc rc = mail_out_compose(&b, &m, &c->err);
	if (rc == RC_OK)
		rc = hand_over(c, it, &m, &b);
	buf_done(&b);
	return rc;
}

static void note_result(struct work *w, const struct item *it)
{
	if (it->sent == RC_OK) {
		w->tally->sent++;
		return;
	}
	w->tally->send_failures++;
	w->tally->given_up += it->is_final;
	log_warn("message %lld: %s%s", (long long)it->id.v, it->why, it->is_final ? "; given up" : "");
}

static void run_one(struct work *w, struct outbox_id id)
{
	/* From now on, not from when the round began: sending many messages takes longer than a lease. */
	struct item it = { .id = id, .lease_until_at = instant_add_ms(w->c->now, work_elapsed_ms(w) + LEASE_MS) };
	enum rc rc = work_write(w, claim, &it);

	if (rc == RC_OK && !it.is_mine)
		return;
	if (rc == RC_OK) {
		it.sent = send_one(w->c, &it);
		it.is_final = it.sent == RC_INVALID || it.row.tries >= TRIES_MAX;
		it.why = it.sent == RC_OK ? NULL : arena_strdup(w->c->a, w->c->err.detail);
		rc = work_write(w, mark, &it);
	}
	if (rc == RC_OK)
		note_result(w, &it);
	else
		work_failed(w, "message", id.v, rc);
}

/* What is due after the place, all of it or only what goes to web hooks; moves the place. */
static enum rc next_batch(struct work *w, struct outbox_due_args *args, struct outbox_id **ret, size_t *ret_n)
{
	struct outbox_group_due_args group = { args->now, args->after_at, args->after_id, args->max_rows };
	struct outbox_group_due_row *grouped = NULL;
	struct outbox_due_row *all = NULL;
	bool mail = has_mail(w->c->settings);
	struct outbox_id *ids;

	if (mail)
		TRY(q_outbox_due(w->c->db, w->c->a, args, &all, ret_n));
	else
		TRY(q_outbox_group_due(w->c->db, w->c->a, &group, &grouped, ret_n));
	ids = arena_new_many(w->c->a, struct outbox_id, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++) {
		ids[i] = mail ? all[i].id : grouped[i].id;
		args->after_id = ids[i];
		args->after_at = mail ? all[i].next_at : grouped[i].next_at;
	}
	*ret = ids;
	return RC_OK;
}

enum rc outbox_run(struct work *w)
{
	struct outbox_due_args args = { .now = w->c->now, .max_rows = WORK_BATCH };
	struct arena_mark mark_all = arena_mark(w->c->a);
	size_t n;

	if (given(w->c->settings->smtp_url))
		net_init();
	do {
		struct outbox_id *ids;

		TRY(next_batch(w, &args, &ids, &n));
		for (size_t i = 0; i < n; i++) {
			struct arena_mark mark_one = arena_mark(w->c->a);
			run_one(w, ids[i]);
			arena_rewind(w->c->a, mark_one);
		}
		arena_rewind(w->c->a, mark_all);
	} while (n == WORK_BATCH);
	return RC_OK;
}
