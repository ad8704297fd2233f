/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "db/about.h"
#include "db/cmd/top.h"
#include "db/path.h"

#define SHOWN 30

static const char *sort_option = "self", *function_option;
static double limit_option = NAN;
static bool all_option, calls_option;

static const struct opt options[] = {
    {'s', "sort", OPT_TEXT, &sort_option, "self|total|calls|name", "by what (default self)"},
    {'f', "function", OPT_TEXT, &function_option, "NAME", "this function with its callers and callees"},
    {'c', "calls", OPT_FLAG, &calls_option, NULL, "how long calls took: mean, min, p50, p99, max"},
    {'n', "limit", OPT_NUMBER, &limit_option, "N", "how many functions (default 30)"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "all functions"},
    {0},
};

static const struct column columns[] = {
    {"Calls", "calls", COLUMN_COUNT, USE_ALL},
    {"Self", "self_s", COLUMN_SECONDS, USE_ALL},
    {"%", "self_share", COLUMN_SHARE, USE_ALL},
    {"+-", "self_share_se", COLUMN_SHARE, USE_ALL},
    {"Total", "total_s", COLUMN_SECONDS, USE_ALL},
    {"% Total", "total_share", COLUMN_SHARE, USE_PROGRAMS},
    {"Per call", "total_per_call_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Function", "function", COLUMN_TEXT, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},
    {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
};

struct functions {
    VEC(struct top_function) list;
};

static int by_self(const void *a, const void *b)
{
    const struct top_function *x = a, *y = b;
    return x->self_ns != y->self_ns ? (x->self_ns < y->self_ns) - (x->self_ns > y->self_ns)
                                    : (x->calls < y->calls) - (x->calls > y->calls);
}

static int by_total(const void *a, const void *b)
{
    const struct top_function *x = a, *y = b;
    return x->total_ns != y->total_ns ? (x->total_ns < y->total_ns) - (x->total_ns > y->total_ns) : by_self(a, b);
}

static int by_calls(const void *a, const void *b)
{
    const struct top_function *x = a, *y = b;
    return x->calls != y->calls ? (x->calls < y->calls) - (x->calls > y->calls) : by_self(a, b);
}

static int by_name(const void *a, const void *b)
{
    const struct top_function *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->path, y->path);
}

static const struct {
    const char *name;
    int (*order)(const void *, const void *);
} orders[] = {{"self", by_self}, {"total", by_total}, {"calls", by_calls}, {"name", by_name}};

static int (*order_wanted(void))(const void *, const void *)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(sort_option, orders[i].name) == 0)
            return orders[i].order;
    die(EXIT_USAGE, "--sort is self, total, calls or name, not '%s'", sort_option);
}

void top_add_place(struct context *c, const struct selection *sel, struct table *t, const struct top_function *f)
{
    char *place = str_format("%s:%lld", path_inside(sel->folder, f->path), (long long)f->line);
    table_text(t, c->format->programs ? f->path : place);
    free(place);
}

static void add(struct context *c, const struct selection *sel, struct table *t, const struct top_function *f)
{
    double cpu = sel->cpu_ns > 0 ? sel->cpu_ns : 1;
    bool timed = sel->samples;
    if (sel->calls)
        table_int(t, f->calls);
    else if (c->format->programs)
        table_none(t);
    else
        table_text(t, "-");
    if (timed) {
        table_real(t, f->self_ns / 1e9);
        table_real(t, f->self_ns / cpu);
        table_real(t, select_error(sel, f->samples));
        table_real(t, f->total_ns / 1e9);
        table_real(t, f->total_ns / cpu);
    }
    for (int i = 0; !timed && i < 5; i++)
        table_none(t);
    if (timed && f->calls)
        table_real(t, f->total_ns / (double)f->calls);
    else
        table_none(t);
    table_text(t, f->name);
    top_add_place(c, sel, t, f);
    table_int(t, f->line);
}

static void load(struct context *c, struct functions *out)
{
    struct sql_stmt *s = store_prepare(c->store.db, "report_functions");
    while (sql_step(s)) {
        struct top_function f = {NULL, str_copy(sql_text(s, 2)), sql_int(s, 3), sql_int(s, 5), sql_int(s, 6),
                                 sql_int(s, 8), sql_real(s, 7), sql_real(s, 9)};
        f.path = str_copy(sql_text(s, 1));
        *vec_push(&out->list) = f;
    }
    sql_done(s);
}

static void release(struct functions *f)
{
    for (size_t i = 0; i < f->list.count; i++) {
        free(f->list.items[i].path);
        free(f->list.items[i].name);
    }
    vec_release(&f->list);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1)
        die(EXIT_USAGE, "top takes one RUN; a label stands for all its runs");
    if (function_option)
        return top_around(c, argv[0], function_option);
    int (*order)(const void *, const void *) = order_wanted();
    struct selection selection;
    struct functions functions = {0};
    struct doc d;
    select_or_die(c->store.db, argv[0], &selection);
    load(c, &functions);
    size_t count = functions.list.count, limit = all_option || c->format->programs ? count : SHOWN;
    limit = isnan(limit_option) ? limit : cmd_count("limit", limit_option);
    size_t shown = limit < count ? limit : count;
    if (!count)
        warn("no function has counts or times in this run: `farmdb doctor PROGRAM` says whether it was built with "
             "farmcc");
    doc_init(&d, "top");
    about_head(c->store.db, &selection, &d);
    struct calltimes times = {0};
    if (calls_option)
        calltimes_load(c->store.db, &times);
    struct table *t = calls_option ? top_calls_table(&d)
                                   : doc_table(&d, "functions", NULL, columns, sizeof columns / sizeof *columns);
    if (count)
        qsort(functions.list.items, count, sizeof *functions.list.items, order);
    for (size_t i = 0; i < shown; i++)
        if (calls_option)
            top_calls_row(c, &selection, &times, t, &functions.list.items[i]);
        else
            add(c, &selection, t, &functions.list.items[i]);
    if (calls_option)
        top_calls_foot(c->store.db, &d);
    calltimes_release(&times);
    if (shown < count)
        doc_foot(&d, "%zu of %zu functions that ran; more: --limit N, --all", shown, count);
    about_foot(c->store.db, &selection, c->format->programs, &d);
    cmd_answer(c, &d);
    release(&functions);
    select_release(&selection);
    return count ? EXIT_OK : EXIT_UNDECIDED;
}

const struct cmd cmd_top = {
    "top",
    "[RUN]",
    "functions: calls, self and total time, time per call",
    "Self: samples whose innermost instrumented frame is in the function. Total: samples with the function anywhere on "
    "the\n"
    "stack, recursion counted once. Per call is total over calls. csv and json hold all functions.",
    options,
    NEEDS_STORE,
    false,
    run};
