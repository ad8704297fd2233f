/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flags: -fopenmp */
#include <stdio.h>
int main(void)
{
    int sum = 0, part = 0;
    static int a[100];
#pragma omp parallel for num_threads(4) reduction(+ : sum)
    for (int i = 0; i < 100; i++) {
        if (i % 2)              /*= 100 */
            sum += i;           /*= 50 */
    }
#pragma omp parallel for collapse(2) num_threads(4)
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < 10; k++)
            a[i * 10 + k] = k;  /*= 100 */
#pragma omp parallel sections num_threads(4) reduction(+ : part)
    {
#pragma omp section
        part += a[1];           /*= 1 */
#pragma omp section
        {
            part += a[2];       /*= 1 */
        }
    }
#pragma omp parallel for ordered num_threads(4)
    for (int i = 0; i < 8; i++) {
#pragma omp ordered
        {
            part += i;          /*= 8 */
        }
    }
#pragma omp parallel num_threads(3)
    {
#pragma omp critical
        part++;
#pragma omp single
        {
            part += 10;         /*= 1 */
        }
#pragma omp for
        for (int i = 0; i < 6; i++)
            a[i] += i;          /*= 6 */
    }
#pragma omp simd
    for (int i = 0; i < 100; i++)
        a[i]++;
    printf("%d %d %d\n", sum, part, a[5]);      /*= 1 */
    return 0;                   /*= 1 */
}
