/* SPDX-License-Identifier: MIT
 *
 * What stands at an address: is it code of a known module, is it behind a call instruction, is it a linkage stub. The
 * answers about calls are remembered, because the same few return addresses come again and again.
 */
#include "runtime/internal.h"

#define REMEMBERED 2048u

static bool readable(uint64_t address, size_t len)
{
    return farm_readable(address) && farm_readable(address + len - 1);
}

/* Length of an indirect call (ff /2) by its second byte and, where there is one, its SIB byte; 0: it is none. */
static unsigned indirect_call_len(const uint8_t *code)
{
    unsigned mod = code[1] >> 6, reg = code[1] >> 3 & 7, rm = code[1] & 7;
    if (code[0] != 0xff || reg != 2)
        return 0;
    if (mod == 3)
        return 2;
    unsigned len = 2 + (rm == 4);
    if (mod == 0 && (rm == 5 || (rm == 4 && (code[2] & 7) == 5)))
        return len + 4;
    return len + (mod == 1 ? 1 : mod == 2 ? 4 : 0);
}

static bool is_behind_call(uint64_t address)
{
    const uint8_t *end = (const uint8_t *)address;
    if (!readable(address - 7, 7))
        return false;
    if (end[-5] == 0xe8) {
        int32_t distance;
        __builtin_memcpy(&distance, end - 4, sizeof distance);
        return farm_modules_at(address + (uint64_t)(int64_t)distance) != NULL;
    }
    static const uint8_t lengths[] = {2, 3, 4, 6, 7};
    for (unsigned i = 0; i < sizeof lengths; i++)
        if (indirect_call_len(end - lengths[i]) == lengths[i])
            return true;
    return false;
}

bool farm_code_is_return(uint64_t address)
{
    static uint64_t remembered[REMEMBERED];      /* address * 2 + answer; a torn or lost entry is asked again */
    uint64_t *slot = &remembered[(address ^ address >> 11) % REMEMBERED];
    uint64_t seen = __atomic_load_n(slot, __ATOMIC_RELAXED);
    if (seen >> 1 == address)
        return seen & 1;
    bool answer = is_behind_call(address);
    __atomic_store_n(slot, address << 1 | answer, __ATOMIC_RELAXED);
    return answer;
}

bool farm_code_is_counted(uint64_t pc)
{
    struct farm_range *r = farm_modules_at(pc);
    return r && r->instrumented;
}

static bool stub_at(const uint8_t *code)
{
    if (code[0] == 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == 0xfa)
        code += 4;               /* endbr64 */
    if (code[0] == 0xf2)
        code++;                  /* bnd */
    return (code[0] == 0xff && (code[1] == 0x25 || code[1] == 0x35)) || (code[0] == 0x68 && code[5] == 0xe9);
}

bool farm_code_is_stub(uint64_t pc)
{
    const uint8_t *wide = (const uint8_t *)(pc & ~15ull), *narrow = (const uint8_t *)(pc & ~7ull);
    return readable(pc & ~15ull, 32) && (stub_at(wide) || stub_at(narrow));
}
