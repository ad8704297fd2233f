/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What if parts of the program were faster, what would a goal ask for, and, once it is done, was the estimate right?
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/cmd.h"
#include "db/compare/compare.h"
#include "db/study/plan_view.h"
#include "db/study/production.h"

#define SUPPOSED 10              /* functions that are looked at where nobody names parts */
#define SUPPOSED_FACTOR 2

static struct opt_list speedup_options, measured_options;
static const char *metric_option = "wall_s", *target_option, *output_option, *study_option;
static double limit_option = NAN;
static bool production_option;

static const struct opt options[] = {
    {'s', "speedup", OPT_LIST, &speedup_options, "WHAT=K[:EFFORT]", "WHAT becomes K times faster; any number"},
    {'t', "target", OPT_TEXT, &target_option, "GOAL", "2x, or FIGURE=VALUE: what would that ask for?"},
    {0, "measured", OPT_LIST, &measured_options, "RUNS", "runs with it done: the estimate against them"},
    {'m', "metric", OPT_TEXT, &metric_option, "NAME", "the figure: wall_s (default), cpu_s, steps_per_s, ..."},
    {0, "study", OPT_TEXT, &study_option, "FOLDER", "results of a study: its runs, components and improvements"},
    {0, "production", OPT_FLAG, &production_option, NULL, "with --study: what production may ask, needs and lacks"},
    {'n', "limit", OPT_NUMBER, &limit_option, "N", "functions looked at without --speedup (default 10)"},
    {'o', "output", OPT_TEXT, &output_option, "FILE", "draw estimates and measurements: .png, .svg, .pdf, .txt, .tsv"},
    {0},
};

static int by_effort(const void *a, const void *b)
{
    const struct improvement *x = a, *y = b;
    int p = x->effort == EFFORT_UNKNOWN ? EFFORT_MEDIUM : x->effort;
    int q = y->effort == EFFORT_UNKNOWN ? EFFORT_MEDIUM : y->effort;
    return (p > q) - (p < q);
}

/* Changes one after another: a part may change twice, and be gone in later runs. */
static bool is_chain(void)
{
    return measured_options.values.count > 1;
}

static void parse_speedups(struct improvements *out)
{
    struct str err = STR_INIT;
    for (size_t i = 0; i < speedup_options.values.count; i++)
        if (!improvement_parse(speedup_options.values.items[i], vec_push(&out->list), &err))
            die(EXIT_USAGE, "%s", err.data);
    for (size_t i = 0; i < out->list.count && !is_chain(); i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(out->list.items[i].name, out->list.items[k].name) == 0)
                die(EXIT_USAGE, "--speedup has '%s' twice: give it one factor", out->list.items[i].name);
}

/* The hottest functions of the runs, their own lines. */
static void suppose(struct sql *db, const char *spec, struct improvements *out)
{
    struct selection selection;
    size_t limit = isnan(limit_option) ? SUPPOSED : cmd_count("limit", limit_option);
    select_or_die(db, spec, &selection);
    struct sql_stmt *s = store_prepare(db, "report_functions");
    while (out->list.count < limit && sql_step(s)) {
        if (sql_real(s, 7) <= 0)
            continue;
        struct improvement *i = vec_push(&out->list);
        char *what = str_format("%s:%lld:self", sql_text(s, 1), (long long)sql_int(s, 3));
        *i = (struct improvement){.name = str_copy(sql_text(s, 2)), .factor = SUPPOSED_FACTOR};
        improvement_aim(i, what);
        free(what);
    }
    sql_done(s);
    select_release(&selection);
}

/* The speed-up that is asked for; NAN: none. */
static double goal_of(const struct forecast *f)
{
    char *end;
    bool more;
    if (!target_option)
        return NAN;
    double times = strtod(target_option, &end);
    if (end != target_option && strcmp(end, "x") == 0 && times > 0)
        return times;
    const char *equals = strchr(target_option, '=');
    char *name = str_copy_bytes(target_option, equals ? (size_t)(equals - target_option) : 0);
    double value = equals ? strtod(equals + 1, &end) : NAN;
    if (!equals || end == equals + 1 || *end || !(value > 0))
        die(EXIT_USAGE, "--target is 2x or FIGURE=VALUE, as in steps_per_s=500, not '%s'", target_option);
    const struct forecast_metric *m = forecast_metric(f, name);
    if (!m)
        die(EXIT_USAGE, "these runs have no figure '%s'; `farmdb compare RUN RUN` lists those that they have", name);
    if (!forecast_direction(name, &more))
        die(EXIT_USAGE, "%s is neither a time (..._s) nor a rate (..._per_s): faster code says nothing of it", name);
    free(name);
    return more ? value / m->value : m->value / value;
}

