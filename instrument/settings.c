/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

enum kind { FLAG, TEXT, GLOBS, CHOICE };

static const struct setting {
    const char *name, *env;      /* env NULL: option only */
    enum kind kind;
    size_t offset;
    const char *value;           /* as the help shows it; with FLAG and CHOICE a choice of words; NULL: none */
    const char *yes;             /* FLAG: the word, also in the variable, that sets it */
    const char *help;            /* NULL: not listed, for packages only */
} table[] = {
    {"--farm-include", "FARM_INCLUDE", GLOBS, offsetof(struct settings, include), "GLOB", NULL,
     "instrument only the files and functions that fit; repeatable, or a list with commas"},
    {"--farm-exclude", "FARM_EXCLUDE", GLOBS, offsetof(struct settings, exclude), "GLOB", NULL,
     "leave the files and functions that fit as they are; repeatable, or a list with commas"},
    {"--farm-alloc", "FARM_ALLOC", GLOBS, offsetof(struct settings, wrappers), "GLOB", NULL,
     "functions that allocate for their callers, such as xmalloc: what they allocate counts for the line that calls"},
    {"--farm-diagnostics", "FARM_DIAGNOSTICS", FLAG, offsetof(struct settings, exact), "fast|exact", "exact",
     "exact: always compile the untouched source first; fast (default): only where a warning is possible"},
    {"--farm-counts", "FARM_COUNTS", CHOICE, offsetof(struct settings, counts), "fast|volatile|pointer", NULL,
     "volatile: keep no counter in a register, so that SIGKILL loses nothing; slower.\n"
     "        pointer: reach counters without the register %gs, for programs with libraries that use it; slower"},
    {"--farm-time", "FARM_TIME", CHOICE, offsetof(struct settings, time), "calls|exact|off", NULL,
     "calls (default): time calls of functions worth it; exact: also each line of the functions that\n"
     "        --farm-function names; off: time by line comes from samples, that of calls not"},
    {"--farm-function", "FARM_FUNCTION", GLOBS, offsetof(struct settings, line_timed), "GLOB", NULL,
     "functions (or files) whose lines --farm-time=exact times; repeatable, or a list with commas"},
    {"--farm-show", "FARM_SHOW", FLAG, offsetof(struct settings, show), NULL, "1",
     "print the rewritten source on standard output and compile nothing"},
    {"--farm-stats", NULL, FLAG, offsetof(struct settings, stats), NULL, "1",
     "tell what became of the sources of the objects, archives and programs that follow; compile nothing"},
    {"--farm-verbose", "FARM_VERBOSE", FLAG, offsetof(struct settings, verbose), NULL, "1",
     "say on standard error what is run and what became of each source"},
    {"--farm-cc", "FARM_CC", TEXT, offsetof(struct settings, cc), "COMMAND", NULL,
     "the real compiler, with options if need be; default: cc, gcc or clang in PATH"},
    {"--farm-link", "FARM_LINK", TEXT, offsetof(struct settings, link), "COMMAND", NULL,
     "link with COMMAND in place of the compiler, such as g++ for programs of C and C++"},
    {"--farm-cache", "FARM_CACHE", TEXT, offsetof(struct settings, cache), "FOLDER", NULL,
     "where debug information is kept by build-id; default: ~/.cache/farm"},
    {"--farm-off", "FARMCC", FLAG, offsetof(struct settings, off), NULL, "off",
     "call the real compiler and do nothing else"},
    {"--farm-help", NULL, FLAG, offsetof(struct settings, help), NULL, "1", "print this text"},
    {"--farm-version", NULL, FLAG, offsetof(struct settings, version), NULL, "1",
     "print versions, variables set, compiler and folder: what a compiler cache must hash"},
    {"--farm-completion", NULL, TEXT, offsetof(struct settings, completion), "SHELL", NULL, NULL},
};

enum { TABLE_COUNT = sizeof table / sizeof *table };

static bool is_choice(const struct setting *o, const char *text)
{
    const char *found = strstr(o->value, text);
    size_t len = strlen(text);
    return found && len && (found == o->value || found[-1] == '|') && (!found[len] || found[len] == '|');
}

