/* SPDX-License-Identifier: Apache-2.0
 * sop_lint - what is wrong with an SOP that could be read: errors keep it from running, warnings are conflicts of the
 * document that were decided (or still have to be). Everything is computed from the steps; the decisions of the file
 * only lend their number.
 */
#ifndef CORE_SOP_LINT_H
#define CORE_SOP_LINT_H

#include "core/rules.h"
#include "core/sop.h"

struct sop_finding {
	bool is_error;
	int line, column;  /* in the file; 0 when it is about the whole */
	int conflict;      /* 3 for E3; 0 when it has no number */
	const char *text;
};

#define SOP_FINDINGS_MAX 200

struct sop_findings {
	struct sop_finding v[SOP_FINDINGS_MAX];
	size_t n, errors;
};

/* Findings past the maximum are dropped. line 0: about the whole. */
void sop_lint_add(struct arena *a, struct sop_findings *f, struct sop_finding what, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* r: the national limits to hold it against. */
void sop_lint(struct arena *a, const struct sop *s, const struct ruleset *r, struct sop_findings *ret);

#endif
