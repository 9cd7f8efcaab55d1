/* SPDX-License-Identifier: Apache-2.0
 * public_periodic - /berkala/periksa: whoever holds a signed periodic report finds out whether it is what was signed. Its
 * figures are shown; words that officers wrote, and names, are not.
 */
#include <string.h>

#include "app/periodic_text.h"
#include "app/settings.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "tmpl_periodic.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/periodic_show.h"

#define TYPED_MAX 100

/* Signed, and still the text that its digest says? */
static enum rc take(struct ctx *c, const struct periodic_by_digest_row *v, struct periodic_check *p)
{
	struct hash h = periodic_form_digest(v->content);
	struct periodic_form *form = arena_new_one(c->a, struct periodic_form);
	char *code = arena_alloc(c->a, PERIODIC_CODE_MAX), *hex = arena_alloc(c->a, 2 * HASH_BYTES + 1);
	struct periodic_story story;
	struct periodic_read_row r;

	TRY(q_periodic_read(c->db, c->a, v->periodic_id, &r));
	TRY(periodic_show_story(c, v->periodic_id, &story));
	if (story.now.signature.seq == 0 || story.now.version != v->version)
		return RC_OK;
	if (v->digest.n != HASH_BYTES || !hash_equal_bytes(h.b, v->digest.p, HASH_BYTES))
		return err_set(&c->err, RC_FAILED, 0, "the text of a signed periodic report was changed");
	TRY(periodic_text_read(c->a, v->content, form, &c->err));
	periodic_form_code(v->digest.p, code);
	parse_hex_encode(v->digest.p, HASH_BYTES, hex);
	p->is_found = true;
	p->agency = form->agency_name;
	p->period = periodic_show_period(c, r.first_on, r.last_on);
	p->code = code;
	p->digest = hex;
	p->signed_at = story.now.signature.at;
	p->version = v->version;
	p->form = form;
	return RC_OK;
}

static enum rc look_up(struct ctx *c, struct periodic_check *p)
{
	unsigned char lo[HASH_BYTES] = { 0 }, hi[HASH_BYTES];
	struct periodic_by_digest_row *rows;
	size_t n;

	if (!periodic_form_code_parse(p->typed, lo, &n))
		return RC_OK;
	memset(hi, 0xff, sizeof(hi));
	memcpy(hi, lo, n);
	TRY(q_periodic_by_digest(c->db, c->a, &(struct periodic_by_digest_args){
		.lo = { lo, HASH_BYTES }, .hi = { hi, HASH_BYTES } }, &rows, &n));
	for (size_t i = 0; i < n && !p->is_found; i++)
		TRY(take(c, &rows[i], p));
	return RC_OK;
}

enum rc periodic_check_get(struct ctx *c, const struct request *req, struct response *res)
{
	const char *typed = request_query(req, "kode");
	struct periodic_check check = { .was_asked = typed && *typed };
	struct page p;

	typed = typed ? utf8_clean(c->a, typed, false) : "";
	check.typed = arena_strndup(c->a, typed, utf8_prefix_bytes(typed, TYPED_MAX));
	if (check.was_asked) {
		TRY(request_limit_take(c, req, REQUEST_LIMIT_TRACK));
		TRY(look_up(c, &check));
	}
	page_init(&p, c, req, res);
	p.layout.title = msg_periodic_check_title(c->lang);
	p.layout.noindex = check.was_asked;
	page_begin(&p);
	view_periodic_check(&p.out, &check);
	return page_end(&p);
}
