/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * words N: makes a text of N words and tells how many different ones it has, and the most frequent one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word {
    char *text;
    int count;
    struct word *next;
};

static struct word *words;
static int different;

static struct word *find(const char *text)
{
    for (struct word *w = words; w; w = w->next)
        if (strcmp(w->text, text) == 0)
            return w;
    return NULL;
}

static void add(const char *text)
{
    char *copy = strdup(text);
    struct word *w = find(copy);
    if (!w) {
        w = malloc(sizeof *w);
        *w = (struct word){copy, 0, words};
        words = w;
        different++;
    }
    w->count++;
}

static const struct word *most_frequent(void)
{
    const struct word *best = words;
    for (const struct word *w = words; w; w = w->next)
        if (w->count > best->count)
            best = w;
    return best;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 20000;
    unsigned random = 1;
    for (int i = 0; i < n; i++) {
        char text[16];
        random = random * 1103515245u + 12345u;
        snprintf(text, sizeof text, "word%u", (random >> 16) % (unsigned)(n / 4 + 1));
        add(text);
    }
    printf("%d words, %d different, most often %s\n", n, different, most_frequent()->text);
    return 0;
}
