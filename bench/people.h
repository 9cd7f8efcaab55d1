/* SPDX-License-Identifier: Apache-2.0
 * people - who acts: the officers of the accounts that `lapor demo` prints, signed in once, and visitors; and what
 * their forms offer, read from the pages.
 */
#ifndef BENCH_PEOPLE_H
#define BENCH_PEOPLE_H

#include "loop.h"

#define LIAISONS_MAX 16
#define CATEGORIES_MAX 400
#define TOKEN_LEN 64

/* A browser: its cookie header, and the token of its forms. */
struct person {
	char cookie[160], token[TOKEN_LEN + 1];
	char login[64], password[64];
	char office[200]; /* as the pages call it */
	long office_id;   /* as the forms of the one above name it */
};

struct people {
	struct person national, admin, liaison[LIAISONS_MAX];
	size_t n_liaisons;
	long category[CATEGORIES_MAX];
	size_t n_categories;
};

/* Signs in the national admin, and the agency admin with those liaisons that the forms lead to. */
void people_start(struct people *p, struct conn *c, const char *accounts_file);
/* A browser that was never here before. */
void people_visit(struct conn *c, struct person *ret);

/* A request of a person. */
void people_get(struct conn *c, const struct person *p, const char *path);
void people_post(struct conn *c, const struct person *p, const char *path, const char *type, const struct text *body);

#define PEOPLE_FORM "application/x-www-form-urlencoded"

#endif
