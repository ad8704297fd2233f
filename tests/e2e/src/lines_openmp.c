/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

static int shared(int n)
{
    int sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < n; i++)
        sum += i;
    return sum;
}

int main(void)
{
    printf("%d\n", shared(100));
    return 0;
}
