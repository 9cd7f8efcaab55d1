/* SPDX-License-Identifier: Apache-2.0
 * settings - the configuration file into struct settings. libcyaml checks keys and types and says where;
 * the values' own rules are checked here. Every key may be left out.
 */
#include "app/settings.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "app/yamlfile.h"
#include "base/parse.h"
#include "core/periodic.h"

#define FILE_BYTES_MAX (64 << 10)

/* libcyaml's own booleans take every unknown word for true. */
enum yes_no { NO, YES };
static const cyaml_strval_t yes_no[] = {
	{ "no", NO }, { "yes", YES }, { "false", NO }, { "true", YES },
};

/* The file as it is written: pointers, so that what is not there stays NULL. Keys are the names of the fields. */
struct raw {
	char *site_name, *government, *place_name, *official_suffix, *operator_name, *base_url;
	char *contact_email, *contact_phone, *contact_whatsapp, *contact_sms, *contact_counter;
	char *region_code, *zone, *office_opens, *office_closes;
	char *trusted_proxy, *files_dir, *files_s3, *files_s3_region, *files_s3_key_file, *outbox_dir;
	char *smtp_url, *smtp_user, *smtp_password_file, *mail_from;
	enum yes_no *is_official, *cuti_bersama_is_free, *hook_inside;
	char **archives;
	unsigned archives_count;
	int *session_minutes, *submit_per_hour, *tracks_per_minute, *drain_seconds, *periodic_months, *arbitrate_after;
};

#define OPTIONAL_PTR (CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER)
#define TEXT(key) CYAML_FIELD_STRING_PTR(#key, OPTIONAL_PTR, struct raw, key, 0, 500)
#define BOOL(key) \
	CYAML_FIELD_ENUM_PTR(#key, OPTIONAL_PTR | CYAML_FLAG_STRICT, struct raw, key, yes_no, ARRAY_LEN(yes_no))
#define INT(key) CYAML_FIELD_INT_PTR(#key, OPTIONAL_PTR, struct raw, key)

static const cyaml_schema_value_t address = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 500) };

static const cyaml_schema_field_t fields[] = {
	TEXT(site_name), TEXT(government), TEXT(place_name), BOOL(is_official), TEXT(official_suffix),
	TEXT(operator_name), TEXT(base_url), TEXT(contact_email), TEXT(contact_phone), TEXT(contact_whatsapp),
	TEXT(contact_sms), TEXT(contact_counter),
	TEXT(region_code), TEXT(zone), TEXT(office_opens), TEXT(office_closes), BOOL(cuti_bersama_is_free),
	TEXT(trusted_proxy), INT(session_minutes), INT(submit_per_hour), INT(tracks_per_minute),
	INT(drain_seconds), INT(periodic_months), INT(arbitrate_after),
	TEXT(files_dir), TEXT(files_s3), TEXT(files_s3_region), TEXT(files_s3_key_file),
	TEXT(outbox_dir), TEXT(smtp_url), TEXT(smtp_user), TEXT(smtp_password_file), TEXT(mail_from),
	BOOL(hook_inside),
	CYAML_FIELD_SEQUENCE("archives", OPTIONAL_PTR, struct raw, archives, &address, 0, SETTINGS_ARCHIVES_MAX),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t top = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, fields) };

static const struct settings defaults = {
	.site_name = "LAPOR",
	.government = "",
	.place_name = "",
	.is_official = false,
	.official_suffix = ".go.id",
	.operator_name = "",
	.base_url = "http://127.0.0.1:8080",
	.contact_email = "",
	.contact_phone = "",
	.contact_whatsapp = "",
	.contact_sms = "",
	.contact_counter = "",
	.region_code = "",
	.zone = ZONE_WIB,
	.hours = { 8 * 60, 16 * 60 },
	.cuti_bersama_is_free = true,
	.periodic_months = 3,
	.arbitrate_after = 0,
	.trusted_proxy = "",
	.session_minutes = 120,
	.submit_per_hour = 20,
	.tracks_per_minute = 20,
	.drain_seconds = 0,
	.files_dir = "",
	.files_s3 = "",
	.files_s3_region = "us-east-1",
	.files_s3_key_file = "",
	.outbox_dir = "",
	.smtp_url = "",
	.smtp_user = "",
	.smtp_password_file = "",
	.mail_from = "",
	.hook_inside = false,
};

