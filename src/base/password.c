/* SPDX-License-Identifier: Apache-2.0
 * password - libsodium's argon2id strings.
 */
#include "base/password.h"

#include <sodium.h>
#include <string.h>

enum {
	PASSES = 2,
	MEMORY_BYTES = 19 * 1024 * 1024,
};

/* The hash of 32 random bytes that nobody kept, with the parameters above. */
static const char nobody[crypto_pwhash_STRBYTES] =
	"$argon2id$v=19$m=19456,t=2,p=1$22yJTSbchlCfSBMs1/kVmg$5x3RloIunNxD9GTeJUCn9BbM/ClY64EyTN3X8qKbDbA";

bool password_hash(const char *password, char ret_hash[PASSWORD_HASH_MAX])
{
	_Static_assert(PASSWORD_HASH_MAX >= crypto_pwhash_STRBYTES, "room for the encoded hash");
	return crypto_pwhash_str(ret_hash, password, strlen(password), PASSES, MEMORY_BYTES) == 0;
}

bool password_matches(const char *password, const char *hash)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

bool password_matches_nothing(const char *password)
{
	/* Asked for its time only. */
	(void)password_matches(password, nobody);
	return false;
}
