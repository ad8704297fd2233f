/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "db/about.h"
#include "db/cmd.h"
#include "db/course/course.h"
#include "db/course/course_chart.h"
#include "db/show.h"

static bool series_option;
static const char *output_option;

static const struct opt options[] = {
    {0, "series", OPT_FLAG, &series_option, NULL, "the points of its time series, by process, core, thread and step"},
    {'o', "output", OPT_TEXT, &output_option, "FILE", "draw memory, CPU and disk over time (.png, .svg, ...)"},
    {0},
};

static void draw(struct sql *db, const struct selection *selection)
{
    struct chart chart;
    struct str err = STR_INIT;
    char *title = course_chart_title(selection);
    if (!course_chart(db, title, &chart, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    cmd_draw(&chart, output_option);
    free(title);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1)
        die(EXIT_USAGE, "show takes one RUN");
    struct selection selection;
    struct sql *db = c->store.db;
    select_or_die(db, argv[0], &selection);
    struct doc d;
    doc_init(&d, "show");
    if (output_option)
        draw(db, &selection);
    if (series_option) {
        course_points(db, &d);
        cmd_answer(c, &d);
        select_release(&selection);
        return EXIT_OK;
    }
    about_head(db, &selection, &d);
    show_machines(db, &d);
    show_recorded(db, &selection, &d);
    show_processes(db, &d);
    course_summary(db, c->format->programs, &d);
    course_marks(db, c->format->programs, &d);
    show_params(db, c->format->programs, &d);
    show_modules(db, &d);
    about_foot(db, &selection, c->format->programs, &d);
    cmd_answer(c, &d);
    select_release(&selection);
    return EXIT_OK;
}

const struct cmd cmd_show = {
    "show", "[RUN]", "a run's processes, course, threads, steps and modules",
    "Waiting is wall time less CPU time. Memory growth is of the memory that is neither shared nor of files, at its\n"
    "lowest in each of 16 spans of the last two thirds; a leak is said only where the interval lies above zero.",
    options, NEEDS_STORE, false, run};
