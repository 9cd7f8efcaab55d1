/* SPDX-License-Identifier: Apache-2.0
 * dossier_verify - is this bundle what was made, and does its history follow from itself? Needs no database: whoever has
 * the file and this program can ask.
 */
#include "app/dossier.h"

#include <string.h>

#include "base/parse.h"
#include "core/chain.h"

static int64_t int_of(const struct json_tree *o, const char *key)
{
	int64_t v = 0;

	return json_tree_int(o, key, &v) ? v : 0;
}

static struct chain_event event_of(const struct json_tree *o, struct report_id report)
{
	return (struct chain_event){
		.report = report, .seq = int_of(o, "seq"), .at = { int_of(o, "at_ms") },
		.action = (enum action)int_of(o, "action"), .role = (enum role)int_of(o, "role"),
		.account = { int_of(o, "account") }, .agency = { int_of(o, "agency") },
		.from = (enum state)int_of(o, "from"), .to = (enum state)int_of(o, "to"),
		.to_agency = { int_of(o, "to_agency") }, .audience = (enum audience)int_of(o, "audience"),
		.reason = json_tree_text(o, "reason"), .note = json_tree_text(o, "note"), .data = json_tree_text(o, "data"),
	};
}

static bool read_hash(const struct json_tree *o, const char *key, struct hash *ret)
{
	const char *hex = json_tree_text(o, key);

	return hex && parse_hex_decode(hex, ret->b, HASH_BYTES);
}

/* The first event must be number 1 and every one the next: a hole would hide what happened. */
static bool follows(const struct json_tree *o, struct report_id report, const struct hash *previous, int64_t seq,
		    struct hash *ret)
{
	struct chain_event e = event_of(o, report);

	if (!read_hash(o, "hash", ret) || e.seq != seq)
		return false;
	if (json_tree_bool(o, "withheld"))
		return true;
	struct hash h = chain_hash(seq > 1 ? previous : NULL, &e);
	return hash_equal(&h, ret);
}

static void verify_chain(const struct json_tree *dossier, struct dossier_verdict *v)
{
	const struct json_tree *events = json_tree_get(dossier, "events");
	struct report_id report = { int_of(json_tree_get(dossier, "report"), "id") };
	struct hash previous = { { 0 } };

	v->events = (int64_t)json_tree_count(events);
	for (int64_t i = 0; i < v->events; i++) {
		const struct json_tree *e = json_tree_at(events, (size_t)i);
		struct hash own;

		if (!follows(e, report, &previous, i + 1, &own)) {
			v->bad_seq = i + 1;
			return;
		}
		v->withheld += json_tree_bool(e, "withheld");
		previous = own;
	}
	/* A report without any event is none of ours. */
	if (v->events == 0)
		v->bad_seq = 1;
}

static struct dossier_verdict verify(struct arena *a, const struct json_tree *dossier, const struct hash *said)
{
	const char *format = json_tree_text(dossier, "format"), *canonical, *number;
	struct dossier_verdict v = { .is_dossier = format && strcmp(format, DOSSIER_FORMAT) == 0 };

	if (!v.is_dossier)
		return v;
	canonical = json_tree_canonical(a, dossier);
	v.digest = hash_of(canonical, strlen(canonical), NULL);
	v.digest_fits = said && hash_equal(&v.digest, said);
	number = json_tree_text(json_tree_get(dossier, "report"), "number");
	v.number = number ? arena_strdup(a, number) : NULL;
	verify_chain(dossier, &v);
	return v;
}

struct dossier_verdict dossier_verify(struct arena *a, const char *text, size_t n)
{
	struct json_tree *root = json_tree_parse(text, n);
	struct dossier_verdict v = { .is_dossier = false };
	struct hash said;

	if (root)
		v = verify(a, json_tree_get(root, "dossier"), read_hash(root, "digest", &said) ? &said : NULL);
	json_tree_free(root);
	return v;
}

struct dossier_verdict dossier_verify_bundle(struct arena *a, const char *bundle, const struct hash *digest)
{
	struct json_tree *dossier = json_tree_parse(bundle, strlen(bundle));
	struct dossier_verdict v = { .is_dossier = false };

	if (dossier)
		v = verify(a, dossier, digest);
	json_tree_free(dossier);
	return v;
}
