/* SPDX-License-Identifier: Apache-2.0
 * sop_fill - what the page of an SOP shows, out of the SOP. Decides nothing: it words times and ways and asks
 * core/sop_chart.h for the flowchart.
 */
#ifndef VIEW_SOP_FILL_H
#define VIEW_SOP_FILL_H

#include "view/sop.h"

/* The texts of the SOP stay as they are; the words around them are of the language. Everything lives in a. */
void sop_fill(struct arena *a, const struct sop *s, enum lang lang, struct sop_page *ret);
/* "1-3 hari kerja"; "" for none. */
const char *sop_fill_time(struct arena *a, enum lang lang, struct sop_time t);
/* <style> with assets/sop.css, for a page that stands alone. */
struct html sop_fill_style(struct arena *a);

#endif
