/* SPDX-License-Identifier: Apache-2.0 */
#include "app/archive.h"

#include <stdio.h>

#include "base/parse.h"
#include "query_setting.h"
#include "store/migrate.h"

static bool parse(const char *value, struct archive_name *ret)
{
	int64_t year;

	if (strlen(value) < 6 || value[4] != ' ' || !parse_int_n(value, 4, 1990, 2200, &year))
		return false;
	ret->year = (int)year;
	return snprintf(ret->word, sizeof(ret->word), "%s", value + 5) < (int)sizeof(ret->word);
}

enum rc archive_look(struct db *db, struct archive_name *ret, struct err *err)
{
	struct setting_read_row setting;
	struct arena *a;
	enum rc rc;

	TRY(migrate_check(db, err));
	a = arena_new(64 * 1024);
	rc = q_setting_read(db, a, ARCHIVE_SETTING, &setting);
	if (rc == RC_OK && !parse(setting.value, ret))
		rc = RC_NOT_FOUND;
	if (rc == RC_NOT_FOUND)
		rc = err_set(err, RC_INVALID, 0, "this database is no archive: lapor archive makes them");
	else if (rc != RC_OK)
		err_set(err, rc, 0, "the archive cannot be read: %s", db_message(db));
	arena_free(a);
	return rc;
}
