/* SPDX-License-Identifier: Apache-2.0
 * sop - words, times and sums of SOPs; finding steps.
 */
#include "core/sop.h"

#include <string.h>

#include "base/parse.h"

/* What fits into an int in minutes and into any calendar. */
#define TIME_MAX 100000
#define MINUTES_PER_HOUR 60
#define MINUTES_PER_OFFICE_DAY 480

static const char *const covers[] = {
	NULL,
#define COVERS(n, v, w) [v] = (w),
#include "core/sop.def"
#undef COVERS
};
static const char *const tasks[] = {
	NULL,
#define TASK(n, w) #w,
#include "core/sop.def"
#undef TASK
};
static const char *const starts[] = {
	NULL,
#define START(n, w) (w),
#include "core/sop.def"
#undef START
};
static const char *const abouts[] = {
	NULL,
#define ABOUT(n, w) (w),
#include "core/sop.def"
#undef ABOUT
};

#define WORD_AT(table, v) ((size_t)(v) < ARRAY_LEN(table) ? (table)[v] : NULL)

const char *sop_covers_word(enum sop_covers c) { return WORD_AT(covers, c); }
const char *sop_task_word(enum sop_task t) { return WORD_AT(tasks, t); }
const char *sop_start_word(enum sop_start s) { return WORD_AT(starts, s); }
const char *sop_about_word(enum sop_about a) { return WORD_AT(abouts, a); }

/* The index of the word, 0 when it is in no line. */
static size_t find_word(const char *const *table, size_t n, const char *word)
{
	for (size_t i = 1; i < n; i++)
		if (strcmp(table[i], word) == 0)
			return i;
	return 0;
}

bool sop_covers_parse(const char *word, enum sop_covers *ret)
{
	*ret = (enum sop_covers)find_word(covers, ARRAY_LEN(covers), word);
	return *ret != SOP_COVERS_NONE;
}

bool sop_task_parse(const char *word, enum sop_task *ret)
{
	*ret = (enum sop_task)find_word(tasks, ARRAY_LEN(tasks), word);
	return *ret != SOP_TASK_NONE;
}

bool sop_act_parse(const char *word, struct sop_act *ret)
{
	ret->task = SOP_TASK_NONE;
	if (action_parse(word, &ret->action))
		return true;
	ret->action = ACT_NONE;
	return sop_task_parse(word, &ret->task);
}

bool sop_acts_have(const struct sop_act *list, size_t n, struct sop_act act)
{
	if (act.action == ACT_NONE && act.task == SOP_TASK_NONE)
		return false;
	for (size_t i = 0; i < n; i++)
		if (list[i].action == act.action && list[i].task == act.task)
			return true;
	return false;
}

bool sop_start_parse(const char *word, enum sop_start *ret)
{
	*ret = (enum sop_start)find_word(starts, ARRAY_LEN(starts), word);
	return *ret != SOP_START_NONE;
}

bool sop_about_parse(const char *word, enum sop_about *ret)
{
	*ret = (enum sop_about)find_word(abouts, ARRAY_LEN(abouts), word);
	return *ret != SOP_ABOUT_NONE;
}

bool sop_clock_parse(const char *word, enum clock_kind *ret)
{
	for (int k = CLOCK_VERIFY; k <= CLOCK_OMBUDSMAN; k++) {
		if (strcmp(clock_kind_word((enum clock_kind)k), word) == 0) {
			*ret = (enum clock_kind)k;
			return true;
		}
	}
	return false;
}

