/* SPDX-License-Identifier: Apache-2.0
 * periodic_text - writing and reading of the canonical text. The names are part of the stored format.
 */
#include "app/periodic_text.h"

#include <string.h>

#include "app/json.h"

#define FORMAT 1

static const char *const stages[PERIODIC_STAGES] = {
	[PERIODIC_VERIFIED] = "verified", [PERIODIC_DISPOSED] = "disposed", [PERIODIC_FOLLOWED_UP] = "followed_up",
	[PERIODIC_ANSWERED] = "answered", [PERIODIC_CLOSED] = "closed",
};
static const char *const stars[] = { NULL, "1", "2", "3", "4", "5" };

static const char *channel_key(size_t i)
{
	return i == 0 ? "" : channel_word((enum channel)i);
}

static const char *class_key(size_t i)
{
	return i == 0 ? "" : class_word((enum class_)i);
}

/* The single figures, by name: one list for both directions. */
struct figure_name {
	const char *name;
	size_t offset;
};
#define FIGURE(field) { #field, offsetof(struct periodic_form, field) }
static const struct figure_name figures[] = {
	FIGURE(received), FIGURE(open), FIGURE(late), FIGURE(carried_open), FIGURE(carried_late), FIGURE(returned_up),
	FIGURE(returned_by_opd), FIGURE(flagged), FIGURE(rated), FIGURE(rating_sum), FIGURE(deviations),
	FIGURE(accounts_open), FIGURE(accounts_in_review), FIGURE(accounts_settled),
};
#undef FIGURE
#define FIELD(field) { #field, offsetof(struct periodic_group, field) }
static const struct figure_name columns[] = {
	FIELD(id), FIELD(received), FIELD(answered), FIELD(closed), FIELD(open), FIELD(late), FIELD(returned),
};
#undef FIELD
#define FIELD(field) { #field, offsetof(struct periodic_stage_count, field) }
static const struct figure_name counts[] = { FIELD(done), FIELD(in_time), FIELD(late), FIELD(overdue) };
#undef FIELD

static void set_ints(struct json_tree *t, const struct figure_name *names, size_t n, const void *base)
{
	for (size_t i = 0; i < n; i++) {
		int64_t v;

		memcpy(&v, (const char *)base + names[i].offset, sizeof(v));
		json_tree_set_int(t, names[i].name, v);
	}
}

static bool get_ints(const struct json_tree *t, const struct figure_name *names, size_t n, void *base)
{
	for (size_t i = 0; i < n; i++) {
		int64_t v;

		if (!json_tree_int(t, names[i].name, &v))
			return false;
		memcpy((char *)base + names[i].offset, &v, sizeof(v));
	}
	return true;
}

static struct json_tree *words_of(const char *(*key)(size_t), const int64_t *v, size_t n)
{
	struct json_tree *t = json_tree_object();

	for (size_t i = 0; i < n; i++)
		if (v[i] != 0 && key(i))
			json_tree_set_int(t, key(i), v[i]);
	return t;
}

static void read_words(const struct json_tree *t, const char *(*key)(size_t), int64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!key(i) || !json_tree_int(t, key(i), &v[i]))
			v[i] = 0;
}

static const char *star_key(size_t i)
{
	return stars[i];
}

/* What is not UTF-8 never came past the forms; a name of the tree neither. */
static void set_text(struct json_tree *t, const char *key, const char *text)
{
	if (!json_tree_set_text(t, key, text ? text : ""))
		BUG("%s is not UTF-8", key);
}

static struct json_tree *groups_of(const struct periodic_groups *g)
{
	struct json_tree *list = json_tree_array();

	for (size_t i = 0; i < g->n; i++) {
		struct json_tree *t = json_tree_object();

		set_ints(t, columns, ARRAY_LEN(columns), &g->p[i]);
		set_text(t, "name", g->p[i].name);
		json_tree_append(list, t);
	}
	return list;
}

static const char *copy(struct arena *a, const struct json_tree *t, const char *key)
{
	const char *s = json_tree_text(t, key);

	return s ? arena_strdup(a, s) : "";
}

static bool read_groups(struct arena *a, const struct json_tree *list, struct periodic_groups *ret)
{
	size_t n = json_tree_count(list);

	*ret = (struct periodic_groups){ arena_new_many(a, struct periodic_group, n ? n : 1), n, n };
	for (size_t i = 0; i < n; i++) {
		const struct json_tree *t = json_tree_at(list, i);

		if (!get_ints(t, columns, ARRAY_LEN(columns), &ret->p[i]))
			return false;
		ret->p[i].name = copy(a, t, "name");
	}
	return true;
}

