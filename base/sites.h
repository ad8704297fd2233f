/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A site table: what the counters of one translation unit mean. Written by farmcc, read by farmdb.
 *
 * A count is a linear combination of counters, never a counter of its own: `expr` is a slice of `terms`. An expr
 * without terms means zero; a line whose count the unit cannot tell is not in the table.
 *
 * Ownership: a decoded or built table owns everything it points to; sites_release frees it and zeroes the struct.
 */
#ifndef BASE_SITES_H
#define BASE_SITES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct sites_term {
    int32_t factor;              /* never 0 */
    uint32_t counter;
};

struct sites_expr {
    uint32_t first, count;       /* slice of sites.terms */
};

struct sites_file {
    char *path;                  /* as the compiler was given it */
    uint8_t hash[16];            /* of the text that was compiled; all zero where the text could not be read */
};

struct sites_function {
    char *name;
    uint32_t file, line, last_line;      /* index into files; lines count from 1 */
    bool instrumented;
    bool allocates;              /* named by --farm-alloc: what it allocates counts for its callers */
    char *reason;                /* why it is not instrumented; NULL where it is */
    struct sites_expr calls;
    char *line_obstacle;         /* why its lines are not timed although that was asked for; NULL: none */
    uint32_t timing;             /* counter W of its timed calls (runtime/format.h) + 1; 0: they are not timed */
};

struct sites_line {
    uint32_t function;           /* index into functions */
    uint32_t file, line;
    bool loop;                   /* body of an innermost loop without calls: may be "in flight" after SIGKILL */
    struct sites_expr hits;
};

struct sites_branch {            /* a condition whose outcomes the counters tell */
    uint32_t function;           /* index into functions */
    uint32_t file, line;
    struct sites_expr taken, missed;     /* times it was true, and false */
};

struct sites_lap {               /* a line that is timed exactly */
    uint32_t function;           /* index into functions */
    uint32_t file, line;
    uint32_t state, ticks;       /* counters: where the function's farm_lap_state and the line's two ones begin */
};

struct sites {
    uint64_t id;
    uint32_t counters;
    char *directory;             /* working directory of the compilation */
    char *unit;                  /* main source file, as given */
    char *reason;                /* why nothing of the unit is instrumented; NULL where something is */
    struct sites_file *files;
    struct sites_function *functions;
    struct sites_line *lines;
    struct sites_branch *branches;       /* by function */
    struct sites_lap *laps;              /* by function */
    struct sites_term *terms;
    size_t file_count, function_count, line_count, branch_count, lap_count, term_count;
};

void sites_release(struct sites *s);

/* Appends head, payload and padding to `out`. */
void sites_encode(const struct sites *s, struct str *out);

/* Reads the table at the start of `data`; *taken is its whole length with padding. On false `s` is zero, and *err says
 * what is wrong with the bytes. Every index in a decoded table is in range. */
bool sites_decode(const void *data, size_t len, struct sites *s, size_t *taken, struct str *err);

/* Value of an expression over the unit's counters; `counters` has s->counters elements. */
int64_t sites_value(const struct sites *s, struct sites_expr e, const uint64_t *counters);

#endif
