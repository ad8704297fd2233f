/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/probe.h"

#include <string.h>

#include "base/file.h"

/* True where `path` has the folders in `part`, "a/b", one behind the other. */
static bool has_folders(const char *path, const char *part)
{
    size_t len = strlen(part);
    for (const char *at = path; (at = strstr(at, part)); at++)
        if ((at == path || at[-1] == '/') && (at[len] == '/' || !at[len]))
            return true;
    return false;
}

static bool in_scratch(const char *path)
{
    return has_folders(path, "CMakeFiles/CMakeScratch") || has_folders(path, "CMakeFiles/CMakeTmp")
        || has_folders(path, "CMakeFiles/ShowIncludes") || has_folders(path, "meson-private");
}

/* conftest, conftest.c, conftest1.o, conftest__.c (autosetup), but not conftest_helper.c. */
static bool is_conftest(const char *name)
{
    if (strncmp(name, "conftest", 8) != 0)
        return false;
    name += 8;
    name += strspn(name, "_0123456789");
    return !*name || *name == '.';
}

static bool is_probe_file(const char *path)
{
    const char *name = file_name(path);
    return is_conftest(name) || strncmp(name, "CMakeCCompilerId.", 17) == 0 || strcmp(name, "sanitycheckc.c") == 0
        || in_scratch(path);
}

bool probe_is(const struct args *a, const char *directory)
{
    if (in_scratch(directory) || (a->output && is_probe_file(a->output)))
        return true;
    for (size_t i = 0; i < a->inputs.count; i++)
        if (is_probe_file(a->inputs.items[i].path))
            return true;
    return false;
}
