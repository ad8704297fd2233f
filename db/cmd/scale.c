/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How program, functions and lines grow with a parameter. People get what takes or will take time; programs get all.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/chart.h"
#include "db/cmd.h"
#include "db/path.h"
#include "db/scale/judge.h"
#include "db/scale/picture.h"
#include "db/scale/show.h"
#include "db/select.h"
#include "db/wanted.h"

#define SHOWN_FUNCTIONS 10
#define SHOWN_LINES 15
#define PANELS 6
#define SETS_MAX 8
#define REACH 4.0                /* times the largest size: as far as is extrapolated unasked */
#define SHARE_THAT_MATTERS 0.01

static const char *by_option, *function_option, *metric_option, *output_option;
static double at_option = NAN, limit_option = NAN;
static bool lines_option, functions_option, force_option, all_option, linear_option;

static const struct opt options[] = {
    {0, "by", OPT_TEXT, &by_option, "PARAMETER", "what grows (default: the one parameter that varies)"},
    {0, "at", OPT_NUMBER, &at_option, "N", "size that is predicted (default: twice the largest)"},
    {0, "force", OPT_FLAG, &force_option, NULL, "predict further than 4 times the largest size"},
    {'f', "function", OPT_TEXT, &function_option, "GLOB", "functions of this name and their lines only"},
    {'m', "metric", OPT_TEXT, &metric_option, "NAME", "this metric only: wall_s, self_s, calls, hits, time_s, ..."},
    {0, "lines", OPT_FLAG, &lines_option, NULL, "the lines alone, ordered by predicted share"},
    {0, "functions", OPT_FLAG, &functions_option, NULL, "the functions alone"},
    {'o', "output", OPT_TEXT, &output_option, "FILE", "draw it as well: .png, .svg, .pdf, .txt or the data, .tsv"},
    {0, "linear", OPT_FLAG, &linear_option, NULL, "draw with linear axes, not logarithmic ones"},
    {'n', "limit", OPT_NUMBER, &limit_option, "N", "how many functions, lines, panels of a chart"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "all of them"},
    {0},
};

struct scale {                   /* of one selection */
    struct context *c;
    struct selection selection;
    struct scale_data data;
    struct scale_verdicts verdicts;
    struct doc *doc;
    char *by;
    bool timed;                  /* shares of time are known */
    double at;
};

static bool wanted(const struct scale *s, const struct scale_verdict *v)
{
    const struct scale_series *series = v->series;
    struct wanted w = {function_option, NULL, s->selection.folder, s->selection.folder};
    if (metric_option && strcmp(metric_option, series->metric) != 0)
        return false;
    if (!function_option)
        return true;
    return series->scope != SCALE_PROGRAM &&
           wanted_function(&w, series->file, series->function, series->line, series->line);
}

static double weight(const struct scale_verdict *v)
{
    double now = isnan(v->share) ? 0 : v->share, then = isnan(v->share_at) ? 0 : v->share_at;
    return now > then ? now : then;
}

static int by_share_then(const void *a, const void *b)
{
    const struct scale_verdict *const *x = a, *const *y = b;
    double p = isnan((*x)->share_at) ? 0 : (*x)->share_at, q = isnan((*y)->share_at) ? 0 : (*y)->share_at;
    if (p != q)
        return p < q ? 1 : -1;
    if ((*x)->growth.class != (*y)->growth.class)
        return (*x)->growth.class < (*y)->growth.class ? 1 : -1;
    return *x < *y ? -1 : 1;
}

/* What people see of functions and lines unless they name a metric: self times, hits. */
static bool leading_metric(const struct scale_series *s)
{
    const char *metric = s->scope == SCALE_FUNCTION ? "self_s" : "hits";
    return metric_option || s->scope == SCALE_PROGRAM || strcmp(s->metric, metric) == 0;
}

