/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What formats by file and line share: the selected processes' files with their functions, lines and conditions, in the
 * order of paths and lines. Lines that the source asks coverage reports to leave out are in, and marked.
 */
#ifndef DB_EXPORT_PROFILE_H
#define DB_EXPORT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/export/export.h"

struct profile_function {
    char *path, *name;           /* where it begins */
    int64_t line, last_line;
    int64_t calls;               /* -1: not known */
    double self_ns, total_ns;
    bool left_out;
};

struct profile_line {
    int64_t line;
    size_t file;                 /* of profile.files */
    size_t function;             /* of profile.functions: whose code it is; it may begin in another file */
    int64_t hits;                /* -1: not known */
    double ns;                   /* user CPU time */
    int64_t allocs, bytes;
    bool left_out;
};

struct profile_branch {          /* the place-th condition of its line: how often it was true and false */
    int64_t line, place, outcomes[2];
    bool left_out;
};

struct profile_file {
    char *path;
    size_t first_function, functions, first_line, lines, first_branch, branches;
};

struct profile {
    VEC(struct profile_file) files;
    VEC(struct profile_function) functions;
    VEC(struct profile_line) lines;
    VEC(struct profile_branch) branches;
};

/* False, with a sentence, where the runs have no lines. */
bool profile_load(struct profile *p, const struct export *e, struct str *err);
void profile_release(struct profile *p);

/* Hits of the line at `*at` of a file, summed over the functions that share it: -1 where they are not known, or where
 * it is left out. Moves *at behind them. */
int64_t profile_hits(const struct profile *p, const struct profile_file *f, size_t *at);

#endif
