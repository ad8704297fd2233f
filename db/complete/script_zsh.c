/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "db/complete/complete.h"
#include "db/complete/script.h"

/* Inside of single quotes, where _arguments reads brackets and colons. */
static void put_text(const char *text, FILE *out)
{
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fprintf(out, strchr("[]:\\", *text) ? "\\%c" : "%c", *text);
}

/* Of a value: ":MESSAGE:ACTION". */
static void put_value(const char *message, const char *kind, FILE *out)
{
    fputc(':', out);
    put_text(strchr(message, '|') ? "which" : message, out);
    if (strchr(kind, '|')) {
        fputs(":(", out);
        for (; *kind; kind++)
            fputc(*kind == '|' ? ' ' : *kind, out);
        fputc(')', out);
    } else if (strcmp(kind, "none") == 0) {
        fputs(": ", out);
    } else {
        fprintf(out, ":_farmdb_%s", kind);
    }
}

static void put_option(const struct opt *o, const char *spelling, const char *equals, FILE *out)
{
    fprintf(out, " \\\n            '%s", o->kind == OPT_LIST ? "*" : "");
    if (o->letter && o->kind != OPT_LIST)
        fprintf(out, "(-%c --%s)", o->letter, o->name);
    fprintf(out, "%s%s[", spelling, equals);
    put_text(o->help, out);
    fputc(']', out);
    if (o->value)
        put_value(o->value, complete_kind(o), out);
    fputc('\'', out);
}

static void put_options(const struct opt *options, FILE *out)
{
    for (const struct opt *o = options; o && o->name; o++) {
        char *name = str_format("--%s", o->name), letter[3] = {'-', o->letter, 0};
        put_option(o, name, o->value ? "=" : "", out);
        if (o->letter)
            put_option(o, letter, "", out);
        free(name);
    }
}

static void put_arguments(const struct cmd *cmd, FILE *out)
{
    struct str kinds = STR_INIT;
    complete_arguments(cmd, &kinds);
    if (cmd->stops_at_word) {
        fputs(" \\\n            '*:::program:_farmdb_program'", out);
    } else {
        for (char *rest = kinds.data, *kind; kinds.len && (kind = strsep(&rest, " ")) != NULL;) {
            char *plus = strchr(kind, '+');
            if (plus)
                *plus = 0;
            fprintf(out, " \\\n            '%s", plus ? "*" : "");
            put_value(cmd->args, kind, out);
            fputc('\'', out);
        }
    }
    str_release(&kinds);
}

void script_zsh(const struct cmd *const *commands, const struct opt *globals, FILE *out)
{
    fprintf(out, "#compdef farmdb\n"
                 "# Completion of farmdb for zsh, written by `farmdb completion zsh`: not to be edited.\n\n"
                 "_farmdb_names() {\n    local -a names=(\n");
    for (const struct cmd *const *c = commands; *c; c++) {
        fprintf(out, "        '%s:", (*c)->name);
        put_text((*c)->summary, out);
        fputs("'\n", out);
    }
    fputs("        'help:what a command does'\n    )\n    _describe -t commands command names\n}\n\n"
          "_farmdb_command() {\n    case $1 in\n    '')\n        _arguments -C -S", out);
    put_options(globals, out);
    fputs(" \\\n            '(-)1:command:_farmdb_names' '(-)*:: :->rest'\n"
          "        compstate[restore]= ;;      # the words that are left are our caller's, too\n"
          "    help)\n        _arguments ':command:_farmdb_names' ;;\n",
          out);
    for (const struct cmd *const *c = commands; *c; c++) {
        fprintf(out, "    %s)\n        _arguments -S", (*c)->name);
        put_options((*c)->options, out);
        put_options(globals, out);
        put_arguments(*c, out);
        fputs(" ;;\n", out);
    }
    fputs("    esac\n}\n\n", out);
}
