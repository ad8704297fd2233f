/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bottlenecks of a study across its phases.
 */
#include <math.h>
#include <stdlib.h>

#include "db/cmd.h"
#include "db/compare/compare_view.h"
#include "db/study/matrix.h"
#include "db/study/plan_view.h"
#include "db/study/priority.h"

#define RESULTS "profiling_results"

static const struct column columns[] = {
    {"Priority", "priority", COLUMN_TEXT, USE_ALL},
    {"Score", "score", COLUMN_NUMBER, USE_PEOPLE},
    {"", "score", COLUMN_ANY, USE_PROGRAMS},
    {"Bottleneck", "bottleneck", COLUMN_TEXT, USE_ALL},
    {"%", "share", COLUMN_SHARE, USE_ALL},
    {"Hottest line", "line", COLUMN_TEXT, USE_ALL},
    {"%", "line_share", COLUMN_SHARE, USE_ALL},
    {"Growth", "class", COLUMN_TEXT, USE_ALL},
    {"Of", "grows", COLUMN_TEXT, USE_ALL},
    {"Effort", "effort", COLUMN_TEXT, USE_ALL},
    {"Best", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "gain", COLUMN_ANY, USE_PROGRAMS},
    {"", "finding", COLUMN_TEXT, USE_PROGRAMS},
    {"", "text", COLUMN_TEXT, USE_PROGRAMS},
};

static void add_row(struct table *t, const struct matrix_row *row)
{
    table_text(t, priority_word(row->score));
    table_int(t, lround(row->score));
    table_finite(t, row->score);
    table_text(t, row->subject);
    table_finite(t, row->share);
    table_text(t, row->line);
    table_finite(t, row->line_share);
    table_text(t, row->class);
    table_text(t, row->grows);
    table_text(t, effort_word(row->effort));
    TEXT_CELL(t, if (!isnan(row->gain)) { plan_add_times(out, row->gain); str_add_char(out, 'x'); });
    table_finite(t, row->gain);
    table_text(t, row->finding);
    table_text(t, row->text);
    if (row->score >= PRIORITY_HIGH)
        table_hot(t);
}

static void add_words(struct doc *d, const struct outcome *o, const struct matrix *m)
{
    static const char *const lacks[] = {"where time goes", "the components alone", "the hottest lines", "growth"};
    const struct summary *first = &o->phases[0];
    doc_fact_text(d, "study", o->study.name);
    doc_head(d, "%s%s, begun %s on %s", o->study.name, first->quick ? " (quick)" : "", first->started,
             first->machine.cpu);
    for (int p = 1; p < STUDY_PHASES; p++)
        if (!o->has[p])
            doc_foot(d, "Not known: %s; `farmdb study %s --phase %d` measures it", lacks[p], o->study.path, p + 1);
    for (size_t i = 0; i < m->rows.count; i++)
        if (*m->rows.items[i].finding)
            doc_foot(d, "%s: %s", m->rows.items[i].subject, m->rows.items[i].finding);
    for (int i = 0; i < PRIORITY_RULES; i++)
        doc_foot(d, "%s", priority_rules[i]);
}

static int run(struct context *c, int argc, char **argv)
{
    struct outcome o;
    struct matrix m;
    struct doc d;
    struct str err = STR_INIT;
    if (argc > 1)
        die(EXIT_USAGE, "matrix takes one folder of results, " RESULTS " unless it is named");
    if (!outcome_read(&o, argc ? argv[0] : RESULTS, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    matrix_make(&o, &m);
    doc_init(&d, "matrix");
    add_words(&d, &o, &m);
    struct table *t = doc_table(&d, "bottlenecks", NULL, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < m.rows.count; i++)
        add_row(t, &m.rows.items[i]);
    cmd_answer(c, &d);
    matrix_release(&m);
    outcome_release(&o);
    return EXIT_OK;
}

const struct cmd cmd_matrix = {
    "matrix",
    "[FOLDER]",
    "a study's bottlenecks across its phases, by priority",
    "FOLDER holds the results of `farmdb study` (default " RESULTS "). A row for each component: its share of the\n"
    "time, its hottest line, the fastest growth of its functions and lines, the effort as the study's file gives it,\n"
    "and by how much the best configuration of it is better than the one in use.",
    NULL,
    NEEDS_NOTHING,
    false,
    run};
