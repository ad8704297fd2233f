/* SPDX-License-Identifier: MIT */
#include "runtime/direct.h"

#include <asm/prctl.h>
#include <elf.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "runtime/sys.h"

#define FSGSBASE 2u              /* of AT_HWCAP2: the instruction may be used */
#define GS_PREFIX 0x65
#define NO_PREFIX 0x3e           /* of the data segment, which means nothing */
#define PATCH_REACH 6u           /* bytes behind the prefix within which the operand's mode is */

extern const char __farm_gs_taken[] __attribute__((weak, visibility("hidden")));

static struct {
    char *first, *end;           /* of the program's section; NULL: none is placed */
    int64_t way;                 /* from its counters to those of a thread, less the thread's base */
    struct __farm_unit **kept;   /* units that count in the section itself */
    uint32_t kept_count;
    const char *disarmed;        /* the section whose code was changed last */
    bool by_instruction, refused;
} direct;

static bool point_to(uint64_t address)
{
    if (!direct.by_instruction)
        return farm_sys(SYS_arch_prctl, ARCH_SET_GS, address) == 0;
    __asm__ volatile("wrgsbase %0" : : "r"(address) : "memory");
    return true;
}

bool farm_direct_is_on(void)
{
    return direct.first;
}

void farm_direct_point(void)
{
    if (direct.first)
        point_to((uint64_t)__farm_tls + (uint64_t)direct.way);
}

/* The first unit of the program places the whole section. */
static bool place_section(const struct __farm_unit *unit)
{
    uint64_t end = farm_it.layout_end + (uint64_t)(unit->end - unit->first);
    if (__farm_gs_taken || farm_it.options.off || end > farm_it.reserve || !farm_block_attach() ||
        !farm_block_extend_all(end))
        return false;
    direct.by_instruction = !farm_it.emulated && getauxval(AT_HWCAP2) & FSGSBASE;
    direct.way = (int64_t)(farm_it.layout_end - (uint64_t)unit->first);
    if (!point_to((uint64_t)__farm_tls + (uint64_t)direct.way))
        return false;
    direct.first = unit->first;
    direct.end = unit->end;
    farm_it.layout_end = end;
    return true;
}

/* What was counted before %gs led anywhere. */
static void take_over(struct __farm_unit *unit, uint64_t offset)
{
    uint64_t *to = (uint64_t *)(__farm_tls + offset);
    for (uint32_t k = 0; k < unit->counters; k++) {
        to[k] += unit->dummy[k];
        unit->dummy[k] = 0;
    }
}

/* ---- units that count in the section itself ---- */

static bool is_within(const char *first, const char *end, const uint8_t *from, int32_t distance)
{
    const char *target = (const char *)from + distance;
    return target >= first && target < end;
}

/* An instruction with a %gs in front whose operand is one of a section's counters: nothing else in a module's code can
 * look so, since its distance has 32 bits. Behind it an immediate value of no, one or four bytes may follow. */
static bool is_count(const char *first, const char *end, const uint8_t *at)
{
    for (unsigned i = 1; *at == GS_PREFIX && i <= PATCH_REACH; i++) {
        int32_t distance;
        __builtin_memcpy(&distance, at + i + 1, sizeof distance);
        const uint8_t *next = at + i + 5;
        if ((at[i] & 0xc7) == 0x05 && (is_within(first, end, next, distance) ||
                                       is_within(first, end, next + 1, distance) ||
                                       is_within(first, end, next + 4, distance)))
            return true;
    }
    return false;
}

/* The code of a shared object must not go by the program's %gs, nor that of a program by one that is not ours. None of
 * it has run yet but its first constructor. */
static void disarm(const struct __farm_unit *unit, const struct farm_range *module)
{
    if (direct.disarmed == unit->first)
        return;
    direct.disarmed = unit->first;
    uint64_t from = module->low & ~(FARM_PAGE - 1ull), len = module->high - from;
    if (farm_sys(SYS_mprotect, from, len, PROT_READ | PROT_WRITE | PROT_EXEC) < 0) {
        farm_note("code that must not use %gs cannot be changed (compile it with --farm-counts=pointer): ",
                  ((const struct farm_module *)(const void *)(farm_it.modules.rows + module->master))->path);
        return;
    }
    for (uint8_t *at = (uint8_t *)module->low; at + PATCH_REACH + 5 < (uint8_t *)module->high; at++)
        if (is_count(unit->first, unit->end, at))
            *at = NO_PREFIX;
    farm_sys(SYS_mprotect, from, len, PROT_READ | PROT_EXEC);
}

static void keep(struct __farm_unit *unit)
{
    if (!direct.kept)
        direct.kept = farm_pages(FARM_UNITS_MAX * sizeof *direct.kept);
    if (direct.kept && direct.kept_count < FARM_UNITS_MAX)
        direct.kept[direct.kept_count++] = unit;
}

void farm_direct_several(void)
{
    if (direct.kept_count)
        farm_note("counts may be too low where threads meet, because not all code counts by a %gs of ours; "
                  "--farm-counts=pointer builds it in another way", "");
}

void farm_direct_publish(void)
{
    if (!farm_it.block_count)
        return;
    char *base = (char *)farm_it.blocks[0] + FARM_PAGE;
    for (uint32_t i = 0; i < direct.kept_count; i++) {
        const struct __farm_unit *unit = direct.kept[i];
        uint64_t *to = (uint64_t *)(base + unit->shift);
        for (uint32_t k = 0; k < unit->counters; k++)
            if (unit->dummy[k])  /* others are asked for one by one, and are in blocks */
                to[k] = unit->dummy[k];
    }
}

void farm_direct_fork(void)
{
    for (uint32_t i = 0; i < direct.kept_count; i++)
        farm_zero(direct.kept[i]->dummy, 8ull * direct.kept[i]->counters);
}

/* ---- all units ---- */

void farm_direct_off(const struct __farm_unit *unit)
{
    if (!__farm_gs_taken)
        return;
    farm_modules_note();
    const struct farm_range *module = farm_modules_of(unit);
    if (module)
        disarm(unit, module);
}

uint64_t *farm_direct_counters(const struct __farm_unit *unit)
{
    if (!__farm_tls || (unit->first && unit->first != direct.first))
        return unit->dummy;
    return (uint64_t *)(__farm_tls + (unit->first ? direct.way + (int64_t)unit->dummy : unit->shift));
}

bool farm_direct_is_count(const uint8_t *code)
{
    return is_count(direct.first, direct.end, code);
}

bool farm_direct_place(struct __farm_unit *unit, const struct farm_range *module, uint64_t *offset)
{
    bool program = module->index == 0;
    if (program && !direct.first && !direct.refused)
        direct.refused = !place_section(unit);
    if (program && !direct.refused) {
        *offset = (uint64_t)direct.way + (uint64_t)unit->dummy;
        take_over(unit, *offset);
        return true;
    }
    disarm(unit, module);
    keep(unit);
    return false;
}
