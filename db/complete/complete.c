/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/complete/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "db/complete/script.h"

extern const struct embed completions[];

static const struct {
    const char *option, *value;  /* NULL: any */
    const char *kind;
} kinds[] = {
    {"function", NULL, "functions"}, {"file", "GLOB", "sources"},    {"metric", NULL, "metrics"},
    {NULL, "FILE", "files"},         {NULL, "FOLDER", "files"},      {NULL, "STORE", "files"},
    {NULL, "WHERE", "files"},        {NULL, "PROGRAM", "commands"},  {NULL, "COMMAND", "commands"},
    {NULL, "RUN", "runs"},           {NULL, "RUNS", "runs"},         {NULL, "BEFORE", "runs"},
    {NULL, "AFTER", "runs"},         {NULL, "BASELINE", "runs"},     {NULL, "L", "labels"},
    {NULL, "LABEL", "labels"},       {NULL, "PARAMETER", "parameters"},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* "text, csv or json" as "text|csv|json". */
static const char *choices(const char *sentence)
{
    static struct str all;
    char *words = str_copy(sentence), *rest = words;
    str_clear(&all);
    for (char *word; (word = strsep(&rest, " ,")) != NULL;)
        if (*word && strcmp(word, "or") != 0)
            str_addf(&all, "%s%s", all.len ? "|" : "", word);
    free(words);
    return all.data;
}

static const char *kind_of(const char *option, const char *value)
{
    if (strchr(value, '|'))
        return value;
    for (size_t i = 0; i < KIND_COUNT; i++)
        if ((!kinds[i].option || strcmp(kinds[i].option, option) == 0) &&
            (!kinds[i].value || strcmp(kinds[i].value, value) == 0))
            return kinds[i].kind;
    return "none";
}

const char *complete_kind(const struct opt *o)
{
    if (strcmp(o->value, "FORMAT") == 0 || strcmp(o->value, "WHEN") == 0)
        return choices(o->help);
    return kind_of(o->name, o->value);
}

/* What stands at the beginning of the lines below "Formats:" in the details of a command, as choices, appended. */
static void listed(const char *details, struct str *out)
{
    const char *line = strstr(details ? details : "", "Formats:\n");
    for (const char *comma = ""; line && (line = strchr(line, '\n')) != NULL && strncmp(line, "\n  ", 3) == 0; line++) {
        for (line += 3; line[0] >= 'a' && line[0] <= 'z'; line += line[0] == ',' ? 2 : 0, comma = "|") {
            size_t len = strcspn(line, " ,\n");
            str_add(out, comma);
            str_add_bytes(out, line, len);
            line += len;
        }
        line--;
    }
}

void complete_arguments(const struct cmd *cmd, struct str *out)
{
    bool skip = false;
    char *args = str_copy(cmd->args), *rest = args;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        bool again = strstr(word, "...") != NULL, option = word[0] == '-' || strncmp(word, "[OPTION", 7) == 0;
        word += word[0] == '[';
        word[strcspn(word, "].")] = 0;
        if (!option && !skip && *word) {
            str_add(out, out->len ? " " : "");
            if (strcmp(word, "FORMAT") == 0)
                listed(cmd->details, out);
            else
                str_add(out, kind_of("", word));
            str_add(out, again ? "+" : "");
        }
        skip = option && word[0] == '-' && strcmp(word, "--") != 0;
    }
    free(args);
}

bool complete_script(const char *shell, const struct cmd *const *commands, const struct opt *globals, FILE *out)
{
    bool zsh = strcmp(shell, "zsh") == 0;
    if (!zsh && strcmp(shell, "bash") != 0)
        return false;
    if (zsh)
        script_zsh(commands, globals, out);
    else
        script_bash(commands, globals, out);
    for (const struct embed *e = completions; e->name; e++)
        if (strcmp(strrchr(e->name, '.') + 1, shell) == 0)
            fputs(e->text, out);
    return true;
}

bool complete_words(const struct store *s, const char *kind, FILE *out)
{
    static const char *const asked[] = {"runs", "labels", "functions", "sources", "parameters", "metrics"};
    bool known = false;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        known |= strcmp(asked[i], kind) == 0;
    if (!known)
        return false;
    struct str err = STR_INIT;
    char *query = str_format("complete_%s", kind);
    struct sql *db = store_exists(s) ? sql_open(s->path, SQL_READ, &err) : NULL;
    if (db && store_is_ours(db, &err)) {
        struct sql_stmt *words = sql_try(db, store_query(query), &err);      /* its schema may be an older one */
        while (words && sql_step(words))
            fprintf(out, "%s\n", sql_text(words, 0));
        sql_done(words);
    }
    sql_close(db);
    free(query);
    str_release(&err);
    return true;
}
