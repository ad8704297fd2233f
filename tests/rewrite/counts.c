/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands in for the runtime in tests: linked into a rewritten program of one thread, it appends the counters of all
 * units to the file named by COUNTS when the program ends. One line a unit: id, number, counters.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/format.h"

static struct __farm_unit *units[4096];
static unsigned unit_count;

static void dump(void)
{
    const char *path = getenv("COUNTS");
    FILE *out = path ? fopen(path, "a") : NULL;
    if (!out)
        return;
    for (unsigned i = 0; i < unit_count; i++) {
        fprintf(out, "%llx %u", (unsigned long long)units[i]->id, units[i]->counters);
        for (uint32_t k = 0; k < units[i]->counters; k++)
            fprintf(out, " %llu", (unsigned long long)units[i]->dummy[k]);
        fputc('\n', out);
    }
    fclose(out);
}

void __farm_register(struct __farm_unit *unit, char **tls)
{
    (void)tls;
    if (unit_count == 0)
        atexit(dump);
    if (unit_count < sizeof units / sizeof *units)
        units[unit_count++] = unit;
}
