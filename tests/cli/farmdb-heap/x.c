#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *volatile kept;

static void *xmalloc(size_t n)
{
    void *p = malloc(n);
    return p ? p : (exit(1), NULL);
}

int main(int argc, char **argv)
{
    for (int i = 0; i < 10; i++) {
        kept = xmalloc(1000);
        if (i % 2)
            free(kept);
    }
    kept = strdup("a copy of ours");
    char *text = realloc(NULL, 50);
    text = realloc(text, 5000);
    kept = text;
    free(kept);
    puts("done");
    return argc > 1 ? *(volatile char *)0 : 0;
}
