/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Line tables of functions. People get the hottest few, long ones cut to the lines that matter; programs get
 * everything.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/about.h"
#include "db/cmd.h"
#include "db/cmd/heap.h"
#include "db/listing.h"
#include "db/path.h"
#include "db/quantity.h"
#include "db/select.h"
#include "db/wanted.h"

#define SHOWN_FUNCTIONS 3
#define SHOWN_HEAP_LINES 30
#define LONG_FUNCTION 60         /* lines; a longer one is cut where nobody asked for it by name */
#define SHARE_THAT_MATTERS 0.001
#define SHARE_THAT_IS_HOT 0.1

static const char *function_option, *file_option;
static const char *sort_option;
static double top_option = NAN;
static bool all_option, heap_option;

static const struct opt options[] = {
    {'f', "function", OPT_TEXT, &function_option, "GLOB", "functions of this name; FILE:NAME and FILE:LINE too"},
    {0, "file", OPT_TEXT, &file_option, "GLOB", "functions of this file: its path, the end of it, or a pattern"},
    {'n', "top", OPT_NUMBER, &top_option, "N", "how many functions, hottest first (default 3)"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "every function and every line"},
    {0, "heap", OPT_FLAG, &heap_option, NULL, "lines that allocate in place of functions: bytes, peaks, leaks"},
    {'s', "sort", OPT_TEXT, &sort_option, "bytes|allocs|peak|own-peak|leaked|temporary",
     "with --heap: by what"},
    {0},
};

