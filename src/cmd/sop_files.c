/* SPDX-License-Identifier: Apache-2.0
 * sop_files - "sop/magetan.yaml" of the embedded files is the SOP magetan.
 */
#include "cmd/sop_files.h"

#include <string.h>

#include "app/sop_load.h"
#include "cmd/data.h"

#define FOLDER "sop/"
#define ENDING ".yaml"

static bool take(const char *name, struct sop_store_file *ret)
{
	size_t folder = strlen(FOLDER), ending = strlen(ENDING), n = strlen(name);
	struct data d;

	if (strncmp(name, FOLDER, folder) != 0 || n < folder + ending || n - folder - ending >= sizeof(ret->id) ||
	    !data_find(name, &d))
		return false;
	*ret = (struct sop_store_file){ .text = d.p, .n = d.n };
	memcpy(ret->id, name + folder, n - folder - ending);
	return true;
}

bool sop_files_at(size_t i, struct sop_store_file *ret)
{
	for (size_t k = 0; data_name(k); k++)
		if (take(data_name(k), ret) && i-- == 0)
			return true;
	return false;
}

bool sop_files_find(const char *id, struct sop_store_file *ret)
{
	for (size_t i = 0; sop_files_at(i, ret); i++)
		if (strcmp(ret->id, id) == 0)
			return true;
	return false;
}

size_t sop_files_all(struct arena *a, struct sop_store_file ret[SOP_FILES_MAX])
{
	size_t n = 0;

	for (; n < SOP_FILES_MAX && sop_files_at(n, &ret[n]); n++) {
		struct err err = { 0 };
		const struct sop *s;

		if (sop_load_text(a, ret[n].id, ret[n].text, ret[n].n, &s, &err) != RC_OK)
			BUG("the SOP %s that comes with lapor: %s", ret[n].id, err.detail);
		ret[n].title = arena_printf(a, "%s: %s (%s)", s->id, s->title, s->government);
	}
	return n;
}
