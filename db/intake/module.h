/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Modules of recorded processes: their row in the store and, once per build, their site tables and sources.
 */
#ifndef DB_MODULE_H
#define DB_MODULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sites.h"
#include "db/intake/reader.h"
#include "db/sql.h"

struct module {
    int64_t id;
    const struct record_module *record;
    size_t units_missing;        /* units of the record whose site tables are nowhere */
};

/* Takes module `index` of the record into the store, reading what is not there yet. */
void module_take(struct sql *db, const struct record *r, size_t index, struct module *out);

struct module_unit {
    int64_t id, first_function, first_line;
    struct sites sites;
};

/* Loads a unit with its site table; false where the store does not have it. Yours to end with module_unit_release. */
bool module_unit_load(struct sql *db, int64_t module_id, uint64_t site_id, struct module_unit *out);
void module_unit_release(struct module_unit *u);

#endif
