/* SPDX-License-Identifier: MIT
 *
 * From a call of an allocation function to its site. The return address alone names it where it lies in an instrumented
 * function; elsewhere the callers are walked up to the first one that does. How to leave a frame is the same each time
 * for one address, so it is looked up once. Which function is instrumented only decides how far we walk: farmdb looks
 * at all addresses of a chain and takes the innermost line that it knows.
 */
#include "runtime/direct.h"
#include "runtime/heap.h"
#include "runtime/record.h"
#include "runtime/room.h"
#include "runtime/sys.h"
#include "runtime/unwind.h"

#define CODES 16384u             /* places of the table of addresses, a power of two */
#define CODES_TIGHT 4096u
#define SITES 32768u             /* 0 is none */
#define SITES_TIGHT 2048u
#define WALK_MAX 256             /* frames */

enum kind { COUNTED = 1, FOREIGN, STUCK };

struct code {                    /* what is known of an address */
    uint64_t pc;                 /* 0: a free place */
    uint32_t kind : 3, in_module : 1, by_bp : 1, bp_saved : 1, outermost : 1;
    int32_t cfa, back, bp;       /* as in farm_rule */
};

static struct code *codes;
static uint32_t code_room, code_count;
static struct farm_table sites;
static struct farm_heap_site **entries;  /* by site: in the record */
uint32_t *farm_site_offsets;
static uint32_t *places;         /* of sites, by the hash of their chain; 0: free */
static uint32_t site_count;

/* ---- addresses ---- */

static uint64_t mix(uint64_t x)
{
    x *= 0x9e3779b97f4a7c15ull;
    return x ^ x >> 29;
}

static int64_t own_tls(void)
{
    char *thread;
    __asm__("mov %%fs:0, %0" : "=r"(thread));
    return (char *)&__farm_tls - thread;
}

static int32_t word_at(const uint8_t *code)
{
    int32_t word;
    __builtin_memcpy(&word, code, sizeof word);
    return word;
}

/* Does the instruction at `code` load __farm_tls, or its offset from the thread pointer? That is how each instrumented
 * function begins: from a table of offsets, or as the linker has simplified it. */
static bool takes_base(const uint8_t *code, int64_t offset)
{
    bool wide = (code[0] & 0xfb) == 0x48;        /* REX.W, with or without R */
    if (wide && (code[1] == 0x8b || code[1] == 0x03) && (code[2] & 0xc7) == 0x05) {
        const int64_t *slot = (const void *)(code + 7 + word_at(code + 3));
        return !((uint64_t)slot & 7) && farm_modules_of(slot) && farm_readable((uint64_t)slot) && *slot == offset;
    }
    if (code[0] == 0x64 && (code[1] & 0xfb) == 0x48 && code[2] == 0x8b && (code[3] & 0xc7) == 0x04 && code[4] == 0x25)
        return word_at(code + 5) == offset;
    bool moved = (code[0] & 0xfe) == 0x48 && code[1] == 0xc7 && (code[2] & 0xf8) == 0xc0;
    bool added = (code[0] & 0xfa) == 0x48 && code[1] == 0x8d && (code[2] & 0xc0) == 0x80;
    return (moved || added) && word_at(code + 3) == offset;
}

/* The mark that farmcc puts into functions named by --farm-alloc: a long nop that says so. */
static bool is_wrapper_mark(const uint8_t *code)
{
    static const uint8_t mark[] = FARM_HEAP_WRAPPER;
    for (unsigned i = 0; i < sizeof mark; i++)
        if (code[i] != mark[i])
            return false;
    return true;
}

/* A module's units have our thread-local or one of their own. */
static bool is_counted(const struct farm_rule *r, const struct farm_range *module)
{
    int64_t ours = own_tls(), theirs = ours + module->tls;
    bool takes = false;
    for (uint64_t at = r->start; at + 9 <= r->end; at++) {
        if (is_wrapper_mark((const uint8_t *)at))
            return false;
        takes = takes || takes_base((const uint8_t *)at, theirs) || takes_base((const uint8_t *)at, ours) ||
                (module->index == 0 && at + 12 <= r->end && farm_direct_is_count((const uint8_t *)at));
    }
    return takes;
}

