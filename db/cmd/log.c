/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/cmd.h"
#include "db/compare/history.h"
#include "db/compare/history_chart.h"
#include "db/quantity.h"

static const char *line_option, *function_option, *output_option;
static bool all_option;

static const struct opt options[] = {
    {0, "line", OPT_TEXT, &line_option, "FILE:LINE", "a line, as it is numbered in the newest version"},
    {'f', "function", OPT_TEXT, &function_option, "NAME", "a function: NAME or FILE:NAME"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "every run, not only those in which something changed"},
    {'o', "output", OPT_TEXT, &output_option, "FILE", "draw it as well: .png, .svg, .pdf, .txt or the data, .tsv"},
    {0},
};

enum { WITH = 2, COLUMNS = 15 };

static const struct column columns[COLUMNS] = {
    {"Run", "run", COLUMN_NUMBER, USE_ALL},
    {"Label", "label", COLUMN_TEXT, USE_ALL},
    {"With", "with", COLUMN_TEXT, USE_ALL},
    {"Started", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "started_ns", COLUMN_NUMBER, USE_PROGRAMS},
    {"St", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "state", COLUMN_TEXT, USE_PROGRAMS},
    {"Count", "count", COLUMN_COUNT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"Per", "per_count_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Change", "change", COLUMN_TEXT, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},
    {"", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static void add(struct str *out, const char *what)
{
    str_addf(out, "%s%s", out->len ? ", " : "", what);
}

/* What is other in the first run of a version than in the version before, or in a run than in the one before it that is
 * like it. */
static void add_change(const struct history *h, size_t at, struct str *out)
{
    static const char *const words[] = {"", "edited", "new", "gone", "moved"};
    const struct history_run *r = &h->runs.items[at], *before;
    const struct history_version *v = &h->versions.items[r->version];
    bool first = at == v->first;
    before = r->before == HISTORY_NONE ? NULL : &h->runs.items[r->before];
    if (first && v->mark != ALIGN_SAME && (at || h->begins))
        add(out, words[v->mark]);
    if (before && r->counted && before->counted && r->count != before->count) {
        char *factor = before->count ? str_format("count x%.3g", (double)r->count / (double)before->count)
                                     : str_copy("count: none before");
        add(out, factor);
        free(factor);
    }
    if (r->tested && r->time.shown) {
        char *change = r->time.before > 0 ? str_format("time %+.1f %%", 100 * (r->time.ratio - 1))
                                          : str_copy("time: none before");
        add(out, change);
        free(change);
    }
}

static void add_row(const struct history *h, size_t at, bool programs, struct table *t)
{
    static const char *const states[] = {"same", "edited", "new", "gone", "moved"};
    const struct history_run *r = &h->runs.items[at];
    const struct history_version *v = &h->versions.items[r->version];
    enum align_mark mark = at == v->first && (at || h->begins) ? v->mark : ALIGN_SAME;
    struct str date = STR_INIT, change = STR_INIT;
    char sign[2] = {align_marks[mark], 0}, *place = str_format("%s:%d", v->path, v->line);
    quantity_date(&date, r->started_ns);
    add_change(h, at, &change);
    table_int(t, r->run);
    table_text(t, r->label);
    table_text(t, r->with);
    table_text(t, date.data);
    table_int(t, r->started_ns);
    table_text(t, sign);
    table_text(t, states[mark]);
    if (r->counted)
        table_int(t, r->count);
    else
        table_none(t);
    table_finite(t, r->seconds);
    if (r->counted && r->count && r->seconds > 0)
        table_real(t, 1e9 * r->seconds / (double)r->count);
    else
        table_none(t);
    table_text(t, change.data);
    table_text(t, programs ? v->path : place);
    table_int(t, v->line);
    table_text(t, v->name);
    table_text(t, programs ? v->text : v->text + strspn(v->text, " \t"));
    if (change.len)
        table_hot(t);
    free(place);
    str_release(&date);
    str_release(&change);
}

static bool has_change(const struct history *h, size_t at)
{
    struct str change = STR_INIT;
    add_change(h, at, &change);
    bool any = change.len;
    str_release(&change);
    return any;
}

static void say(const struct history *h, bool function, struct doc *d)
{
    const struct history_version *v = &h->versions.items[h->versions.count - 1];
    size_t changes = 0, first = 0, last = 0;
    for (size_t i = 0; i < h->runs.count; i++)
        if (has_change(h, i)) {
            first = changes++ ? first : i;
            last = i;
        }
    doc_head(d, "%s%s%s:%d: %zu run%s, %zu version%s", function ? v->name : "", function ? "(), " : "", v->path,
             v->line, h->runs.count, h->runs.count == 1 ? "" : "s", h->versions.count,
             h->versions.count == 1 ? "" : "s");
    if (h->kinds > 1)
        doc_head(d, "They ran with %zu sets of %s: each is compared only with runs that had the same.", h->kinds,
                 h->parameters ? "parameters" : "arguments");
    if (h->begins)
        doc_head(d, "It is not there before run %lld.", (long long)h->runs.items[0].run);
    if (!changes) {
        doc_head(d, "Nothing of it changed.");
        doc_fact_real(d, "first_change_run", NAN);
        doc_fact_real(d, "last_change_run", NAN);
        return;
    }
    struct str change = STR_INIT;
    add_change(h, first, &change);
    doc_head(d, "It first changed in run %lld: %s", (long long)h->runs.items[first].run, change.data);
    str_clear(&change);
    add_change(h, last, &change);
    if (last != first)
        doc_head(d, "and last in run %lld: %s", (long long)h->runs.items[last].run, change.data);
    str_release(&change);
    doc_fact_int(d, "first_change_run", h->runs.items[first].run);
    doc_fact_int(d, "last_change_run", h->runs.items[last].run);
}

static void draw_or_die(const struct history *h)
{
    const struct history_version *v = &h->versions.items[h->versions.count - 1];
    char *title = function_option ? str_format("%s() over runs", v->name)
                                  : str_format("%s:%d over runs", v->path, v->line);
    struct chart chart;
    history_chart(h, title, &chart);
    if (!chart.panels.count)
        die(EXIT_UNDECIDED, "no run has a count or a sample of it to draw");
    cmd_draw(&chart, output_option);
    free(title);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1 || !line_option == !function_option)
        die(EXIT_USAGE, "log takes --line FILE:LINE or --function NAME, and the runs to look at (default: all)");
    struct history h;
    struct str err = STR_INIT;
    const char *runs = argc ? argv[0] : "@all";
    bool ok = line_option ? history_of_line(c->store.db, runs, line_option, &h, &err)
                          : history_of_function(c->store.db, runs, function_option, &h, &err);
    if (!ok)
        die(EXIT_UNDECIDED, "%s", err.data);
    struct doc d;
    struct column shown_columns[COLUMNS];
    memcpy(shown_columns, columns, sizeof columns);
    shown_columns[WITH].use = h.kinds > 1 ? USE_ALL : USE_PROGRAMS;
    doc_init(&d, "log");
    say(&h, function_option, &d);
    struct table *t = doc_table(&d, "runs", NULL, shown_columns, COLUMNS);
    size_t left_out = 0;
    for (size_t i = 0; i < h.runs.count; i++) {
        bool shown = all_option || c->format->programs || i == 0 || i + 1 == h.runs.count || has_change(&h, i);
        if (shown)
            add_row(&h, i, c->format->programs, t);
        left_out += !shown;
    }
    if (left_out)
        doc_foot(&d, left_out == 1 ? "%zu run in which nothing changed is left out; --all shows it"
                                   : "%zu runs in which nothing changed are left out; --all shows them", left_out);
    if (output_option)
        draw_or_die(&h);
    cmd_answer(c, &d);
    history_release(&h);
    return EXIT_OK;
}

const struct cmd cmd_log = {
    "log",
    "--line FILE:LINE [RUNS]",
    "a line or function over runs, followed through edits",
    "Count is hits of a line, calls of a function; time is its own. A run is compared with those that had the same\n"
    "parameters, or, where it has none, the same arguments. A change in time is shown between versions whose runs\n"
    "are enough to be sure at 5 %.",
    options,
    NEEDS_STORE,
    false,
    run};