const struct settings *settings_default(void)
{
	return &defaults;
}

static enum rc refuse_value(struct err *err, const char *path, const char *key, const char *what)
{
	return err_set(err, RC_INVALID, 0, "%s: %s %s", path, key, what);
}

static void take_text(struct arena *a, const char **to, const char *from)
{
	if (from)
		*to = arena_strdup(a, from);
}

static void take_bool(bool *to, const enum yes_no *from)
{
	if (from)
		*to = *from == YES;
}

static enum rc take_int(int *to, const int *from, int lo, int hi, const char *path, const char *key,
			struct err *err)
{
	if (from && (*from < lo || *from > hi))
		return err_set(err, RC_INVALID, 0, "%s: %s must be a number from %d to %d", path, key, lo, hi);
	if (from)
		*to = *from;
	return RC_OK;
}

static enum rc take_hour(int *to, const char *from, const char *path, const char *key, struct err *err)
{
	int64_t h, m;

	if (!from)
		return RC_OK;
	if (strlen(from) != 5 || from[2] != ':' || !parse_int_n(from, 2, 0, 23, &h) ||
	    !parse_int_n(from + 3, 2, 0, 59, &m))
		return refuse_value(err, path, key, "must be a time in quotes like \"08:00\"");
	*to = (int)(h * 60 + m);
	return RC_OK;
}

static enum rc take_identity(struct arena *a, const struct raw *r, const char *path, struct settings *s,
			     struct err *err)
{
	take_text(a, &s->site_name, r->site_name);
	take_text(a, &s->government, r->government);
	take_text(a, &s->place_name, r->place_name);
	take_bool(&s->is_official, r->is_official);
	take_text(a, &s->official_suffix, r->official_suffix);
	take_text(a, &s->operator_name, r->operator_name);
	take_text(a, &s->base_url, r->base_url);
	take_text(a, &s->contact_email, r->contact_email);
	take_text(a, &s->contact_phone, r->contact_phone);
	take_text(a, &s->contact_whatsapp, r->contact_whatsapp);
	take_text(a, &s->contact_sms, r->contact_sms);
	take_text(a, &s->contact_counter, r->contact_counter);
	if (s->site_name[0] == '\0')
		return refuse_value(err, path, "site_name", "must not be empty");
	if (strncmp(s->base_url, "http://", 7) != 0 && strncmp(s->base_url, "https://", 8) != 0)
		return refuse_value(err, path, "base_url", "must begin with https:// (or http://)");
	if (s->base_url[strlen(s->base_url) - 1] == '/')
		return refuse_value(err, path, "base_url", "must not end with a slash");
	return RC_OK;
}

static enum rc take_time(struct arena *a, const struct raw *r, const char *path, struct settings *s,
			 struct err *err)
{
	take_text(a, &s->region_code, r->region_code);
	take_bool(&s->cuti_bersama_is_free, r->cuti_bersama_is_free);
	if (strspn(s->region_code, "0123456789.") != strlen(s->region_code))
		return refuse_value(err, path, "region_code", "must be a region code in quotes like \"35.20\"");
	if (r->zone && !zone_parse(r->zone, &s->zone))
		return refuse_value(err, path, "zone", "must be WIB, WITA or WIT");
	TRY(take_hour(&s->hours.opens_min, r->office_opens, path, "office_opens", err));
	TRY(take_hour(&s->hours.closes_min, r->office_closes, path, "office_closes", err));
	if (s->hours.opens_min >= s->hours.closes_min)
		return refuse_value(err, path, "office_closes", "must be later than office_opens");
	TRY(take_int(&s->periodic_months, r->periodic_months, 1, 12, path, "periodic_months", err));
	if (!periodic_months_are_valid(s->periodic_months))
		return refuse_value(err, path, "periodic_months", "must be 1, 2, 3, 4, 6 or 12");
	return RC_OK;
}

static bool is_proxy(const char *s)
{
	unsigned char bytes[16];

	return s[0] == '\0' || strcmp(s, "unix") == 0 || inet_pton(AF_INET, s, bytes) == 1 ||
	       inet_pton(AF_INET6, s, bytes) == 1;
}

static void take_archives(struct arena *a, const struct raw *r, struct settings *s)
{
	const char **list = arena_new_many(a, const char *, r->archives_count + 1);

	for (unsigned i = 0; i < r->archives_count; i++)
		list[i] = arena_strdup(a, r->archives[i]);
	s->archives = list;
	s->archive_n = r->archives_count;
}

