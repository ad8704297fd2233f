/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every way to allocate, each on a line of its own with a name: heap.sh knows what each must count.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
char *global;
static char *line;
static size_t size;
void *(*pointer)(size_t) = malloc;
struct item { int a[10]; };
__attribute__((noinline)) void *direct(size_t n)
{
    return malloc(n); /* direct */
}
__attribute__((noinline)) struct item *kept(void)
{
    struct item *p = calloc(1, sizeof *p); /* kept */
    return p;
}
__attribute__((noinline)) char *chosen(int n)
{
    return n ? (char *)realloc(NULL, 50) : NULL; /* chosen */
}
__attribute__((noinline)) void *indirect(size_t n)
{
    return pointer(n); /* indirect */
}
__attribute__((noinline)) void printed(int n)
{
    if (n)
        asprintf(&global, "a text of some length %d", n); /* printed */
}
__attribute__((noinline)) int aligned(void **out)
{
    return posix_memalign(out, 64, 128); /* aligned */
}
__attribute__((noinline)) long got(FILE *f)
{
    return getline(&line, &size, f); /* got */
}
__attribute__((noinline)) void *wrapped(size_t n)
{
    void *p = malloc(n);
    if (!p)
        abort();
    return p;
}
__attribute__((noinline)) void *again(size_t n)
{
    return wrapped(n); /* again */
}
void *volatile lost;
__attribute__((noinline)) void end(void *p)
{
    lost = p; /* the compiler must not see that it is freed at once */
    free(p);
}
int main(int argc, char **argv)
{
    void *p;
    FILE *f = fopen("text", "r"); /* opened */
    free(direct(10));
    free(kept());
    free(chosen(1));
    free(indirect(40));
    printed(3);
    aligned(&p);
    got(f);
    free(again(70));
    free(wrapped(80)); /* called */
    char *copy = strdup("twelve chars"); /* copied */
    end(copy);
    char *part = strndup("twelve chars", 3); /* cut */
    end(part);
    int volatile *error = &errno; /* compilers think that malloc leaves it alone */
    *error = 7;
    size_t volatile huge = (size_t)-1 / 2;
    p = malloc(huge); /* refused */
    int refused = (lost = p) == NULL && *error == ENOMEM;
    *error = 7;
    p = malloc(9); /* errno */
    p = realloc(p, 90); /* grown */
    p = reallocarray(p, 10, 90); /* array */
    free(p);
    int untouched = *error == 7;
    end(memalign(128, 11)); /* memalign */
    end(aligned_alloc(64, 640)); /* aligned_alloc */
    end(valloc(12)); /* valloc */
    lost = calloc(3, 5); /* leaked */
    end(realloc(malloc(100), 0)); /* vanished */
    printf("%d %d\n", refused, untouched);
    fclose(f);
    return 0;
}
