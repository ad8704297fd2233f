/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody thinks can be made faster, as it is written: WHAT=FACTOR or WHAT=FACTOR:EFFORT, for instance observe=3,
 * sim/x.c:46=2:low, sim/log.c,log_*=inf. WHAT is one or more of these, joined by commas:
 *     NAME, FILE:NAME      functions (a glob) with all that they call
 *     NAME:self            their own lines alone
 *     FILE:LINE            that line, without the instrumented functions it calls, as `farmdb report` shows it
 *     FILE                 the own lines of its functions; a name with a slash, or that ends with .c or .h
 *     COMPONENT            of a study: the own lines of its functions
 */
#ifndef DB_IMPROVEMENT_H
#define DB_IMPROVEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

enum effort { EFFORT_UNKNOWN, EFFORT_LOW, EFFORT_MEDIUM, EFFORT_HIGH };

const char *effort_word(enum effort e);              /* "low"; "?" where nobody said */
bool effort_parse(const char *word, enum effort *out);

enum aim_kind { AIM_FUNCTION, AIM_SELF, AIM_LINE, AIM_FILE, AIM_COMPONENT };

struct aim {
    enum aim_kind kind;
    char *pattern;               /* of the function or the file */
    int64_t line;                /* of AIM_LINE */
};

struct improvement {
    char *name;                  /* what people call it; WHAT where they do not */
    VEC(struct aim) aims;
    double factor;               /* > 0; INFINITY: it will take no time */
    enum effort effort;
};

/* False, with a sentence: it is not as above. */
bool improvement_parse(const char *text, struct improvement *out, struct str *err);

/* Adds what one word of WHAT says. */
void improvement_aim(struct improvement *i, const char *what);
void improvement_release(struct improvement *i);

struct study;

struct improvements {
    VEC(struct improvement) list;
    const struct study *study;   /* whose components they may name; NULL: none. Borrowed */
};

void improvements_release(struct improvements *l);

struct json;

/* Adds those of the "plan" of a study's file; NULL: it has none. False, with its place in the plan and a sentence. */
bool improvements_take(struct improvements *out, const struct json *plan, struct str *err);

/* Names of functions that are components of the study mean the components from now on. */
void improvements_study(struct improvements *l, const struct study *study);

#endif