/* Lower case, one blank between words, cut to size. */
static void plain_words(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text && n + 1 < size; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;

		if (c != ' ' || (n > 0 && out[n - 1] != ' '))
			out[n++] = c;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

static bool parse_period(const char *text, struct sop_time *ret)
{
	int64_t n = 1;
	size_t digits = strcspn(text, " ");

	if (strcmp(text, "bulan") != 0 && (!parse_int_n(text, digits, 1, 12, &n) || strcmp(text + digits, " bulan") != 0))
		return false;
	*ret = (struct sop_time){ .every_months = (int)n };
	return true;
}

static bool parse_unit(const char *word, enum limit_unit *ret)
{
	static const struct {
		const char *word;
		enum limit_unit unit;
	} units[] = {
		{ "menit", LIMIT_MINUTES }, { "jam", LIMIT_HOURS }, { "hari", LIMIT_DAYS }, { "hari kerja", LIMIT_WORKDAYS },
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (strcmp(units[i].word, word) == 0) {
			*ret = units[i].unit;
			return true;
		}
	}
	return false;
}

bool sop_time_parse(const char *text, struct sop_time *ret)
{
	char words[40];
	int64_t min, max;
	size_t n, hyphen;

	*ret = (struct sop_time){ 0 };
	if (strlen(text) >= sizeof(words))
		return false;
	plain_words(text, words, sizeof(words));
	if (words[0] == '\0')
		return true;
	if (strncmp(words, "setiap ", 7) == 0)
		return parse_period(words + 7, ret);
	n = strcspn(words, " ");
	hyphen = strcspn(words, "- ");
	if (words[n] == '\0' || !parse_unit(words + n + 1, &ret->unit) || !parse_int_n(words, hyphen, 1, TIME_MAX, &min))
		return false;
	max = min;
	if (hyphen < n && !parse_int_n(words + hyphen + 1, n - hyphen - 1, min, TIME_MAX, &max))
		return false;
	ret->min = (int)min;
	ret->max = (int)max;
	return true;
}

bool sop_time_is_given(struct sop_time t)
{
	return t.max > 0;
}

bool sop_step_id_is_valid(const char *id)
{
	size_t digits = strspn(id, "0123456789");

	if (digits == 0 || digits > 2 || id[0] == '0')
		return false;
	return id[digits] == '\0' || (id[digits] >= 'a' && id[digits] <= 'z' && id[digits + 1] == '\0');
}

bool sop_step_is_part(const struct sop_step *s)
{
	return s->id[strspn(s->id, "0123456789")] != '\0';
}

size_t sop_step_find(const struct sop *s, const char *id, bool *ret_found)
{
	*ret_found = true;
	for (size_t i = 0; i < s->step_n; i++)
		if (strcmp(s->steps[i].id, id) == 0)
			return i;
	*ret_found = strcmp(id, "selesai") == 0;
	return SOP_END;
}

size_t sop_step_next(const struct sop *s, size_t at)
{
	for (at++; at < s->step_n; at++)
		if (!sop_step_is_part(&s->steps[at]) && !s->steps[at].is_beside)
			return at;
	return SOP_END;
}

void sop_sum_add(struct sop_sum *sum, struct sop_time t)
{
	bool is_days = t.unit == LIMIT_DAYS || t.unit == LIMIT_WORKDAYS;
	int64_t factor = t.unit == LIMIT_HOURS ? MINUTES_PER_HOUR : 1;

	sum->has_workdays |= t.unit == LIMIT_WORKDAYS;
	*(is_days ? &sum->min_days : &sum->min_minutes) += t.min * factor;
	*(is_days ? &sum->max_days : &sum->max_minutes) += t.max * factor;
}

struct sop_sum sop_sum_printed(const struct sop *s)
{
	struct sop_sum sum = { 0 };

	for (size_t i = 0; i < s->step_n; i++)
		sop_sum_add(&sum, s->steps[i].printed_time);
	return sum;
}

struct sop_sum sop_sum_in_force(const struct sop *s)
{
	struct sop_sum sum = { 0 };

	for (size_t i = 0; i < s->step_n; i++)
		sop_sum_add(&sum, s->steps[i].in_force);
	return sum;
}

static int64_t days_of(int64_t days, int64_t minutes)
{
	return days + (minutes + MINUTES_PER_OFFICE_DAY - 1) / MINUTES_PER_OFFICE_DAY;
}

bool sop_sum_agrees(struct sop_sum sum, struct sop_time total)
{
	struct sop_sum printed = { 0 };

	sop_sum_add(&printed, total);
	/* What is under a day may have been left out or rounded up. */
	return days_of(printed.min_days, printed.min_minutes) >= sum.min_days &&
	       printed.max_days <= days_of(sum.max_days, sum.max_minutes) &&
	       days_of(printed.max_days, printed.max_minutes) >= sum.max_days;
}

bool sop_has_task(const struct sop *s, enum sop_task task)
{
	for (size_t i = 0; i < s->step_n; i++)
		for (size_t k = 0; k < s->steps[i].act_n; k++)
			if (s->steps[i].acts[k].task == task)
				return true;
	return false;
}
