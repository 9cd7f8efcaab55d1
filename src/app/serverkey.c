/* SPDX-License-Identifier: Apache-2.0 */
#include "app/serverkey.h"

#include "base/parse.h"
#include "base/rand.h"
#include "query_setting.h"

static enum rc read_key(struct db *db, struct arena *a, struct hash *ret)
{
	struct setting_read_row row;

	TRY(q_setting_read(db, a, "server_key", &row));
	return parse_hex_decode(row.value, ret->b, sizeof(ret->b)) ? RC_OK : RC_FAILED;
}

enum rc serverkey_load(struct db *db, struct arena *a, struct hash *ret)
{
	enum rc rc = read_key(db, a, ret);
	char hex[2 * HASH_BYTES + 1];
	struct hash fresh;

	if (rc != RC_NOT_FOUND)
		return rc;
	rand_secret(fresh.b, sizeof(fresh.b));
	parse_hex_encode(fresh.b, sizeof(fresh.b), hex);
	TRY(q_setting_insert(db, &(struct setting_insert_args){ .name = "server_key", .value = hex }, NULL));
	/* Another server may have been first: what is stored counts. */
	return read_key(db, a, ret);
}