static void check_parts(const struct forecast *f, const struct improvements *wanted)
{
    for (size_t i = 0; i < f->parts; i++) {
        const char *name = wanted->list.items[i].name;
        if (forecast_seconds(f, i) > 0)
            continue;
        if (!f->known[i] && speedup_options.values.count && !is_chain())
            die(EXIT_USAGE, "no function, line or file of %s is '%s'; `farmdb top` lists functions", f->selection.name,
                name);
        warn("no sample of %s is in '%s': it did not run, or too little; `farmdb top` shows what did",
             f->selection.name, name);
    }
}

static void load(struct sql *db, int side, const char *spec, const struct improvements *wanted, struct forecast *f)
{
    struct str err = STR_INIT;
    if (!forecast_load(db, side, spec, wanted, metric_option, f, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
}

/* The speed-up of one side against the other in the figure that is asked for. */
static void judge_step(struct sql *db, const char *before, const char *after, struct plan_step *step)
{
    struct comparison c;
    struct compare_wishes wishes = {.seed = JUDGE_SEED, .force = true};
    struct str err = STR_INIT;
    bool more;
    if (!compare_sides(db, before, after, &wishes, &c, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    const struct compare_metric *m = compare_metric(&c, metric_option);
    if (!m)
        die(EXIT_UNDECIDED, "%s and %s do not both have the figure %s", before, after, metric_option);
    forecast_direction(metric_option, &more);
    const struct judged *j = &m->judged;
    step->measured = more ? j->ratio : 1 / j->ratio;
    step->interval = more ? j->ratio_ci : (struct interval){1 / j->ratio_ci.high, 1 / j->ratio_ci.low};
    compare_release(&c);
}

static void add_step(struct sql *db, const char *before, const char *after, const struct improvements *wanted,
                     struct plan_steps *steps)
{
    struct plan_step *step = vec_push(&steps->list);
    struct forecast f[2];
    load(db, 0, before, wanted, &f[0]);
    load(db, 1, after, wanted, &f[1]);
    check_parts(&f[0], wanted);
    forecast_estimate(&f[0], wanted, 0, f[0].parts, &step->estimate);
    for (size_t i = 0; i < f[0].parts; i++) {
        double seconds = forecast_seconds(&f[0], i);
        step->before_s += seconds;
        step->estimated_s += seconds / wanted->list.items[i].factor;
        step->after_s += forecast_seconds(&f[1], i);
    }
    step->name = str_copy(f[1].selection.name);
    judge_step(db, before, after, step);
    forecast_release(&f[0]);
    forecast_release(&f[1]);
}

/* One change after the other: each is estimated from the runs with those before it. */
static void add_chain(struct sql *db, const char *first, const struct improvements *wanted, struct plan_steps *steps)
{
    const char *before = first;
    for (size_t i = 0; i < wanted->list.count; i++) {
        struct improvements one = {0};
        *vec_push(&one.list) = wanted->list.items[i];
        add_step(db, before, measured_options.values.items[i], &one, steps);
        before = measured_options.values.items[i];
        vec_release(&one.list);
    }
    struct plan_step all = {str_copy("all of it"), .before_s = NAN, .estimated_s = NAN, .after_s = NAN};
    plan_product(steps, &all.estimate);
    judge_step(db, first, before, &all);
    *vec_push(&steps->list) = all;
}

static void draw(const struct plan_steps *steps)
{
    struct chart chart;
    char *title = str_format("Estimated and measured: %s", metric_option);
    plan_chart(steps, title, &chart);
    cmd_draw(&chart, output_option);
    free(title);
}

static int run_measured(struct context *c, const char *spec, const struct improvements *wanted)
{
    struct plan_steps steps = {0};
    struct doc d;
    size_t count = measured_options.values.count;
    sql_run(c->store.db, "BEGIN");
    if (count == 1)
        add_step(c->store.db, spec, measured_options.values.items[0], wanted, &steps);
    else if (count == wanted->list.count)
        add_chain(c->store.db, spec, wanted, &steps);
    else
        die(EXIT_USAGE, "%zu --measured for %zu --speedup: give one for all together, or one for each in their order",
            count, wanted->list.count);
    sql_run(c->store.db, "COMMIT");
    doc_init(&d, "plan");
    doc_fact_text(&d, "metric", metric_option);
    plan_measured(&d, &steps, metric_option);
    if (output_option)
        draw(&steps);
    cmd_answer(c, &d);
    plan_steps_release(&steps);
    return EXIT_OK;
}

/* What production may ask of the program. Without improvements in the study's file it says so. */
static int run_production(struct context *c, const char *spec, const struct outcome *o, struct improvements *wanted)
{
    struct matrix m;
    struct forecast f = {0};
    struct doc d;
    bool planned = wanted->list.count;
    if (planned) {
        qsort(wanted->list.items, wanted->list.count, sizeof *wanted->list.items, by_effort);
        load(c->store.db, 0, spec, wanted, &f);
    }
    matrix_make(o, &m);
    doc_init(&d, "plan");
    struct plan_view v = {&d, &f, wanted, c->format->programs, metric_option, NAN, false};
    production_page(o, &m, planned ? &v : NULL, &d);
    cmd_answer(c, &d);
    matrix_release(&m);
    if (planned)
        forecast_release(&f);
    return EXIT_OK;
}

static int run_forecast(struct context *c, const char *spec, struct improvements *wanted)
{
    struct forecast f;
    struct doc d;
    bool supposed = !wanted->list.count;
    if (supposed)
        suppose(c->store.db, spec, wanted);
    else
        qsort(wanted->list.items, wanted->list.count, sizeof *wanted->list.items, by_effort);
    load(c->store.db, 0, spec, wanted, &f);
    check_parts(&f, wanted);
    doc_init(&d, "plan");
    struct plan_view v = {&d, &f, wanted, c->format->programs, metric_option, goal_of(&f), supposed};
    plan_head(&v);
    plan_parts(&v);
    if (!supposed) {
        plan_stages(&v);
        plan_figures(&v);
    }
    if (supposed || target_option)
        plan_goals(&v);
    cmd_answer(c, &d);
    forecast_release(&f);
    return EXIT_OK;
}

/* The study's own improvements, unless some are given. Returns the runs, of its phase 1 unless others are given; yours.
 */
static char *take_study(struct context *c, struct outcome *o, const char *spec, struct improvements *wanted)
{
    struct str err = STR_INIT;
    if (!outcome_read(o, study_option, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    if (!spec && strcmp(o->store, c->store.path) != 0)
        die(EXIT_USAGE, "the runs of that study are in another store: --db %s", o->store);
    if (!wanted->list.count && !outcome_plan(o, wanted, &err))
        die(EXIT_USAGE, "%s", err.data);
    improvements_study(wanted, &o->study);
    return spec ? str_copy(spec) : outcome_runs(o);
}

static int run(struct context *c, int argc, char **argv)
{
    struct improvements wanted = {0};
    struct outcome outcome = {0};
    bool more;
    if (argc > 1)
        die(EXIT_USAGE, "plan takes one selection of runs; those with the change come with --measured");
    if (!forecast_direction(metric_option, &more))
        die(EXIT_USAGE, "--metric is a time (..._s) or a rate (..._per_s), not %s", metric_option);
    parse_speedups(&wanted);
    char *spec = study_option ? take_study(c, &outcome, argv[0], &wanted) : argv[0] ? str_copy(argv[0]) : NULL;
    bool measured = measured_options.values.count;
    if (measured && !wanted.list.count)
        die(EXIT_USAGE, "--measured needs the --speedup that was estimated");
    if (output_option && !measured)
        die(EXIT_USAGE, "-o draws estimates against measurements: it needs --measured");
    if (production_option && !study_option)
        die(EXIT_USAGE, "--production is made of a study: it needs --study FOLDER");
    int status = measured            ? run_measured(c, spec, &wanted)
                 : production_option ? run_production(c, spec, &outcome, &wanted)
                                     : run_forecast(c, spec, &wanted);
    improvements_release(&wanted);
    outcome_release(&outcome);
    free(spec);
    return status;
}

const struct cmd cmd_plan = {
    "plan",
    "[RUN]",
    "what faster parts would give, and what a goal asks for",
    "WHAT is a function (a pattern) with all that it calls, FUNCTION:self, FILE:LINE or a FILE, several with commas;\n"
    "K may be inf; EFFORT is low, medium or high and orders the roadmap. Time that several name belongs to the\n"
    "narrowest: a line before its function's own lines, these before the nearest function around. Several --measured\n"
    "are several changes, each on top of those before it, in the order of the --speedup.",
    options,
    NEEDS_STORE,
    false,
    run};
