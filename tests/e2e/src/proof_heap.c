/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A preloaded heap that gives the same addresses in every build of a program: two builds with different counters then
 * hash pointers in the same way, and their line counts can be compared. Blocks of powers of two from one region at a
 * fixed address; free lists by size; for one thread.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define REGION ((char *)0x200000000000)
#define REGION_SIZE ((size_t)4 << 30)
#define CLASSES 34
#define HEAD 16                    /* holds the size class; keeps blocks aligned to 16 */

static char *next_free;
static void *free_list[CLASSES];

static void start(void)
{
    void *got = mmap(REGION, REGION_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got != REGION)
        _exit(99);
    next_free = REGION;
}

static int class_of(size_t size)
{
    int c = 4;
    while (((size_t)1 << c) < size)
        c++;
    return c;
}

void *malloc(size_t size)
{
    if (size > REGION_SIZE / 4) {
        errno = ENOMEM;
        return NULL;
    }
    if (!next_free)
        start();
    int c = class_of(size);
    char *block = free_list[c];
    if (block) {
        free_list[c] = *(void **)block;
        return block;
    }
    if (next_free + HEAD + ((size_t)1 << c) > REGION + REGION_SIZE) {
        errno = ENOMEM;
        return NULL;
    }
    block = next_free + HEAD;
    next_free = block + ((size_t)1 << c);
    *(int *)(block - HEAD) = c;
    return block;
}

void free(void *block)
{
    if (!block)
        return;
    int c = *(int *)((char *)block - HEAD);
    *(void **)block = free_list[c];
    free_list[c] = block;
}

void *calloc(size_t count, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = malloc(all);
    return block ? memset(block, 0, all) : NULL;
}

void *realloc(void *block, size_t size)
{
    if (!block)
        return malloc(size);
    size_t have = (size_t)1 << *(int *)((char *)block - HEAD);
    if (size <= have)
        return block;
    void *bigger = malloc(size);
    if (bigger) {
        memcpy(bigger, block, have);
        free(block);
    }
    return bigger;
}
