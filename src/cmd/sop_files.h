/* SPDX-License-Identifier: Apache-2.0
 * sop_files - the SOPs that come with lapor, embedded from sop/.
 */
#ifndef CMD_SOP_FILES_H
#define CMD_SOP_FILES_H

#include "app/sop_store.h"

#define SOP_FILES_MAX 32

/* The i-th, by id; false past the last. The texts live in the program. */
bool sop_files_at(size_t i, struct sop_store_file *ret);
bool sop_files_find(const char *id, struct sop_store_file *ret);
/* All of them, with their titles, in a. */
size_t sop_files_all(struct arena *a, struct sop_store_file ret[SOP_FILES_MAX]);

#endif
