/* SPDX-License-Identifier: MIT
 *
 * One frame up by the call-frame information that compilers put into .eh_frame: exact where it is there, also in
 * libraries without frame pointers. Only what x86-64 code uses is understood (a frame that hangs on rsp or rbp); any
 * other answer is "cannot", and the caller looks in another way.
 */
#include "runtime/internal.h"
#include "runtime/sys.h"
#include "runtime/unwind.h"

enum { REG_BP = 6, REG_SP = 7, REG_PC = 16 };
enum { PCREL_SDATA4 = 0x1b, DATAREL_SDATA4 = 0x3b, UDATA4 = 0x03 };

struct rules {                   /* in one row: where the frame is, and what of the caller was saved in it */
    uint64_t cfa_reg;
    int64_t cfa_offset;
    bool bp_saved, outermost, unknown;
    int64_t bp_offset, pc_offset;
};

struct reader {
    const uint8_t *at, *end;
};

struct entry {                   /* what a CIE says about its FDEs */
    uint64_t code_align;
    int64_t data_align;
    struct reader program;       /* initial instructions */
};

static uint64_t uleb(struct reader *r)
{
    uint64_t value = 0;
    unsigned shift = 0;
    while (r->at < r->end) {
        uint8_t byte = *r->at++;
        value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        shift += 7;
        if (!(byte & 0x80))
            break;
    }
    return value;
}

static int64_t sleb(struct reader *r)
{
    const uint8_t *start = r->at;
    uint64_t value = uleb(r);
    unsigned bits = 7 * (unsigned)(r->at - start);
    return bits < 64 && r->at > start && r->at[-1] & 0x40 ? (int64_t)(value | ~0ull << bits) : (int64_t)value;
}

static uint64_t fixed(struct reader *r, unsigned len)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < len && r->at < r->end; i++)
        value |= (uint64_t)*r->at++ << 8 * i;
    return value;
}

static int32_t word_at(const uint8_t *at)
{
    int32_t value;
    __builtin_memcpy(&value, at, sizeof value);
    return value;
}

/* The header's table is sorted by address: the last entry at or before pc. */
static const uint8_t *find_fde(const uint8_t *header, uint64_t pc)
{
    if (!farm_readable((uint64_t)header) || header[0] != 1 || header[1] != PCREL_SDATA4 || header[2] != UDATA4 ||
        header[3] != DATAREL_SDATA4)
        return NULL;
    uint32_t low = 0, high = (uint32_t)word_at(header + 8);
    int64_t wanted = (int64_t)(pc - (uint64_t)header);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (word_at(header + 12 + 8 * (size_t)middle) <= wanted)
            low = middle + 1;
        else
            high = middle;
    }
    const uint8_t *fde = low ? header + word_at(header + 12 + 8 * (size_t)(low - 1) + 4) : NULL;
    return fde && farm_readable((uint64_t)fde) ? fde : NULL;
}

/* Augmentation data in the order of its letters: addresses (R) must be of four bytes relative to themselves, as
 * compilers write them; what is said of exception handlers (P, L: in functions with cleanups) is skipped; signal frames
 * (S) are left to the caller's other ways. */
static bool read_augmentation(struct reader r, const char *letters)
{
    bool addresses = false;
    for (; *letters; letters++) {
        uint64_t encoding = *letters == 'S' ? 0 : fixed(&r, 1);
        if (*letters == 'P')
            fixed(&r, (encoding & 7) == 3 ? 4 : 8);
        else if (*letters == 'R')
            addresses = encoding == PCREL_SDATA4;
        else if (*letters != 'L')
            return false;
    }
    return addresses;
}

static bool read_cie(const uint8_t *cie, struct entry *e)
{
    struct reader r = {cie + 8, cie + 4 + (uint32_t)word_at(cie)};
    uint64_t version = fixed(&r, 1);
    const char *augmentation = (const char *)r.at;
    r.at += farm_length(augmentation) + 1;
    if ((version != 1 && version != 3) || *augmentation != 'z')
        return false;
    e->code_align = uleb(&r);
    e->data_align = sleb(&r);
    if (uleb(&r) != REG_PC)
        return false;
    uint64_t len = uleb(&r);
    struct reader data = {r.at, r.at + len};
    if (!read_augmentation(data, augmentation + 1))
        return false;
    r.at += len;
    e->program = r;
    return true;
}

