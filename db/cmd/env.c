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
    {"Meaning", "meaning", COLUMN_WORDS, USE_ALL},
};

#define PARAM "FARM_PARAM_"

/* All parameters that are set, as NAME=VALUE. */
static char *params(void)
{
    struct str all = STR_INIT;
    for (char **e = environ; *e; e++)
        if (strncmp(*e, PARAM, sizeof PARAM - 1) == 0)
            str_addf(&all, "%s%s", all.len ? " " : "", *e + sizeof PARAM - 1);
    return all.len ? str_detach(&all) : NULL;
}

static void add_value(struct table *t, const char *name)
{
    char *all = strcmp(name, PARAM "NAME") == 0 ? params() : NULL;
    const char *value = all ? all : getenv(name);
    if (value)
        table_text(t, value);
    else
        table_none(t);
    free(all);
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

const struct cmd cmd_env = {"env", "", "every FARM_* variable: meaning, default, value", NULL, NULL, NEEDS_NOTHING,
                            false, run};
