/* SPDX-License-Identifier: Apache-2.0
 * data - the files below data/ and sop/, carried inside the binary (tools/embed.sh writes data_find), and the reader
 * of their form: lines of fields separated by tabs, "#" begins a comment line.
 */
#ifndef CMD_DATA_H
#define CMD_DATA_H

#include "base/arena.h"

struct data {
	const char *p; /* followed by a NUL */
	size_t n;
};

/* name: "categories.tsv", "sop/magetan.yaml". */
bool data_find(const char *name, struct data *ret);

/* The names one after the other; NULL past the last. */
const char *data_name(size_t i);

/* The text of an embedded file, unpacked when its name ends in .gz; it must be there. Ends in NUL. */
char *data_text(struct arena *a, const char *name);

/* Walks over the lines of a text that it cuts into fields in place. */
#define DATA_FIELDS_MAX 8
struct data_lines {
	char *at;
	char separator;
	size_t n;                           /* fields of the current line */
	const char *field[DATA_FIELDS_MAX]; /* those that are missing are "" */
};
void data_begin(struct data_lines *l, char *text, char separator);
bool data_next(struct data_lines *l);

#endif
