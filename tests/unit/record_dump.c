/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * record_dump FILE...: a record as lines of text, for the tests of the runtime.
 *   uuid, parent, pid, state, value, wall_ns, user_ns, sys_ns, sampler, samples, lost, helper, threads, blocks, nodes:
 *   one a line
 *   note TEXT, sampler_note TEXT, info KEY=VALUE, module INDEX INSTRUMENTED PATH
 *   count UNIT COUNTER VALUE           counters that are not zero
 *   heap PEAK SEVERAL EARLY UNFOLLOWED UNSEEN REACH
 *   site PC[,PC...] ALLOCS BYTES FREES FREED TEMPORARY PEAK AT_PEAK FAILED     innermost first, relative to modules
 *   self PC COUNT, below PC COUNT      samples at a pc (relative to its module) and below it, recursion counted once
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/intake/reader.h"

static void print_counts(const struct record *r)
{
    for (size_t i = 0; i < r->units.count; i++) {
        const struct farm_unit_entry *u = &r->units.items[i];
        uint64_t *sum = xcalloc(u->counters, sizeof *sum);
        record_counters(r, u, sum);
        for (uint32_t k = 0; k < u->counters; k++)
            if (sum[k])
                printf("count %" PRIu64 " %" PRIu32 " %" PRIu64 "\n", u->id, k, sum[k]);
        free(sum);
    }
}

static void print_pc(const struct record *r, const char *what, uint64_t pc, uint64_t count)
{
    const struct record_module *m = record_module_at(r, pc);
    printf("%s %s+0x%" PRIx64 " %" PRIu64 "\n", what, m ? m->path : "?", m ? pc - m->bias : pc, count);
}

static void print_nodes(const struct record *r)
{
    size_t n = r->nodes.count;
    const struct farm_node *nodes = r->nodes.items;
    uint64_t *below = xcalloc(n + 1, sizeof *below);
    for (size_t i = n; i-- > 0;) {
        below[i] += nodes[i].count;
        if (nodes[i].parent != FARM_NO_NODE)
            below[nodes[i].parent] += below[i];
    }
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (uint32_t up = nodes[i].parent; up != FARM_NO_NODE; up = nodes[up].parent)
            again |= nodes[up].pc == nodes[i].pc;
        if (nodes[i].count)
            print_pc(r, "self", nodes[i].pc, nodes[i].count);
        if (!again)
            print_pc(r, "below", nodes[i].pc, below[i]);
    }
    free(below);
}

static void print_heap(const struct record *r)
{
    const struct farm_heap *h = &r->heap;
    printf("heap %" PRId64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", h->peak, h->several,
           h->early, h->unfollowed, h->unseen_frees, h->reach);
    for (size_t i = 0; i < r->heap_sites.count; i++) {
        const struct farm_heap_site *s = &r->heap_sites.items[i];
        struct record_heap sum = record_heap_of(r, s);
        printf("site ");
        for (uint64_t k = 0; k < s->frames; k++) {
            const struct record_module *m = record_module_at(r, s->pc[k]);
            printf("%s%s+0x%" PRIx64, k ? "," : "", m ? m->path : "?", m ? s->pc[k] - m->bias : s->pc[k]);
        }
        printf("%s %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 "\n",
               s->frames ? "" : "-", sum.allocs, sum.bytes, sum.frees, sum.freed, sum.temporary, sum.peak, sum.at_peak,
               s->failed);
    }
}

static void print_record(const struct record *r)
{
    const struct farm_header *h = &r->header;
    printf("uuid %s\nparent %s\npid %" PRIu64 "\n", r->uuid, r->parent_uuid, h->pid);
    printf("state %" PRIu64 "\nvalue %" PRId64 "\nwall_ns %" PRIu64 "\n", h->state, h->end_value, h->wall_ns);
    printf("user_ns %" PRIu64 "\nsys_ns %" PRIu64 "\nmax_rss_kb %" PRIu64 "\n", h->user_ns, h->sys_ns, h->max_rss_kb);
    printf("sampler %" PRIu64 "\nsamples %" PRIu64 "\nlost %" PRIu64 "\n", h->sampler, h->samples, h->samples_lost);
    printf("helper %" PRIu64 "\n", h->helper);
    printf("threads %" PRIu64 "\nblocks %zu\nnodes %zu\n", h->threads_peak, r->blocks.count, r->nodes.count);
    printf("note %s\nsampler_note %s\n", h->note, h->sampler_note);
    for (size_t i = 0; i < r->info.count; i++)
        printf("info %s=%s\n", r->info.items[i].key, r->info.items[i].value);
    for (size_t i = 0; i < r->modules.count; i++)
        printf("module %" PRIu32 " %d %s\n", r->modules.items[i].index, r->modules.items[i].instrumented,
               r->modules.items[i].path);
    print_counts(r);
    print_nodes(r);
    if (r->has_heap)
        print_heap(r);
}

int main(int argc, char **argv)
{
    int status = 0;
    for (int i = 1; i < argc; i++) {
        struct record r;
        struct str err = STR_INIT;
        if (record_open(argv[i], &r, &err)) {
            print_record(&r);
        } else {
            fprintf(stderr, "%s: %s\n", argv[i], err.data);
            status = 4;
        }
        record_close(&r);
        str_release(&err);
    }
    return status;
}