static void add_rows(struct scale *s, struct scale_show *show, enum scale_scope scope, const char *title, size_t limit)
{
    VEC(const struct scale_verdict *) rows = {0};
    bool programs = s->c->format->programs, some = function_option || metric_option || all_option;
    for (size_t i = 0; i < s->verdicts.list.count; i++) {
        const struct scale_verdict *v = &s->verdicts.list.items[i];
        bool matters = scope == SCALE_PROGRAM || some || !s->timed || weight(v) >= SHARE_THAT_MATTERS;
        if (v->series->scope == scope && wanted(s, v) && (programs || (leading_metric(v->series) && matters)))
            *vec_push(&rows) = v;
    }
    if (scope != SCALE_PROGRAM && rows.count)
        qsort(rows.items, rows.count, sizeof *rows.items, by_share_then);
    struct table *t = rows.count ? scale_show_table(s->doc, title) : NULL;
    for (size_t i = 0; i < rows.count && i < limit; i++)
        scale_show_row(show, t, rows.items[i]);
    if (rows.count > limit)
        doc_foot(s->doc, "%zu of %zu %s shown; more: --limit N, --all", limit, rows.count, title);
    vec_release(&rows);
}

static void add_overtaking(struct scale *s)
{
    for (size_t i = 0; i < s->verdicts.list.count; i++) {
        const struct scale_verdict *v = &s->verdicts.list.items[i];
        if (v->series->scope != SCALE_LINE || !v->series->counted || isnan(v->overtakes))
            continue;
        doc_foot(s->doc, "%s:%lld (%s) takes more time than all other lines together from n = %.3g on",
                 path_inside(s->selection.folder, v->series->file), (long long)v->series->line, v->series->function,
                 v->overtakes);
    }
}

static void add_head(struct scale *s)
{
    struct scale_data *d = &s->data;
    doc_head(s->doc, "%s by n%s%s: %zu sizes from %g to %g, %zu runs; predicted for n = %g", s->selection.name,
             strcmp(s->by, "n") != 0 ? " = " : "", strcmp(s->by, "n") != 0 ? s->by : "", scale_sizes(d),
             d->sizes.items[0], s->verdicts.largest, d->runs.count, s->at);
    if (d->failed)
        doc_foot(s->doc, "%zu runs left out: they failed or were timed out", d->failed);
    if (d->contaminated)
        doc_foot(s->doc, "%zu of %zu runs were made beside other work: their times may be off", d->contaminated,
                 d->runs.count);
    if (scale_sizes(d) < GROWTH_POINTS_MIN)
        doc_foot(s->doc, "%zu sizes are too few for a class, but of a formula that fits exactly: take 5 or more, "
                          "over 16 times or more", scale_sizes(d));
}

static double size_wanted(double largest)
{
    if (isnan(at_option))
        return 2 * largest;
    if (!(at_option > 0))
        die(EXIT_USAGE, "--at is a size above 0");
    if (at_option > REACH * largest && !force_option)
        die(EXIT_USAGE, "--at %g is more than %g times the largest size, %g: measure larger sizes, or add --force",
            at_option, REACH, largest);
    return at_option;
}

static void judge(struct scale *s)
{
    double largest = s->data.sizes.items[s->data.sizes.count - 1];
    s->at = size_wanted(largest);
    scale_judge(&s->data, s->at, fmax(s->at, REACH * largest), &s->verdicts);
    for (size_t i = 0; i < s->verdicts.list.count; i++)
        s->timed |= !isnan(s->verdicts.list.items[i].share);
}

static void answer(struct scale *s)
{
    size_t limit = isnan(limit_option) ? 0 : cmd_count("limit", limit_option);
    bool every = all_option || s->c->format->programs;
    struct scale_show show = {.db = s->c->store.db, .format = s->c->format, .label = s->selection.name,
                              .folder = s->selection.folder, .at = s->at, .largest = s->verdicts.largest};
    add_head(s);
    if (!lines_option && !functions_option)
        add_rows(s, &show, SCALE_PROGRAM, "program", SIZE_MAX);
    if (!lines_option)
        add_rows(s, &show, SCALE_FUNCTION, "functions", every ? SIZE_MAX : limit ? limit : SHOWN_FUNCTIONS);
    if (!functions_option)
        add_rows(s, &show, SCALE_LINE, "lines", every ? SIZE_MAX : limit ? limit : SHOWN_LINES);
    add_overtaking(s);
    listing_release(&show.listing);
}

