/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmcc's side of the module.
 */
#include <dlfcn.h>
#include <stdlib.h>

#include "instrument/place.h"
#include "instrument/plugin.h"

void *plugin_find(const char *name, struct str *why)
{
    char *path = place_library(PLUGIN_FILE);
    void *module = dlopen(path, RTLD_LAZY | RTLD_LOCAL);     /* most of what libclang may call never is */
    void *found = module ? dlsym(module, name) : NULL;
    if (!found)
        str_addf(why, "the rewriter cannot be loaded: %s", dlerror());
    free(path);
    return found;
}
