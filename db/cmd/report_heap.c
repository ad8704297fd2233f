/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/cmd/heap.h"

#include <stdlib.h>
#include <unistd.h>

#include "db/about.h"
#include "db/listing.h"
#include "db/path.h"
#include "db/quantity.h"
#include "db/wanted.h"

static const struct column columns[] = {
    {"Allocs", "allocs", COLUMN_COUNT, USE_ALL},
    {"Bytes", "alloc_bytes", COLUMN_BYTES, USE_ALL},
    {"Frees", "frees", COLUMN_COUNT, USE_PROGRAMS},
    {"Temporary", "temporary", COLUMN_COUNT, USE_ALL},
    {"Failed", "failed", COLUMN_COUNT, USE_PROGRAMS},
    {"At peak", "at_peak_bytes", COLUMN_BYTES, USE_ALL},
    {"Own peak", "peak_bytes", COLUMN_BYTES, USE_ALL},
    {"Leaked", "leaked_bytes", COLUMN_BYTES, USE_ALL},
    {"Leaked blocks", "leaked", COLUMN_COUNT, USE_PROGRAMS},
    {"Through", "through", COLUMN_TEXT, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},
    {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"Source", "text", COLUMN_TEXT, USE_ALL},
};

static const struct column outside_columns[] = {
    {"Allocated outside of all lines", "place", COLUMN_TEXT, USE_ALL},
    {"Allocs", "allocs", COLUMN_COUNT, USE_ALL},
    {"Bytes", "alloc_bytes", COLUMN_BYTES, USE_ALL},
    {"Frees", "frees", COLUMN_COUNT, USE_PROGRAMS},
    {"Temporary", "temporary", COLUMN_COUNT, USE_ALL},
    {"At peak", "at_peak_bytes", COLUMN_BYTES, USE_ALL},
    {"Leaked", "leaked_bytes", COLUMN_BYTES, USE_ALL},
    {"Why", "reason", COLUMN_WORDS, USE_ALL},
};

void heap_add_place(struct context *c, const struct selection *s, struct table *t, const struct heap_line *l)
{
    static struct listing listing = {.text = STR_INIT};
    char *place = str_format("%s:%lld", path_inside(s->folder, l->path), (long long)l->line);
    table_text(t, c->format->programs ? l->path : place);
    free(place);
    table_int(t, l->line);
    table_text(t, l->function);
    listing_load(c->store.db, &listing, l->file);
    const char *text = listing_line(&listing, (int)l->line);
    while (!c->format->programs && (*text == ' ' || *text == '\t'))
        text++;
    table_text(t, text);
}

static void add(struct context *c, const struct selection *s, struct table *t, const struct heap_line *l)
{
    table_int(t, l->allocs);
    table_int(t, l->bytes);
    table_int(t, l->frees);
    table_int(t, l->temporary);
    table_int(t, l->failed);
    table_int(t, l->at_peak_bytes);
    table_marked(t, l->peak_bytes, l->many ? '<' : 0);
    table_int(t, l->leaked_bytes);
    table_int(t, l->leaked);
    table_text(t, l->below);
    heap_add_place(c, s, t, l);
}

static void add_outside(struct context *c, struct doc *d)
{
    struct sql_stmt *s = store_prepare(c->store.db, "heap_outside");
    struct table *t = NULL;
    while (sql_step(s)) {
        if (!t)
            t = doc_table(d, "outside", NULL, outside_columns, sizeof outside_columns / sizeof *outside_columns);
        table_text(t, sql_text(s, 0));
        for (int i = 2; i < 8; i++)
            table_int(t, sql_int(s, i));
        table_text(t, sql_text(s, 1));
    }
    if (!t && c->format->programs)
        doc_table(d, "outside", NULL, outside_columns, sizeof outside_columns / sizeof *outside_columns);
    sql_done(s);
}

static void say_totals(const struct heap_lines *h, bool programs, struct doc *d)
{
    int64_t allocs = 0, bytes = 0, leaked = 0;
    bool many = false;
    struct str text = STR_INIT;
    for (size_t i = 0; i < h->list.count; i++) {
        allocs += h->list.items[i].allocs;
        bytes += h->list.items[i].bytes;
        leaked += h->list.items[i].leaked_bytes;
        many |= h->list.items[i].many;
    }
    doc_fact_int(d, "peak_bytes", h->peak_bytes);
    quantity_count(&text, allocs);
    str_add(&text, " allocations of ");
    quantity_bytes(&text, (double)bytes);
    str_add(&text, " by lines; at its peak the program held ");
    quantity_bytes(&text, (double)h->peak_bytes);
    str_add(&text, "; leaked ");
    quantity_bytes(&text, (double)leaked);
    if (!programs)
        doc_head(d, "%s", text.data);
    if (many)
        doc_foot(d, "< a line with several calls: the sum of their peaks, which may have been at different times");
    str_release(&text);
}

int heap_report(struct context *c, const struct heap_request *request)
{
    struct selection selection;
    struct heap_lines lines;
    struct doc d;
    select_or_die(c->store.db, request->run, &selection);
    heap_lines_load(c->store.db, &lines);
    heap_lines_must_be(&lines);
    if (!heap_lines_sort(&lines, request->sort ? request->sort : "bytes"))
        die(EXIT_USAGE, "--sort is bytes, allocs, peak, own-peak, leaked or temporary, not '%s'", request->sort);
    char *here = getcwd(NULL, 0);
    struct wanted wanted = {request->function, request->file, selection.folder, here ? here : "/"};
    doc_init(&d, "report");
    about_head(c->store.db, &selection, &d);
    say_totals(&lines, c->format->programs, &d);
    struct table *t = doc_table(&d, "lines", NULL, columns, sizeof columns / sizeof *columns);
    size_t fitting = 0;
    for (size_t i = 0; i < lines.list.count; i++) {
        const struct heap_line *l = &lines.list.items[i];
        if (wanted_function(&wanted, l->path, l->function, l->line, l->line) &&
            (++fitting <= request->limit || !request->limit))
            add(c, &selection, t, l);
    }
    if (table_rows(t) < fitting)
        doc_foot(&d, "%zu of %zu lines that allocated; more: --top N, --all", table_rows(t), fitting);
    add_outside(c, &d);
    heap_lines_words(&lines, &selection, false, &d);
    cmd_answer(c, &d);
    free(here);
    heap_lines_release(&lines);
    select_release(&selection);
    return EXIT_OK;
}