static void draw(struct scale *sets, size_t count)
{
    struct scale_set all[SETS_MAX];
    struct chart chart;
    struct str err = STR_INIT;
    enum scale_scope scope = lines_option ? SCALE_LINE : functions_option ? SCALE_FUNCTION : SCALE_PROGRAM;
    static const char *const metrics[] = {"wall_s", "self_s", "hits"};
    struct scale_scene scene = {scope, metric_option ? metric_option : metrics[scope], function_option, sets[0].by,
                                sets[0].selection.folder, PANELS, linear_option, sets[0].at};
    if (!isnan(limit_option))
        scene.panels = cmd_count("limit", limit_option);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct scale_set){sets[i].selection.name, &sets[i].verdicts};
    if (!scale_picture(all, count, &scene, &chart, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    if (!chart_write(&chart, output_option, &err))
        die(EXIT_DATA, "%s", err.data);
    chart_release(&chart);
}

/* The runs of the latest sweep, as people would name them. Yours to free. */
static char *latest_sweep(struct sql *db)
{
    int64_t sweep = sql_value(db, "SELECT max(id) FROM experiment WHERE kind = 'sweep'", 0);
    if (!sweep)
        die(EXIT_UNDECIDED, "no sweep is in this store; `farmdb sweep -P n=1000..32000/6 -- COMMAND {n}` makes one");
    return str_format("experiment:%lld", (long long)sweep);
}

static void open_set(struct context *c, const char *spec, struct doc *d, struct scale *s)
{
    struct str err = STR_INIT;
    *s = (struct scale){.c = c, .doc = d};
    if (!select_side(c->store.db, 0, spec, &s->selection, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    s->by = by_option ? str_copy(by_option) : scale_parameter(c->store.db, 0, &err);
    if (!s->by)
        die(EXIT_UNDECIDED, "%s", err.data);
    scale_load(c->store.db, 0, s->by, &s->data);
    if (!s->data.runs.count)
        die(EXIT_UNDECIDED, "no run of %s has a parameter %s with a number above 0; farmdb sweep -P %s=... makes some",
            s->selection.name, s->by, s->by);
    judge(s);
}

static void close_set(struct scale *s)
{
    scale_verdicts_release(&s->verdicts);
    scale_data_release(&s->data);
    select_release(&s->selection);
    free(s->by);
}

static int run(struct context *c, int argc, char **argv)
{
    struct scale sets[SETS_MAX];
    struct doc d;
    size_t count = argc ? (size_t)argc : 1;
    if (count > SETS_MAX)
        die(EXIT_USAGE, "scale takes %d selections of runs at most; a label stands for all its runs", SETS_MAX);
    char *latest = argc ? NULL : latest_sweep(c->store.db);
    doc_init(&d, "scale");
    for (size_t i = 0; i < count; i++)
        open_set(c, latest ? latest : argv[i], &d, &sets[i]);
    doc_fact_text(&d, "parameter", sets[0].by);
    doc_fact_real(&d, "at", sets[0].at);
    for (size_t i = 0; i < count; i++)
        answer(&sets[i]);
    if (output_option)
        draw(sets, count);
    cmd_answer(c, &d);
    for (size_t i = 0; i < count; i++)
        close_set(&sets[i]);
    free(latest);
    return EXIT_OK;
}

const struct cmd cmd_scale = {
    "scale",
    "[RUNS...]",
    "how program, functions and lines grow with a parameter",
    "RUNS are those of a sweep: a label, experiment:N; default: the latest sweep. Counts that repeat exactly are\n"
    "explained by formulas; times by the classes 1, log n, n, n log n, n^2, n^2 log n, n^3, 2^n, by several where the\n"
    "data allow several.",
    options,
    NEEDS_STORE,
    false,
    run};
