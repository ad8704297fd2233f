/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Flame graphs: where on the stack time goes, and how that changed.
 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/cmd.h"
#include "db/flame/folded.h"
#include "db/flame/svg.h"
#include "db/flame/tree.h"
#include "db/select.h"

#define SHOWN 0.01               /* share from which on people see a node in text */

static const char *by_option = "function", *of_option = "time", *output_option;
static bool fold_option;

static const struct opt options[] = {
    {'o', "output", OPT_TEXT, &output_option, "FILE", "picture.svg, or stacks.folded for other programs"},
    {0, "by", OPT_TEXT, &by_option, "function|line", "frames (default function)"},
    {0, "of", OPT_TEXT, &of_option, "time|allocs|bytes", "what widths are (default time)"},
    {0, "fold", OPT_FLAG, &fold_option, NULL, "show a function that calls itself once"},
    {0},
};

static const struct { const char *name, *unit, *title; double scale; } metrics[] = {
    [FLAME_TIME] = {"time", "s", "CPU time", 1e-9},
    [FLAME_ALLOCS] = {"allocs", "allocations", "Allocations", 1},
    [FLAME_BYTES] = {"bytes", "bytes", "Bytes allocated", 1},
};

static enum flame_of metric_wanted(void)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(of_option, metrics[i].name) == 0)
            return (enum flame_of)i;
    die(EXIT_USAGE, "--of is time, allocs or bytes, not '%s'", of_option);
}

static enum flame_by by_wanted(void)
{
    if (strcmp(by_option, "function") != 0 && strcmp(by_option, "line") != 0)
        die(EXIT_USAGE, "--by is function or line, not '%s'", by_option);
    return strcmp(by_option, "line") == 0 ? FLAME_BY_LINE : FLAME_BY_FUNCTION;
}

static const struct column one_side[] = {
    {"Depth", "depth", COLUMN_NUMBER, USE_PROGRAMS},
    {"Total", "total", COLUMN_ANY, USE_PROGRAMS},
    {"Self", "self", COLUMN_ANY, USE_PROGRAMS},
    {"% Total", "total_share", COLUMN_SHARE, USE_ALL},
    {"% Self", "self_share", COLUMN_SHARE, USE_ALL},
    {"Stack", "name", COLUMN_TEXT, USE_ALL},
};

static const struct column two_sides[] = {
    {"Depth", "depth", COLUMN_NUMBER, USE_PROGRAMS},
    {"Total", "total", COLUMN_ANY, USE_PROGRAMS},
    {"Self", "self", COLUMN_ANY, USE_PROGRAMS},
    {"% Before", "total_share", COLUMN_SHARE, USE_ALL},
    {"% Self", "self_share", COLUMN_SHARE, USE_PROGRAMS},
    {"Total after", "total_after", COLUMN_ANY, USE_PROGRAMS},
    {"Self after", "self_after", COLUMN_ANY, USE_PROGRAMS},
    {"% After", "total_share_after", COLUMN_SHARE, USE_ALL},
    {"Stack", "name", COLUMN_TEXT, USE_ALL},
};

static double part(double value, double whole)
{
    return whole > 0 ? value / whole : 0;
}

static void add_row(struct table *table, const struct flame_tree *t, const struct flame_node *n, int depth,
                    double scale, bool programs, bool two)
{
    const struct flame_node *all = &t->nodes.items[0];
    struct str name = STR_INIT;
    for (int i = 0; i < depth && !programs; i++)
        str_add(&name, "  ");
    flame_label(n, &name);
    table_int(table, depth);
    table_real(table, n->total[0] * scale);
    table_real(table, n->self[0] * scale);
    table_real(table, part(n->total[0], all->total[0]));
    table_real(table, part(n->self[0], all->total[0]));
    if (two) {
        table_real(table, n->total[1] * scale);
        table_real(table, n->self[1] * scale);
        table_real(table, part(n->total[1], all->total[1]));
    }
    table_text(table, name.data);
    str_release(&name);
}

