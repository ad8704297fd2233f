/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chains of realloc, copies of text and aligned blocks, to be counted by others too.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <malloc.h>
int main(void)
{
    char *p = NULL, *line = NULL, *text, *d;
    size_t cap = 0;
    for (size_t n = 1; n < 200000; n += n / 3 + 1)
        p = realloc(p, n);
    free(p);
    for (int i = 0; i < 1000; i++) {
        d = strdup("a text to be copied");
        if (asprintf(&text, "%s and %d", d, i) < 0)
            return 1;
        free(d);
        if (i % 10)
            free(text);
    }
    FILE *f = fopen("text", "r");
    while (getline(&line, &cap, f) > 0)
        ;
    fclose(f);
    free(line);
    free(aligned_alloc(64, 1000));
    free(memalign(128, 10));
    free(valloc(5000));
    void *q;
    if (posix_memalign(&q, 32, 77) == 0)
        free(q);
    free(reallocarray(NULL, 10, 20));
    free(calloc(30, 7));
    return 0;
}
