/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How program, functions and lines grow with a parameter. People get what takes or will take time; programs get all.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/chart/chart.h"
#include "db/cmd.h"
#include "db/path.h"
#include "db/scale/heat.h"
#include "db/scale/picture.h"
#include "db/scale/show.h"
#include "db/scale/verdict.h"
#include "db/select.h"
#include "db/wanted.h"

#define SHOWN_FUNCTIONS 10
#define SHOWN_LINES 15
#define PANELS 6
#define SETS_MAX 8
#define SHARE_THAT_MATTERS 0.01

static const char *by_option, *with_option, *function_option, *metric_option, *output_option, *thresholds_option;
static double at_option = NAN, limit_option = NAN;
static bool lines_option, functions_option, force_option, all_option, linear_option;

static const struct opt options[] = {
    {0, "by", OPT_TEXT, &by_option, "PARAMETER", "what grows (default: the one parameter that varies)"},
    {0, "with", OPT_TEXT, &with_option, "PARAMETER", "draw a heat map over this parameter, too (needs --by and -o)"},
    {0, "at", OPT_NUMBER, &at_option, "N", "size that is predicted (default: twice the largest)"},
    {'t', "thresholds", OPT_TEXT, &thresholds_option, "FILE", "what is good and bad, as JSON"},
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

struct scale {                   /* the answer about one selection */
    struct context *c;
    struct doc *doc;
    struct scale_set *set;
    bool timed;                  /* shares of time are known */
    size_t rows;                 /* answered so far */
};

static bool wanted(const struct scale *s, const struct scale_verdict *v)
{
    const struct scale_series *series = v->series;
    struct wanted w = {function_option, NULL, s->set->selection.folder, s->set->selection.folder};
    if (metric_option && strcmp(metric_option, series->metric) != 0)
        return false;
    if (!function_option)
        return true;
    return series->scope != SCALE_PROGRAM &&
           wanted_function(&w, series->file, series->function, series->line, series->line);
}

/* What has no class comes last. */
static int rank(const struct growth *g)
{
    return g->class == GROWTH_INCONCLUSIVE ? -2 : g->class == GROWTH_PIECEWISE ? -1 : (int)g->class;
}

static double at_largest(const struct scale_verdict *v)
{
    size_t count = v->points.points.count;
    return count ? v->points.points.items[count - 1].values[0] : 0;
}

/* By share, and where times do not tell, by class and count. */
static int by_share_then(const void *a, const void *b)
{
    const struct scale_verdict *const *x = a, *const *y = b;
    double p = isnan((*x)->share_at) ? 0 : (*x)->share_at, q = isnan((*y)->share_at) ? 0 : (*y)->share_at;
    if (p != q)
        return p < q ? 1 : -1;
    if (rank(&(*x)->growth) != rank(&(*y)->growth))
        return rank(&(*x)->growth) < rank(&(*y)->growth) ? 1 : -1;
    p = at_largest(*x);
    q = at_largest(*y);
    if (p != q)
        return p < q ? 1 : -1;
    return *x < *y ? -1 : 1;
}

/* What people see of functions and lines unless they name a metric: self times, or calls where there are none, and
 * hits. */
static bool leading_metric(const struct scale *s, const struct scale_series *series)
{
    const char *metric = series->scope == SCALE_LINE ? "hits" : s->timed ? "self_s" : "calls";
    return metric_option || series->scope == SCALE_PROGRAM || strcmp(series->metric, metric) == 0;
}

static bool shown(const void *what, const struct scale_verdict *v)
{
    const struct scale *s = what;
    bool some = function_option || metric_option || all_option;
    bool matters = v->series->scope == SCALE_PROGRAM || some || !s->timed || scale_weight(v) >= SHARE_THAT_MATTERS;
    return wanted(s, v) && (s->c->format->programs || (leading_metric(s, v->series) && matters));
}

static void add_rows(struct scale *s, struct scale_show *show, enum scale_scope scope, const char *title, size_t limit)
{
    struct scale_rows rows = {scope, title, limit, shown, s, by_share_then};
    size_t count = scale_show_rows(show, s->set, &rows, s->doc);
    s->rows += count;
    if (count > limit)
        doc_foot(s->doc, "%zu of %zu %s shown; more: --limit N, --all", limit, count, title);
}

/* As precise as a prediction is, without an exponent where it is printed. */
static double three_digits(double x)
{
    double unit = pow(10, floor(log10(x)) - 2);
    return x > 0 ? round(x / unit) * unit : x;
}

static void add_overtaking(struct scale *s)
{
    for (size_t i = 0; i < s->set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &s->set->verdicts.list.items[i];
        if (v->series->scope != SCALE_LINE || !v->series->counted || isnan(v->overtakes))
            continue;
        doc_foot(s->doc, "%s:%lld (%s) takes more time than all other lines together from n = %.15g on",
                 path_inside(s->set->selection.folder, v->series->file), (long long)v->series->line,
                 v->series->function, three_digits(v->overtakes));
    }
}

/* Where others vary as well, each size has runs of several kinds. */
static void add_mixed(struct scale *s)
{
    for (size_t i = 0; i < s->set->varying.list.count; i++) {
        const struct scale_parameter *p = &s->set->varying.list.items[i];
        if (strcmp(p->name, s->set->by) != 0)
            doc_foot(s->doc, "%s varies as well: choose one value, as in %s,%s=%s, or draw both: --with %s -o FILE",
                     p->name, s->set->selection.name, p->name, p->values.items[p->usual].text, p->name);
    }
}

static void add_head(struct scale *s)
{
    struct scale_data *d = &s->set->data;
    doc_head(s->doc, "%s by n%s%s: %zu sizes from %g to %g, %zu runs; predicted for n = %g", s->set->selection.name,
             strcmp(s->set->by, "n") != 0 ? " = " : "", strcmp(s->set->by, "n") != 0 ? s->set->by : "", scale_sizes(d),
             d->sizes.items[0], s->set->verdicts.largest, d->runs.count, s->set->at);
    if (d->failed)
        doc_foot(s->doc, "%zu runs left out: they failed or were timed out", d->failed);
    add_mixed(s);
    if (d->contaminated)
        doc_foot(s->doc, "%zu of %zu runs %s made beside other work: their times may be off", d->contaminated,
                 d->runs.count, d->contaminated == 1 ? "was" : "were");
    if (scale_sizes(d) < GROWTH_POINTS_MIN)
        doc_foot(s->doc, "%zu sizes are too few for a class, but of a formula that fits exactly: take 5 or more, "
                          "over 16 times or more", scale_sizes(d));
}

static void add_verdicts(struct scale *s)
{
    struct thresholds thresholds;
    struct str err = STR_INIT;
    thresholds_init(&thresholds);
    if (thresholds_option && !thresholds_read(&thresholds, thresholds_option, &err))
        die(EXIT_USAGE, "%s", err.data);
    thresholds_apply(&thresholds, &s->set->verdicts, s->doc);
    thresholds_release(&thresholds);
}

static void check_size(const struct scale_set *s)
{
    double largest = s->verdicts.largest;
    if (!(s->at > 0))
        die(EXIT_USAGE, "--at is a size above 0");
    if (s->at > SCALE_REACH * largest && !force_option)
        die(EXIT_USAGE, "--at %g is more than %g times the largest size, %g: measure larger sizes, or add --force",
            s->at, SCALE_REACH, largest);
}

static void answer(struct scale *s)
{
    size_t limit = isnan(limit_option) ? 0 : cmd_count("limit", limit_option);
    bool every = all_option || s->c->format->programs;
    struct scale_show show;
    scale_show_init(&show, s->c->store.db, s->c->format, s->set);
    for (size_t i = 0; i < s->set->verdicts.list.count; i++)
        s->timed |= !isnan(s->set->verdicts.list.items[i].share);
    add_head(s);
    if (!lines_option && !functions_option)
        add_rows(s, &show, SCALE_PROGRAM, "program", SIZE_MAX);
    if (!lines_option)
        add_rows(s, &show, SCALE_FUNCTION, "functions", every ? SIZE_MAX : limit ? limit : SHOWN_FUNCTIONS);
    if (!functions_option)
        add_rows(s, &show, SCALE_LINE, "lines", every ? SIZE_MAX : limit ? limit : SHOWN_LINES);
    if (!lines_option && !functions_option && !function_option)
        add_verdicts(s);
    add_overtaking(s);
    listing_release(&show.listing);
}

static void draw(const struct scale_set *sets, size_t count)
{
    struct chart chart;
    struct str err = STR_INIT;
    enum scale_scope scope = lines_option ? SCALE_LINE
                             : functions_option || function_option ? SCALE_FUNCTION : SCALE_PROGRAM;
    static const char *const metrics[] = {"wall_s", "self_s", "hits"};
    struct scale_scene scene = {scope, metric_option ? metric_option : metrics[scope], function_option, sets[0].by,
                                sets[0].selection.folder, PANELS, linear_option, sets[0].at};
    if (!isnan(limit_option))
        scene.panels = cmd_count("limit", limit_option);
    if (!scale_picture(sets, count, &scene, &chart, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    cmd_draw(&chart, output_option);
}

/* The runs of the latest sweep, as people would name them. Yours to free. */
static char *latest_sweep(struct sql *db)
{
    int64_t sweep = sql_value(db, "SELECT max(experiment_id) FROM point JOIN point_run ON point_id = point.id "
                                  "JOIN experiment ON experiment.id = experiment_id WHERE kind = 'sweep'", 0);
    if (!sweep)
        die(EXIT_UNDECIDED, "no sweep is in this store; `farmdb sweep -P n=1000..32000/6 -- COMMAND {n}` makes one");
    return str_format("experiment:%lld", (long long)sweep);
}

static int run_heat(struct context *c, const char *spec)
{
    struct selection selection;
    struct str err = STR_INIT;
    if (!by_option || !output_option)
        die(EXIT_USAGE, "--with draws a heat map: it needs --by PARAMETER and -o FILE as well");
    if (!select_side(c->store.db, 0, spec, &selection, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    if (!scale_heat(c->store.db, metric_option ? metric_option : "wall_s", by_option, with_option, output_option, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    select_release(&selection);
    return EXIT_OK;
}

static bool is_metric(const struct scale_set *s, const char *name)
{
    for (size_t i = 0; i < s->verdicts.list.count; i++)
        if (strcmp(s->verdicts.list.items[i].series->metric, name) == 0)
            return true;
    return false;
}

/* Why nothing that was asked for is there. */
static void say_nothing(const struct scale_set *s)
{
    struct str names = STR_INIT;
    if (!metric_option || is_metric(s, metric_option)) {
        warn("nothing in these runs fits %s", function_option ? "--function" : "the options");
        return;
    }
    for (size_t i = 0; i < s->verdicts.list.count; i++) {
        const char *metric = s->verdicts.list.items[i].series->metric;
        char *whole = str_format(" %s,", metric);
        if (!strstr(names.data, whole))
            str_add(&names, whole);
        free(whole);
    }
    if (names.len)
        names.data[names.len - 1] = 0;
    warn("no metric '%s' in these runs; there are:%s", metric_option, names.data);
    str_release(&names);
}

static int run(struct context *c, int argc, char **argv)
{
    struct scale_set sets[SETS_MAX];
    struct doc d;
    size_t count = argc ? (size_t)argc : 1, rows = 0;
    if (count > SETS_MAX)
        die(EXIT_USAGE, "scale takes %d selections of runs at most; a label stands for all its runs", SETS_MAX);
    char *latest = argc ? NULL : latest_sweep(c->store.db);
    if (with_option)
        return run_heat(c, latest ? latest : argv[0]);
    for (size_t i = 0; i < count; i++) {
        scale_set_open(c->store.db, latest ? latest : argv[i], by_option, at_option, &sets[i]);
        check_size(&sets[i]);
    }
    doc_init(&d, "scale");
    doc_fact_text(&d, "parameter", sets[0].by);
    doc_fact_real(&d, "at", sets[0].at);
    for (size_t i = 0; i < count; i++) {
        struct scale s = {.c = c, .doc = &d, .set = &sets[i]};
        answer(&s);
        rows += s.rows;
    }
    if (!rows)
        say_nothing(&sets[0]);
    else if (output_option)
        draw(sets, count);
    cmd_answer(c, &d);
    for (size_t i = 0; i < count; i++)
        scale_set_close(&sets[i]);
    free(latest);
    return rows ? EXIT_OK : EXIT_UNDECIDED;
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
