/* SPDX-License-Identifier: Apache-2.0
 * sop_store - rows of sop and sop_use: made, closed, and read as the shelf.
 */
#include "app/sop_store.h"

#include <stdio.h>
#include <string.h>

#include "app/office.h"
#include "app/settings.h"
#include "app/sop_load.h"
#include "base/hash.h"
#include "query_lookup.h"
#include "query_office.h"
#include "query_shelf.h"

/* ---- the shelf */

static enum rc load_books(struct db *db, struct arena *a, struct sop_shelf *shelf, struct err *err)
{
	struct shelf_texts_row *rows;

	TRY(q_shelf_texts(db, a, &rows, &shelf->book_n));
	shelf->books = arena_new_many(a, struct sop_book, shelf->book_n + 1);
	for (size_t i = 0; i < shelf->book_n; i++) {
		const char *name = arena_printf(a, "%s, version %lld", rows[i].word, (long long)rows[i].version);

		shelf->books[i].id = rows[i].id;
		shelf->books[i].version = (int)rows[i].version;
		TRY(sop_load_text(a, name, rows[i].source, strlen(rows[i].source), &shelf->books[i].sop, err));
	}
	return RC_OK;
}

static enum rc load_uses(struct db *db, struct arena *a, struct sop_shelf *shelf)
{
	struct shelf_uses_row *rows;
	size_t n;

	TRY(q_shelf_uses(db, a, &rows, &n));
	shelf->uses = arena_new_many(a, struct sop_use, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct sop_book *book = sop_shelf_find(shelf, rows[i].sop_id);

		/* A use of a book that came while we read is seen the next time. */
		if (book)
			shelf->uses[shelf->use_n++] = (struct sop_use){
				.agency = rows[i].agency_id, .book = (size_t)(book - shelf->books),
				.from = rows[i].valid_from, .until = rows[i].valid_until };
	}
	return RC_OK;
}

enum rc sop_store_load(struct db *db, struct arena *a, const struct sop_shelf **ret, struct err *err)
{
	struct sop_shelf *shelf = arena_new_one(a, struct sop_shelf);

	TRY(load_books(db, a, shelf, err));
	TRY(load_uses(db, a, shelf));
	*ret = shelf->book_n > 0 ? shelf : NULL;
	return RC_OK;
}

/* ---- changes */

bool sop_store_check(struct arena *a, const char *name, const char *text, size_t n, struct day on,
		     struct sop_store_check *ret)
{
	struct err err = { 0 };

	memset(ret, 0, sizeof(*ret));
	if (sop_load_text(a, name, text, n, &ret->sop, &err) != RC_OK) {
		ret->problem = arena_strdup(a, err.detail);
		return false;
	}
	sop_lint(a, ret->sop, rules_on(on), &ret->found);
	return ret->found.errors == 0;
}

enum rc sop_store_may(struct ctx *c, struct agency_id agency)
{
	struct agency_by_id_row row;
	enum rc rc;

	if (c->who.role != ROLE_SYSTEM && c->who.role != ROLE_NATIONAL_ADMIN && c->who.role != ROLE_AGENCY_ADMIN)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (c->who.role != ROLE_SYSTEM)
		TRY(office_may_manage(c, agency));
	rc = q_agency_by_id(c->db, c->a, agency, &row);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	return row.level == LEVEL_AGENCY ? RC_OK : ctx_refuse(c, RC_INVALID, target_wrong_level);
}

static struct day today(const struct ctx *c)
{
	return instant_day(c->now, c->settings->zone);
}

/* Nobody rewrites how yesterday was worked; the command line sets up what was so. */
static bool is_day_allowed(const struct ctx *c, struct day from)
{
	return from.n != DAY_NONE && (c->who.role == ROLE_SYSTEM || from.n >= today(c).n);
}

static enum rc audit(struct ctx *c, struct agency_id agency, const char *what, const char *word, int64_t version,
		     struct day from)
{
	struct agency_by_id_row row;
	char day[11];

	TRY(q_agency_by_id(c->db, c->a, agency, &row));
	day_format(from, day);
	return q_office_audit_insert(c->db, &(struct office_audit_insert_args){
		.at = c->now, .account_id = c->who.account, .what = what,
		.target = arena_printf(c->a, "%s %s@%lld %s", row.slug, word, (long long)version, day) }, NULL);
}

/* The version of this text, made when it is a new one. */
static enum rc take_in(struct ctx *c, const struct sop_store_in *in, const struct sop *sop, struct sop_store_done *ret)
{
	struct hash digest = hash_of(in->text, in->n, NULL);
	struct db_blob blob = { digest.b, sizeof(digest.b) };
	struct shelf_by_digest_row there;
	struct shelf_last_version_row last;
	struct shelf_insert_row made;
	enum rc rc;

