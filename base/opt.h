/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options from a table; the usage text is printed from the same table. Long options take their value as "--name value"
 * or "--name=value"; one-letter ones as "-n value". "--" ends options. Nothing is global: targets are in the table.
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/vec.h"

enum opt_kind { OPT_FLAG, OPT_TEXT, OPT_NUMBER, OPT_LIST };    /* bool *, const char **, double *, struct opt_list * */

struct opt_list {                /* values of an option that may be given several times */
    VEC(const char *) values;
};

struct opt {
    char letter;                 /* 0: none */
    const char *name;            /* NULL ends the table */
    enum opt_kind kind;
    void *target;
    const char *value;           /* how the usage names the value: "FILE"; NULL for a flag */
    const char *help;            /* one line */
};

/* Takes options out of argv, wherever they stand before "--"; with `stop_at_word` only those before the first word that
 * is no option (for commands that run another program). *argc and argv keep the words. False: *err says what is
 * wrong. */
bool opt_parse(const struct opt *table, bool stop_at_word, int *argc, char **argv, struct str *err);

void opt_usage(const struct opt *table, FILE *out);

#endif
