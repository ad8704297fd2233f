/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/place.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"

char *place_library(const char *name)
{
    char *below = str_format("lib/farm/%s", name), *path = file_in_prefix(below);
    free(below);
    return path;
}

char *place_headers(void)
{
    return file_in_prefix("include");
}
