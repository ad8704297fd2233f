/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places of addresses in programs and libraries that are on disk.
 */
#ifndef DB_IMPORT_OBJECTS_H
#define DB_IMPORT_OBJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "db/intake/dwarf.h"

struct objects;

/* Files that are younger than `written` (seconds) are others than those that ran: they say nothing. */
struct objects *objects_new(int64_t written);
void objects_free(struct objects *o);            /* accepts NULL */

/* Where `symbol` + `offset` of the file is, as by line_map_find; an address that callers return to is that of the call
 * if `offset` was made less by one. `printed` is the address where the symbol alone does not say. */
size_t objects_find(struct objects *o, const char *path, const char *symbol, uint64_t offset, uint64_t printed,
                    struct line_place *out, size_t max);

/* Where the function itself begins. */
bool objects_start(struct objects *o, const char *path, const char *symbol, uint64_t printed, struct line_place *out);

/* Files that were younger: how many. */
size_t objects_younger(const struct objects *o);

#endif
