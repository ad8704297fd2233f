/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One store into another. What both have (runs, processes, builds, sources, experiments, by uuid, build-id, content) is
 * there once; doing it again changes nothing.
 */
#ifndef DB_MERGE_H
#define DB_MERGE_H

#include "db/store.h"

/* The temporary tables that its queries need. */
void merge_prepare(struct sql *db);

struct merge_result {
    int64_t runs, processes;     /* that are new */
};

/* Takes in the store at `path`, which stays as it is; all of it, or nothing. `into` is open and writable. False, with a
 * sentence: it is no store of ours, or is the same one. */
bool merge_store(struct store *into, const char *path, struct merge_result *out, struct str *err);

#endif
