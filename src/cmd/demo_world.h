/* SPDX-License-Identifier: Apache-2.0
 * demo_world - the invented regency of lapor demo: places, agencies, accounts, topics.
 */
#ifndef CMD_DEMO_WORLD_H
#define CMD_DEMO_WORLD_H

#include "cmd/command.h"
#include "cmd/demo_text.h"

#define DEMO_OPDS_MAX 48
#define DEMO_UNITS_MAX 4
#define DEMO_DISTRICTS_MAX 16
#define DEMO_VILLAGES_MAX 10
#define DEMO_TOPICS_MAX 80

struct demo_office {
	struct agency_id agency;
	struct account_id officer;
};

struct demo_opd {
	const char *short_name;
	struct demo_office office;
	size_t n_units;
	struct demo_office unit[DEMO_UNITS_MAX];
};

struct demo_district {
	const char *name;
	size_t opd;                /* its own office */
	size_t n_villages;
	const char *village[DEMO_VILLAGES_MAX], *code[DEMO_VILLAGES_MAX];
};

#define DEMO_OPD_DISTRICT SIZE_MAX /* the topic belongs to the district's own office */

struct demo_topic {
	size_t opd;
	struct category_id category;
	enum class_ class;
	uint32_t weight;
	const char *title, *body, *follow_up, *answer;
};

struct demo_world {
	struct agency_id root;
	struct demo_office national, regency, land; /* land: an agency that answers by itself */
	size_t n_opds, n_districts, n_topics;
	struct demo_opd opd[DEMO_OPDS_MAX];
	struct demo_district district[DEMO_DISTRICTS_MAX];
	struct demo_topic topic[DEMO_TOPICS_MAX];
	uint32_t weights;          /* of all topics together */
	struct demo_texts texts;
};

/* Everything but reports. Prints the accounts on standard output. */
CHECKED enum rc demo_world_make(struct session *s, uint64_t seed, struct demo_world *ret);

#endif
