/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page for a browser: one file that needs no network and no other file. Views stand one below the other; page.js
 * makes tabs of them, makes tables sortable and, where the page has data, draws the views that are made of it.
 */
#ifndef DB_HTML_PAGE_H
#define DB_HTML_PAGE_H

#include "base/str.h"
#include "base/vec.h"
#include "db/chart/chart.h"
#include "db/doc.h"
#include "db/scale/heat.h"

struct html_view {
    const char *id, *title;      /* borrowed */
    struct str body;             /* markup */
};

struct html_page {
    char *title;
    VEC(struct html_view *) views;
    struct str data;             /* one JSON object for page.js; "" where the views say it all */
};

/* The title is copied. */
void html_page_init(struct html_page *p, const char *title);
void html_page_release(struct html_page *p);

/* A view more, behind the others: markup goes into its body. Borrowed until the page is released. */
struct html_view *html_page_view(struct html_page *p, const char *id, const char *title);

void html_page_write(const struct html_page *p, struct str *out);

/* Parts of a view, appended. A chart is drawn as SVG with the page's colours; series differ in shape as well. */
void html_doc(const struct doc *d, struct str *out);
void html_words(const struct doc *d, struct str *out);       /* what stands above its tables */
void html_tables(const struct doc *d, struct str *out);      /* the rest */
void html_table(const struct table *t, struct str *out);
void html_chart(const struct chart *c, struct str *out);
void html_heat(const struct scale_heat *h, const char *metric, const char *by, const char *with, struct str *out);

#endif
