/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmcc's side of the module.
 */
#include <dlfcn.h>
#include <stdlib.h>

#include "instrument/place.h"
#include "instrument/plugin.h"

static void *load(const char *name, int how)
{
    char *path = place_library(name);
    void *module = dlopen(path, how | RTLD_LOCAL);
    free(path);
    return module;
}

/* With the part of libLLVM in its stead, if there is one and it has all that libclang wants; else with the whole. Most
 * of what libclang may call of that never is. */
static void *load_rewriter(void)
{
    void *part = load(PLUGIN_LLVM, RTLD_LAZY), *module = part ? load(PLUGIN_FILE, RTLD_NOW) : NULL;
    if (part && !module)
        dlclose(part);
    return module ? module : load(PLUGIN_FILE, RTLD_LAZY);
}

void *plugin_find(const char *name, struct str *why)
{
    void *module = load_rewriter();
    void *found = module ? dlsym(module, name) : NULL;
    if (!found)
        str_addf(why, "the rewriter cannot be loaded: %s", dlerror());
    return found;
}
