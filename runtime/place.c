/* SPDX-License-Identifier: MIT
 *
 * Where records go: the folder beside the store, by the same rule as in farmdb.
 */
#include <fcntl.h>
#include <unistd.h>

#include "runtime/internal.h"
#include "runtime/record.h"
#include "runtime/sys.h"

static bool exists(const char *folder, size_t len, const char *name)
{
    char path[PATH_MAX];
    struct farm_text t = {path, 0, sizeof path};
    farm_add_bytes(&t, folder, len);
    farm_add(&t, name);
    return farm_sys(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

/* Length of the nearest folder at or above `cwd` that holds a store; 0 for the root; cwd_len where there is none. */
static size_t nearest(const char *cwd, size_t cwd_len)
{
    size_t len = cwd_len;
    while (true) {
        if (exists(cwd, len, "/farm.db") || exists(cwd, len, "/farm.db-records"))
            return len;
        if (!len)
            return cwd_len;
        while (len && cwd[--len] != '/')
            ;
    }
}

void farm_place_find(void)
{
    struct farm_text t = {farm_it.folder, 0, sizeof farm_it.folder};
    const char *db = farm_it.options.db;
    size_t cwd_len = farm_length(farm_it.cwd);
    if (cwd_len == 1)
        cwd_len = 0;             /* "/" */
    if (!db) {
        farm_add_bytes(&t, farm_it.cwd, nearest(farm_it.cwd, cwd_len));
        farm_add(&t, "/farm.db");
    } else {
        if (*db != '/') {
            farm_add_bytes(&t, farm_it.cwd, cwd_len);
            farm_add(&t, "/");
        }
        farm_add(&t, db);
    }
    farm_add(&t, "-records");
}