static void add_rows(struct table *table, const struct flame_tree *t, uint32_t node, int depth, double scale,
                     bool programs, bool two)
{
    const struct flame_node *n = &t->nodes.items[node], *all = &t->nodes.items[0];
    double most = fmax(part(n->total[0], all->total[0]), part(n->total[1], all->total[1]));
    if (!programs && most < SHOWN)
        return;
    add_row(table, t, n, depth, scale, programs, two);
    for (uint32_t c = n->child; c; c = t->nodes.items[c].next)
        add_rows(table, t, c, depth + 1, scale, programs, two);
}

static void write_file(const struct flame_tree *t, const struct flame_words *words)
{
    const char *end = strrchr(file_name(output_option), '.');
    struct str text = STR_INIT, err = STR_INIT;
    if (end && strcmp(end, ".svg") == 0)
        flame_svg(t, words, &text);
    else if (end && strcmp(end, ".folded") == 0)
        flame_folded(t, words->after, &text);
    else
        die(EXIT_USAGE, "the name of a flame graph ends with .svg or .folded, not as in '%s'", output_option);
    if (!file_write(output_option, text.data, text.len, &err))
        die(EXIT_DATA, "%s", err.data);
    str_release(&text);
}

static void load(struct context *c, const char *spec, int side, struct selection *out, struct flame_tree *t)
{
    struct str err = STR_INIT;
    if (!select_side(c->store.db, side, spec, out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    size_t runs = out->runs.count ? out->runs.count : 1;
    flame_load(t, c->store.db, side, runs, by_wanted(), metric_wanted(), fold_option);
}

static int run(struct context *c, int argc, char **argv)
{
    struct selection sides[2];
    struct flame_tree t;
    struct doc d;
    enum flame_of of = metric_wanted();
    bool two = argc == 2;
    if (argc > 2)
        die(EXIT_USAGE, "flame takes one selection of runs, or two to compare: BEFORE AFTER");
    flame_init(&t);
    load(c, argv[0], 0, &sides[0], &t);
    if (two)
        load(c, argv[1], 1, &sides[1], &t);
    flame_sum(&t);
    if (!(t.nodes.items[0].total[0] > 0) && !(t.nodes.items[0].total[1] > 0))
        die(EXIT_UNDECIDED, "%s has no %s: %s", sides[0].name, of == FLAME_TIME ? "samples" : "allocations",
            of == FLAME_TIME ? "it ran too briefly, or with FARM_SAMPLER=none; farmdb doctor tells more"
                             : "nothing allocated, or it ran with FARM_HEAP=off");
    struct flame_words words = {metrics[of].title, metrics[of].unit, sides[0].name, two ? sides[1].name : NULL,
                                metrics[of].scale, false};
    if (output_option)
        write_file(&t, &words);
    else {
        doc_init(&d, "flame");
        doc_fact_text(&d, "unit", metrics[of].unit);
        doc_head(&d, "%s%s%s: %s of a run, callers above what they call", words.before, two ? " -> " : "",
                 two ? words.after : "", metrics[of].title);
        size_t shown = two ? sizeof two_sides / sizeof *two_sides : sizeof one_side / sizeof *one_side;
        struct table *table = doc_table(&d, "frames", NULL, two ? two_sides : one_side, shown);
        add_rows(table, &t, 0, 0, metrics[of].scale, c->format->programs, two);
        doc_foot(&d, "draw it: -o flame.svg");
        cmd_answer(c, &d);
    }
    flame_release(&t);
    for (int i = 0; i <= two; i++)
        select_release(&sides[i]);
    return EXIT_OK;
}

const struct cmd cmd_flame = {
    "flame",
    "[RUNS [AFTER]]",
    "flame graph: where on the stack time goes, and how that changed",
    "With AFTER: what grew is red, what shrank is blue; widths are those of AFTER, or, at a click, of RUNS.\n"
    "Allocations: how much a line made is exact, on which stacks is known from some of them.",
    options,
    NEEDS_STORE,
    false,
    run};