static struct code study(uint64_t pc)
{
    struct code c = {.pc = farm_modules_recorded(pc), .kind = STUCK};
    struct farm_rule rule;
    struct farm_range *range = farm_modules_at(pc);
    if (!range)
        return c;
    c.in_module = range->instrumented;
    if (!farm_unwind_rule(pc, &rule))
        return c;
    c.kind = range->instrumented && is_counted(&rule, range) ? COUNTED : FOREIGN;
    c.by_bp = rule.by_bp;
    c.bp_saved = rule.bp_saved;
    c.outermost = rule.outermost;
    c.cfa = (int32_t)rule.cfa;
    c.back = (int32_t)rule.pc;
    c.bp = (int32_t)rule.bp;
    return c;
}

static void keep(const struct code *c)
{
    struct farm_hold hold;
    if (farm_lock_is_mine(&farm_it.lock))
        return;
    farm_lock(&farm_it.lock, &hold);
    uint32_t at = (uint32_t)mix(c->pc) & (code_room - 1);
    while (codes[at].pc && codes[at].pc != c->pc)
        at = (at + 1) & (code_room - 1);
    if (!codes[at].pc && code_count < code_room / 4 * 3) {
        struct code hidden = *c;
        hidden.pc = 0;
        codes[at] = hidden;
        __atomic_store_n(&codes[at].pc, c->pc, __ATOMIC_RELEASE);
        code_count++;
    }
    farm_unlock(&farm_it.lock, &hold);
}

/* What is in no module that we know may be in one soon: the helper looks. */
static struct code code_of(uint64_t pc)
{
    uint64_t key = farm_modules_recorded(pc);
    for (uint32_t at = (uint32_t)mix(key);; at++) {
        const struct code *c = &codes[at & (code_room - 1)];
        uint64_t there = __atomic_load_n(&c->pc, __ATOMIC_ACQUIRE);
        if (there == key)
            return *c;
        if (!there)
            break;
    }
    struct code c = study(pc);
    if (c.kind != STUCK || farm_modules_at(pc))
        keep(&c);
    else
        __atomic_fetch_add(&farm_it.unknown_pcs, 1, __ATOMIC_RELAXED);
    return c;
}

/* ---- chains ---- */

struct chain {
    uint64_t pc[FARM_HEAP_FRAMES];
    uint32_t count;
    uint32_t steps;              /* frames that were looked at; 0: more than walking was needed */
};

/* The innermost frame stays, and of the others those in whose module lines are known; the last is kept in any case. */
static void add(struct chain *c, uint64_t pc, bool may_have_lines)
{
    if (c->count && (!may_have_lines || c->pc[c->count - 1] == pc))
        return;
    if (c->count == FARM_HEAP_FRAMES)
        c->count--;
    c->pc[c->count++] = pc;
}

/* `high`: no frame of the stack lies above. */
static bool step(const struct code *c, struct farm_frame *f, uint64_t high)
{
    uint64_t cfa = (c->by_bp ? f->bp : f->sp) + (uint64_t)(int64_t)c->cfa;
    if (c->outermost || cfa <= f->sp || cfa > high)
        return false;
    f->pc = *(const uint64_t *)(cfa + (uint64_t)(int64_t)c->back) - 1;
    if (c->bp_saved)
        f->bp = *(const uint64_t *)(cfa + (uint64_t)(int64_t)c->bp);
    f->sp = cfa;
    return true;
}

/* Code without frame information: as for samples, by search. */
static void search(struct chain *c, const struct farm_frame *f)
{
    uint64_t frames[FARM_FRAMES_MAX];
    struct farm_stack s = {.pc = f->pc, .sp = f->sp, .bp = f->bp, .bytes = (const char *)f->sp, .live = true};
    s.len = FARM_PAGE - (f->sp & (FARM_PAGE - 1));
    uint32_t count = farm_scan(&s, frames);
    for (uint32_t i = 1; i < count; i++) {
        struct code code = code_of(frames[i]);
        add(c, frames[i], code.in_module);
        if (code.kind == COUNTED)
            return;
    }
}

