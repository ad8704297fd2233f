/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loop of one statement that the compiler vectorises: the worst case for any counter.
 */
#include <stdio.h>
#include <stdlib.h>

enum { N = 512 };
static float a[N][N], b[N][N], c[N][N];

static void multiply(void)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            for (int j = 0; j < N; j++)
                c[i][j] += a[i][k] * b[k][j];
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 10;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = (float)(i ^ j);
            b[i][j] = (float)(i + j);
        }
    for (int r = 0; r < rounds; r++)
        multiply();
    printf("%g\n", (double)c[5][7]);
    return 0;
}
