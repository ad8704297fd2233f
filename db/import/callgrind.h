/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a callgrind.out says, between its reader and what makes samples of it: functions, and calls with the cost inside
 * of them.
 */
#ifndef DB_IMPORT_CALLGRIND_H
#define DB_IMPORT_CALLGRIND_H

#include "db/import/import.h"

struct callgrind_function {
    bool known;                  /* its source is the user's */
    size_t function;             /* of the import, where it is known */
    const char *place;           /* else: the file name of the object that it is in */
    size_t first_row, rows, first_call, calls;   /* slices, once sorted */
    int64_t called;              /* how often */
    double self, inclusive;      /* inclusive: with all calls, those of itself too */
    double elsewhere;            /* share of inclusive that is in no known function */
};

struct callgrind_row {           /* cost of a line */
    size_t caller, file;         /* file: of the import; of known functions only */
    int64_t line;
    double cost;
};

struct callgrind_call {
    size_t caller, callee, file;
    int64_t line;
    double cost;                 /* inclusive */
};

struct callgrind {
    VEC(struct callgrind_function) functions;
    VEC(struct callgrind_row) rows;
    VEC(struct callgrind_call) calls;
};

/* Adds samples, totals and stacks to the import, and releases `c`. */
void callgrind_take(struct callgrind *c, struct import *im);

#endif
