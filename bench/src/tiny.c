/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A short process, as test suites start by the thousand: reads its arguments, formats, allocates a little, ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *repeated(const char *text, int times)
{
    size_t len = strlen(text);
    char *all = malloc(len * (size_t)times + 1);        /* take */
    if (!all)
        exit(1);
    for (int i = 0; i < times; i++)
        memcpy(all + len * (size_t)i, text, len);       /* copy */
    all[len * (size_t)times] = '\0';
    return all;
}

int main(int argc, char **argv)
{
    char *text = repeated(argc > 1 ? argv[1] : "-", 50);
    printf("%zu\n", strlen(text));                      /* once */
    free(text);
    return 0;
}
