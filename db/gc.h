/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes a store smaller: old runs without a label, and what no run refers to.
 */
#ifndef DB_GC_H
#define DB_GC_H

#include "db/store.h"

struct gc_wish {
    int64_t last;                /* runs without a label that are kept, the latest; below 0: all */
    int64_t bytes;               /* the store should have at most; below 0: any. The latest run is kept always */
    int64_t cache_days;          /* kept debug information of builds that the store does not know goes when it is older;
                                  * below 0: it stays */
    bool dry;                    /* only tell */
};

struct gc_result {
    int64_t runs, experiments, modules, files, sources;      /* removed */
    int64_t bytes_before, bytes_after;                       /* of the store */
    int64_t cached, cached_bytes;                            /* removed from the cache */
};

/* `s` is open and writable; all of it happens, or nothing. */
void gc_tidy(struct store *s, const struct gc_wish *wish, struct gc_result *out);

#endif