static void set_offset(struct rules *now, uint64_t reg, int64_t offset)
{
    if (reg == REG_BP) {
        now->bp_saved = true;
        now->bp_offset = offset;
    } else if (reg == REG_PC) {
        now->outermost = false;
        now->pc_offset = offset;
    }
}

static void restore(struct rules *now, const struct rules *initial, uint64_t reg)
{
    if (reg == REG_BP) {
        now->bp_saved = initial->bp_saved;
        now->bp_offset = initial->bp_offset;
    } else if (reg == REG_PC) {
        now->pc_offset = initial->pc_offset;
    }
}

static void skip_block(struct reader *r)
{
    uint64_t len = uleb(r);
    r->at = len < (uint64_t)(r->end - r->at) ? r->at + len : r->end;
}

/* Instructions about registers other than the frame's own. */
static void other_instruction(struct reader *r, const struct entry *e, uint8_t op, struct rules *now,
                              const struct rules *initial)
{
    uint64_t reg = op == 0x16 || op <= 0x11 || op == 0x14 || op == 0x15 ? uleb(r) : 0;
    switch (op) {
    case 0x05: set_offset(now, reg, (int64_t)uleb(r) * e->data_align); break;
    case 0x06: restore(now, initial, reg); break;
    case 0x07: now->outermost |= reg == REG_PC; break;
    case 0x08: now->bp_saved &= reg != REG_BP; break;
    case 0x09: uleb(r); now->unknown |= reg == REG_BP || reg == REG_PC; break;
    case 0x10: case 0x16: skip_block(r); now->unknown |= reg == REG_BP || reg == REG_PC; break;
    case 0x11: set_offset(now, reg, sleb(r) * e->data_align); break;
    case 0x14: uleb(r); now->unknown |= reg == REG_BP; break;
    case 0x15: sleb(r); now->unknown |= reg == REG_BP; break;
    case 0x2e: uleb(r); break;           /* size of arguments on the stack */
    default: now->unknown = true; r->at = r->end;
    }
}

static void cfa_instruction(struct reader *r, const struct entry *e, uint8_t op, struct rules *now)
{
    if (op == 0x0c || op == 0x0d || op == 0x12) {
        now->cfa_reg = uleb(r);
        now->unknown = false;
    }
    if (op == 0x0c || op == 0x0e)
        now->cfa_offset = (int64_t)uleb(r);
    if (op == 0x12 || op == 0x13)
        now->cfa_offset = sleb(r) * e->data_align;
    if (op == 0x0f) {
        skip_block(r);
        now->unknown = true;
    }
}

/* Runs a program of call-frame instructions up to the row of `target`, code bytes behind the function's start. */
static void run(struct reader r, const struct entry *e, uint64_t target, struct rules *now, const struct rules *initial)
{
    struct rules kept[8];
    unsigned depth = 0;
    uint64_t location = 0;
    while (r.at < r.end && location <= target) {
        uint8_t op = *r.at++, low = op & 0x3f;
        if (op >> 6 == 1)
            location += low * e->code_align;
        else if (op >> 6 == 2)
            set_offset(now, low, (int64_t)uleb(&r) * e->data_align);
        else if (op >> 6 == 3)
            restore(now, initial, low);
        else if (op >= 0x02 && op <= 0x04)
            location += fixed(&r, 1u << (op - 2)) * e->code_align;
        else if (op == 0x0a && depth < 8)
            kept[depth++] = *now;
        else if (op == 0x0b && depth > 0)
            *now = kept[--depth];
        else if (op == 0x0f || (op >= 0x0c && op <= 0x0e) || op == 0x12 || op == 0x13)
            cfa_instruction(&r, e, op, now);
        else if (op)
            other_instruction(&r, e, op, now, initial);
    }
}

static bool find_rules(uint64_t pc, struct rules *now, struct farm_rule *function)
{
    const struct farm_range *range = farm_modules_at(pc);
    const uint8_t *fde = range && range->frames ? find_fde((const uint8_t *)range->frames, pc) : NULL;
    struct entry e;
    if (!fde || !word_at(fde + 4) || !read_cie(fde + 4 - word_at(fde + 4), &e))
        return false;
    uint64_t start = (uint64_t)(fde + 8) + (uint64_t)(int64_t)word_at(fde + 8);
    if (pc - start >= (uint32_t)word_at(fde + 12))
        return false;
    function->start = start;
    function->end = start + (uint32_t)word_at(fde + 12);
    struct reader program = {fde + 16, fde + 4 + (uint32_t)word_at(fde)};
    skip_block(&program);        /* augmentation data */
    struct rules initial;
    farm_zero(&initial, sizeof initial);
    initial.pc_offset = -8;
    run(e.program, &e, ~0ull - 1, &initial, &initial);
    *now = initial;
    run(program, &e, pc - start, now, &initial);
    return !now->unknown && (now->cfa_reg == REG_BP || now->cfa_reg == REG_SP);
}

