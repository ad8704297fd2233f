/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What nobody freed. Only processes that ended by themselves can leak.
 */
#include <math.h>
#include <stdlib.h>

#include "db/about.h"
#include "db/cmd/heap.h"
#include "db/quantity.h"

#define SHOWN 30

static double limit_option = NAN;
static bool all_option;

static const struct opt options[] = {
    {'n', "limit", OPT_NUMBER, &limit_option, "N", "how many lines, worst first (default 30)"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "all lines"},
    {0},
};

static const struct column columns[] = {
    {"Leaked", "leaked_bytes", COLUMN_BYTES, USE_ALL},     {"Blocks", "leaked", COLUMN_COUNT, USE_ALL},
    {"Of allocs", "allocs", COLUMN_COUNT, USE_ALL},        {"Through", "through", COLUMN_TEXT, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},              {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_PROGRAMS},   {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static void add(struct context *c, const struct selection *s, struct table *t, const struct heap_line *l)
{
    table_int(t, l->leaked_bytes);
    table_int(t, l->leaked);
    table_int(t, l->allocs);
    table_text(t, l->below);
    heap_add_place(c, s, t, l);
}

static void say_sum(const struct heap_lines *lines, size_t count, bool programs, struct doc *d)
{
    int64_t bytes = 0, blocks = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += lines->list.items[i].leaked_bytes;
        blocks += lines->list.items[i].leaked;
    }
    doc_fact_int(d, "leaked_bytes", bytes);
    doc_fact_int(d, "leaked", blocks);
    if (programs)
        return;
    struct str text = STR_INIT;
    quantity_bytes(&text, (double)bytes);
    str_add(&text, " in ");
    quantity_count(&text, blocks);
    if (count)
        doc_head(d, "leaked: %s block%s", text.data, blocks == 1 ? "" : "s");
    else
        doc_head(d, "nothing leaked: all that lines allocated was freed before the end");
    str_release(&text);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1)
        die(EXIT_USAGE, "leaks takes one RUN; a label stands for all its runs");
    struct selection selection;
    struct heap_lines lines;
    struct doc d;
    select_or_die(c->store.db, argv[0], &selection);
    heap_lines_load(c->store.db, &lines);
    heap_lines_must_be(&lines);
    if (!lines.ended)
        die(EXIT_UNDECIDED, "no process of this run ended by itself: what one holds when it is killed is no leak");
    heap_lines_sort(&lines, "leaked");
    doc_init(&d, "leaks");
    about_head(c->store.db, &selection, &d);
    size_t count = 0, limit = all_option || c->format->programs ? SIZE_MAX : SHOWN;
    while (count < lines.list.count && lines.list.items[count].leaked_bytes > 0)
        count++;
    limit = isnan(limit_option) ? limit : cmd_count("limit", limit_option);
    say_sum(&lines, count, c->format->programs, &d);
    struct table *t = doc_table(&d, "lines", NULL, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count && i < limit; i++)
        add(c, &selection, t, &lines.list.items[i]);
    if (limit < count)
        doc_foot(&d, "%zu of %zu lines that leaked; more: --limit N, --all", limit, count);
    heap_lines_words(&lines, &selection, true, &d);
    cmd_answer(c, &d);
    heap_lines_release(&lines);
    select_release(&selection);
    return EXIT_OK;
}

const struct cmd cmd_leaks = {
    "leaks",
    "[RUN]",
    "lines whose memory nobody freed, until the end of the program",
    "Leaked is what was still allocated when a process ended by itself (exit, return from main, _exit), but for\n"
    "buffers of streams, which the C library keeps until then. A process that was killed, or became another\n"
    "program, does not count.",
    options,
    NEEDS_STORE,
    false,
    run};