static enum rc take_web(struct arena *a, const struct raw *r, const char *path, struct settings *s,
			struct err *err)
{
	take_archives(a, r, s);
	take_text(a, &s->trusted_proxy, r->trusted_proxy);
	/* A name or a network would match nobody, and everybody would share one allowance. */
	if (!is_proxy(s->trusted_proxy))
		return refuse_value(err, path, "trusted_proxy", "must be one address like 127.0.0.1, or unix");
	TRY(take_int(&s->session_minutes, r->session_minutes, 5, 10080, path, "session_minutes", err));
	TRY(take_int(&s->submit_per_hour, r->submit_per_hour, 0, 100000, path, "submit_per_hour", err));
	TRY(take_int(&s->tracks_per_minute, r->tracks_per_minute, 1, 100000, path, "tracks_per_minute", err));
	TRY(take_int(&s->arbitrate_after, r->arbitrate_after, 0, 100, path, "arbitrate_after", err));
	return take_int(&s->drain_seconds, r->drain_seconds, 0, 600, path, "drain_seconds", err);
}

static enum rc take_files(struct arena *a, const struct raw *r, const char *path, struct settings *s,
			  struct err *err)
{
	take_text(a, &s->files_dir, r->files_dir);
	take_text(a, &s->files_s3, r->files_s3);
	take_text(a, &s->files_s3_region, r->files_s3_region);
	take_text(a, &s->files_s3_key_file, r->files_s3_key_file);
	if (s->files_s3[0] && strncmp(s->files_s3, "https://", 8) != 0 && strncmp(s->files_s3, "http://", 7) != 0)
		return refuse_value(err, path, "files_s3", "must begin with https:// (http:// only on this machine)");
	if (s->files_s3[0] && s->files_s3_key_file[0] == '\0')
		return refuse_value(err, path, "files_s3_key_file", "must name a file when files_s3 is set");
	if (s->files_s3_region[0] == '\0' || strlen(s->files_s3_region) > 40 ||
	    s->files_s3_region[strspn(s->files_s3_region, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		return refuse_value(err, path, "files_s3_region", "must be a name like us-east-1");
	return RC_OK;
}

static enum rc take_mail(struct arena *a, const struct raw *r, const char *path, struct settings *s,
			 struct err *err)
{
	take_text(a, &s->outbox_dir, r->outbox_dir);
	take_text(a, &s->smtp_url, r->smtp_url);
	take_text(a, &s->smtp_user, r->smtp_user);
	take_text(a, &s->smtp_password_file, r->smtp_password_file);
	take_text(a, &s->mail_from, r->mail_from);
	take_bool(&s->hook_inside, r->hook_inside);
	if (s->smtp_url[0] && strncmp(s->smtp_url, "smtp://", 7) != 0 && strncmp(s->smtp_url, "smtps://", 8) != 0)
		return refuse_value(err, path, "smtp_url", "must begin with smtp:// or smtps://");
	if (s->smtp_url[0] && !strchr(s->mail_from, '@'))
		return refuse_value(err, path, "mail_from", "must be an e-mail address when smtp_url is set");
	return RC_OK;
}

static enum rc take(struct arena *a, const struct raw *raw, const char *path, struct settings *s,
		    struct err *err)
{
	TRY(take_identity(a, raw, path, s, err));
	TRY(take_time(a, raw, path, s, err));
	TRY(take_web(a, raw, path, s, err));
	TRY(take_files(a, raw, path, s, err));
	return take_mail(a, raw, path, s, err);
}

enum rc settings_load(struct arena *a, const char *path, const struct settings **ret, struct err *err)
{
	struct yamlfile_text text;
	struct settings *s;
	struct raw *raw = NULL;
	enum rc rc;

	if (!path) {
		*ret = &defaults;
		return RC_OK;
	}
	TRY(yamlfile_read(a, path, FILE_BYTES_MAX, &text, err));
	TRY(yamlfile_load(&text, &top, (void **)&raw, err));
	s = arena_new_one(a, struct settings);
	*s = defaults;
	rc = raw ? take(a, raw, path, s, err) : RC_OK;
	yamlfile_free(&top, raw);
	if (rc == RC_OK)
		*ret = s;
	return rc;
}
