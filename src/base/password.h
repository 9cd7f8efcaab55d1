/* SPDX-License-Identifier: Apache-2.0
 * password - argon2id with 19 MiB and two passes (OWASP's first choice), some 50 ms each: worker pool only.
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include "base/err.h"

#define PASSWORD_HASH_MAX 128

/* An encoded hash with its own salt and parameters; false when there is no memory. */
bool password_hash(const char *password, char ret_hash[PASSWORD_HASH_MAX]);
bool password_matches(const char *password, const char *hash);
/* Takes as long as password_matches() and is always false: for logins that do not exist. */
bool password_matches_nothing(const char *password);

#endif
