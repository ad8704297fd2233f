/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Units are found by their own ranges, because clang writes no .debug_aranges. A unit's tree is walked once, when its
 * first address is asked for: libdw's own search for the scopes of an address would walk it for each.
 */
#include "db/intake/dwarf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"

#define NO_CALL UINT32_MAX

struct call {                    /* an inlined call */
    uint32_t outer;              /* the inlined call it is part of, or NO_CALL */
    const char *file;
    int line;
    Dwarf_Die die;
};

struct span {                    /* addresses of an inlined call; deeper ones lie inside shallower ones */
    uint64_t low, high;
    uint32_t call, depth;
};

struct start {                   /* of a function that is there as code */
    uint64_t address;
    struct line_place place;
};

struct unit {
    Dwarf_Die die;
    Dwarf_Die tree;              /* where its functions are: itself, or its part in a .dwo file */
    bool walked;
    VEC(struct call) calls;
    VEC(struct span) spans;      /* after the walk sorted by low, then by depth */
    VEC(struct start) starts;    /* sorted by address */
};

struct range {
    uint64_t low, high;
    uint32_t unit;
};

struct line_map {
    int fd;
    Dwarf *dwarf;
    VEC(struct unit) units;
    VEC(struct range) ranges;    /* sorted by low */
};

static int range_order(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    return (x->low > y->low) - (x->low < y->low);
}

static int span_order(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->low != y->low)
        return x->low > y->low ? 1 : -1;
    return (x->depth > y->depth) - (x->depth < y->depth);
}

static int start_order(const void *a, const void *b)
{
    const struct start *x = a, *y = b;
    return (x->address > y->address) - (x->address < y->address);
}

static void add_unit(struct line_map *m, Dwarf_Die *die, Dwarf_Die *tree)
{
    Dwarf_Addr base, low, high;
    uint32_t index = (uint32_t)m->units.count;
    struct unit *u = vec_push(&m->units);
    u->die = *die;
    u->tree = *tree;
    for (ptrdiff_t at = 0; (at = dwarf_ranges(die, at, &base, &low, &high)) > 0;)
        if (high > low)
            *vec_push(&m->ranges) = (struct range){low, high, index};
}

struct line_map *line_map_open(const char *path)
{
    struct line_map *m = xcalloc(1, sizeof *m);
    m->fd = open(path, O_RDONLY | O_CLOEXEC);
    m->dwarf = m->fd >= 0 ? dwarf_begin(m->fd, DWARF_C_READ) : NULL;
    Dwarf_CU *cu = NULL;
    Dwarf_Die die, sub;
    uint8_t kind;
    while (m->dwarf && dwarf_get_units(m->dwarf, cu, &cu, NULL, &kind, &die, &sub) == 0)
        if (dwarf_tag(&die) == DW_TAG_compile_unit || kind == DW_UT_skeleton)
            add_unit(m, &die, kind == DW_UT_skeleton && dwarf_tag(&sub) == DW_TAG_compile_unit ? &sub : &die);
    if (m->ranges.count) {
        qsort(m->ranges.items, m->ranges.count, sizeof *m->ranges.items, range_order);
        return m;
    }
    line_map_close(m);
    return NULL;
}

void line_map_close(struct line_map *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->units.count; i++) {
        vec_release(&m->units.items[i].calls);
        vec_release(&m->units.items[i].spans);
        vec_release(&m->units.items[i].starts);
    }
    vec_release(&m->units);
    vec_release(&m->ranges);
    dwarf_end(m->dwarf);
    if (m->fd >= 0)
        close(m->fd);
    free(m);
}

static const char *text_of(Dwarf_Die *die, unsigned attribute)
{
    Dwarf_Attribute memory;
    return dwarf_formstring(dwarf_attr(die, attribute, &memory));
}

const char *line_map_producer(struct line_map *m, const char *name, const char *directory)
{
    for (size_t i = 0; i < m->units.count; i++) {
        Dwarf_Die *die = &m->units.items[i].die;
        const char *its_name = text_of(die, DW_AT_name), *its_folder = text_of(die, DW_AT_comp_dir);
        if (its_name && strcmp(its_name, name) == 0 && (!its_folder || strcmp(its_folder, directory) == 0))
            return text_of(die, DW_AT_producer);
    }
    return NULL;
}

/* dwarf_decl_file does not know the files of a .dwo (elfutils 0.188 ends the program). */
static const char *file_of(struct unit *u, Dwarf_Die *die, unsigned name)
{
    Dwarf_Attribute attribute;
    Dwarf_Word number;
    Dwarf_Files *files;
    size_t count;
    if (!dwarf_attr_integrate(die, name, &attribute) || dwarf_formudata(&attribute, &number) != 0)
        return NULL;
    if (dwarf_getsrcfiles(&u->tree, &files, &count) != 0 || number >= count)
        return NULL;
    return dwarf_filesrc(files, number, NULL, NULL);
}

