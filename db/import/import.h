/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What other profilers measured, as a run: readers, one format a file of this folder with its descriptor last (the list
 * is in import.c), build a struct import; import_put brings it into the store. What a format does not know stays
 * unknown: it is never a 0.
 */
#ifndef DB_IMPORT_H
#define DB_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/names.h"
#include "db/sql.h"

struct import_function {
    size_t file;
    char *name;
    int64_t line, last_line;     /* 0: not known yet */
    int64_t calls;               /* -1: not known */
};

struct import_line {
    size_t function, file;
    int64_t line;
    int64_t hits;                /* -1: not known */
};

struct import_samples {          /* with this line as the innermost that is known */
    size_t function, file;
    int64_t line, samples;
    char *below;                 /* library that the line called; "" in its own code */
};

struct import_branch {
    size_t function, file;
    int64_t line, place, outcomes[2];
};

enum { IMPORT_ROOT = 0, IMPORT_LAST_LINE = 2000000 };       /* no source has more lines */
struct import_node {             /* of the tree of stacks; number n is nodes[n - 1] */
    size_t parent;               /* IMPORT_ROOT: nobody that is known called it */
    bool known;                  /* else `outside` has the library's name */
    size_t function, file;
    int64_t line, samples;
    char *outside;
};

struct import_outside {          /* samples that name no line, and why */
    char *place, *reason;
    int64_t samples;
};

struct import {
    const char *folder;          /* relative paths are from there on; borrowed */
    int64_t written;             /* seconds: when the file that is read was; what is younger is not what ran */
    struct names files, keys;    /* a file is number n - 1; keys: what is in the lists below, by what it is */
    VEC(struct import_function) functions;
    VEC(struct import_line) lines;
    VEC(struct import_samples) samples;
    VEC(struct import_branch) branches;
    VEC(struct import_node) nodes;
    VEC(struct import_outside) outside;
    VEC(int64_t) totals;         /* by function: samples with it anywhere on the stack */
    VEC(size_t) slots;           /* by key */
    bool calls, hits;            /* the format counts them */
    size_t younger;              /* programs that were built since: their debug information was not used */
    int64_t all_samples;         /* 0: times are not known */
    double time_ns;              /* what they stand for together */
    struct str unit;             /* in words what a sample is: "nanoseconds of a callgrind.out" */
    struct str command;          /* as JSON; empty: not known */
};

struct import_format {
    const char *name;

    /* Adds the text of one file, which it may change. False: err gets "NAME:LINE: what is wrong". */
    bool (*read)(struct import *im, const char *name, struct str *text, struct str *err);
};

const struct import_format *import_find(const char *name);       /* NULL: no such format */

void import_init(struct import *im, const char *folder);
void import_release(struct import *im);

/* Reads one file, gzipped or not. */
bool import_read(struct import *im, const struct import_format *format, const char *path, struct str *err);

/* Each finds what is there already, or makes it. Numbers stay valid, pointers until the next call. */
size_t import_file(struct import *im, const char *path);
size_t import_function(struct import *im, size_t file, const char *name);
struct import_line *import_line(struct import *im, size_t function, size_t file, int64_t line);
struct import_samples *import_samples(struct import *im, size_t function, size_t file, int64_t line, const char *below);
struct import_branch *import_branch(struct import *im, size_t function, size_t file, int64_t line, int64_t place);
size_t import_node(struct import *im, size_t parent, const struct import_node *place);
struct import_outside *import_outside(struct import *im, const char *place, const char *reason);
int64_t *import_total(struct import *im, size_t function);

/* Adds, up to the largest number; -1 (not known) becomes the value. */
void import_add(int64_t *to, int64_t value);

/* Brings it into the store as a run, inside a transaction of the caller. `id` names the contents: what is there already
 * is not brought in again. Sources that are on disk and not younger than im->written are kept with it. */
struct import_result {
    int64_t run;
    bool known;                  /* it was there already */
    size_t missing, younger;     /* sources that are not on disk, or changed since */
};
void import_put(struct sql *db, const struct import *im, const struct import_format *format, const char *id,
                const char *file, const char *label, struct import_result *out);

#endif