static const struct column columns[] = {
    {"File", "file", COLUMN_TEXT, USE_PROGRAMS},
    {"Line", "line", COLUMN_NUMBER, USE_ALL},
    {"Function", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"Hits", "hits", COLUMN_COUNT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"Error", "time_se_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Per hit", "per_hit_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"% Time", "share", COLUMN_SHARE, USE_ALL},
    {"In libraries", "not_instrumented_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"In flight", "in_flight", COLUMN_FLAG, USE_PROGRAMS},
    {"Exact", "exact_s", COLUMN_SECONDS, USE_PROGRAMS},
    {"Exact/hit", "exact_per_hit_ns", COLUMN_NANOSECONDS, USE_PROGRAMS},
    {"% Exact", "exact_share", COLUMN_SHARE, USE_PROGRAMS},
    {"Allocs", "allocs", COLUMN_COUNT, USE_PROGRAMS},
    {"Alloc bytes", "alloc_bytes", COLUMN_BYTES, USE_PROGRAMS},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};
enum { COLUMN_COUNT_OF_LINES = sizeof columns / sizeof *columns };

static const struct column function_columns[] = {
    {"File", "file", COLUMN_TEXT, USE_ALL},          {"Line", "line", COLUMN_NUMBER, USE_ALL},
    {"Function", "function", COLUMN_TEXT, USE_ALL},  {"Calls", "calls", COLUMN_COUNT, USE_ALL},
    {"Self", "self_s", COLUMN_SECONDS, USE_ALL},     {"Self error", "self_se_s", COLUMN_SECONDS, USE_ALL},
    {"Total", "total_s", COLUMN_SECONDS, USE_ALL},   {"% Self", "self_share", COLUMN_SHARE, USE_ALL},
};

struct function {
    int64_t file, line, last_line, calls, samples;
    double self_ns, total_ns;
    char *path, *name;
};

struct row {
    int64_t file, line, hits, samples;
    double ns, below_ns;
    double exact_ns, exact_sum_ns;       /* sum: of the function's lines; NAN: not timed exactly */
    int64_t allocs, alloc_bytes;
    bool counted, in_flight;
    char *path;
};

struct report {
    struct context *c;
    struct selection selection;
    struct doc doc;
    struct listing listing;
    VEC(struct function) functions;
    VEC(struct row) rows;        /* of the function at hand */
    bool any_flight, any_cut;
    bool heap, any_alloc;        /* allocations were counted; the function at hand has some */
    bool any_exact;              /* lines of the function at hand were timed exactly */
};

static void load_functions(struct report *r)
{
    struct sql_stmt *s = store_prepare(r->c->store.db, "report_functions");
    char *here = getcwd(NULL, 0);
    struct wanted wanted = {function_option, file_option, r->selection.folder, here ? here : "/"};
    while (sql_step(s)) {
        struct function f = {.file = sql_int(s, 0),
                             .line = sql_int(s, 3),
                             .last_line = sql_int(s, 4),
                             .calls = sql_int(s, 5),
                             .samples = sql_int(s, 6),
                             .self_ns = sql_real(s, 7),
                             .total_ns = sql_real(s, 9)};
        f.path = str_copy(sql_text(s, 1));
        f.name = str_copy(sql_text(s, 2));
        if (wanted_function(&wanted, f.path, f.name, f.line, f.last_line)) {
            *vec_push(&r->functions) = f;
        } else {
            free(f.path);
            free(f.name);
        }
    }
    sql_done(s);
    free(here);
}

static void clear_rows(struct report *r)
{
    for (size_t i = 0; i < r->rows.count; i++)
        free(r->rows.items[i].path);
    vec_clear(&r->rows);
}

static void load_rows(struct report *r, struct sql_stmt *s, const struct function *f)
{
    clear_rows(r);
    sql_bind_int(s, "file", f->file);
    sql_bind_int(s, "line", f->line);
    sql_bind_text(s, "name", f->name);
    while (sql_step(s)) {
        struct row *row = vec_push(&r->rows);
        row->file = sql_int(s, 0);
        row->line = sql_int(s, 1);
        row->counted = !sql_is_null(s, 2);
        row->hits = sql_int(s, 2);
        row->in_flight = sql_int(s, 3);
        row->samples = sql_int(s, 4);
        row->ns = sql_real(s, 5);
        row->below_ns = sql_real(s, 6);
        row->path = str_copy(sql_text(s, 7));
        row->allocs = sql_int(s, 8);
        row->alloc_bytes = sql_int(s, 9);
        row->exact_ns = sql_is_null(s, 10) ? NAN : sql_real(s, 10);
        row->exact_sum_ns = sql_real(s, 11);
        r->any_alloc |= row->allocs != 0;
        r->any_exact |= !isnan(row->exact_ns);
    }
}

static double share(const struct report *r, double ns)
{
    return r->selection.cpu_ns > 0 ? ns / r->selection.cpu_ns : 0;
}

static void real_or_none(struct table *t, bool known, double value)
{
    if (known)
        table_real(t, value);
    else
        table_none(t);
}

/* What an import has no figures of: people see that it is not 0. */
static void add_unknown(const struct report *r, struct table *t)
{
    if (r->selection.imported && !r->c->format->programs)
        table_text(t, "-");
    else
        table_none(t);
}

/* Hits in flight are a lower bound, so time per hit would say too much: the cell says why instead. */
static void add_time(struct report *r, struct table *t, const struct row *row)
{
    bool people = !r->c->format->programs;
    bool timed = r->selection.samples && (row->samples || !people);
    if (r->selection.samples)
        real_or_none(t, timed, row->ns / 1e9);
    else
        add_unknown(r, t);
    real_or_none(t, timed, select_error(&r->selection, row->samples) * r->selection.cpu_ns / 1e9);
    if (row->in_flight && people)
        table_text(t, "in flight");
    else
        real_or_none(t, timed && row->counted && row->hits && !row->in_flight, row->ns / (double)row->hits);
    real_or_none(t, timed, share(r, row->ns));
    real_or_none(t, timed, row->below_ns / 1e9);
}

static void add_exact(struct table *t, const struct row *row)
{
    bool known = !isnan(row->exact_ns);
    real_or_none(t, known, row->exact_ns / 1e9);
    real_or_none(t, known && row->counted && row->hits && !row->in_flight, row->exact_ns / (double)row->hits);
    real_or_none(t, known && row->exact_sum_ns > 0, row->exact_ns / row->exact_sum_ns);
}

static void add_row(struct report *r, struct table *t, const struct function *f, const struct row *row)
{
    bool people = !r->c->format->programs;
    table_text(t, row->path);
    table_int(t, row->line);
    table_text(t, f->name);
    if (row->counted)
        table_marked(t, row->hits, row->in_flight ? '~' : 0);
    else if (!r->selection.hits)
        add_unknown(r, t);
    else
        table_none(t);
    add_time(r, t, row);
    table_int(t, row->in_flight);
    add_exact(t, row);
    for (int i = 0; i < 2; i++)
        if (row->allocs || (r->heap && !people))
            table_int(t, i ? row->alloc_bytes : row->allocs);
        else
            table_none(t);
    listing_load(r->c->store.db, &r->listing, row->file);
    table_text(t, listing_line(&r->listing, (int)row->line));
    if (share(r, row->ns) >= SHARE_THAT_IS_HOT)
        table_hot(t);
    r->any_flight |= row->in_flight;
}

/* A line of the text without count or time: people want to see it all the same. */
static void add_bare(struct report *r, struct table *t, const struct function *f, int64_t line)
{
    for (int i = 0; i < COLUMN_COUNT_OF_LINES - 1; i++)
        if (i == 1)
            table_int(t, line);
        else
            table_none(t);
    listing_load(r->c->store.db, &r->listing, f->file);
    table_text(t, listing_line(&r->listing, (int)line));
}

static void add_words_between(struct table *t, const char *words)
{
    for (int i = 0; i < COLUMN_COUNT_OF_LINES - 1; i++)
        table_none(t);
    table_text(t, words);
}

static const struct row *row_at(const struct report *r, const struct function *f, int64_t line)
{
    for (size_t i = 0; i < r->rows.count; i++)
        if (r->rows.items[i].line == line && r->rows.items[i].file == f->file)
            return &r->rows.items[i];
    return NULL;
}

static bool matters(const struct report *r, const struct function *f, int64_t line)
{
    const struct row *row = row_at(r, f, line);
    return line == f->line || (row && share(r, row->ns) >= SHARE_THAT_MATTERS);
}

/* The whole text of a function, or, of a long one, the lines that took time with one more on each side. */
static void add_text(struct report *r, struct table *t, const struct function *f, bool cut)
{
    bool gap = false;
    for (int64_t line = f->line; line <= f->last_line; line++) {
        bool shown = !cut || matters(r, f, line - 1) || matters(r, f, line) || matters(r, f, line + 1);
        if (!shown) {
            if (!gap)
                add_words_between(t, "...");
            gap = true;
            continue;
        }
        gap = false;
        const struct row *row = row_at(r, f, line);
        if (row)
            add_row(r, t, f, row);
        else
            add_bare(r, t, f, line);
    }
    r->any_cut |= cut;
}

static char *title_of(const struct report *r, const struct function *f)
{
    struct str s = STR_INIT;
    str_addf(&s, "%s  %s:%lld  calls ", f->name, path_inside(r->selection.folder, f->path), (long long)f->line);
    if (r->selection.calls)
        quantity_count(&s, f->calls);
    else
        str_add(&s, "-");
    if (r->selection.samples) {
        str_add(&s, "  self ");
        quantity_seconds(&s, f->self_ns / 1e9);
        str_addf(&s, " (%.1f %% +- %.1f)  total ", 100 * share(r, f->self_ns),
                 100 * select_error(&r->selection, f->samples));
        quantity_seconds(&s, f->total_ns / 1e9);
        str_addf(&s, " (%.1f %%)", 100 * share(r, f->total_ns));
    }
    return str_detach(&s);
}

/* People see the columns of allocations and exact times where a function has some. */
static const struct column *shown_columns(const struct report *r)
{
    static struct column variants[4][COLUMN_COUNT_OF_LINES];
    struct column *shown = variants[r->any_alloc + 2 * r->any_exact];
    for (size_t i = 0; i < COLUMN_COUNT_OF_LINES; i++) {
        shown[i] = columns[i];
        if ((r->any_alloc && strncmp(shown[i].name, "alloc", 5) == 0) ||
            (r->any_exact && strncmp(shown[i].name, "exact", 5) == 0))
            shown[i].use = USE_ALL;
    }
    return shown;
}

/* Rows that the function's text does not show: its own of a file whose text is not known, then those of text that is
 * included inside its braces, under the name of its file. */
static void add_rest(struct report *r, struct table *t, const struct function *f, bool texted)
{
    bool people = !r->c->format->programs;
    int64_t file = f->file;
    for (size_t i = 0; i < r->rows.count; i++) {
        const struct row *row = &r->rows.items[i];
        if (texted && row->file == f->file && row->line >= f->line && row->line <= f->last_line)
            continue;
        if (people && row->file != file) {
            char *words = str_format("%s:", path_inside(r->selection.folder, row->path));
            add_words_between(t, words);
            free(words);
        }
        file = row->file;
        add_row(r, t, f, row);
    }
}

static void add_function(struct report *r, struct sql_stmt *s, const struct function *f)
{
    r->any_alloc = r->any_exact = false;
    load_rows(r, s, f);
    char *title = title_of(r, f);
    const struct column *shown = shown_columns(r);
    struct table *t = doc_table(&r->doc, "lines", title, shown, COLUMN_COUNT_OF_LINES);
    free(title);
    bool texted = !r->c->format->programs && listing_load(r->c->store.db, &r->listing, f->file) > 0;
    if (texted)
        add_text(r, t, f, !all_option && !function_option && f->last_line - f->line + 1 > LONG_FUNCTION);
    add_rest(r, t, f, texted);
}

static void add_functions_table(struct report *r)
{
    struct table *t = doc_table(&r->doc, "functions", NULL, function_columns, 8);
    for (size_t i = 0; i < r->functions.count; i++) {
        const struct function *f = &r->functions.items[i];
        table_text(t, f->path);
        table_int(t, f->line);
        table_text(t, f->name);
        if (r->selection.calls)
            table_int(t, f->calls);
        else
            table_none(t);
        bool timed = r->selection.samples;
        real_or_none(t, timed, f->self_ns / 1e9);
        real_or_none(t, timed, select_error(&r->selection, f->samples) * r->selection.cpu_ns / 1e9);
        real_or_none(t, timed, f->total_ns / 1e9);
        real_or_none(t, timed, share(r, f->self_ns));
    }
}

static size_t how_many(const struct report *r)
{
    size_t count = r->functions.count;
    bool everything = all_option || r->c->format->programs || function_option || file_option;
    size_t limit = everything ? count : SHOWN_FUNCTIONS;
    limit = isnan(top_option) ? limit : cmd_count("top", top_option);
    return limit < count ? limit : count;
}

static void release(struct report *r)
{
    for (size_t i = 0; i < r->functions.count; i++) {
        free(r->functions.items[i].path);
        free(r->functions.items[i].name);
    }
    clear_rows(r);
    vec_release(&r->functions);
    vec_release(&r->rows);
    listing_release(&r->listing);
    select_release(&r->selection);
}

static void add_words(struct report *r, size_t shown)
{
    if (shown < r->functions.count)
        doc_foot(&r->doc, "%zu of %zu functions that ran; more: --top N, --all, --function NAME", shown,
                 r->functions.count);
    if (r->any_cut)
        doc_foot(&r->doc, "... stands for lines of long functions without time; whole: --function NAME or --all");
    if (r->any_flight)
        doc_foot(&r->doc,
                 "~ in flight: the process was cut short, and the loop that a thread was in may have run more often");
}

static size_t heap_limit(const struct context *c)
{
    bool everything = all_option || c->format->programs;
    return isnan(top_option) ? (everything ? 0 : SHOWN_HEAP_LINES) : cmd_count("top", top_option);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1)
        die(EXIT_USAGE, "report takes one RUN; a label stands for all its runs");
    if (heap_option)
        return heap_report(c, &(struct heap_request){.run = argv[0], .sort = sort_option, .function = function_option,
                                                     .file = file_option, .limit = heap_limit(c)});
    if (sort_option)
        die(EXIT_USAGE, "--sort goes with --heap; `farmdb top` sorts functions");
    struct report r = {.c = c, .listing = {.text = STR_INIT}};
    struct sql *db = c->store.db;
    select_or_die(db, argv[0], &r.selection);
    doc_init(&r.doc, "report");
    about_head(db, &r.selection, &r.doc);
    load_functions(&r);
    size_t shown = how_many(&r);
    int status = shown ? EXIT_OK : EXIT_UNDECIDED;
    r.heap = sql_value(db, "SELECT 1 FROM heap JOIN selected USING (process_id) LIMIT 1", 0);
    struct sql_stmt *s = store_prepare(db, "report_lines");
    for (size_t i = 0; i < shown; i++)
        add_function(&r, s, &r.functions.items[i]);
    sql_done(s);
    if (c->format->programs) {
        if (!shown)
            doc_table(&r.doc, "lines", NULL, columns, COLUMN_COUNT_OF_LINES);
        add_functions_table(&r);
    } else if (!shown) {
        warn(function_option || file_option ? "no function of that name has counts or times in this run"
                                            : "no function has counts or times in this run: `farmdb doctor PROGRAM` "
                                              "says whether it was built with farmcc");
    }
    about_foot(db, &r.selection, c->format->programs, &r.doc);
    add_words(&r, shown);
    cmd_answer(c, &r.doc);
    release(&r);
    return status;
}

const struct cmd cmd_report = {
    "report",
    "[RUN]",
    "the hottest functions, line by line: hits, time, source",
    "Time of a line: samples whose innermost instrumented frame is that line, so what it called in libraries counts "
    "for\n"
    "it and what it called in instrumented functions does not. Hits are exact. csv and json hold every line.",
    options,
    NEEDS_STORE,
    false,
    run};
