/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source texts of the store, by line.
 */
#ifndef DB_LISTING_H
#define DB_LISTING_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/sql.h"

struct listing {
    int64_t file;                /* row of `file` that is loaded; 0: none */
    struct str text;             /* its lines end with NUL */
    VEC(uint32_t) starts;
};

void listing_release(struct listing *l);

/* Loads a file unless it is the one that is loaded. Returns how many lines it has, 0 where the store lacks its text. */
int listing_load(struct sql *db, struct listing *l, int64_t file);

/* Line `number`, from 1; "" where there is none. Borrowed until the next load. */
const char *listing_line(const struct listing *l, int number);

#endif
