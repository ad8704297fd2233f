/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/stacks.h"

#include <string.h>

#include "base/vec.h"

struct node {
    struct stack_place place;
    uint32_t parent;
    uint64_t samples;
};

struct stacks {
    VEC(struct node) nodes;      /* node k is items[k - 1] */
    uint32_t *slots;             /* open addressing by parent and place; 0 is empty */
    size_t slot_count;
};

struct stacks *stacks_new(void)
{
    return xcalloc(1, sizeof(struct stacks));
}

void stacks_free(struct stacks *s)
{
    vec_release(&s->nodes);
    free(s->slots);
    free(s);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 0x9e3779b97f4a7c15u ^ hash >> 29;
}

static size_t hash_of(uint32_t parent, const struct stack_place *p)
{
    uint64_t hash = mix(mix(mix(parent, (uint64_t)p->function), (uint64_t)p->file), (uint64_t)p->line);
    for (const char *c = p->outside; *c; c++)
        hash = mix(hash, (unsigned char)*c);
    return (size_t)(hash >> 17);
}

static bool same(const struct node *n, uint32_t parent, const struct stack_place *p)
{
    return n->parent == parent && n->place.function == p->function && n->place.file == p->file &&
           n->place.line == p->line && strcmp(n->place.outside, p->outside) == 0;
}

static uint32_t *slot(struct stacks *s, uint32_t parent, const struct stack_place *p)
{
    for (size_t at = hash_of(parent, p);; at++) {
        uint32_t *found = &s->slots[at & (s->slot_count - 1)];
        if (!*found || same(&s->nodes.items[*found - 1], parent, p))
            return found;
    }
}

static void grow(struct stacks *s)
{
    free(s->slots);
    s->slot_count = s->slot_count ? s->slot_count * 2 : 1024;
    s->slots = xcalloc(s->slot_count, sizeof *s->slots);
    for (size_t i = 0; i < s->nodes.count; i++)
        *slot(s, s->nodes.items[i].parent, &s->nodes.items[i].place) = (uint32_t)i + 1;
}

static uint32_t child(struct stacks *s, uint32_t parent, const struct stack_place *place)
{
    if (s->nodes.count * 2 >= s->slot_count)
        grow(s);
    uint32_t *found = slot(s, parent, place);
    if (!*found) {
        *vec_push(&s->nodes) = (struct node){*place, parent, 0};
        *found = (uint32_t)s->nodes.count;
    }
    return *found;
}

bool stacks_joins(const struct stacks *s, uint32_t parent, const char *library)
{
    if (parent == STACKS_ROOT)
        return true;
    const struct stack_place *above = &s->nodes.items[parent - 1].place;
    return !above->function && strcmp(above->library, library) == 0;
}

uint32_t stacks_child(struct stacks *s, uint32_t parent, const struct stack_place *place)
{
    bool joins = !place->function && stacks_joins(s, parent, place->library);
    return joins ? parent : child(s, parent, place);
}

uint32_t stacks_before_entry(const struct stacks *s, uint32_t node, int64_t function)
{
    if (node == STACKS_ROOT || s->nodes.items[node - 1].place.function != function)
        return node;
    return s->nodes.items[node - 1].parent;
}

void stacks_count(struct stacks *s, uint32_t node, const struct stack_place *place, uint32_t samples)
{
    uint32_t at = node == STACKS_ROOT ? child(s, STACKS_ROOT, place) : node;
    s->nodes.items[at - 1].samples += samples;
}

void stacks_put(const struct stacks *s, struct sql_stmt *put, int64_t process)
{
    for (size_t i = 0; i < s->nodes.count; i++) {
        const struct node *n = &s->nodes.items[i];
        sql_set_int(put, 1, process);
        sql_set_int(put, 2, (int64_t)i + 1);
        sql_set_int(put, 3, n->parent);
        sql_set_int(put, 4, n->place.function);
        sql_set_int(put, 5, n->place.file);
        sql_set_int(put, 6, n->place.line);
        sql_bind_text(put, "outside", n->place.outside);
        sql_set_int(put, 8, (int64_t)n->samples);
        sql_step(put);
    }
}
