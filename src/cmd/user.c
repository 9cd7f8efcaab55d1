/* SPDX-License-Identifier: Apache-2.0
 * user - accounts of officers from the command line. A password is made here and shown once, or read from standard
 * input; it is never an argument, which other users of the machine could see.
 */
#include <stdio.h>
#include <string.h>

#include "app/account.h"
#include "cmd/command.h"
#include "query_account.h"
#include "query_lookup.h"
#include "query_setup.h"

#define PASSWORD_MIN 10

/* Password into out; 0 or the exit status. */
static int take_password(const struct args *args, char *out, size_t size)
{
	char made[15];

	if (!options_flag(args, "password-stdin")) {
		command_make_password(made);
		memcpy(out, made, sizeof(made));
		return 0;
	}
	if (!fgets(out, (int)size, stdin))
		return command_fail(args, "no password came on standard input");
	out[strcspn(out, "\r\n")] = '\0';
	if (strlen(out) < PASSWORD_MIN)
		return command_fail(args, "the password needs at least %d characters", PASSWORD_MIN);
	return 0;
}

static bool is_officer(enum role role)
{
	return role != ROLE_NONE && role != ROLE_CITIZEN && role != ROLE_SYSTEM;
}

/* The agency a role works at: --agency, or the root for those of the nation. 0 or the exit status. */
static int find_agency(const struct args *args, struct session *s, enum role role, struct agency_id *ret)
{
	const char *slug = options_text(args, "agency");
	struct agency_first_of_level_row root;
	struct agency_by_slug_row row;

	if (!slug && role_level(role) != LEVEL_NATIONAL)
		return command_fail(args, "--agency SLUG is missing: a %s works at level %s", role_word(role),
				    level_word(role_level(role)));
	if (!slug) {
		if (q_agency_first_of_level(s->db, s->a, LEVEL_NATIONAL, &root) != RC_OK)
			return command_fail(args, "there is no national agency: run lapor init");
		*ret = root.id;
		return 0;
	}
	if (q_agency_by_slug(s->db, s->a, slug, &row) != RC_OK)
		return command_fail(args, "there is no agency \"%s\": its page's address ends in its short name", slug);
	if (row.level != role_level(role))
		return command_fail(args, "a %s works at level %s, but \"%s\" is of level %s", role_word(role),
				    level_word(role_level(role)), slug, level_word(row.level));
	*ret = row.id;
	return 0;
}

static int create(const struct args *args, struct session *s, enum role role, struct agency_id agency)
{
	char password[256], hash[128];
	struct account_in in = {
		.login = args->operand[0], .name = options_text(args, "name"), .email = options_text(args, "email"),
		.password_hash = hash, .role = role, .agency = agency,
	};
	struct account_by_login_row other;
	struct account_id id;
	int status = take_password(args, password, sizeof(password));
	enum rc rc;

	if (status != 0)
		return status;
	if (q_account_by_login(s->db, s->a, in.login, &other) == RC_OK)
		return command_fail(args, "the login \"%s\" is taken: choose another one", in.login);
	rc = account_hash_password(password, hash);
	if (rc == RC_OK)
		rc = account_create(&s->c, &in, &id);
	if (rc != RC_OK)
		return command_fail(args, "the account was not made: login and name must not be empty or too long");
	printf("%s\t%s\t%s\n", role_word(role), in.login, options_flag(args, "password-stdin") ? "-" : password);
	return 0;
}

int user_add_run(const struct args *args)
{
	struct agency_id agency = { 0 };
	struct session s;
	enum role role;
	int status;

	if (!role_parse(options_text(args, "role"), &role) || !is_officer(role))
		return command_fail(args, "there is no role \"%s\": it is national_admin, agency_admin, liaison, unit_officer,"
				    " opd_head or operator", options_text(args, "role"));
	status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	status = find_agency(args, &s, role, &agency);
	if (status == 0)
		status = create(args, &s, role, agency);
	command_close(&s);
	return status;
}

int user_list_run(const struct args *args)
{
	struct setup_account_list_row *rows;
	struct session s;
	size_t n;
	int status = command_open(args, DB_READ, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	if (q_setup_account_list(s.db, s.a, ROLE_CITIZEN, &rows, &n) != RC_OK) {
		status = command_fail(args, "the accounts cannot be read: %s", db_message(s.db));
	} else {
		for (size_t i = 0; i < n; i++)
			printf("%s\t%s\t%s\t%s\t%s\n", role_word(rows[i].role), rows[i].login, rows[i].name,
			       rows[i].agency_name ? rows[i].agency_name : "", rows[i].is_active ? "active" : "disabled");
	}
	command_close(&s);
	return status;
}

/* Opens and finds the account of the operand. 0 or the exit status, then closed. */
static int open_account(const struct args *args, struct session *s, struct account_by_login_row *ret)
{
	int status = command_open(args, DB_WRITE, NEED_CURRENT, s);

	if (status != 0)
		return status;
	if (q_account_by_login(s->db, s->a, args->operand[0], ret) == RC_OK)
		return 0;
	status = command_fail(args, "there is no account \"%s\"; \"lapor user list\" shows them", args->operand[0]);
	command_close(s);
	return status;
}

static enum rc change_password(struct session *s, struct account_id id, const char *password)
{
	char hash[128];
	TXN(t);

	TRY(account_hash_password(password, hash));
	TRY(txn_begin(s->db, &t));
	TRY(account_set_password(&s->c, id, hash));
	TRY(account_end_all_sessions(&s->c, id));
	return txn_commit(&t);
}

int user_password_run(const struct args *args)
{
	struct account_by_login_row account;
	struct session s;
	char password[256];
	int status = take_password(args, password, sizeof(password));

	if (status == 0)
		status = open_account(args, &s, &account);
	if (status != 0)
		return status;
	if (change_password(&s, account.id, password) != RC_OK)
		status = command_fail(args, "the password was not changed: %s", db_message(s.db));
	else if (!options_flag(args, "password-stdin"))
		printf("%s\t%s\n", args->operand[0], password);
	command_close(&s);
	return status;
}

static enum rc shut(struct session *s, struct account_id id)
{
	TXN(t);

	TRY(txn_begin(s->db, &t));
	TRY(account_set_active(&s->c, id, false));
	TRY(account_end_all_sessions(&s->c, id));
	return txn_commit(&t);
}

int user_disable_run(const struct args *args)
{
	struct account_by_login_row account;
	struct session s;
	int status = open_account(args, &s, &account);

	if (status != 0)
		return status;
	if (shut(&s, account.id) != RC_OK)
		status = command_fail(args, "the account was not shut: %s", db_message(s.db));
	else
		fprintf(stderr, "lapor user disable: %s can no longer sign in\n", args->operand[0]);
	command_close(&s);
	return status;
}
