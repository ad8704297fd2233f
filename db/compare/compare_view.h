/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison as an answer: a sentence, then tables from the program down to lines.
 */
#ifndef DB_COMPARE_VIEW_H
#define DB_COMPARE_VIEW_H

#include "db/compare/compare.h"
#include "db/doc.h"

enum compare_sort { COMPARE_BY_TIME, COMPARE_BY_HITS, COMPARE_BY_ALLOCS, COMPARE_BY_PLACE, COMPARE_BY_NAME };

struct compare_view {
    const struct comparison *c;
    struct doc *doc;
    bool programs;               /* every row, full precision */
    bool wide;                   /* more than 80 columns */
    bool all;                    /* what did not change, and every changed function line by line */
    size_t lines;                /* rows of the table of lines at most; 0: all with `all`, else a few */
    const char *metric;          /* names of figures, separated by commas; NULL: those that matter to most */
    enum compare_sort sort;
    bool (*wanted)(const void *data, const struct comparison *c, const struct compare_function *f);  /* NULL: all */
    const void *data;
};

/* Sentences: is it slower, where, and what could not be seen (compare_words.c). */
void compare_words(const struct compare_view *v);

/* Tables (compare_tables.c, compare_listing.c). */
void compare_program_table(const struct compare_view *v);
void compare_function_table(const struct compare_view *v);
void compare_line_table(const struct compare_view *v);
void compare_listings(const struct compare_view *v);

/* All of it. */
void compare_show(const struct compare_view *v);

/* ---- shared by them */

/* A time of one side, NAN where nothing of that side was sampled: then it is not known. */
double compare_time(const struct comparison *c, int side, double value);

bool compare_metric_wanted(const struct compare_view *v, const struct compare_metric *m);

/* Indices of what changed (with v->all and for programs: of everything), in the order of v->sort; yours to free. */
size_t *compare_order_functions(const struct compare_view *v, size_t *count);
size_t *compare_order_lines(const struct compare_view *v, size_t *count);

bool compare_function_changed(const struct compare_function *f);
bool compare_line_changed(const struct compare_line *l);

/* Appended as people read them: a figure in the unit that its name ends with, a signed difference, a change in percent
 * with its interval. */
void compare_add_value(struct str *out, const char *name, double value);
void compare_add_seconds(struct str *out, double delta);
void compare_add_percent(struct str *out, double ratio);
void compare_add_interval(struct str *out, struct interval ratio);

/* STATEMENT appends to `out`; what it appended is one cell. */
#define TEXT_CELL(table, statement) \
    do { \
        struct str cell_text = STR_INIT, *out = &cell_text; \
        statement; \
        table_text((table), cell_text.data); \
        str_release(&cell_text); \
    } while (0)

/* "slower", "faster", "more", "less", "~" (nothing shown) or "?" (too few runs). */
const char *compare_verdict(const struct compare_metric *m);

/* Why a line takes another time: "hits x10", "cost per hit x2.1", "new". Yours to free. */
char *compare_why(const struct compare_line *l);

/* The path as people see it, borrowed. */
const char *compare_path(const struct comparison *c, int side, int text);

#endif
