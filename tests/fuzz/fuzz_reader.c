/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record reader with any input: it hands out what is in range, or refuses with a sentence.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/intake/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Everything that ingest would touch. */
static uint64_t use(const struct record *r)
{
    uint64_t sum = strlen(record_info(r, "exe")) + strlen(r->header.note) + strlen(r->header.boot_id);
    for (size_t i = 0; i < r->modules.count; i++)
        sum += strlen(r->modules.items[i].path) + strlen(r->modules.items[i].build_id);
    for (size_t i = 0; i < r->units.count; i++) {
        const struct farm_unit_entry *u = &r->units.items[i];
        if (u->counters > 1 << 16)
            continue;
        uint64_t *counters = xcalloc(u->counters, sizeof *counters);
        record_counters(r, u, counters);
        for (uint32_t k = 0; k < u->counters; k++)
            sum += counters[k];
        free(counters);
    }
    for (size_t i = 0; i < r->nodes.count; i++) {
        size_t depth = 0;
        for (uint32_t at = (uint32_t)i; at != FARM_NO_NODE; at = r->nodes.items[at].parent)
            if (++depth > r->nodes.count)
                abort();                 /* a cycle: the reader has not done its duty */
        sum += record_module_at(r, r->nodes.items[i].pc) != NULL;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static volatile uint64_t sink;
    struct str file = STR_INIT, err = STR_INIT;
    struct record r;
    str_add_bytes(&file, data, len);
    if (record_parse(&file, &r, &err))
        sink += use(&r);
    else if (!err.len)
        abort();                         /* refused without a word */
    record_close(&r);
    str_release(&err);
    return 0;
}
