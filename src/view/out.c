/* SPDX-License-Identifier: Apache-2.0 */
#include "view/out.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "assets.h"

#define SCRATCH_MAX ((size_t)64 * 1024)

_Static_assert(ICON_COUNT <= OUT_ICONS_MAX, "more icons than a page can remember");

void out_begin(struct out *o, struct buf *b, enum lang lang, enum zone zone)
{
	*o = (struct out){ .b = b, .lang = lang, .zone = zone };
	buf_init(&o->scratch, SCRATCH_MAX);
}

void out_end(struct out *o)
{
	buf_done(&o->scratch);
}

static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

size_t out_plain_prefix_scalar(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && !entity(s[i]))
		i++;
	return i;
}

#ifdef __SSE2__
size_t out_plain_prefix(const char *s, size_t n)
{
	const __m128i amp = _mm_set1_epi8('&'), lt = _mm_set1_epi8('<'), gt = _mm_set1_epi8('>'),
		      quote = _mm_set1_epi8('"'), apostrophe = _mm_set1_epi8('\'');
	size_t i = 0;

	for (; i + 16 <= n; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, amp), _mm_cmpeq_epi8(v, lt));

		hit = _mm_or_si128(hit, _mm_or_si128(_mm_cmpeq_epi8(v, gt), _mm_cmpeq_epi8(v, quote)));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, apostrophe));
		unsigned mask = (unsigned)_mm_movemask_epi8(hit);
		if (mask)
			return i + (size_t)__builtin_ctz(mask);
	}
	return i + out_plain_prefix_scalar(s + i, n - i);
}
#else
size_t out_plain_prefix(const char *s, size_t n)
{
	return out_plain_prefix_scalar(s, n);
}
#endif

void out_text_n(struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		size_t plain = out_plain_prefix(s, n);

		buf_add(o->b, s, plain);
		if (plain == n)
			return;
		buf_str(o->b, entity(s[plain]));
		s += plain + 1;
		n -= plain + 1;
	}
}

void out_text(struct out *o, const char *s)
{
	if (s)
		out_text_n(o, s, strlen(s));
}

void out_lines(struct out *o, const char *s)
{
	while (s && *s) {
		size_t n = strcspn(s, "\n");

		out_text_n(o, s, n);
		s += n;
		if (*s) {
			buf_lit(o->b, "<br>");
			s++;
		}
	}
}

void out_int(struct out *o, int64_t v)
{
	buf_int(o->b, v);
}

void out_html(struct out *o, struct html h)
{
	buf_add(o->b, h.p, h.n);
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.' || c == '_' || c == '~';
}

void out_url(struct out *o, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; s && *s; s++) {
		unsigned char c = (unsigned char)*s;
		char code[3] = { '%', hex[c >> 4], hex[c & 15] };

		if (is_unreserved(*s))
			buf_char(o->b, *s);
		else
			buf_add(o->b, code, sizeof(code));
	}
}

void out_url_int(struct out *o, int64_t v)
{
	buf_int(o->b, v);
}

void out_path(struct out *o, const char *s)
{
	/* "//host" and "/\host" leave the site. */
	bool is_ours = s && s[0] == '/' && s[1] != '/' && s[1] != '\\';

	for (const char *p = s; is_ours && *p; p++)
		is_ours = (unsigned char)*p > 0x20 && *p != 0x7F && *p != '\\';
	out_text(o, is_ours ? s : "#");
}

struct buf *out_scratch(struct out *o)
{
	buf_reset(&o->scratch);
	return &o->scratch;
}

void out_scratch_text(struct out *o)
{
	out_text_n(o, buf_cstr(&o->scratch), o->scratch.n);
	o->b->overflow |= o->scratch.overflow;
}

void out_icon(struct out *o, int icon)
{
	BUG_ON(icon < 0 || icon >= ICON_COUNT);
	o->icons[icon / 64] |= UINT64_C(1) << (icon % 64);
	/* xlink:href: browsers of old phones know no other. aria-hidden: a word is always beside it. */
	out_raw(o, "<svg class=\"i\" width=\"20\" height=\"20\" aria-hidden=\"true\"><use xlink:href=\"#i-");
	buf_str(o->b, icon_shapes[icon].name);
	out_raw(o, "\"/></svg>");
}

void out_sprite(struct out *o)
{
	bool any = false;

	for (int icon = 0; icon < ICON_COUNT; icon++) {
		if (!(o->icons[icon / 64] >> (icon % 64) & 1))
			continue;
		if (!any)
			out_raw(o, "<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
		any = true;
		out_raw(o, "<symbol id=\"i-");
		buf_str(o->b, icon_shapes[icon].name);
		out_raw(o,
			"\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "
			"stroke-linecap=\"round\" stroke-linejoin=\"round\">");
		buf_str(o->b, icon_shapes[icon].markup);
		out_raw(o, "</symbol>");
	}
	if (any)
		out_raw(o, "</svg>");
}
