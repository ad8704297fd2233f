/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/globs.h"

#include <fnmatch.h>

#include "base/file.h"

void globs_add(struct globs *g, const char *list)
{
    while (*list) {
        size_t len = strcspn(list, ",");
        if (len)
            *vec_push(&g->patterns) = str_copy_bytes(list, len);
        list += len + (list[len] == ',');
    }
}

void globs_release(struct globs *g)
{
    for (size_t i = 0; i < g->patterns.count; i++)
        free(g->patterns.items[i]);
    vec_release(&g->patterns);
}

bool globs_match(const struct globs *g, const char *path, const char *function)
{
    for (size_t i = 0; i < g->patterns.count; i++) {
        const char *pattern = g->patterns.items[i];
        if (fnmatch(pattern, path, 0) == 0 || fnmatch(pattern, file_name(path), 0) == 0
            || fnmatch(pattern, function, 0) == 0)
            return true;
    }
    return false;
}
