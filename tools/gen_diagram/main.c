/* SPDX-License-Identifier: Apache-2.0
 * gen_diagram - writes docs/workflow.md: what src/core/transition.def allows, as tables to read.
 *
 * One table of the moves from state to state, one of what can be done without a move. Lines that differ only in the
 * role or in the state are put together. tests/source/run.sh holds the committed file against this output.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/transition.h"

struct line {
	const char *action, *from, *by, *to;
	unsigned effects;
	bool is_done;
};

static struct line line_at(size_t i)
{
	static const struct line lines[] = {
#define RULE(action, from, by, to, effects) { #action, #from, #by, #to, (unsigned)(effects), false },
#include "core/transition.def"
#undef RULE
	};

	return i < sizeof(lines) / sizeof(lines[0]) ? lines[i] : (struct line){ 0 };
}

static void print_word(const char *identifier)
{
	for (; *identifier; identifier++)
		putchar(*identifier == '_' ? ' ' : tolower((unsigned char)*identifier));
}

static bool same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool stays(const struct line *l)
{
	return same(l->from, l->to);
}

static void print_effects(unsigned fx)
{
	static const struct {
		unsigned bit;
		const char *words;
	} words[] = {
		{ FX_MOVE_DOWN, "goes one level down" },
		{ FX_MOVE_UP, "goes one level up" },
		{ FX_MOVE_ACROSS, "goes elsewhere" },
		{ FX_TRANSFER, "counts as a transfer" },
		{ FX_RESUME_STATE, "back to where it was" },
		{ FX_PAUSE, "officers' clocks wait" },
		{ FX_RESUME, "officers' clocks go on" },
		{ FX_END_ALL, "all clocks end" },
		{ FX_END_FOLLOW_UP, "first follow-up given" },
		{ FX_CLOCK_VERIFY, "clock: verification" },
		{ FX_CLOCK_AGENCY, "clock: agency" },
		{ FX_CLOCK_FOLLOW_UP, "clock: first follow-up" },
		{ FX_CLOCK_COMPLETE, "clock: completion by class" },
		{ FX_CLOCK_REPLY, "clock: reporter's reply" },
		{ FX_CLOCK_PENDING, "clock: what is missing" },
		{ FX_CLOCK_STATE, "clocks of that state" },
		{ FX_RELIMIT, "class moves the limit" },
		{ FX_PUBLISH, "public or not is decided anew" },
	};
	const char *between = "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (fx & words[i].bit) {
			printf("%s%s", between, words[i].words);
			between = ", ";
		}
	}
}

/* The roles, or the states, of all lines that are otherwise like this one; each line is printed once. */
static void print_moves(void)
{
	struct line first, other;

	printf("| from | action | by | to | what comes with it |\n|---|---|---|---|---|\n");
	for (size_t i = 0; (first = line_at(i)).action; i++) {
		bool is_first = true;

		for (size_t k = 0; k < i && is_first; k++) {
			other = line_at(k);
			is_first = !(same(other.action, first.action) && same(other.from, first.from) &&
				     same(other.to, first.to));
		}
		if (stays(&first) || !is_first)
			continue;
		printf("| ");
		print_word(first.from);
		printf(" | ");
		print_word(first.action);
		printf(" | ");
		print_word(first.by);
		for (size_t k = i + 1; (other = line_at(k)).action; k++) {
			if (same(other.action, first.action) && same(other.from, first.from) && same(other.to, first.to)) {
				printf(", ");
				print_word(other.by);
			}
		}
		printf(" | ");
		print_word(first.effects & FX_RESUME_STATE ? "THE STATE IT CAME FROM" : first.to);
		printf(" | ");
		print_effects(first.effects);
		printf(" |\n");
	}
}

static void print_stays(void)
{
	struct line first, other;

	printf("| action | by | in these states | what comes with it |\n|---|---|---|---|\n");
	for (size_t i = 0; (first = line_at(i)).action; i++) {
		bool is_first = true;

		for (size_t k = 0; k < i && is_first; k++) {
			other = line_at(k);
			is_first = !(stays(&other) && same(other.action, first.action) && same(other.by, first.by));
		}
		if (!stays(&first) || !is_first)
			continue;
		printf("| ");
		print_word(first.action);
		printf(" | ");
		print_word(first.by);
		printf(" | ");
		print_word(first.from);
		for (size_t k = i + 1; (other = line_at(k)).action; k++) {
			if (stays(&other) && same(other.action, first.action) && same(other.by, first.by)) {
				printf(", ");
				print_word(other.from);
			}
		}
		printf(" | ");
		print_effects(first.effects);
		printf(" |\n");
	}
}

int main(void)
{
	printf("# The life of a report\n\n"
	       "Written by `tools/gen_diagram` from `src/core/transition.def`; do not edit. What is not in one of the two\n"
	       "tables cannot happen. Who may do it with *this* report is decided by `src/core/access.c`.\n\n"
	       "## From state to state\n");
	print_moves();
	printf("\n## Without leaving the state\n");
	print_stays();
	return 0;
}
