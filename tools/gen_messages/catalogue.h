/* SPDX-License-Identifier: Apache-2.0
 * catalogue - the .msg files of all languages, read and compared.
 */
#ifndef GEN_MESSAGES_CATALOGUE_H
#define GEN_MESSAGES_CATALOGUE_H

#include "../gen.h"

#define PARAMS_MAX 8

enum language { LANGUAGE_ID, LANGUAGE_EN, LANGUAGE_COUNT };

enum type {
	TYPE_INT,
	TYPE_PLAIN,
	TYPE_STR,
	TYPE_DAY,
	TYPE_DAYSHORT,
	TYPE_TIME,
	TYPE_TIMESHORT,
	TYPE_CLOCK,
	TYPE_BYTES,
	TYPE_DEC1,
	TYPE_COUNT
};

/* What a type is called in the catalogue, in C, and which function of i18n/format.h writes it. */
struct type_info {
	const char *name, *c_type, *call;
};
extern const struct type_info types[TYPE_COUNT];

struct param {
	char *name;
	enum type type;
};

/* A message in one language. */
struct wording {
	const char *file; /* NULL: missing */
	int line;
	struct param params[PARAMS_MAX];
	size_t n_params;
	const char *text; /* as written */
};

struct message {
	char *name;
	struct wording in[LANGUAGE_COUNT];
};

struct catalogue {
	struct message *m;
	size_t n;
};

/* The language is the name of the file's folder. */
void catalogue_read(struct catalogue *c, const char *file);
/* Sorts by name and compares the languages; ends the program when something is missing. */
void catalogue_check(struct catalogue *c);

#endif
