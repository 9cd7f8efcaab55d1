/* SPDX-License-Identifier: Apache-2.0 */
#include "app/intake_tell.h"

#include <string.h>

#include "app/notice.h"
#include "base/hash.h"
#include "base/lang.h"
#include "base/parse.h"

/* As with reports: the key is kept longer than anyone needs to know whose address it was. */
static enum rc write_one(const struct intake_move *m, enum notice n, const char *to)
{
	struct hash h = hash_of(to, strlen(to), NULL);
	struct ctx *c = m->c;
	char hex[17];

	parse_hex_encode(h.b, 8, hex);
	return q_intake_outbox_add(c->db, &(struct intake_outbox_add_args){
		.intake_id = m->row.id, .seq = m->row.version, .template = notice_word(n), .recipient = to,
		.language = LANG_ID, .created_at = c->now,
		.idempotency_key = arena_printf(c->a, "intake:%lld:%lld:%s", (long long)m->row.id.v,
						(long long)m->row.version, hex) }, NULL);
}

enum rc intake_tell_enterers(const struct intake_move *m)
{
	struct intake_addresses_row *rows;
	size_t n;

	TRY(q_intake_addresses(m->c->db, m->c->a, &(struct intake_addresses_args){
		.agency_id = m->row.agency_id, .role = intake_enterer(m->row.level) }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(write_one(m, NOTICE_intake_task, rows[i].email));
	return RC_OK;
}

enum rc intake_tell_reporter(const struct intake_move *m)
{
	if (!m->row.email || !*m->row.email)
		return RC_OK;
	return write_one(m, NOTICE_intake_refused, m->row.email);
}