static uint32_t add_call(struct unit *u, Dwarf_Die *die, uint32_t outer, uint32_t depth)
{
    Dwarf_Attribute attribute;
    Dwarf_Word line = 0;
    Dwarf_Addr base, low, high;
    uint32_t index = (uint32_t)u->calls.count;
    if (dwarf_attr(die, DW_AT_call_line, &attribute))
        dwarf_formudata(&attribute, &line);
    *vec_push(&u->calls) = (struct call){outer, file_of(u, die, DW_AT_call_file), (int)line, *die};
    for (ptrdiff_t at = 0; (at = dwarf_ranges(die, at, &base, &low, &high)) > 0;)
        if (high > low)
            *vec_push(&u->spans) = (struct span){low, high, index, depth};
    return index;
}

static void add_start(struct unit *u, Dwarf_Die *die)
{
    Dwarf_Addr address;
    int line;
    const char *file = file_of(u, die, DW_AT_decl_file);
    if (file && dwarf_entrypc(die, &address) == 0 && dwarf_decl_line(die, &line) == 0 && line > 0)
        *vec_push(&u->starts) = (struct start){address, {file, line, NO_CALL}};
}

/* Siblings by loop, children by recursion: trees are wide, not deep. */
static void walk(struct unit *u, Dwarf_Die *parent, uint32_t outer, uint32_t depth)
{
    Dwarf_Die die;
    if (dwarf_child(parent, &die) != 0)
        return;
    do {
        int tag = dwarf_tag(&die);
        if (tag == DW_TAG_subprogram)
            add_start(u, &die);
        if (tag == DW_TAG_inlined_subroutine)
            walk(u, &die, add_call(u, &die, outer, depth), depth + 1);
        else if (tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block)
            walk(u, &die, outer, depth);
    } while (dwarf_siblingof(&die, &die) == 0);
}

static struct unit *unit_at(struct line_map *m, uint64_t address)
{
    size_t low = 0, high = m->ranges.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->ranges.items[middle].low <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low || address >= m->ranges.items[low - 1].high)
        return NULL;
    struct unit *u = &m->units.items[m->ranges.items[low - 1].unit];
    if (!u->walked) {
        u->walked = true;
        walk(u, &u->tree, NO_CALL, 0);
        if (u->spans.count)
            qsort(u->spans.items, u->spans.count, sizeof *u->spans.items, span_order);
        if (u->starts.count)
            qsort(u->starts.items, u->starts.count, sizeof *u->starts.items, start_order);
    }
    return u;
}

/* The innermost inlined call at an address: of all spans that hold it the deepest. */
static uint32_t call_at(const struct unit *u, uint64_t address)
{
    uint32_t best = NO_CALL, depth = 0;
    for (size_t i = 0; i < u->spans.count && u->spans.items[i].low <= address; i++) {
        const struct span *s = &u->spans.items[i];
        if (address < s->high && (best == NO_CALL || s->depth >= depth)) {
            best = s->call;
            depth = s->depth;
        }
    }
    return best;
}

/* clang gives instructions that it merged from several lines none: they count for the one before, so that their time
 * stays in the function, whose first instruction has a line. */
static const char *file_at(struct unit *u, uint64_t address, int *line)
{
    Dwarf_Line *row;
    Dwarf_Addr start = address + 1;
    while (start && (row = dwarf_getsrc_die(&u->die, start - 1))) {
        if (dwarf_lineno(row, line) == 0 && *line > 0)
            return dwarf_linesrc(row, NULL, NULL);
        if (dwarf_lineaddr(row, &start) != 0)
            break;
    }
    return NULL;
}

size_t line_map_find(struct line_map *m, uint64_t address, struct line_place *out, size_t max)
{
    struct unit *u = unit_at(m, address);
    if (!u)
        return 0;
    size_t count = 0;
    int line = 0;
    const char *file = file_at(u, address, &line);
    uint32_t c = call_at(u, address);
    if (file && count < max)
        out[count++] = (struct line_place){file, line, c};
    for (; c != NO_CALL && count < max; c = u->calls.items[c].outer)
        if (u->calls.items[c].file && u->calls.items[c].line > 0)
            out[count++] = (struct line_place){u->calls.items[c].file, u->calls.items[c].line, u->calls.items[c].outer};
    return count;
}

const char *line_map_inlined(struct line_map *m, uint64_t address, const struct line_place *place)
{
    struct unit *u = place->part == NO_CALL ? NULL : unit_at(m, address);
    return u ? dwarf_diename(&u->calls.items[place->part].die) : NULL;
}

bool line_map_start(struct line_map *m, uint64_t address, struct line_place *out)
{
    struct unit *u = unit_at(m, address);
    const struct start key = {.address = address}, *found = NULL;
    if (u && u->starts.count)
        found = bsearch(&key, u->starts.items, u->starts.count, sizeof key, start_order);
    if (found)
        *out = found->place;
    return found;
}
