/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/place.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"

static char *in_prefix(const char *below, const char *name)
{
    char *self = realpath("/proc/self/exe", NULL);
    char *bin = self ? file_folder(self) : str_copy("."), *prefix = file_folder(bin);
    char *path = str_format("%s/%s%s", prefix, below, name);
    free(self);
    free(bin);
    free(prefix);
    return path;
}

char *place_library(const char *name)
{
    return in_prefix("lib/farm/", name);
}

char *place_headers(void)
{
    return in_prefix("include", "");
}
