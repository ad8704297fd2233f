/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/debug.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/file.h"

char *debug_cache_folder(void)
{
    const char *farm = getenv("FARM_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    return farm && *farm ? str_format("%s/build-id", farm)
         : xdg && *xdg   ? str_format("%s/farm/build-id", xdg)
                         : str_format("%s/.cache/farm/build-id", home ? home : "");
}

char *debug_cache_path(const char *build_id)
{
    char *folder = debug_cache_folder();
    char *path = str_format("%s/%.2s/%s.debug", folder, build_id, build_id + 2);
    free(folder);
    return path;
}

static bool fits(const char *path, const char *build_id, const char *section)
{
    struct str err = STR_INIT;
    struct elf *e = file_exists(path) ? elf_open(path, &err) : NULL;
    uint8_t id[ELF_BUILD_ID_MAX];
    size_t len = e && *build_id ? elf_build_id(e, id) : 0;
    char have[2 * ELF_BUILD_ID_MAX + 1] = "";
    for (size_t i = 0; i < len; i++)
        snprintf(have + 2 * i, 3, "%02x", id[i]);
    bool same = e && strcmp(have, build_id) == 0 && elf_has_section(e, section);
    elf_close(e);
    str_release(&err);
    return same;
}

char *debug_locate(const char *path, const char *build_id, const char *section)
{
    if (fits(path, build_id, section))
        return str_copy(path);
    if (!*build_id)
        return NULL;
    char *kept = debug_cache_path(build_id);
    if (fits(kept, build_id, section))
        return kept;
    free(kept);
    return NULL;
}
