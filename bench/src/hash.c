/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hash ROUNDS: a table with chains, each entry and its key allocated: words come, are counted, and some go again. As
 * much of its time as in real programs of this kind goes to malloc and free.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 1 << 15, KEYS = 1 << 16 };

struct entry {
    struct entry *next;
    char *key;
    long count;
};
static struct entry *table[PLACES];
static unsigned state = 1;

static unsigned drawn(void)
{
    return (state = state * 1664525u + 1013904223u) >> 8;
}

static unsigned hash_of(const char *key)
{
    unsigned hash = 2166136261u;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619u;
    return hash % PLACES;
}

static struct entry **find(const char *key)
{
    struct entry **at = &table[hash_of(key)];
    while (*at && strcmp((*at)->key, key))
        at = &(*at)->next;
    return at;
}

static void come(const char *key)
{
    struct entry **at = find(key);
    if (!*at) {
        *at = calloc(1, sizeof **at);
        (*at)->key = strdup(key);
    }
    (*at)->count++;
}

static void go(const char *key)
{
    struct entry **at = find(key), *gone = *at;
    if (!gone)
        return;
    *at = gone->next;
    free(gone->key);
    free(gone);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 1000000;
    char key[32];
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
        snprintf(key, sizeof key, "word-%u", drawn() % KEYS);
        if (i % 2)
            go(key);
        else
            come(key);
    }
    for (int i = 0; i < PLACES; i++)
        for (struct entry *e = table[i]; e; e = e->next)
            sum += e->count;
    printf("%ld\n", sum);
    return 0;
}
