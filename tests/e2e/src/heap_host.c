/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    void *(*make)(int) = plugin ? (void *(*)(int))dlsym(plugin, "plugin_make") : NULL;
    void (*end)(void *) = plugin ? (void (*)(void *))dlsym(plugin, "plugin_end") : NULL;
    if (!make || !end)
        return 1;
    end(make(500));
    free(make(500));
    void *mine = malloc(100);
    end(mine);
    return 0;
}
