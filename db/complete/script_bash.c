/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/complete/complete.h"
#include "db/complete/script.h"

static void put_options(const char *command, const struct opt *options, FILE *out)
{
    fprintf(out, "    '%s') REPLY='", command);
    for (const struct opt *o = options; o && o->name; o++) {
        const char *equals = o->value ? "=" : "", *kind = o->value ? complete_kind(o) : "";
        fprintf(out, "%s--%s%s%s", o == options ? "" : " ", o->name, equals, kind);
        if (o->letter)
            fprintf(out, " -%c%s%s", o->letter, equals, kind);
    }
    fprintf(out, "' ;;\n");
}

void script_bash(const struct cmd *const *commands, const struct opt *globals, FILE *out)
{
    fprintf(out, "# Completion of farmdb for bash, written by `farmdb completion bash`: not to be edited.\n"
                 "_farmdb_options() {\n    REPLY=\n    case $1 in\n");
    put_options("", globals, out);
    for (const struct cmd *const *c = commands; *c; c++)
        put_options((*c)->name, (*c)->options, out);
    fprintf(out, "    esac\n}\n\n_farmdb_arguments() {\n    REPLY=\n    case $1 in\n    '') REPLY='");
    for (const struct cmd *const *c = commands; *c; c++)
        fprintf(out, "%s|", (*c)->name);
    fprintf(out, "help' ;;\n    'help') _farmdb_arguments '' ;;\n");
    for (const struct cmd *const *c = commands; *c; c++) {
        struct str kinds = STR_INIT;
        complete_arguments(*c, &kinds);
        if (kinds.len)
            fprintf(out, "    '%s') REPLY='%s' ;;\n", (*c)->name, kinds.data);
        str_release(&kinds);
    }
    fprintf(out, "    esac\n}\n\n");
}
