/* SPDX-License-Identifier: Apache-2.0
 * db_pgsql_value - values of PostgreSQL's binary format. Knows no connection.
 */
#include <endian.h>
#include <string.h>

#include "store/db_pgsql.h"

unsigned db_pgsql_type(char letter)
{
	switch (letter) {
	case 'i': return TYPE_INT8;
	case 'b': return TYPE_BYTEA;
	default: return TYPE_TEXT;
	}
}

bool db_pgsql_is_readable(unsigned type)
{
	switch (type) {
	case TYPE_BOOL:
	case TYPE_BYTEA:
	case TYPE_NAME:
	case TYPE_INT8:
	case TYPE_INT2:
	case TYPE_INT4:
	case TYPE_TEXT:
	case TYPE_VARCHAR:
		return true;
	default:
		return false;
	}
}

int64_t db_pgsql_int(const char *p, unsigned type)
{
	uint64_t eight;
	uint32_t four;
	uint16_t two;

	switch (type) {
	case TYPE_INT8:
		memcpy(&eight, p, sizeof(eight));
		return (int64_t)be64toh(eight);
	case TYPE_INT4:
		memcpy(&four, p, sizeof(four));
		return (int32_t)be32toh(four);
	case TYPE_INT2:
		memcpy(&two, p, sizeof(two));
		return (int16_t)be16toh(two);
	case TYPE_BOOL:
		return *p != 0;
	default:
		return 0;
	}
}

struct db_value db_pgsql_value(struct arena *a, unsigned type, const char *p, size_t n)
{
	switch (type) {
	case TYPE_BYTEA:
		return (struct db_value){ .type = DB_BLOB, .p = arena_memdup(a, p, n), .n = n };
	case TYPE_TEXT:
	case TYPE_VARCHAR:
	case TYPE_NAME:
		return (struct db_value){ .type = DB_TEXT, .p = arena_strndup(a, p, n), .n = n };
	default:
		return (struct db_value){ .type = DB_INT, .i = db_pgsql_int(p, type) };
	}
}

static void add_number(struct buf *b, uint64_t v, size_t bytes)
{
	unsigned char p[8];

	for (size_t i = 0; i < bytes; i++)
		p[i] = (unsigned char)(v >> (8 * (bytes - 1 - i)));
	buf_add(b, p, bytes);
}

static void add_value(struct buf *b, const struct db_value *v)
{
	switch (v->type) {
	case DB_NULL:
		add_number(b, UINT32_MAX, 4);
		break;
	case DB_INT:
		add_number(b, 8, 4);
		add_number(b, (uint64_t)v->i, 8);
		break;
	case DB_TEXT:
	case DB_BLOB:
		add_number(b, v->n, 4);
		buf_add(b, v->p, v->n);
		break;
	}
}

void db_pgsql_copy_rows(struct buf *b, const struct db_value *values, size_t n_columns, size_t n_rows)
{
	/* The signature; no flags, no further header. */
	buf_add(b, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0", 19);
	for (size_t i = 0; i < n_rows; i++) {
		add_number(b, n_columns, 2);
		for (size_t k = 0; k < n_columns; k++)
			add_value(b, &values[i * n_columns + k]);
	}
	add_number(b, UINT16_MAX, 2);
}
