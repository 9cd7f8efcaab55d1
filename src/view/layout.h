/* SPDX-License-Identifier: Apache-2.0
 * layout - the frame around every page, and the page that says what went wrong.
 *
 * A page is view_layout_begin(), one function of its own template, view_layout_end(). The part of a
 * citizens' page stands directly in <main> and brings its own <div class="lebar">; that of an officers'
 * page stands in one already.
 * The struct is filled by web from the settings, the request and the person; nothing here asks the database.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "base/arena.h"
#include "messages.h"
#include "view/out.h"

/* Which entry of the navigation is the current one. */
enum layout_nav {
	NAV_NONE,
	NAV_HOME, NAV_REPORTS, NAV_STATISTICS, NAV_HELP, NAV_SIGN_IN,
	NAV_DESK, NAV_PERIODIC, NAV_OMBUDSMAN, NAV_MANUAL, NAV_INTAKE, NAV_SETTINGS, NAV_ACCOUNT,
};

/* The installation's identity; "" or NULL for what it does not have. */
struct layout_site {
	const char *name;            /* "LAPOR" */
	const char *place_name;      /* "Kabupaten Mekar Jaya" */
	const char *government;      /* "Pemerintah Kabupaten Mekar Jaya" */
	bool is_official;
	const char *official_suffix; /* ".go.id" */
	const char *operator_name;
	const char *sms, *whatsapp, *email, *phone, *counter;
};

struct layout {
	const char *title;           /* of the page; NULL: only the site's name */
	const struct layout_site *site;
	enum layout_nav nav;
	bool is_desk;                /* the officers' frame */
	bool is_error;               /* "Galat: " before the title: a form came back, or something failed */
	bool noindex;                /* personal pages and pages with a code: not for search engines */
	const char *user_name;       /* NULL: nobody is signed in */
	const char *user_role;       /* as shown: msg_text(lang, vocab_role(role)) */
	bool is_officer;
	bool has_no_inbox;           /* they work elsewhere: the intake teams, the heads on the way of the periodic report */
	bool may_manual, may_intake, may_settings, may_ombudsman; /* entries of the officers' navigation */
	bool may_periodic;
	int session_minutes;
	const char *csrf;            /* for the sign-out form; only needed when somebody is signed in */
	const char *here;            /* path and query of this page, without bahasa=: layout_here() */
	const char *lang_href;       /* the same page in the other language: layout_lang_href() */
	const char *theme;           /* "terang", "gelap" or "" (as the device wants) */
	enum msg flash;              /* MSG_NONE: none */
	const char *archive_year;    /* "2023": what is shown lies in that archive; NULL: it does not */
};

/* "/laporan?q=lampu" out of the decoded path and the raw query; bahasa= is dropped. */
const char *layout_here(struct arena *a, const char *path, const char *query_raw);
/* The same with bahasa=id or bahasa=en. */
const char *layout_lang_href(struct arena *a, const char *path, const char *query_raw, enum lang to);
/* The other language of the two. */
static inline enum lang layout_other_lang(enum lang lang)
{
	return lang == LANG_ID ? LANG_EN : LANG_ID;
}

/* What went wrong and what to do; stands in the layout like every page. */
struct error_page {
	int status;                  /* 400 403 404 409 413 415 422 429 500 503 */
	enum msg reason;             /* the refusal's sentence; MSG_NONE: the usual one for the status */
	const char *retry;           /* a path to try again, or NULL */
	const struct layout_site *site; /* for another channel when the service is down */
	bool is_desk;
};
/* "Halaman tidak ditemukan": also the title of the layout. */
enum msg layout_error_title(int status);
enum msg layout_error_reason(const struct error_page *p);

#endif
