/* SPDX-License-Identifier: Apache-2.0
 * sheet_part - one XML file inside a zip, read as a stream with its bounds kept.
 */
#ifndef CMD_SHEET_PART_H
#define CMD_SHEET_PART_H

#include <libxml/xmlreader.h>
#include <zip.h>

#include "base/buf.h"

struct sheet_part {
	zip_file_t *file;
	xmlTextReaderPtr xml;
	int64_t packed, unpacked, max; /* bytes so far, and allowed */
	bool too_large;
};

enum part_step { PART_NODE, PART_END, PART_BROKEN };

/* False when there is no such entry (or it cannot be read). */
bool sheet_part_open(struct sheet_part *p, zip_t *zip, const char *name, int64_t max_bytes);
bool sheet_part_open_index(struct sheet_part *p, zip_t *zip, uint64_t index, int64_t max_bytes);
/* The next node; document types are broken. */
enum part_step sheet_part_next(struct sheet_part *p);
bool sheet_part_is_start(const struct sheet_part *p, const char *local_name);
bool sheet_part_is_end(const struct sheet_part *p, const char *local_name);
/* The current node's text, NULL when it is none. */
const char *sheet_part_text(const struct sheet_part *p);
/* An attribute of the current element into out; false when missing or too long. */
bool sheet_part_attribute(const struct sheet_part *p, const char *name, char *out, size_t size);
void sheet_part_close(struct sheet_part *p);

#endif
