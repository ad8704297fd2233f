/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Views that are made of answers and charts that farmdb gives elsewhere, too.
 */
#include <math.h>

#include "db/about.h"
#include "db/compare/compare_view.h"
#include "db/course/course.h"
#include "db/course/course_chart.h"
#include "db/flame/svg.h"
#include "db/heap_lines.h"
#include "db/html/profile.h"
#include "db/markup.h"
#include "db/quantity.h"
#include "db/show.h"
#include "db/store.h"

#define LINES_SHOWN 200          /* of a comparison */

static const struct column run_columns[] = {
    {"Run", "run", COLUMN_NUMBER, USE_ALL},       {"Label", "label", COLUMN_TEXT, USE_ALL},
    {"Started", "started", COLUMN_TEXT, USE_ALL}, {"Ended", "ended", COLUMN_TEXT, USE_ALL},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},  {"User", "user_s", COLUMN_SECONDS, USE_ALL},
    {"System", "system_s", COLUMN_SECONDS, USE_ALL},
    {"Peak memory", "max_rss_bytes", COLUMN_BYTES, USE_ALL},
    {"Processes", "processes", COLUMN_COUNT, USE_ALL},
};

static void add_runs(struct sql *db, const struct selection *s, struct doc *d)
{
    struct table *t = doc_table(d, "runs", "Runs", run_columns, sizeof run_columns / sizeof *run_columns);
    for (size_t i = 0; i < s->runs.count; i++) {
        struct sql_stmt *q = store_prepare(db, "run_head");
        struct str ended = STR_INIT, started = STR_INIT;
        sql_bind_int(q, "run", s->runs.items[i]);
        if (sql_step(q)) {
            select_ended(sql_text(q, 2), sql_int(q, 3), &ended);
            quantity_date(&started, sql_int(q, 4));
            table_int(t, s->runs.items[i]);
            table_text(t, sql_text(q, 0));
            table_text(t, started.data);
            table_text(t, ended.data);
            for (int k = 5; k < 8; k++)
                table_real(t, sql_real(q, k) / 1e9);
            table_int(t, sql_int(q, 8) * 1024);
            table_int(t, sql_int(q, 9));
        }
        sql_done(q);
        str_release(&ended);
        str_release(&started);
    }
}

static void add_heap_words(struct sql *db, const struct selection *s, struct doc *d)
{
    struct heap_lines heap;
    heap_lines_load(db, &heap);
    if (heap.processes)
        heap_lines_words(&heap, s, false, d);
    heap_lines_release(&heap);
}

void html_overview(struct sql *db, const struct selection *s, struct html_page *p)
{
    struct html_view *v = html_page_view(p, "overview", "Overview");
    struct doc d;
    doc_init(&d, "html");
    about_head(db, s, &d);
    show_machines(db, &d);
    show_recorded(db, s, &d);
    add_runs(db, s, &d);
    show_params(db, false, &d);
    show_processes(db, &d);
    show_modules(db, &d);
    add_heap_words(db, s, &d);
    str_add(&v->body, "<div id=\"figures\"></div>\n");
    html_words(&d, &v->body);
    str_add(&v->body, "<div id=\"summary\"></div>\n");
    html_tables(&d, &v->body);
    doc_release(&d);
}

static void add_note(struct str *out, const char *text)
{
    str_add(out, "<p class=\"note\">");
    markup_add(out, text);
    str_add(out, "</p>\n");
}

void html_course(struct sql *db, const struct selection *s, struct html_page *p)
{
    struct html_view *v = html_page_view(p, "time", "Over time");
    struct chart chart;
    struct str err = STR_INIT;
    struct doc d;
    char *title = course_chart_title(s);
    if (course_chart(db, title, &chart, &err)) {
        html_chart(&chart, &v->body);
        chart_release(&chart);
    } else {
        add_note(&v->body, err.data);
    }
    doc_init(&d, "html");
    course_summary(db, false, &d);
    course_marks(db, false, &d);
    html_doc(&d, &v->body);
    doc_release(&d);
    str_release(&err);
    free(title);
}

void html_missing(struct sql *db, const struct selection *s, struct html_page *p)
{
    struct html_view *v = html_page_view(p, "missing", "Not instrumented");
    struct doc d;
    doc_init(&d, "html");
    about_foot(db, s, false, &d);
    if (!d.tables.count && !d.foot.count)
        add_note(&v->body, "All functions of the program are instrumented, and all of its time is in lines.");
    html_doc(&d, &v->body);
    str_add(&v->body, "<div id=\"left-out\"></div>\n");
    doc_release(&d);
}

static const struct flame { enum flame_of of; const char *unit, *title, *id; double scale; } flames[] = {
    {FLAME_TIME, "s", "CPU time by call stack", "flame-time", 1e-9},
    {FLAME_BYTES, "bytes", "Bytes allocated by call stack", "flame-bytes", 1},
};

static void add_flame(struct sql *db, const struct flame *f, const struct selection sides[2], bool two,
                      struct str *out)
{
    struct flame_tree t;
    flame_init(&t);
    for (int side = 0; side <= two; side++)
        flame_load(&t, db, side, sides[side].runs.count ? sides[side].runs.count : 1, FLAME_BY_FUNCTION, f->of, false);
    flame_sum(&t);
    if (t.nodes.items[0].total[0] > 0 || t.nodes.items[0].total[1] > 0) {
        struct flame_words words = {f->title, f->unit, sides[0].name, two ? sides[1].name : NULL, f->scale, true};
        str_addf(out, "<div class=\"wide flames\" id=\"%s\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n", f->id,
                 f->title);
        flame_svg(&t, &words, out);
        str_add(out, "</div>\n");
    } else if (f->of == FLAME_TIME) {
        add_note(out, "No samples: it ran too briefly, or with FARM_SAMPLER=none; farmdb doctor tells more.");
    }
    flame_release(&t);
}

void html_flame(struct sql *db, const char *before, const char *after, struct html_page *p)
{
    struct html_view *v = html_page_view(p, "flame", "Flame graph");
    struct selection sides[2] = {0};
    struct str err = STR_INIT;
    const char *const specs[] = {before ? before : after, after};
    bool two = before, known = true;
    for (int side = 0; side <= two && known; side++)
        known = select_side(db, side, specs[side], &sides[side], &err);
    if (!known)
        add_note(&v->body, err.data);
    for (size_t i = 0; known && i < sizeof flames / sizeof *flames; i++)
        add_flame(db, &flames[i], sides, two, &v->body);
    for (int side = 0; side <= two; side++)
        select_release(&sides[side]);
    str_release(&err);
}

bool html_comparison(struct sql *db, const char *before, const char *after, struct html_page *p, struct str *err)
{
    struct comparison comparison;
    struct compare_wishes wishes = {.seed = JUDGE_SEED};
    struct doc d;
    if (!compare_sides(db, before, after, &wishes, &comparison, err))
        return false;
    doc_init(&d, "html");
    struct compare_view view = {.c = &comparison, .doc = &d, .wide = true, .all = true, .lines = LINES_SHOWN,
                                .sort = COMPARE_BY_TIME};
    compare_show(&view);
    html_doc(&d, &html_page_view(p, "compare", "Comparison")->body);
    doc_release(&d);
    compare_release(&comparison);
    return true;
}
