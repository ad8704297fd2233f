/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/debug.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/file.h"

#define SYSTEM_FOLDER "/usr/lib/debug"
#define CANDIDATES 6u

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

/* NAME of the section .gnu_debuglink, as strip and distributions leave it; "" where there is none. Yours. */
static char *link_name(const char *path)
{
    struct str err = STR_INIT, text = STR_INIT;
    struct elf *e = elf_open(path, &err);
    if (e)
        elf_section(e, ".gnu_debuglink", &text);
    char *name = str_copy(text.len && memchr(text.data, 0, text.len) ? text.data : "");
    elf_close(e);
    str_release(&err);
    str_release(&text);
    return name;
}

/* Where debuggers look, too: by build-id, then by name. Yours. */
static char *candidate(const char *path, const char *build_id, unsigned number)
{
    if (number == 0)
        return str_copy(path);
    if (number == 1)
        return debug_cache_path(build_id);
    if (number == 2)
        return str_format(SYSTEM_FOLDER "/.build-id/%.2s/%s.debug", build_id, build_id + 2);
    char *name = link_name(path), *folder = file_folder(path), *found;
    found = number == 3 ? str_format("%s/%s", folder, name)
          : number == 4 ? str_format("%s/.debug/%s", folder, name)
                        : str_format(SYSTEM_FOLDER "%s/%s", folder, name);
    free(folder);
    free(name);
    return found;
}

char *debug_locate(const char *path, const char *build_id, const char *section)
{
    for (unsigned i = 0; i < (*build_id ? CANDIDATES : 1); i++) {
        char *at = candidate(path, build_id, i);
        if (fits(at, build_id, section))
            return at;
        free(at);
    }
    return NULL;
}
