/* SPDX-License-Identifier: Apache-2.0
 * init - makes a database or brings an older one up to date, and the first account of a new one.
 */
#include <stdio.h>

#include "app/account.h"
#include "cmd/command.h"
#include "cmd/setup.h"
#include "query_setup.h"
#include "store/migrate.h"

/* Prints role, login and password of a new operator, unless there is one. */
static enum rc make_operator(struct session *s, struct agency_id root)
{
	struct setup_account_of_role_row row;
	struct account_id id;
	char password[15], hash[128];
	bool found;
	TXN(t);

	TRY(q_setup_account_of_role(s->db, s->a, ROLE_OPERATOR, &row, &found));
	if (found)
		return RC_OK;
	command_make_password(password);
	TRY(account_hash_password(password, hash));
	TRY(txn_begin(s->db, &t));
	TRY(account_create(&s->c, &(struct account_in){
		.login = "operator", .name = "Operator", .password_hash = hash, .role = ROLE_OPERATOR, .agency = root,
	}, &id));
	TRY(txn_commit(&t));
	printf("%s\toperator\t%s\n", role_word(ROLE_OPERATOR), password);
	fputs("lapor init: this is the first account; its password is shown only now\n", stderr);
	return RC_OK;
}

int init_run(const struct args *args)
{
	struct agency_id root = { 0 };
	struct session s;
	char shown[512];
	int from = 0, status = command_open(args, DB_WRITE, NEED_NOTHING, &s);
	enum rc rc;

	if (status != 0)
		return status;
	db_url_show(options_text(args, "db"), shown, sizeof(shown));
	rc = migrate_version(s.db, &from, &s.c.err);
	if (rc == RC_OK)
		rc = migrate_up(s.db, &s.c.err);
	if (rc == RC_OK)
		rc = setup_base_data(&s, &root);
	if (rc == RC_OK)
		rc = make_operator(&s, root);
	if (rc != RC_OK)
		status = s.c.err.detail[0] ? command_fail_err(args, &s.c.err)
					   : command_fail(args, "the database cannot be filled: %s", db_message(s.db));
	else if (from == 0)
		fprintf(stderr, "lapor init: %s is ready\n", shown);
	else
		fprintf(stderr, "lapor init: %s is at version %d\n", shown, migrate_latest());
	command_close(&s);
	return status;
}
