/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the program grows, from the sweeps that the store has of it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/format.h"
#include "db/html/growth.h"
#include "db/html/profile.h"
#include "db/markup.h"
#include "db/scale/picture.h"
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

static bool matters(const void *what, const struct scale_verdict *v)
{
    const struct scope *scope = what;
    return scope->scope == SCALE_PROGRAM ||
           (strcmp(v->series->metric, scope->metric) == 0 && scale_weight(v) >= SHARE_THAT_MATTERS);
}

static void add_rows(struct sql *db, const struct scale_set *set, const struct scope *scope, struct doc *d)
{
    struct scale_show show;
    struct scale_rows rows = {scope->scope, scope->title, scope->scope == SCALE_PROGRAM ? SIZE_MAX : ROWS, matters,
                              scope, scale_by_weight};
    scale_show_init(&show, db, format_find("html"), set);
    scale_show_rows(&show, set, &rows, d);
    listing_release(&show.listing);
}

static void add_pictures(const struct scale_set *sets, size_t count, const struct scope *scope, struct str *out)
{
    struct chart chart;
    struct str err = STR_INIT;
    struct scale_scene scene = {.scope = scope->scope, .metric = scope->metric, .by = sets[0].by,
                                .folder = sets[0].selection.folder,
                                .panels = scope->scope == SCALE_PROGRAM ? 1 : PANELS, .at = sets[0].at};
    if (scale_picture(sets, count, &scene, &chart, &err)) {
        html_chart(&chart, out);
        chart_release(&chart);
    }
    str_release(&err);
}

void html_growth(struct sql *db, const struct scale_set *sets, size_t count, struct str *out)
{
    const struct scale_set *set = &sets[0];
    struct doc d;
    doc_init(&d, "html");
    doc_head(&d, "%s: %zu sizes of %s, from %g to %g, in %zu runs; dotted lines of the charts are n, n\xc2\xb2 and "
                 "n\xc2\xb3; shares are of the largest size measured, and as predicted for %g",
             set->selection.name, scale_sizes(&set->data), set->by, set->data.sizes.items[0], set->verdicts.largest,
             set->data.runs.count, set->at);
    if (set->data.contaminated)
        doc_head(&d, "  %zu of %zu runs %s made beside other work: their times may be off", set->data.contaminated,
                 set->data.runs.count, set->data.contaminated == 1 ? "was" : "were");
    html_words(&d, out);
    doc_release(&d);
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        doc_init(&d, "html");
        add_rows(db, set, &scopes[i], &d);
        add_pictures(sets, count, &scopes[i], out);
        html_tables(&d, out);
        doc_release(&d);
    }
}

static void add_title(const char *name, struct str *out)
{
    str_add(out, "<h3>");
    markup_add(out, name);
    str_add(out, "</h3>\n");
}

/* Of the runs of `spec`, over one parameter or several. False, with a sentence: nothing varies. */
static bool add_sweep(struct sql *db, const char *spec, struct str *out, struct str *err)
{
    struct scale_parameters parameters = {0};
    struct selection selection;
    struct scale_set set;
    bool there = select_side(db, 0, spec, &selection, err);
    if (there)
        scale_parameters_load(db, 0, &parameters);
    if (parameters.list.count > 1) {
        add_title(selection.name, out);
        html_grid(db, &selection, &parameters, out);
    } else if (there && (there = scale_set_try(db, spec, NULL, NAN, &set, err))) {
        add_title(set.selection.name, out);
        html_growth(db, &set, 1, out);
        scale_set_close(&set);
    }
    scale_parameters_release(&parameters);
    select_release(&selection);
    return there;
}

static void add_latest(struct sql *db, struct str *out)
{
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
    for (size_t i = 0; i < count; i++) {
        struct str err = STR_INIT;
        if (!add_sweep(db, sweeps[i], out, &err)) {
            str_add(out, "<p class=\"note\">");
            markup_add(out, sweeps[i]);
            str_add(out, ": ");
            markup_add(out, err.data);
            str_add(out, "</p>\n");
        }
        str_release(&err);
        free(sweeps[i]);
    }
    if (!count)
        str_add(out, "<p class=\"note\">The store has no runs of this program over values of a parameter. "
                     "<code>farmdb sweep -P n=1000..32000/6 -- COMMAND {n}</code> makes some.</p>\n");
}

void html_scaling(struct sql *db, const struct selection *s, const char *spec, struct html_page *p)
{
    struct str *out = &html_page_view(p, "scaling", "Scaling")->body, err = STR_INIT;
    if (s->runs.count < 2 || !add_sweep(db, spec, out, &err))
        add_latest(db, out);
    str_release(&err);
}
