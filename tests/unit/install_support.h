/* SPDX-License-Identifier: Apache-2.0
 * install_support - the town of app_support.h works by one of the SOPs of sop/.
 */
#ifndef INSTALL_SUPPORT_H
#define INSTALL_SUPPORT_H

#include "unit/app_support.h"

#include "app/sop_store.h"
#include "app/yamlfile.h"

/* From the day that it is there on. */
static inline void town_install(struct town *t, const char *word, struct agency_id agency)
{
	const struct who who = t->c.who;
	struct sop_store_check check;
	struct sop_store_done done;
	struct yamlfile_text text;

	if (yamlfile_read(t->c.a, arena_printf(t->c.a, "sop/%s.yaml", word), 256u << 10, &text, &t->c.err) != RC_OK)
		fail_msg("%s", t->c.err.detail);
	t->c.who = (struct who){ .role = ROLE_SYSTEM };
	assert_int_equal(sop_store_install(&t->c, &(struct sop_store_in){
		.agency = agency, .name = word, .text = text.p, .n = text.n,
		.from = instant_day(t->c.now, calendar_zone(t->c.calendar)) }, &check, &done), RC_OK);
	assert_int_equal(sop_store_load(t->c.db, t->c.a, &t->c.sops, &t->c.err), RC_OK);
	t->c.who = who;
}

#endif
