/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer, before it has a format: words for people above and below, named facts for programs, and tables for both.
 * Several tables may have one name: people see one after the other, programs one array. Texts are copied in.
 */
#ifndef DB_DOC_H
#define DB_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

enum column_kind {
    COLUMN_TEXT,
    COLUMN_NUMBER,               /* an integer that names something: a line, a run */
    COLUMN_COUNT,
    COLUMN_SECONDS,
    COLUMN_NANOSECONDS,
    COLUMN_SHARE,                /* 0..1; people see percent */
    COLUMN_BYTES,
    COLUMN_FLAG,                 /* 0 or 1; programs see false or true */
    COLUMN_PLACE,                /* FILE:LINE; people see its end where a line would get too wide */
    COLUMN_WORDS,                /* a sentence at a row's end: people see it broken, not cut */
    COLUMN_ANY                   /* whatever the cell is */
};

enum column_use { USE_ALL, USE_PEOPLE, USE_PROGRAMS };

struct column {
    const char *title;           /* for people */
    const char *name;            /* for programs, with the unit in it */
    enum column_kind kind;
    enum column_use use;
};

enum cell_kind { CELL_NONE, CELL_INT, CELL_REAL, CELL_TEXT };

struct cell {
    enum cell_kind kind;
    char mark;                   /* put before the figure for people; 0: none */
    int64_t i;
    double r;
    char *text;
};

struct table {
    char *name, *title;          /* title NULL: none */
    const struct column *columns;        /* borrowed */
    size_t column_count;
    VEC(struct cell) cells;      /* row by row */
    VEC(char) hot;               /* by row: people see it stressed */
};

struct fact {
    const char *name;            /* borrowed */
    struct cell value;
};

struct doc {
    const char *command;         /* what answered; borrowed */
    VEC(struct fact) facts;
    VEC(char *) head, foot;
    VEC(struct table *) tables;
};

void doc_init(struct doc *d, const char *command);
void doc_release(struct doc *d);

void doc_fact_int(struct doc *d, const char *name, int64_t value);
void doc_fact_real(struct doc *d, const char *name, double value);
void doc_fact_text(struct doc *d, const char *name, const char *value);
void doc_head(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doc_foot(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The table belongs to the document. Cells are added row by row, one call for each column. */
struct table *doc_table(struct doc *d, const char *name, const char *title, const struct column *columns, size_t count);
void table_int(struct table *t, int64_t value);
void table_marked(struct table *t, int64_t value, char mark);
void table_real(struct table *t, double value);
void table_text(struct table *t, const char *value);
void table_str(struct table *t, struct str *text);        /* text is empty afterwards */
void table_none(struct table *t);
void table_finite(struct table *t, double value);        /* none where it is infinite or no number */
void table_hot(struct table *t);         /* the row that was just begun or ended */
size_t table_rows(const struct table *t);
const struct cell *table_cell(const struct table *t, size_t row, size_t column);

#endif
