/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One side of a comparison, read from the store: its runs as repeats, with what each line and each function did in each
 * of them. A line is a slot: texts[t].first_slot + its number. Values of a slot or a function are run by run.
 */
#ifndef DB_SIDE_H
#define DB_SIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/align/align.h"
#include "db/select.h"
#include "db/sql.h"

struct side_text {
    int64_t file;                /* row of `file` */
    char *path;
    uint8_t hash[16];
    struct str text;
    bool known;                  /* the store has the text */
    int lines;
    size_t first_slot;
    size_t first_function, function_count;       /* slice of side.functions */
};

struct side_function {
    int text;
    char *name;
    int line, last_line;
    bool instrumented;
    bool ran;
};

enum slot_state { SLOT_COUNTED = 1, SLOT_WRONG = 2, SLOT_IN_FLIGHT = 4, SLOT_TIMED = 8, SLOT_ALLOCATED = 16 };

struct side_run {
    int64_t id;
    double started;              /* seconds, realtime clock */
    double user_s;               /* sampled processes: what the line times add up to, with what is outside of them */
    double samples;
};

struct side {
    struct selection selection;
    VEC(struct side_run) runs;
    VEC(struct side_text) texts;
    VEC(struct side_function) functions;         /* by text and line */
    size_t slots;
    unsigned char *state;        /* [slot] */
    int64_t *hits;               /* [slot * runs + run] */
    double *time;                /* the same, seconds */
    int64_t *allocs, *alloc_bytes;       /* the same */
    bool has_allocs;             /* allocations of every process of every run were counted */
    int64_t *calls;              /* [function * runs + run] */
    double *self, *total;        /* the same, seconds */
};

/* Reads the runs that `spec` names as side number `number`. `other` (NULL: none) is a side that was read before: its
 * texts need not be unpacked again. False: *err says why there is no such side. */
bool side_load(struct sql *db, int number, const char *spec, const struct side *other, struct side *out,
               struct str *err);
void side_release(struct side *s);

/* What the alignment needs; names and texts are borrowed from the side. */
struct side_texts {
    struct align_side side;
    struct align_text *texts;
    struct align_function *functions;
};

void side_texts(const struct side *s, struct side_texts *out);
void side_texts_release(struct side_texts *t);

/* Line `number` of a text without its newline, yours to free; "" where it is not known. */
char *side_line(const struct side *s, int text, int number);

/* The function that a line is in, -1: none. */
int side_function_at(const struct side *s, int text, int line);

#endif