	rc = q_shelf_by_digest(c->db, c->a, &(struct shelf_by_digest_args){ .word = sop->id, .digest = blob }, &there);
	if (rc == RC_OK)
		*ret = (struct sop_store_done){ there.id, (int)there.version, true };
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(q_shelf_last_version(c->db, c->a, sop->id, &last));
	TRY(q_shelf_insert(c->db, c->a, &(struct shelf_insert_args){
		.word = sop->id, .version = last.n + 1, .covers = sop->covers, .digest = blob, .source = in->text,
		.installed_at = c->now, .installed_by = c->who.account }, &made));
	*ret = (struct sop_store_done){ made.id, (int)last.n + 1, false };
	return RC_OK;
}

/* What is decided next rests on the agency's uses. */
static enum rc lock(struct ctx *c, struct agency_id agency)
{
	struct shelf_lock_row row;

	return q_shelf_lock(c->db, c->a, agency, &row);
}

static bool is_over(const struct shelf_of_agency_row *u, struct day on)
{
	return u->valid_until.n != DAY_NONE && u->valid_until.n <= on.n;
}

/* It ends that day, or never was when it would have begun then or later. */
static enum rc end_use(struct ctx *c, struct agency_id agency, const struct shelf_of_agency_row *u, struct day on)
{
	if (u->valid_from.n >= on.n)
		return q_shelf_use_delete(c->db, &(struct shelf_use_delete_args){
			.agency_id = agency, .sop_id = u->sop_id, .valid_from = u->valid_from }, NULL);
	return q_shelf_use_close(c->db, &(struct shelf_use_close_args){
		.valid_until = on, .agency_id = agency, .sop_id = u->sop_id, .valid_from = u->valid_from }, NULL);
}

/* Of reports there is one SOP at a time; of the others, one version of each. */
static bool makes_way(const struct shelf_of_agency_row *u, const struct sop *for_)
{
	return u->covers == for_->covers && (u->covers == SOP_COVERS_REPORT || strcmp(u->word, for_->id) == 0);
}

static enum rc end_former(struct ctx *c, const struct sop_store_in *in, const struct sop *sop, struct sop_id id)
{
	struct shelf_of_agency_row *rows;
	size_t n;

	TRY(q_shelf_of_agency(c->db, c->a, in->agency, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_same = rows[i].sop_id.v == id.v && rows[i].valid_from.n <= in->from.n;

		if (is_over(&rows[i], in->from) || !makes_way(&rows[i], sop))
			continue;
		if (is_same && rows[i].valid_until.n == DAY_NONE)
			return ctx_refuse(c, RC_CONFLICT, not_possible_now);
		TRY(end_use(c, in->agency, &rows[i], in->from));
	}
	return RC_OK;
}

enum rc sop_store_install(struct ctx *c, const struct sop_store_in *in, struct sop_store_check *check,
			  struct sop_store_done *ret)
{
	struct sop_store_done done;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(sop_store_may(c, in->agency));
	if (!sop_store_check(c->a, in->name, in->text, in->n, in->from, check) || !is_day_allowed(c, in->from))
		return ctx_refuse(c, RC_INVALID, bad_request);
	TRY(lock(c, in->agency));
	TRY(take_in(c, in, check->sop, &done));
	TRY(end_former(c, in, check->sop, done.id));
	TRY(q_shelf_use_insert(c->db, &(struct shelf_use_insert_args){
		.agency_id = in->agency, .sop_id = done.id, .valid_from = in->from }, NULL));
	TRY(audit(c, in->agency, "sop installed", check->sop->id, done.version, in->from));
	TRY(txn_commit(&t));
	*ret = done;
	return RC_OK;
}

enum rc sop_store_retire(struct ctx *c, struct agency_id agency, const char *word, struct day from)
{
	struct shelf_of_agency_row *rows;
	bool found = false;
	size_t n;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(sop_store_may(c, agency));
	if (!is_day_allowed(c, from))
		return ctx_refuse(c, RC_INVALID, bad_request);
	TRY(lock(c, agency));
	TRY(q_shelf_of_agency(c->db, c->a, agency, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].word, word) != 0 || is_over(&rows[i], from))
			continue;
		TRY(end_use(c, agency, &rows[i], from));
		TRY(audit(c, agency, "sop retired", word, rows[i].version, from));
		found = true;
	}
	if (!found)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	return txn_commit(&t);
}
