/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the program grows, from the sweeps that the store has of it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/format.h"
#include "db/html/profile.h"
#include "db/markup.h"
#include "db/scale/picture.h"
#include "db/scale/set.h"
#include "db/scale/show.h"
#include "db/store.h"

#define SWEEPS 4                 /* the latest */
#define PANELS 4
#define ROWS 30                  /* of functions and of lines */
#define SHARE_THAT_MATTERS 0.01

static const struct scope { enum scale_scope scope; const char *title, *metric; } scopes[] = {
    {SCALE_PROGRAM, "Program", "cpu_s"},
    {SCALE_FUNCTION, "Functions", "self_s"},
    {SCALE_LINE, "Lines", "hits"},
};

static void add_rows(struct sql *db, const struct scale_set *set, const struct scope *scope, struct doc *d)
{
    struct scale_show show = {.db = db, .format = format_find("html"), .label = set->selection.name,
                              .folder = set->selection.folder, .run = set->selection.runs.items[0],
                              .at = set->at, .largest = set->verdicts.largest};
    VEC(const struct scale_verdict *) rows = {0};
    bool program = scope->scope == SCALE_PROGRAM;
    for (size_t i = 0; i < set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &set->verdicts.list.items[i];
        if (v->series->scope == scope->scope &&
            (program || (strcmp(v->series->metric, scope->metric) == 0 && scale_weight(v) >= SHARE_THAT_MATTERS)))
            *vec_push(&rows) = v;
    }
    if (!program && rows.count)
        qsort(rows.items, rows.count, sizeof *rows.items, scale_by_weight);
    struct table *t = rows.count ? scale_show_table(d, scope->title) : NULL;
    for (size_t i = 0; i < rows.count && (program || i < ROWS); i++)
        scale_show_row(&show, t, rows.items[i]);
    vec_release(&rows);
    listing_release(&show.listing);
}

static void add_pictures(const struct scale_set *set, const struct scope *scope, struct str *out)
{
    struct chart chart;
    struct str err = STR_INIT;
    struct scale_scene scene = {.scope = scope->scope, .metric = scope->metric, .by = set->by,
                                .folder = set->selection.folder,
                                .panels = scope->scope == SCALE_PROGRAM ? 1 : PANELS, .at = set->at};
    if (scale_picture(set, 1, &scene, &chart, &err)) {
        html_chart(&chart, out);
        chart_release(&chart);
    }
    str_release(&err);
}

static void add_set(struct sql *db, const struct scale_set *set, struct str *out)
{
    struct doc d;
    doc_init(&d, "html");
    doc_head(&d, "%s: %zu sizes of %s, from %g to %g, in %zu runs; dotted lines of the charts are n, n\xc2\xb2 and "
                 "n\xc2\xb3; shares are of the largest size measured, and as predicted for %g",
             set->selection.name, scale_sizes(&set->data), set->by, set->data.sizes.items[0], set->verdicts.largest,
             set->data.runs.count, set->at);
    if (set->data.contaminated)
        doc_head(&d, "  %zu of %zu runs were made beside other work: their times may be off", set->data.contaminated,
                 set->data.runs.count);
    html_words(&d, out);
    doc_release(&d);
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        doc_init(&d, "html");
        add_rows(db, set, &scopes[i], &d);
        add_pictures(set, &scopes[i], out);
        html_tables(&d, out);
        doc_release(&d);
    }
}

/* True: it was a sweep, of which there is something to see, or a sentence says why not. */
static bool add_sweep(struct sql *db, const char *spec, bool asked, struct str *out)
{
    struct scale_set set;
    struct str err = STR_INIT;
    bool there = scale_set_try(db, spec, NULL, NAN, &set, &err);
    if (there) {
        str_add(out, "<h3>");
        markup_add(out, set.selection.name);
        str_add(out, "</h3>\n");
        add_set(db, &set, out);
        scale_set_close(&set);
    } else if (asked) {
        str_add(out, "<p class=\"note\">");
        markup_add(out, spec);
        str_add(out, ": ");
        markup_add(out, err.data);
        str_add(out, "</p>\n");
    }
    str_release(&err);
    return there || asked;
}

void html_scaling(struct sql *db, const struct selection *s, const char *spec, struct html_page *p)
{
    struct html_view *v = html_page_view(p, "scaling", "Scaling");
    char *sweeps[SWEEPS];
    size_t count = 0;
    struct sql_stmt *q = store_prepare(db, "html_sweeps");
    sql_bind_int(q, "limit", SWEEPS);
    while (sql_step(q)) {
        const char *label = sql_text(q, 1);
        bool name = *label && !strpbrk(label, "=,");
        sweeps[count++] = str_format("%s%sexperiment:%lld", name ? label : "", name ? "=" : "",
                                     (long long)sql_int(q, 0));
    }
    sql_done(q);
    bool own = s->runs.count > 1 && add_sweep(db, spec, false, &v->body);
    for (size_t i = 0; i < count; i++) {
        if (!own)
            add_sweep(db, sweeps[i], true, &v->body);
        free(sweeps[i]);
    }
    if (!own && !count)
        str_add(&v->body, "<p class=\"note\">The store has no runs of this program over values of a parameter. "
                          "<code>farmdb sweep -P n=1000..32000/6 -- COMMAND {n}</code> makes some.</p>\n");
}
