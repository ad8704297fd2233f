/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins site tables with counters, for tests:
 *     hits TABLES COUNTS        TABLES: the dumped section .farm_sites; COUNTS: what counts.c wrote
 * prints "file:line hits" for each line, summed over functions and units, sorted by nothing.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/sites.h"
#include "base/vec.h"

struct counted {
    uint64_t id;
    uint32_t count;
    uint64_t *counters;
};

typedef VEC(struct counted) counted_vec;
typedef VEC(uint64_t) id_vec;

static void read_counts(const char *path, counted_vec *all)
{
    FILE *in = fopen(path, "r");
    uint64_t id;
    uint32_t count;
    while (in && fscanf(in, "%" SCNx64 " %" SCNu32, &id, &count) == 2) {
        uint64_t *counters = xcalloc(count, sizeof *counters);
        for (uint32_t i = 0; i < count; i++)
            if (fscanf(in, "%" SCNu64, &counters[i]) != 1)
                die(EXIT_DATA, "%s is cut off", path);
        *vec_push(all) = (struct counted){id, count, counters};
    }
    if (in)
        fclose(in);
}

/* Several processes may have dumped the same unit. */
static uint64_t *sum_of(const counted_vec *all, const struct sites *s)
{
    uint64_t *sum = xcalloc(s->counters, sizeof *sum);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].id == s->id && all->items[i].count == s->counters)
            for (uint32_t k = 0; k < s->counters; k++)
                sum[k] += all->items[i].counters[k];
    return sum;
}

/* A unit of a library stands in the tables of each program that it is linked into. */
static bool is_new(id_vec *seen, uint64_t id)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->items[i] == id)
            return false;
    *vec_push(seen) = id;
    return true;
}

static void print_lines(const struct sites *s, const uint64_t *counters)
{
    for (size_t i = 0; i < s->line_count; i++)
        printf("%s:%" PRIu32 " %" PRId64 "\n", s->files[s->lines[i].file].path, s->lines[i].line,
               sites_value(s, s->lines[i].hits, counters));
}

int main(int argc, char **argv)
{
    msg_tool = "hits";
    counted_vec all = {0};
    id_vec seen = {0};
    struct str tables = STR_INIT, err = STR_INIT;
    if (argc != 3 || !file_read(argv[1], &tables, &err))
        die(EXIT_USAGE, "usage: hits TABLES COUNTS %s", err.data);
    read_counts(argv[2], &all);
    for (size_t at = 0, taken; at < tables.len; at += taken) {
        struct sites s;
        if (!sites_decode(tables.data + at, tables.len - at, &s, &taken, &err))
            die(EXIT_DATA, "%s", err.data);
        uint64_t *counters = sum_of(&all, &s);
        if (is_new(&seen, s.id))
            print_lines(&s, counters);
        free(counters);
        sites_release(&s);
    }
    for (size_t i = 0; i < all.count; i++)
        free(all.items[i].counters);
    vec_release(&all);
    vec_release(&seen);
    str_release(&tables);
    return 0;
}
