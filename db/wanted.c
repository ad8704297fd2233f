/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/wanted.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "db/path.h"

static bool same(char *whole, const char *path)
{
    bool is = *whole == '/' ? strcmp(path, whole) == 0 : path_ends(path, whole);
    free(whole);
    return is;
}

bool wanted_file(const struct wanted *w, const char *file, const char *path)
{
    char *end = str_format("*/%s", file);
    bool is = same(path_normal(".", file), path) || same(path_normal(w->here, file), path) ||
              same(path_normal(w->folder, file), path) || fnmatch(file, path, 0) == 0 || fnmatch(end, path, 0) == 0;
    free(end);
    return is;
}

bool wanted_function(const struct wanted *w, const char *path, const char *name, int64_t line, int64_t last_line)
{
    if (w->file && !wanted_file(w, w->file, path))
        return false;
    if (!w->function || fnmatch(w->function, name, 0) == 0)
        return true;
    const char *colon = strrchr(w->function, ':');
    if (!colon || colon[1] == ']')                      /* [[:alpha:]] */
        return false;
    char *end, *file = str_format("%.*s", (int)(colon - w->function), w->function);
    long long number = strtoll(colon + 1, &end, 10);
    bool named = end != colon + 1 && !*end ? number >= line && number <= last_line : fnmatch(colon + 1, name, 0) == 0;
    named = named && wanted_file(w, file, path);
    free(file);
    return named;
}