bool farm_unwind_rule(uint64_t pc, struct farm_rule *rule)
{
    struct rules now;
    if (!find_rules(pc, &now, rule))
        return false;
    rule->cfa = now.cfa_offset;
    rule->pc = now.pc_offset;
    rule->bp = now.bp_offset;
    rule->by_bp = now.cfa_reg == REG_BP;
    rule->bp_saved = now.bp_saved;
    rule->outermost = now.outermost;
    return true;
}

/* ---- rules of addresses where a stack was left before ---- */

#define REMEMBERED 1024u         /* a sample has some ten frames, and most are those of the sample before */

/* Written by whoever walks a stack, signal handlers too: `check` is the address, as the record has it, and `data`
 * together, so that a torn entry, or one of a module that lay there before, goes with nothing. */
static struct {
    uint64_t check, data;
} remembered[REMEMBERED];

enum { BY_BP = 1, BP_SAVED = 2, OUTERMOST = 4 };

/* False: it is out of the ordinary, and worked out each time. */
static bool pack(const struct farm_rule *r, uint64_t *data)
{
    uint64_t flags = (r->by_bp ? BY_BP : 0) | (r->bp_saved ? BP_SAVED : 0) | (r->outermost ? OUTERMOST : 0);
    *data = (uint64_t)(uint32_t)r->cfa << 32 | (uint64_t)(uint16_t)r->bp << 16 | (uint64_t)(uint8_t)r->pc << 8 | flags;
    return r->cfa == (int32_t)r->cfa && r->bp == (int16_t)r->bp && r->pc == (int8_t)r->pc;
}

static void unpack(uint64_t data, struct farm_rule *r)
{
    r->cfa = (int32_t)(data >> 32);
    r->bp = (int16_t)(data >> 16);
    r->pc = (int8_t)(data >> 8);
    r->by_bp = data & BY_BP;
    r->bp_saved = data & BP_SAVED;
    r->outermost = data & OUTERMOST;
}

/* As farm_unwind_rule(), but for the function's extent where the rule is remembered. */
static bool rule_of(uint64_t pc, struct farm_rule *rule)
{
    uint64_t key = farm_modules_recorded(pc), data;
    uint64_t *check = &remembered[(pc ^ pc >> 10) % REMEMBERED].check;
    uint64_t *kept = &remembered[(pc ^ pc >> 10) % REMEMBERED].data;
    data = __atomic_load_n(kept, __ATOMIC_RELAXED);
    if ((__atomic_load_n(check, __ATOMIC_RELAXED) ^ data) == key) {
        unpack(data, rule);
        return true;
    }
    if (!farm_unwind_rule(pc, rule))
        return false;
    if (pack(rule, &data)) {
        __atomic_store_n(kept, data, __ATOMIC_RELAXED);
        __atomic_store_n(check, key ^ data, __ATOMIC_RELAXED);
    }
    return true;
}

/* Foreign: code that its module's frame information leaves out, so it is not ours, which always has some. */
enum farm_step farm_unwind(const struct farm_stack *s, struct farm_frame *f)
{
    struct farm_rule rule = {.end = 0};
    if (!rule_of(f->pc, &rule)) {
        const struct farm_range *range = rule.end ? NULL : farm_modules_at(f->pc);
        return range && range->frames ? FARM_STEP_FOREIGN : FARM_STEP_UNKNOWN;
    }
    if (rule.outermost)
        return FARM_STEP_OUTERMOST;
    uint64_t cfa = (rule.by_bp ? f->bp : f->sp) + (uint64_t)rule.cfa, back, bp = f->bp;
    if (cfa <= f->sp || !farm_stack_word(s, cfa + (uint64_t)rule.pc, &back))
        return FARM_STEP_UNKNOWN;
    if (rule.bp_saved && !farm_stack_word(s, cfa + (uint64_t)rule.bp, &bp))
        return FARM_STEP_UNKNOWN;
    *f = (struct farm_frame){back - 1, cfa, bp};
    return FARM_STEP_DONE;
}
