/* SPDX-License-Identifier: Apache-2.0
 * sop_law - the table, and looking it up by name and by title.
 */
#include "core/sop_law.h"

#include <string.h>

#include "core/words.h"

static const struct sop_law laws[] = {
	{ "UU 11/2008", "informasi dan transaksi elektronik", NULL },
	{ "UU 14/2008", "keterbukaan informasi publik", NULL },
	{ "UU 25/2009", "pelayanan publik", NULL },
	{ "PP 61/2010", "pelaksanaan undang undang keterbukaan informasi", NULL },
	{ "PP 96/2012", "pelaksanaan undang undang nomor 25 tahun 2009", NULL },
	{ "Perpres 76/2013", "pengelolaan pengaduan pelayanan publik", NULL },
	{ "PermenPANRB 35/2012", "standar operasional prosedur administrasi pemerintahan", NULL },
	{ "PermenPANRB 15/2014", "pedoman standar pelayanan", NULL },
	{ "PermenPANRB 24/2014", "pengelolaan pengaduan pelayanan publik secara nasional", "PermenPANRB 62/2018" },
	{ "PermenPANRB 3/2015", "pengelolaan pengaduan pelayanan publik nasional", "PermenPANRB 46/2020" },
	{ "PermenPANRB 62/2018", "sistem pengelolaan pengaduan pelayanan publik nasional", "PermenPANRB 5/2025" },
	{ "PermenPANRB 46/2020", "pengelolaan pengaduan pelayanan publik nasional", NULL },
	{ "PermenPANRB 5/2025", "penyelenggaraan sistem pengelolaan pengaduan", NULL },
	{ "SE MenPANRB 4/2016", "pengintegrasian pengelolaan pengaduan pelayanan publik", NULL },
};

const struct sop_law *sop_law_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(laws); i++)
		if (strcmp(laws[i].name, name) == 0)
			return &laws[i];
	return NULL;
}

/* The length of what stands before the number. */
static size_t kind_length(const char *name)
{
	const char *blank = strrchr(name, ' ');

	return blank ? (size_t)(blank - name) : strlen(name);
}

bool sop_law_is_national(const char *name)
{
	size_t n = kind_length(name);

	for (size_t i = 0; i < ARRAY_LEN(laws); i++)
		if (kind_length(laws[i].name) == n && strncmp(laws[i].name, name, n) == 0)
			return true;
	return false;
}

const struct sop_law *sop_law_by_title(struct arena *a, const char *title)
{
	const char *words = words_normal(a, title);
	const struct sop_law *best = NULL;

	for (size_t i = 0; i < ARRAY_LEN(laws); i++)
		if (strstr(words, laws[i].subject) && (!best || strlen(laws[i].subject) > strlen(best->subject)))
			best = &laws[i];
	return best;
}

bool sop_law_has_title(struct arena *a, const struct sop_law *law, const char *title)
{
	return strstr(words_normal(a, title), law->subject) != NULL;
}

const struct sop_law *sop_law_in_force(const struct sop_law *law)
{
	while (law->superseded_by) {
		const struct sop_law *next = sop_law_find(law->superseded_by);

		if (!next)
			break;
		law = next;
	}
	return law;
}
