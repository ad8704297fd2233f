/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/pages.h"

#include <sys/mman.h>

enum { LARGE = 8 << 20 };        /* smaller arrays would lose more by rounding up than they win */

void *pages_new(size_t bytes)
{
    void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pages == MAP_FAILED)
        return NULL;
    if (bytes >= LARGE)
        madvise(pages, bytes, MADV_HUGEPAGE);
    return pages;
}

void pages_free(void *pages, size_t bytes)
{
    if (pages)
        munmap(pages, bytes);
}
