/* SPDX-License-Identifier: Apache-2.0
 * settings - the installation's identity and limits, from the configuration file (docs/operate.md).
 * Read once at start, then shared and immutable. Every field has a working default, and a fresh install never
 * claims to be an official site.
 */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "base/arena.h"
#include "base/day.h"
#include "core/calendar.h"

#define SETTINGS_ARCHIVES_MAX 32

struct settings {
	/* identity */
	const char *site_name;        /* "LAPOR" */
	const char *government;       /* "Pemerintah Kabupaten Mekar Jaya"; "" for none */
	const char *place_name;       /* "Kabupaten Mekar Jaya" */
	bool is_official;             /* shows "situs resmi" and official_suffix */
	const char *official_suffix;  /* ".go.id" */
	const char *operator_name;    /* who runs it: "Dinas Komunikasi dan Informatika" */
	const char *base_url;         /* "https://lapor.example.go.id", no slash at the end; for links in mails */
	const char *contact_email, *contact_phone, *contact_whatsapp, *contact_sms, *contact_counter;
	/* place and time */
	const char *region_code;      /* calendar and default region, e.g. "35.99"; "" the nation */
	enum zone zone;
	struct office_hours hours;
	bool cuti_bersama_is_free;
	int periodic_months;          /* a periodic report covers so many, where no SOP says it (E14) */
	/* the way of a report */
	int arbitrate_after;          /* transfers until the national admin must decide; 0: as the rule set says */
	/* web */
	const char *trusted_proxy;    /* address whose X-Forwarded-For counts; "" none */
	int session_minutes;          /* without activity */
	int submit_per_hour;          /* per address; 0 no limit */
	int tracks_per_minute;        /* wrong codes per address */
	int drain_seconds;            /* how long it answers on after SIGTERM while /readyz says no */
	const char *const *archives;  /* addresses of yearly archives */
	size_t archive_n;
	/* files and mail */
	const char *files_dir;        /* attachments; "" keeps them in the database */
	const char *files_s3;         /* the same as objects: "https://HOST/BUCKET/PREFIX"; "" none */
	const char *files_s3_region, *files_s3_key_file;
	const char *outbox_dir;       /* every message is also written there as a file; "" off */
	const char *smtp_url;         /* "smtp://127.0.0.1:25"; "" off */
	const char *smtp_user, *smtp_password_file, *mail_from;
	bool hook_inside;             /* a group's web hook may be on loopback or in a private network */
};

/* Defaults only. */
const struct settings *settings_default(void);
/* path NULL: defaults. Unknown keys, wrong types and bad values are refused with line and column. */
CHECKED enum rc settings_load(struct arena *a, const char *path, const struct settings **ret, struct err *err);

#endif
