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

bool alarm_comes_late(const char *said)
{
    static const char *const flags[] = {
        "[-Wimplicit-fallthrough", "[-Wreturn-type", "[-Wunused-function", "[-Wunused-const-variable",
        "[-Wmaybe-uninitialized", "[-Wuninitialized", "[-Warray-bounds", "[-Wstringop-", "[-Wformat-overflow",
        "[-Wformat-truncation", "[-Wnull-dereference", "[-Wuse-after-free", "[-Wswitch-unreachable", "[-Wrestrict",
        "[-Wclobbered", "[-Winline", "[-Waggressive-loop-optimizations", "[-Wfree-nonheap-object", "[-Wnonnull",
        "[-Wstrict-overflow", "[-Wframe-larger-than", "[-Wstack-usage",
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strstr(said, flags[i]))
            return true;
    return false;
}
