/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions are decoded from their start, one at a time: whoever asks goes through addresses in order.
 */
#include "db/intake/code.h"

#include <capstone/capstone.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/vec.h"

struct step {
    uint64_t at, before;         /* an instruction, and the one before it; 0: not known */
};

struct function {
    uint64_t low, high;
};

struct code {
    csh decoder;
    cs_insn *now;
    struct str text;
    uint64_t start;              /* address of the text */
    VEC(struct function) functions;      /* by address */
    const struct function *decoded;      /* the one of which are: */
    VEC(struct step) steps;      /* by address */
    VEC(uint64_t) targets;       /* of jumps */
};

static int address_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;      /* steps and functions begin with theirs */
    return (x > y) - (x < y);
}

static void take_symbol(void *context, const struct elf_symbol *s)
{
    struct code *c = context;
    if (s->kind == ELF_FUNCTION && s->address >= c->start && s->address + s->size <= c->start + c->text.len)
        *vec_push(&c->functions) = (struct function){s->address, s->address + s->size};
}

static bool load(struct code *c, struct elf *e)
{
    if (!elf_text(e, &c->text, &c->start))
        return false;
    elf_each_symbol(e, take_symbol, c);
    if (c->functions.count)
        qsort(c->functions.items, c->functions.count, sizeof *c->functions.items, address_order);
    return c->functions.count;
}

struct code *code_open(const char *path)
{
    struct str err = STR_INIT;
    struct code *c = xcalloc(1, sizeof *c);
    struct elf *e = elf_open(path, &err);
    bool done = e && load(c, e) && cs_open(CS_ARCH_X86, CS_MODE_64, &c->decoder) == CS_ERR_OK;
    elf_close(e);
    str_release(&err);
    if (done && (c->now = cs_malloc(c->decoder)))
        return c;
    code_close(c);
    return NULL;
}

void code_close(struct code *c)
{
    if (!c)
        return;
    if (c->now)
        cs_free(c->now, 1);
    if (c->decoder)
        cs_close(&c->decoder);
    str_release(&c->text);
    vec_release(&c->functions);
    vec_release(&c->steps);
    vec_release(&c->targets);
    free(c);
}

/* Control does not go on behind it, or not at once. */
static bool leaves(const cs_insn *i)
{
    switch (i->id) {
    case X86_INS_JMP: case X86_INS_LJMP: case X86_INS_CALL: case X86_INS_LCALL: case X86_INS_RET: case X86_INS_RETF:
    case X86_INS_IRETQ: case X86_INS_UD2: case X86_INS_HLT: case X86_INS_INT3: case X86_INS_SYSCALL:
        return true;
    default:
        return false;
    }
}

/* Each number that stands alone is taken for a target: a constant is no address of the function. */
static void add_target(struct code *c, const cs_insn *i)
{
    if (strncmp(i->op_str, "0x", 2) == 0)
        *vec_push(&c->targets) = strtoull(i->op_str, NULL, 16);
}

static void decode(struct code *c, const struct function *f)
{
    const uint8_t *bytes = (const uint8_t *)c->text.data + (f->low - c->start);
    size_t left = f->high - f->low;
    uint64_t at = f->low, before = 0;
    c->decoded = f;
    c->steps.count = c->targets.count = 0;
    while (cs_disasm_iter(c->decoder, &bytes, &left, &at, c->now)) {
        *vec_push(&c->steps) = (struct step){c->now->address, before};
        add_target(c, c->now);
        before = leaves(c->now) ? 0 : c->now->address;
    }
    for (size_t i = 0; i < c->targets.count && c->steps.count; i++) {
        struct step *s = bsearch(&c->targets.items[i], c->steps.items, c->steps.count, sizeof *s, address_order);
        if (s)
            s->before = 0;
    }
}

static const struct function *function_at(const struct code *c, uint64_t address)
{
    size_t low = 0, high = c->functions.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->functions.items[middle].low <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low && address < c->functions.items[low - 1].high ? &c->functions.items[low - 1] : NULL;
}

uint64_t code_waited(struct code *c, uint64_t address)
{
    const struct function *f = function_at(c, address);
    if (!f)
        return address;
    if (f != c->decoded)
        decode(c, f);
    const struct step *s = NULL;
    if (c->steps.count)
        s = bsearch(&address, c->steps.items, c->steps.count, sizeof *s, address_order);
    return s && s->before ? s->before : address;
}