static void walk(struct chain *c, const uint64_t *frame)
{
    struct farm_frame f = {frame[1] - 1, (uint64_t)(frame + 2), frame[0]};
    uint64_t high = f.sp + (1u << 20);
    c->count = c->steps = 0;
    for (uint32_t i = 0; i < WALK_MAX; i++) {
        struct code code = code_of(f.pc);
        add(c, f.pc, code.in_module);
        if (code.kind == COUNTED) {
            c->steps = i + 1;
            return;
        }
        if (code.kind == STUCK) {
            search(c, &f);
            return;
        }
        if (!step(&code, &f, high))
            return;
    }
}

uint32_t farm_site_callers(const uint64_t *frame, uint64_t high, uint64_t frames[FARM_FRAMES_MAX])
{
    struct farm_frame f = {frame[1] - 1, (uint64_t)(frame + 2), frame[0]};
    for (uint32_t count = 0; count < FARM_FRAMES_MAX;) {
        struct code code = code_of(f.pc);
        frames[count++] = f.pc;
        if (code.kind == STUCK || count == FARM_FRAMES_MAX || !step(&code, &f, high))
            return count;
    }
    return 0;
}

static uint64_t hash_of(const struct chain *c)
{
    uint64_t hash = c->count;
    for (uint32_t i = 0; i < c->count; i++)
        hash = mix(hash ^ c->pc[i]);
    return hash | 1;
}

/* ---- sites ---- */

struct farm_heap_site *farm_site_entry(uint32_t site)
{
    return entries[site];
}

static bool is_chain(uint32_t site, const struct chain *c)
{
    const struct farm_heap_site *s = (const struct farm_heap_site *)sites.rows + site - 1;
    if (s->frames != c->count)
        return false;
    for (uint32_t i = 0; i < c->count; i++)
        if (s->pc[i] != farm_modules_recorded(c->pc[i]))
            return false;
    return true;
}

/* Under the lock. */
static uint32_t make(const struct chain *c)
{
    struct farm_heap_site site;
    uint64_t offset = (farm_it.layout_end + sizeof(struct farm_heap_row) - 1) & ~(sizeof(struct farm_heap_row) - 1);
    uint64_t end = offset + sizeof(struct farm_heap_row);
    if (site_count == farm_site_room() - 1 || end > farm_it.reserve || !farm_block_extend_all(end))
        return FARM_HEAP_REST;
    farm_it.layout_end = end;
    farm_zero(&site, sizeof site);
    site.offset = offset;
    site.frames = c->count;
    for (uint32_t i = 0; i < c->count; i++)
        site.pc[i] = farm_modules_recorded(c->pc[i]);
    struct farm_heap_site *entry = farm_table_add(&sites, &site, sizeof site);
    farm_site_offsets[site_count + 1] = (uint32_t)offset;
    entries[site_count + 1] = entry ? entry : (void *)(sites.rows + site_count * sizeof site);
    return ++site_count;
}

static uint32_t look_up(const struct chain *c, uint64_t hash)
{
    uint32_t *place = NULL;
    for (uint64_t at = hash >> 8;; at++) {
        place = &places[at % (2 * farm_site_room())];
        uint32_t site = *place;
        if (!site)
            break;
        if (is_chain(site, c))
            return site;
    }
    uint32_t site = make(c);
    if (site != FARM_HEAP_REST)
        *place = site;
    return site;
}

static struct farm_heap_slot slot_for(const struct chain *c, uint64_t key, uint64_t hash)
{
    struct farm_hold hold;
    uint32_t site = FARM_HEAP_REST;
    if (!farm_lock_is_mine(&farm_it.lock)) {
        farm_lock(&farm_it.lock, &hold);
        site = look_up(c, hash);
        farm_unlock(&farm_it.lock, &hold);
    }
    return (struct farm_heap_slot){key, site, farm_site_offsets[site]};
}

