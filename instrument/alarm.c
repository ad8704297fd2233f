/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/alarm.h"

#include <stddef.h>
#include <string.h>

static bool ends_with_one_of(const char *line, size_t len)
{
    static const char *const flags[] = {
        "[-Wmisleading-indentation]", "[-Wparentheses-equality]", "[-Wtautological-compare]", NULL,
    };
    for (const char *const *flag = flags; *flag; flag++)
        if (len >= strlen(*flag) && memcmp(line + len - strlen(*flag), *flag, strlen(*flag)) == 0)
            return true;
    return false;
}

static bool has(const char *line, size_t len, const char *word)
{
    return memmem(line, len, word, strlen(word));
}

bool alarm_may_be_false(const char *said)
{
    bool any = false;
    while (*said) {
        size_t len = strcspn(said, "\n");
        if (has(said, len, "error: "))
            return false;
        if (has(said, len, "warning: ")) {
            if (!ends_with_one_of(said, len))
                return false;
            any = true;
        }
        said += len + (said[len] == '\n');
    }
    return any;
}
