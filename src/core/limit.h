/* SPDX-License-Identifier: Apache-2.0
 * limit - a time standard: a number and its unit.
 */
#ifndef CORE_LIMIT_H
#define CORE_LIMIT_H

enum limit_unit {
	LIMIT_MINUTES = 1,
	LIMIT_HOURS = 2,       /* hours of office time */
	LIMIT_WORKDAYS = 3,
	LIMIT_DAYS = 4,        /* calendar days */
};

struct limit {
	int n;
	enum limit_unit unit;
};

#endif
