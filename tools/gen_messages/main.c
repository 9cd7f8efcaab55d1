/* SPDX-License-Identifier: Apache-2.0
 * gen_messages OUTDIR FILE...: the catalogues of all languages become messages.h and messages.c.
 */
#include "emit.h"

int main(int argc, char **argv)
{
	struct catalogue c = { 0 };
	struct text header = { 0 }, code = { 0 };

	if (argc < 2)
		gen_fail("gen_messages", 0, "usage: gen_messages OUTDIR FILE...");
	for (int i = 2; i < argc; i++)
		catalogue_read(&c, argv[i]);
	catalogue_check(&c);
	emit_header(&c, &header);
	emit_code(&c, &code);
	gen_write(argv[1], "messages.h", &header);
	gen_write(argv[1], "messages.c", &code);
	return 0;
}
