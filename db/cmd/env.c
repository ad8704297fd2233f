/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "db/cmd.h"

extern char **environ;

static const struct {
    const char *name, *who, *standard, *meaning;
} variables[] = {
#define ROW(name, who, standard, meaning) {name, who, standard, meaning},
    ENV_LIST(ROW)
#undef ROW
};

static const struct column columns[] = {
    {"Variable", "name", COLUMN_TEXT, USE_ALL},   {"Value", "value", COLUMN_TEXT, USE_ALL},
    {"Default", "default", COLUMN_TEXT, USE_ALL}, {"Read by", "read_by", COLUMN_TEXT, USE_ALL},
    {"Meaning", "meaning", COLUMN_TEXT, USE_ALL},
};

/* A name that ends with "*" stands for all that begin so; what is set of them is listed. */
static void add_value(struct table *t, const char *name)
{
    size_t len = strlen(name);
    if (name[len - 1] != '*') {
        const char *value = getenv(name);
        if (value)
            table_text(t, value);
        else
            table_none(t);
        return;
    }
    struct str all = STR_INIT;
    for (char **e = environ; *e; e++)
        if (strncmp(*e, name, len - 1) == 0)
            str_addf(&all, "%s%s", all.len ? " " : "", *e + len - 1);
    if (all.len)
        table_text(t, all.data);
    else
        table_none(t);
    str_release(&all);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc)
        die(EXIT_USAGE, "env takes no arguments");
    struct doc d;
    doc_init(&d, "env");
    struct table *t = doc_table(&d, "variables", NULL, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        table_text(t, variables[i].name);
        add_value(t, variables[i].name);
        table_text(t, variables[i].standard);
        table_text(t, variables[i].who);
        table_text(t, variables[i].meaning);
    }
    cmd_answer(c, &d);
    return EXIT_OK;
}

const struct cmd cmd_env = {"env", "", "every FARM_* variable: meaning, default, value", NULL, NULL, NEEDS_NOTHING, false, run};