static void write_head(struct json_tree *t, const struct periodic_form *f)
{
	char first[11], last[11];

	day_format(f->first, first);
	day_format(f->last, last);
	json_tree_set_int(t, "format", FORMAT);
	json_tree_set_int(t, "agency", f->agency.v);
	set_text(t, "agency_name", f->agency_name);
	set_text(t, "government", f->government);
	set_text(t, "office", f->office);
	set_text(t, "first", first);
	set_text(t, "last", last);
	json_tree_set_int(t, "compiled_at", f->compiled_at.ms);
	set_text(t, "rule", f->rule);
	set_text(t, "number", f->words.number);
	set_text(t, "summary", f->words.summary);
	set_text(t, "obstacles", f->words.obstacles);
	set_text(t, "measures", f->words.measures);
}

const char *periodic_text_write(struct arena *a, const struct periodic_form *f)
{
	struct json_tree *t = json_tree_object(), *all = json_tree_object();
	const char *made;

	write_head(t, f);
	set_ints(t, figures, ARRAY_LEN(figures), f);
	json_tree_set(t, "channels", words_of(channel_key, f->by_channel, PERIODIC_CHANNELS));
	json_tree_set(t, "classes", words_of(class_key, f->by_class, PERIODIC_CLASSES));
	json_tree_set(t, "ratings", words_of(star_key, f->rating, ARRAY_LEN(stars)));
	json_tree_set(t, "categories", groups_of(&f->categories));
	json_tree_set(t, "opds", groups_of(&f->opds));
	json_tree_set(t, "accounts", groups_of(&f->accounts));
	for (size_t i = 0; i < PERIODIC_STAGES; i++) {
		struct json_tree *s = json_tree_object();

		set_ints(s, counts, ARRAY_LEN(counts), &f->stage[i]);
		json_tree_set(all, stages[i], s);
	}
	json_tree_set(t, "stages", all);
	made = json_tree_canonical(a, t);
	json_tree_free(t);
	return made;
}

static bool read_head(struct arena *a, const struct json_tree *t, struct periodic_form *f)
{
	const char *first = json_tree_text(t, "first"), *last = json_tree_text(t, "last");
	int64_t format, agency, at;

	if (!json_tree_int(t, "format", &format) || format != FORMAT || !json_tree_int(t, "agency", &agency) ||
	    !json_tree_int(t, "compiled_at", &at) || !first || !day_parse(first, &f->first) || !last ||
	    !day_parse(last, &f->last))
		return false;
	f->agency.v = agency;
	f->compiled_at.ms = at;
	f->agency_name = copy(a, t, "agency_name");
	f->government = copy(a, t, "government");
	f->office = copy(a, t, "office");
	f->rule = copy(a, t, "rule");
	f->words = (struct periodic_words){ copy(a, t, "number"), copy(a, t, "summary"), copy(a, t, "obstacles"),
					    copy(a, t, "measures") };
	return true;
}

static bool read_all(struct arena *a, const struct json_tree *t, struct periodic_form *f)
{
	const struct json_tree *all = json_tree_get(t, "stages");

	if (!read_head(a, t, f) || !get_ints(t, figures, ARRAY_LEN(figures), f) ||
	    !read_groups(a, json_tree_get(t, "categories"), &f->categories) ||
	    !read_groups(a, json_tree_get(t, "opds"), &f->opds) ||
	    !read_groups(a, json_tree_get(t, "accounts"), &f->accounts))
		return false;
	for (size_t i = 0; i < PERIODIC_STAGES; i++)
		if (!get_ints(json_tree_get(all, stages[i]), counts, ARRAY_LEN(counts), &f->stage[i]))
			return false;
	read_words(json_tree_get(t, "channels"), channel_key, f->by_channel, PERIODIC_CHANNELS);
	read_words(json_tree_get(t, "classes"), class_key, f->by_class, PERIODIC_CLASSES);
	read_words(json_tree_get(t, "ratings"), star_key, f->rating, ARRAY_LEN(stars));
	return true;
}

enum rc periodic_text_read(struct arena *a, const char *content, struct periodic_form *ret, struct err *err)
{
	struct json_tree *t = json_tree_parse(content, strlen(content));
	bool ok;

	*ret = (struct periodic_form){ .received = 0 };
	ok = t && read_all(a, t, ret);
	json_tree_free(t);
	return ok ? RC_OK : err_set(err, RC_FAILED, 0, "the text of a periodic report cannot be read");
}