static __attribute__((noinline)) struct farm_heap_slot find_near(struct farm_heap_slot *slot, uint64_t back)
{
    struct code code = code_of(back - 1);
    *slot = (struct farm_heap_slot){0, 0, 0};
    if (code.kind == COUNTED) {
        struct chain c = {{back - 1}, 1, 1};
        *slot = slot_for(&c, back, hash_of(&c));
    } else if (code.kind == FOREIGN) {
        bool fixed = !code.by_bp && !code.outermost && code.cfa + code.back > 0;
        *slot = (struct farm_heap_slot){back | FARM_HEAP_FOREIGN, 0, fixed ? (uint32_t)(code.cfa + code.back) : 0};
    }
    return *slot;
}

static struct farm_heap_slot *far_slot(struct farm_heap_thread *t, uint64_t hash)
{
    return &t->far[hash >> 1 & (FARM_HEAP_FAR - 1)];
}

/* The usual case of foreign code is that an instrumented function called it: two return addresses name the site. */
static __attribute__((noinline)) struct farm_heap_slot find_far(struct farm_heap_thread *t, const uint64_t *frame,
                                                                uint32_t offset)
{
    struct chain c;
    uint64_t pair = offset ? mix(frame[1] * 0xff51afd7ed558ccdull ^ frame[2 + offset / 8]) | 1 : 0;
    if (pair && far_slot(t, pair)->key == pair)
        return *far_slot(t, pair);
    walk(&c, frame);
    uint64_t hash = hash_of(&c), key = pair && c.steps == 2 ? pair : hash;
    struct farm_heap_slot *slot = far_slot(t, key);
    if (slot->key != key)
        *slot = slot_for(&c, key, hash);
    return *slot;
}

struct farm_heap_slot farm_site_find(struct farm_heap_thread *t, const uint64_t *frame)
{
    uint64_t back = frame[1];
    struct farm_heap_slot *slot = farm_near_slot(t, back), found = *slot;
    if ((found.key & ~FARM_HEAP_FOREIGN) != back)
        found = find_near(slot, back);
    return found.site ? found : find_far(t, frame, found.offset);
}

static void forget(struct farm_heap_slot *slots, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        __atomic_store_n(&slots[i].key, 0, __ATOMIC_RELAXED);
}

/* Keys alone, because their threads go on: a slot that one is just reading or filling stays as good as it was. */
void farm_heap_forget(void)
{
    for (uint32_t i = 0; i < farm_it.block_count; i++) {
        struct farm_heap_thread *t = farm_it.blocks[i]->heap;
        if (!t)
            continue;
        forget(t->near, FARM_HEAP_NEAR);
        forget(t->far, FARM_HEAP_FAR);
    }
}

/* ---- start and fork ---- */

uint32_t farm_site_room(void)
{
    return farm_room.tight ? SITES_TIGHT : SITES;
}

bool farm_site_init(void)
{
    uint32_t room = farm_site_room();
    size_t rows = room * sizeof(struct farm_heap_site);
    code_room = farm_room.tight ? CODES_TIGHT : CODES;
    codes = farm_pages(code_room * sizeof *codes);
    entries = farm_pages(room * sizeof *entries);
    farm_site_offsets = farm_pages(room * sizeof *farm_site_offsets);
    places = farm_pages(2 * room * sizeof *places);
    sites = (struct farm_table){FARM_HEAP_SITES, farm_pages(rows), 0, rows, NULL};
    return codes && entries && farm_site_offsets && places && sites.rows;
}

void farm_site_fork(void)
{
    size_t len = (FARM_CHUNK_HEAD + sites.used + 4 * FARM_PAGE) & ~(size_t)(FARM_PAGE - 1);
    sites.chunk = farm_record_chunk(FARM_HEAP_SITES, len);
    char *rows = sites.chunk ? (char *)sites.chunk + FARM_CHUNK_HEAD : sites.rows;
    if (sites.chunk) {
        farm_copy(rows, sites.rows, sites.used);
        sites.chunk->used = sites.used;
    }
    for (uint32_t i = 0; i < site_count; i++)
        entries[i + 1] = (struct farm_heap_site *)rows + i;
    struct chain none = {.count = 0};
    if (!site_count)
        make(&none);             /* FARM_HEAP_REST */
}
