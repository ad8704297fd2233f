/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "db/cmd.h"

static bool write_option;

static const struct opt options[] = {
    {0, "write", OPT_FLAG, &write_option, NULL, "let the statement change the store"},
    {0},
};

static void add_cell(struct table *t, struct sql_stmt *s, int column)
{
    size_t len;
    switch (sql_kind(s, column)) {
    case SQL_NULL: table_none(t); break;
    case SQL_INT: table_int(t, sql_int(s, column)); break;
    case SQL_REAL: table_real(t, sql_real(s, column)); break;
    case SQL_TEXT: table_text(t, sql_text(s, column)); break;
    case SQL_BLOB: {
        const unsigned char *bytes = sql_blob(s, column, &len);
        struct str hex = STR_INIT;
        for (size_t i = 0; i < len; i++)
            str_addf(&hex, "%02x", bytes[i]);
        table_text(t, hex.data);
        str_release(&hex);
    }
    }
}

static void answer(struct context *c, struct sql_stmt *s)
{
    int count = sql_columns(s);
    struct column *columns = xcalloc((size_t)count, sizeof *columns);
    for (int i = 0; i < count; i++)
        columns[i] = (struct column){sql_column_name(s, i), sql_column_name(s, i), COLUMN_ANY, USE_ALL};
    struct doc d;
    doc_init(&d, "sql");
    struct table *t = count ? doc_table(&d, "rows", NULL, columns, (size_t)count) : NULL;
    struct str err = STR_INIT;
    bool row;
    while (sql_step_try(s, &row, &err) && row)
        for (int i = 0; i < count; i++)
            add_cell(t, s, i);
    if (err.len)
        die(EXIT_DATA, "%s", err.data);
    if (t)
        cmd_answer(c, &d);
    else
        doc_release(&d);
    free(columns);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc != 1)
        die(EXIT_USAGE, "sql takes one statement, in quotes");
    struct str err = STR_INIT;
    struct sql_stmt *s = sql_try(c->store.db, argv[0], &err);
    if (!s)
        die(EXIT_USAGE, "cannot answer the statement: %s; `farmdb help sql` tells what there is", err.data);
    if (sql_writes(s) && !write_option)
        die(EXIT_USAGE, "the statement would change the store; --write allows it");
    if (sql_writes(s))
        cmd_must_write(c);
    answer(c, s);
    sql_done(s);
    return EXIT_OK;
}

const struct cmd cmd_sql = {
    "sql", "STATEMENT", "ask the store in SQL",
    "Tables and views are described in the schema: farmdb sql \"SELECT sql FROM sqlite_schema\". Views to begin with:\n"
    "run_summary, run_param, run_metric, sweep_point, line_hits, line_time, function_time, not_instrumented.",
    options, NEEDS_STORE, false, run};
