/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command of farmdb: one file in cmd/, its descriptor last, one line in main.c's table.
 */
#ifndef DB_CMD_H
#define DB_CMD_H

#include <stdbool.h>

#include "base/msg.h"
#include "base/opt.h"
#include "db/chart/chart.h"
#include "db/doc.h"
#include "db/format.h"
#include "db/store.h"

struct context {
    struct store store;          /* open where the command needs it */
    const struct format *format;
    struct look look;
    bool paged;                  /* answers for people go through a pager where stdout is a terminal */
    size_t living;               /* records of processes that still run: left out */
};

enum cmd_needs {
    NEEDS_NOTHING,               /* context.store is located, not open */
    NEEDS_STORE                  /* open, with everything pending taken in */
};

struct cmd {
    const char *name, *args, *summary;
    const char *details;         /* lines below the options in its help; NULL: none */
    const struct opt *options;   /* NULL: none */
    enum cmd_needs needs;
    bool stops_at_word;          /* options behind the first word belong to another program */
    int (*run)(struct context *c, int argc, char **argv);    /* words without the command's name; an exit code */
};

extern const struct cmd cmd_check, cmd_compare, cmd_completion, cmd_doctor, cmd_env, cmd_export, cmd_flame, cmd_gc,
    cmd_html, cmd_import, cmd_ingest, cmd_label, cmd_leaks, cmd_live, cmd_log, cmd_matrix,
    cmd_merge, cmd_plan, cmd_record, cmd_report, cmd_rm, cmd_runs, cmd_scale, cmd_show, cmd_sql,
    cmd_study, cmd_sweep, cmd_top;

/* All commands that the help lists, NULL-ended, and the options of every command: what completion is written from. */
const struct cmd *const *cmd_all(void);
const struct opt *cmd_global_options(void);

/* The value of an option that says how many: a whole number from 1 on, else the end of the program with a sentence. */
size_t cmd_count(const char *option, double value);

/* Prints the answer in the format that was asked for, and releases it. */
void cmd_answer(struct context *c, struct doc *d);

/* Writes the chart (db/chart/chart.h) and releases it; ends the program with a sentence where it cannot. */
void cmd_draw(struct chart *chart, const char *path);

/* Opens the store and takes in what is pending; ends the program with a sentence where there is nothing to open. */
void cmd_open_store(struct context *c);

/* Ends the program with a sentence where the open store cannot be written to. */
void cmd_must_write(const struct context *c);

#endif
