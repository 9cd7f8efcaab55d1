/* SPDX-License-Identifier: Apache-2.0
 * backup - lapor backup: a checked copy of the database in a new file.
 */
#include "store/backup.h"

#include <stdio.h>

#include "cmd/command.h"

int cmd_backup_run(const struct args *args)
{
	const char *out = options_text(args, "out");
	struct session s;
	int status = command_open(args, DB_READ, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	if (backup_to(s.db, out, &s.c.err) != RC_OK)
		status = command_fail_err(args, &s.c.err);
	else
		fprintf(stderr, "lapor backup: %s is complete and was checked\n", out);
	command_close(&s);
	return status;
}
