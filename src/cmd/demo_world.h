/* SPDX-License-Identifier: Apache-2.0
 * demo_world - the governments of lapor demo: places, agencies, accounts, topics. Without SOPs there is one, and it is
 * invented; with them each is named after the government of its SOPs, and its villages and people are invented.
 */
#ifndef CMD_DEMO_WORLD_H
#define CMD_DEMO_WORLD_H

#include "cmd/command.h"
#include "cmd/demo_text.h"
#include "core/sop_shelf.h"

#define DEMO_OPDS_MAX 48
#define DEMO_UNITS_MAX 4
#define DEMO_DISTRICTS_MAX 16
#define DEMO_VILLAGES_MAX 10
#define DEMO_TOPICS_MAX 80

#define DEMO_GOVERNMENTS_MAX 8
#define DEMO_SOPS_MAX 10

/* What is to be made. */
struct demo_government {
	const char *name, *place;   /* "Pemerintah Kabupaten Mekar Jaya", "Kabupaten Mekar Jaya" */
	const char *code;           /* of its invented region */
	const char *suffix;         /* of its logins: "-magetan", or "" */
	const char *sop_id[DEMO_SOPS_MAX];
	const struct sop *sop[DEMO_SOPS_MAX];
	size_t n_sops;              /* with any: a few offices, and the accounts of every role that they name */
};

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
	bool works_by_sop;
	struct demo_office national, regency, land; /* land: an agency that answers by itself */
	size_t n_opds, n_districts, n_topics;
	struct demo_opd opd[DEMO_OPDS_MAX];
	struct demo_district district[DEMO_DISTRICTS_MAX];
	struct demo_topic topic[DEMO_TOPICS_MAX];
	uint32_t weights;          /* of all topics together */
	struct demo_texts texts;
};

/*
 * The governments of an option like "tjt-20,magetan" or "all"; NULL: the invented one. Of SOPs about reports a government
 * takes the first. RC_NOT_FOUND: there is no such SOP.
 */
CHECKED enum rc demo_world_plan(struct session *s, const char *sops, struct demo_government ret[DEMO_GOVERNMENTS_MAX],
				size_t *ret_n);
/* Everything but reports, a world for each government. Prints the accounts on standard output. */
CHECKED enum rc demo_world_make(struct session *s, uint64_t seed, const struct demo_government *g, size_t n,
				struct demo_world *ret);

#endif
