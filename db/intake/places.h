/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of a module -> functions and lines of its site tables. Looked up in debug information once per build; the
 * store keeps what was found.
 */
#ifndef DB_PLACES_H
#define DB_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/intake/module.h"
#include "db/sql.h"

#define PLACES_OWN (-2)
#define PLACES_MAX 64            /* inlined calls inside one another; more are cut off outside */

struct place {
    int64_t function;            /* 0: in no function of a site table */
    int64_t file;                /* 0 likewise */
    int line;
    const char *skipped;         /* name of a function that is not instrumented; NULL where it is, or is not known */
    const char *wrapper;         /* name of a function that allocates for its callers (--farm-alloc); else NULL */
};

/* What figures of a line are kept by: the line, and what it called that is not instrumented ("": nothing). */
struct line_key {
    int64_t function, file;
    int line;
    const char *below;
};
int line_key_order(const struct line_key *a, const struct line_key *b);

struct places;

struct places *places_new(struct sql *db, const struct module *m);
void places_free(struct places *p);

/* Places of a sampled address in the file (see code.h) or of one inside a caller's call, innermost inlined first.
 * Returns how many, at most PLACES_MAX; -1 where neither the store nor a debug file can tell; PLACES_OWN where it is
 * the profiler's own code. Names live as long as `p`. */
int places_find(struct places *p, uint64_t address, struct place *out);

/* Why it was -1. */
const char *places_why(const struct places *p);

#endif
