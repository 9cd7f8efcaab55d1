/* SPDX-License-Identifier: Apache-2.0
 * draft - the fields of a report being written, as one JSON object of texts in its row.
 */
#include "app/draft.h"

#include <string.h>

#include "app/json.h"
#include "base/hash.h"
#include "base/parse.h"
#include "base/rand.h"
#include "query_draft.h"

#define DRAFT_LIFE_MS (7 * MS_PER_DAY)

static bool token_hash(const char *token, struct hash *ret)
{
	unsigned char secret[DRAFT_TOKEN_LEN / 2];

	if (!token || !parse_hex_decode(token, secret, sizeof(secret)))
		return false;
	*ret = hash_of(secret, sizeof(secret), NULL);
	return true;
}

enum rc draft_create(struct ctx *c, char ret_token[DRAFT_TOKEN_LEN + 1], struct draft *ret)
{
	unsigned char secret[DRAFT_TOKEN_LEN / 2];
	struct draft_insert_row row;
	struct hash h;

	rand_secret(secret, sizeof(secret));
	h = hash_of(secret, sizeof(secret), NULL);
	TRY(q_draft_insert(c->db, c->a, &(struct draft_insert_args){
		.token_hash = { h.b, HASH_BYTES }, .fields = "{}", .created_at = c->now,
		.expires_at = instant_add_ms(c->now, DRAFT_LIFE_MS) }, &row));
	parse_hex_encode(secret, sizeof(secret), ret_token);
	*ret = (struct draft){ .id = row.id, .saved_at = c->now };
	return RC_OK;
}

struct reader {
	struct ctx *c;
	struct draft *d;
};

static void take_field(void *arg, const char *name, const char *value)
{
	struct reader *r = arg;

	draft_set(r->c, r->d, name, value);
}

static enum rc read_fields(struct ctx *c, const char *text, struct draft *d)
{
	struct json_tree *root = json_tree_parse(text, strlen(text));
	struct reader r = { c, d };

	if (!root)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "draft %lld is damaged", (long long)d->id.v);
	json_tree_each_text(root, take_field, &r);
	json_tree_free(root);
	return RC_OK;
}

enum rc draft_load(struct ctx *c, const char *token, struct draft *ret)
{
	struct draft d = { 0 };
	struct draft_find_row row;
	struct hash h;

	if (!token_hash(token, &h))
		return ctx_refuse(c, RC_NOT_FOUND, draft_gone);
	enum rc rc = q_draft_find(c->db, c->a, &(struct draft_find_args){
		.token_hash = { h.b, HASH_BYTES }, .now = c->now }, &row);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, draft_gone);
	TRY(rc);
	d.id = row.id;
	d.report = row.report_id;
	d.saved_at = row.saved_at;
	TRY(read_fields(c, row.fields, &d));
	*ret = d;
	return RC_OK;
}

static size_t find(const struct draft *d, const char *name)
{
	size_t i = 0;

	while (i < d->n && strcmp(d->name[i], name) != 0)
		i++;
	return i;
}

const char *draft_get(const struct draft *d, const char *name)
{
	size_t i = find(d, name);

	return i < d->n ? d->value[i] : "";
}

void draft_set(struct ctx *c, struct draft *d, const char *name, const char *value)
{
	size_t i = find(d, name);

	if (i == d->n) {
		/* Only names of our own forms come here; a full draft is a defect of the form. */
		BUG_ON(d->n == DRAFT_FIELDS_MAX);
		d->name[d->n++] = arena_strdup(c->a, name);
	}
	d->value[i] = arena_strdup(c->a, value);
}

enum rc draft_save(struct ctx *c, struct draft *d)
{
	struct json_tree *root = json_tree_object();
	bool is_text = true;
	const char *text;

	for (size_t i = 0; i < d->n; i++)
		is_text = json_tree_set_text(root, d->name[i], d->value[i]) && is_text;
	text = is_text ? json_tree_canonical(c->a, root) : NULL;
	json_tree_free(root);
	if (!text)
		return ctx_refuse(c, RC_INVALID, bad_encoding);
	d->saved_at = c->now;
	return q_draft_update(c->db, &(struct draft_update_args){
		.id = d->id, .fields = text, .saved_at = c->now,
		.expires_at = instant_add_ms(c->now, DRAFT_LIFE_MS) }, NULL);
}

enum rc draft_mark_sent(struct ctx *c, struct draft *d, struct report_id report)
{
	TRY(q_draft_sent(c->db, &(struct draft_sent_args){
		.id = d->id, .report_id = report, .saved_at = c->now }, NULL));
	d->report = report;
	d->n = 0;
	return RC_OK;
}
