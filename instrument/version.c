/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/version.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "instrument/compiler.h"
#include "instrument/place.h"
#include "instrument/plugin.h"

/* Size and time stand for the content, as in compiler caches. */
static void print_file(const char *what, const char *path, FILE *out)
{
    struct stat st;
    char *real = path ? realpath(path, NULL) : NULL;
    if (real && stat(real, &st) == 0)
        fprintf(out, "%s: %s, %lld bytes of %lld.%09ld\n", what, real, (long long)st.st_size,
                (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    else
        fprintf(out, "%s: missing\n", what);
    free(real);
}

void version_print(const char *called_as, const struct settings *s, FILE *out)
{
    struct str why = STR_INIT;
    struct compiler compiler;
    plugin_text *function = (plugin_text *)plugin_find(PLUGIN_VERSION, &why);
    char *libclang = function ? function() : str_copy("missing"), *directory = get_current_dir_name();
    char *module = place_library(PLUGIN_FILE), *nothing[] = {NULL}, **words = nothing;
    settings_version(libclang, out);
    print_file("farmcc", "/proc/self/exe", out);
    print_file("rewriter", module, out);
    print_file("compiler", compiler_find(called_as, s->cc, &words, &compiler, &why) ? compiler.program : NULL, out);
    fprintf(out, "folder: %s\n", directory ? directory : "missing");
    compiler_release(&compiler);
    free(libclang);
    free(directory);
    free(module);
    str_release(&why);
}
