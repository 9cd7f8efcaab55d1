/* SPDX-License-Identifier: Apache-2.0
 * dossier - what the Ombudsman is given: a report with its whole history as one frozen, verifiable bundle.
 *
 * The bundle is canonical JSON (app/json.h): the report as the citizen wrote it, the identity that was given for this,
 * who held it when, every event with the hash that ties it to the one before (core/chain.h), every clock with what
 * explains it, every attachment by name and digest. Texts meant for officers only are withheld; their events stay, with
 * their hashes, so that nothing is missing unseen. The digest is BLAKE2b-256 over the bundle's bytes.
 */
#ifndef APP_DOSSIER_H
#define APP_DOSSIER_H

#include "app/ctx.h"
#include "app/json.h"
#include "base/hash.h"
#include "core/ombudsman.h"

#define DOSSIER_FORMAT "lapor-dossier-1"
#define DOSSIER_LAW "UU 37/2008 Pasal 24"

/* As of now: the report's events are all in it. agency: the one complained of, 0 none. Texts in c->a. */
CHECKED enum rc dossier_make(struct ctx *c, struct report_id report, struct agency_id agency,
			     const struct ombudsman_identity *who, const char **ret_bundle, struct hash *ret_digest);
/* The file people are given: {"digest":"...","dossier":BUNDLE}, and a line end. */
char *dossier_file(struct arena *a, const char *bundle, const struct hash *digest);

struct dossier_verdict {
	bool is_dossier;          /* else nothing below means anything */
	bool digest_fits;         /* what the file says of itself is what its bytes give */
	int64_t events, withheld; /* withheld: their hash could only be taken as it stands */
	int64_t bad_seq;          /* the first event whose hash does not follow; 0: all do */
	struct hash digest;       /* recomputed */
	const char *number;       /* of the report, in a; NULL: it has none */
};
/* A file as dossier_file() makes it; written anew with other blanks or order it verifies as well. */
struct dossier_verdict dossier_verify(struct arena *a, const char *text, size_t n);
/* A bundle alone, against the digest that was kept elsewhere. */
struct dossier_verdict dossier_verify_bundle(struct arena *a, const char *bundle, const struct hash *digest);

#endif
