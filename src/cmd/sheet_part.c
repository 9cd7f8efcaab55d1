/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/sheet_part.h"

#include <string.h>

#define RATIO_MAX 200
/* Small parts may be packed as tight as they like. */
#define RATIO_FROM_BYTES (1 << 20)

/* libxml2 pulls bytes through here: what is counted is what came out, not what the zip's directory claims. */
static int pull(void *context, char *out, int n)
{
	struct sheet_part *p = context;
	zip_int64_t got = zip_fread(p->file, out, (zip_uint64_t)n);

	if (got < 0)
		return -1;
	p->unpacked += got;
	if (p->unpacked > p->max ||
	    (p->unpacked > RATIO_FROM_BYTES && p->packed > 0 && p->unpacked / p->packed > RATIO_MAX)) {
		p->too_large = true;
		return -1;
	}
	return (int)got;
}

static int pull_close(void *context)
{
	(void)context;
	return 0;
}

/* The caller says in one sentence what is wrong; the library's own complaints would only be more. */
static void say_nothing(void *context, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr at)
{
	(void)context;
	(void)message;
	(void)severity;
	(void)at;
}

bool sheet_part_open_index(struct sheet_part *p, zip_t *zip, uint64_t index, int64_t max_bytes)
{
	zip_stat_t st;

	*p = (struct sheet_part){ .max = max_bytes };
	if (zip_stat_index(zip, index, 0, &st) != 0 || !(st.valid & ZIP_STAT_COMP_SIZE))
		return false;
	p->packed = (int64_t)st.comp_size;
	p->file = zip_fopen_index(zip, index, 0);
	if (!p->file)
		return false;
	p->xml = xmlReaderForIO(pull, pull_close, p, NULL, NULL,
				XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
	if (p->xml) {
		xmlTextReaderSetErrorHandler(p->xml, say_nothing, NULL);
		return true;
	}
	zip_fclose(p->file);
	p->file = NULL;
	return false;
}

bool sheet_part_open(struct sheet_part *p, zip_t *zip, const char *name, int64_t max_bytes)
{
	zip_int64_t i = zip_name_locate(zip, name, ZIP_FL_NOCASE);

	*p = (struct sheet_part){ .max = max_bytes };
	return i >= 0 && sheet_part_open_index(p, zip, (uint64_t)i, max_bytes);
}

enum part_step sheet_part_next(struct sheet_part *p)
{
	int step = xmlTextReaderRead(p->xml);
	int type;

	if (step == 0 && !p->too_large)
		return PART_END;
	if (step != 1 || p->too_large)
		return PART_BROKEN;
	type = xmlTextReaderNodeType(p->xml);
	if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
		return PART_BROKEN;
	return PART_NODE;
}

static bool is_node(const struct sheet_part *p, int type, const char *local_name)
{
	return xmlTextReaderNodeType(p->xml) == type &&
	       strcmp((const char *)xmlTextReaderConstLocalName(p->xml), local_name) == 0;
}

bool sheet_part_is_start(const struct sheet_part *p, const char *local_name)
{
	return is_node(p, XML_READER_TYPE_ELEMENT, local_name);
}

/* An element without content has no end node of its own: it ends where it starts. */
bool sheet_part_is_end(const struct sheet_part *p, const char *local_name)
{
	return is_node(p, XML_READER_TYPE_END_ELEMENT, local_name) ||
	       (is_node(p, XML_READER_TYPE_ELEMENT, local_name) && xmlTextReaderIsEmptyElement(p->xml) == 1);
}

const char *sheet_part_text(const struct sheet_part *p)
{
	int type = xmlTextReaderNodeType(p->xml);

	if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA &&
	    type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE && type != XML_READER_TYPE_WHITESPACE)
		return NULL;
	return (const char *)xmlTextReaderConstValue(p->xml);
}

bool sheet_part_attribute(const struct sheet_part *p, const char *name, char *out, size_t size)
{
	xmlChar *value = xmlTextReaderGetAttribute(p->xml, BAD_CAST name);
	bool fits = value && strlen((const char *)value) < size;

	if (fits)
		memcpy(out, value, strlen((const char *)value) + 1);
	xmlFree(value);
	return fits;
}

void sheet_part_close(struct sheet_part *p)
{
	if (p->xml)
		xmlFreeTextReader(p->xml);
	if (p->file)
		zip_fclose(p->file);
	*p = (struct sheet_part){ 0 };
}
