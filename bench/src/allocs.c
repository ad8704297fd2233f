/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * allocs ROUNDS: hardly anything but allocations: a window of small blocks that are replaced in a random order, strings
 * that grow by realloc, and blocks freed at once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 4096 };
static char *window[WINDOW];
static unsigned state = 1;

static unsigned drawn(void)
{
    return (state = state * 1664525u + 1013904223u) >> 8;
}

static size_t replace(void)
{
    unsigned at = drawn() % WINDOW;
    size_t size = 16 + drawn() % 240;
    free(window[at]);
    window[at] = malloc(size);
    window[at][0] = (char)size;
    return size;
}

static size_t grow(void)
{
    char *text = NULL;
    size_t len = 0;
    for (int i = 1; i <= 8; i++) {
        text = realloc(text, len = (size_t)i * 32);
        text[len - 1] = (char)i;
    }
    free(text);
    return len;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 1000000;
    size_t sum = 0;
    for (int i = 0; i < rounds; i++) {
        sum += replace();
        if (i % 8 == 0)
            sum += grow();
        char *copy = strdup("a short text");
        sum += (unsigned char)copy[i % 12];
        free(copy);
    }
    printf("%zu\n", sum);
    for (int i = 0; i < WINDOW; i++)
        free(window[i]);
    return 0;
}
