/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints an unpacked pprof profile (standard input) by protobuf-c: its types, and a line for each sample,
 * "main:12;big:5 VALUE...", callers first.
 */
#include <stdio.h>
#include <stdlib.h>

#include "profile.pb-c.h"

static const char *text(const Pprof__Profile *p, int64_t i)
{
    if (i < 0 || (size_t)i >= p->n_string_table)
        exit(1);
    return p->string_table[i];
}

/* Ids are given in order here, from 1. */
static void put_location(const Pprof__Profile *p, uint64_t id, const char *end)
{
    if (!id || id > p->n_location || p->location[id - 1]->id != id || p->location[id - 1]->n_line != 1)
        exit(1);
    const Pprof__Line *line = p->location[id - 1]->line[0];
    if (!line->function_id)
        exit(1);
    for (size_t i = 0; i < p->n_function; i++)
        if (p->function[i]->id == line->function_id)
            printf("%s:%lld%s", text(p, p->function[i]->name), (long long)line->line, end);
}

int main(void)
{
    static uint8_t bytes[1 << 20];
    size_t len = fread(bytes, 1, sizeof bytes, stdin);
    Pprof__Profile *p = pprof__profile__unpack(NULL, len, bytes);
    if (!p || *text(p, 0))
        return 1;
    for (size_t i = 0; i < p->n_sample_type; i++)
        printf("type %s/%s\n", text(p, p->sample_type[i]->type), text(p, p->sample_type[i]->unit));
    printf("default %s\n", text(p, p->default_sample_type));
    for (size_t i = 0; i < p->n_sample; i++) {
        const Pprof__Sample *s = p->sample[i];
        if (s->n_value != p->n_sample_type)
            return 1;
        for (size_t k = s->n_location_id; k-- > 0;)
            put_location(p, s->location_id[k], k ? ";" : "");
        for (size_t k = 0; k < s->n_value; k++)
            printf(" %lld", (long long)s->value[k]);
        printf("\n");
    }
    pprof__profile__free_unpacked(p, NULL);
    return 0;
}
