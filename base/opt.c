/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/opt.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

enum { COLUMN = 28 };            /* where the help of an option begins */

static const struct opt *find_long(const struct opt *table, const char *name, size_t len)
{
    for (const struct opt *o = table; o->name; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return o;
    return NULL;
}

static const struct opt *find_letter(const struct opt *table, char letter)
{
    for (const struct opt *o = table; o->name; o++)
        if (o->letter == letter)
            return o;
    return NULL;
}

/* The value of an option that takes one. */
static bool store(const struct opt *o, const char *value, struct str *err)
{
    char *end;
    switch (o->kind) {
    case OPT_FLAG:
        break;
    case OPT_TEXT:
        *(const char **)o->target = value;
        return true;
    case OPT_LIST:
        *vec_push(&((struct opt_list *)o->target)->values) = value;
        return true;
    case OPT_NUMBER:
        *(double *)o->target = strtod(value, &end);
        if (end != value && !*end)
            return true;
        str_addf(err, "--%s takes a number, not '%s'", o->name, value);
        return false;
    }
    return false;
}

static void refuse(const struct opt *table, const char *word, struct str *err)
{
    struct nearest near = nearest_to(word + 2, word[1] == '-' ? strcspn(word + 2, "=") : 0);
    for (const struct opt *o = table; o->name; o++)
        nearest_offer(&near, o->name);
    str_addf(err, "unknown option '%s'", word);
    if (near.name)
        str_addf(err, " (--%s?)", near.name);
    str_add(err, "; --help lists them");
}

/* Handles argv[at]; returns how many elements it took, 0 on error. */
static int take(const struct opt *table, int argc, char **argv, int at, struct str *err)
{
    const char *word = argv[at], *value = NULL;
    const struct opt *o;
    if (word[1] == '-') {
        value = strchr(word, '=');
        o = find_long(table, word + 2, value ? (size_t)(value - word - 2) : strlen(word + 2));
        value = value ? value + 1 : NULL;
    } else {
        o = find_letter(table, word[1]);
        value = word[2] ? word + 2 : NULL;
    }
    if (!o) {
        refuse(table, word, err);
        return 0;
    }
    if (o->kind == OPT_FLAG) {
        if (!value)
            return *(bool *)o->target = true;
        str_addf(err, "--%s takes no value", o->name);
        return 0;
    }
    if (value)
        return store(o, value, err);
    if (at + 1 >= argc) {
        str_addf(err, "--%s needs a value: %s", o->name, o->value);
        return 0;
    }
    return store(o, argv[at + 1], err) ? 2 : 0;
}

bool opt_parse(const struct opt *table, bool stop_at_word, int *argc, char **argv, struct str *err)
{
    int kept = 0, at = 0;
    while (at < *argc) {
        const char *word = argv[at];
        if (strcmp(word, "--") == 0) {
            at++;
            break;
        }
        if (word[0] != '-' || !word[1]) {
            if (stop_at_word)
                break;
            argv[kept++] = argv[at++];
            continue;
        }
        int taken = take(table, *argc, argv, at, err);
        if (!taken)
            return false;
        at += taken;
    }
    while (at < *argc)
        argv[kept++] = argv[at++];
    *argc = kept;
    argv[kept] = NULL;
    return true;
}

void opt_usage(const struct opt *table, FILE *out)
{
    for (const struct opt *o = table; o->name; o++) {
        struct str left = STR_INIT;
        if (o->letter)
            str_addf(&left, "-%c, ", o->letter);
        else
            str_add(&left, "    ");
        str_addf(&left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        fprintf(out, left.len > COLUMN ? "  %s\n  %-*s %s\n" : "  %s%*s %s\n", left.data,
                left.len > COLUMN ? COLUMN : COLUMN - (int)left.len, "", o->help);
        str_release(&left);
    }
}