/* `text` is NULL for an option without a value. `given` names what the user wrote, for the message. */
static bool store(struct settings *s, const struct setting *o, const char *text, const char *given, struct str *err)
{
    void *target = (char *)s + o->offset;
    if (o->kind == TEXT) {
        *(const char **)target = *text ? text : NULL;
    } else if (o->kind == GLOBS) {
        globs_add(target, text);
    } else if (o->value && text && *text && !is_choice(o, text)) {
        str_addf(err, "%s takes %s, not '%s'", given, o->value, text);
        return false;
    } else if (o->kind == CHOICE) {
        *(const char **)target = *text ? text : NULL;
    } else {
        *(bool *)target = !text || strcmp(text, o->yes) == 0;
    }
    return true;
}

static bool read_option(struct settings *s, const char *word, struct str *err)
{
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word) : strlen(word);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct setting *o = &table[i];
        if (strlen(o->name) != len || memcmp(o->name, word, len) != 0)
            continue;
        if (!equals == !o->value)
            return store(s, o, equals ? equals + 1 : NULL, o->name, err);
        str_addf(err, o->value ? "%s needs a value: %s=%s" : "%s takes no value", o->name, o->name, o->value);
        return false;
    }
    const size_t common = strlen("--farm-");
    struct nearest near = nearest_to(word + common, len > common ? len - common : 0);
    for (size_t i = 0; i < TABLE_COUNT; i++)
        nearest_offer(&near, table[i].name + common);
    str_addf(err, "unknown option '%s'", word);
    if (near.name)
        str_addf(err, " (--farm-%s?)", near.name);
    str_add(err, "; --farm-help lists them");
    return false;
}

bool settings_are(const char *chosen, const char *word)
{
    return chosen && strcmp(chosen, word) == 0;
}

/* What only has an effect together. */
static bool fits(const struct settings *s, struct str *err)
{
    bool exact = settings_are(s->time, "exact"), named = s->line_timed.patterns.count;
    if (s->off || exact == named)
        return true;
    str_add(err, exact ? "--farm-time=exact needs --farm-function=GLOB: the functions whose lines to time"
                       : "--farm-function names functions for --farm-time=exact, which is not set");
    return false;
}

bool settings_read(struct settings *s, char **argv, struct str *err)
{
    *s = (struct settings){0};
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const char *text = table[i].env ? getenv(table[i].env) : NULL;
        if (text && !store(s, &table[i], text, table[i].env, err))
            return false;
    }
    char **kept = argv;
    for (; *argv; argv++) {
        if (strncmp(*argv, "--farm", 6) != 0)
            *kept++ = *argv;
        else if (!read_option(s, *argv, err))
            return false;
    }
    *kept = NULL;
    return fits(s, err);
}

void settings_release(struct settings *s)
{
    globs_release(&s->include);
    globs_release(&s->exclude);
    globs_release(&s->wrappers);
    globs_release(&s->line_timed);
}

void settings_help(FILE *out)
{
    fputs("usage: farmcc [OPTION | COMPILER OPTION]... FILE...\n"
          "       farmcc COMPILER [OPTION | COMPILER OPTION]... FILE...\n\n"
          "A C compiler that counts what runs: rewrites each C source with counters and hands it to the real\n"
          "compiler. Takes every option of gcc and clang, and these; in parentheses the variable that does the\n"
          "same:\n\n",
          out);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const struct setting *o = &table[i];
        if (!o->help)
            continue;
        fprintf(out, "  %s%s%s", o->name, o->value ? "=" : "", o->value ? o->value : "");
        if (o->env)
            fprintf(out, "  (%s%s%s)", o->env, o->kind == FLAG && !o->value ? "=" : "",
                    o->kind == FLAG && !o->value ? o->yes : "");
        fprintf(out, "\n        %s\n", o->help);
    }
}

void settings_each(void (*visit)(const char *name, const char *value, const char *help, void *data), void *data)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (table[i].help)
            visit(table[i].name, table[i].value, table[i].help, data);
}

void settings_version(const char *libclang, FILE *out)
{
    fprintf(out, "farmcc %s, libclang %s\n", FARM_TOOL_VERSION, libclang);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const char *text = table[i].env ? getenv(table[i].env) : NULL;
        if (text && *text)
            fprintf(out, "%s=%s\n", table[i].env, text);
    }
}
