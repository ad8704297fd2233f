/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loop of putc: shows whether a profiler ends libc's single-thread mode, where putc takes no lock.
 */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long n = argc > 1 ? atol(argv[1]) : 100000000;
    for (long i = 0; i < n; i++)
        putc((int)(i & 63) + 32, stdout);
    return 0;
}
