/* SPDX-License-Identifier: MIT
 *
 * Units get their place in every thread's block. This is where the runtime starts: the first unit that registers.
 */
#include <errno.h>

#include "runtime/direct.h"
#include "runtime/record.h"
#include "runtime/sys.h"

struct farm farm_it;

/* For guest.c, here because this file is in every program: name of five bytes and a pad, how far from here the door
 * is. */
__asm__(".pushsection .note.farm,\"a\",%note\n.balign 4\n.long 5, 4, 0x4641524d\n.asciz \"farm\"\n.balign 4\n"
        ".hidden farm_door\n.long farm_door - .\n.popsection\n");

/* 0: there is no room. */
static uint64_t find_place(struct __farm_unit *unit, const struct farm_range *module)
{
    uint64_t offset;
    if (unit->first && farm_direct_place(unit, module, &offset))
        return offset;
    offset = farm_it.layout_end;
    uint64_t end = offset + 8ull * unit->counters;
    if (end > farm_it.reserve || !farm_block_extend_all(end))
        return 0;
    farm_it.layout_end = end;
    return offset;
}

static uint64_t place_new(struct __farm_unit *unit)
{
    struct farm_range *module = farm_modules_of(unit);
    bool room = module && farm_it.units.used < farm_it.units.cap;
    uint64_t offset = room ? find_place(unit, module) : 0;
    if (!offset) {
        farm_note("not every file is counted, because there is no room for more counters", "");
        return 0;
    }
    struct farm_unit_entry entry = {unit->id, module->index, unit->counters, offset};
    farm_table_add(&farm_it.units, &entry, sizeof entry);
    farm_it.unit_count++;
    if (!module->instrumented)
        farm_modules_instrumented(module);
    module->tls = unit->tls;
    return offset;
}

void __farm_register(struct __farm_unit *unit, char **tls)
{
    int saved = errno;
    struct farm_hold hold;
    if (!farm_it.started)
        farm_start();
    /* two copies of one text share their unit */
    bool first = farm_it.on && unit->abi == FARM_ABI && unit->counters && !unit->shift;
    if (first)                     /* also of one that gets no place: else each entry would take the slow path */
        unit->tls = (char *)tls - (char *)&__farm_tls;
    if (first && unit->first && farm_it.options.off)
        farm_direct_off(unit);
    if (first && !farm_it.options.off) {
        farm_modules_note();
        farm_lock(&farm_it.lock, &hold);
        uint64_t offset = place_new(unit);
        __atomic_store_n(&unit->shift, (int64_t)offset, __ATOMIC_RELEASE);
        farm_unlock(&farm_it.lock, &hold);
    }
    errno = saved;
}
