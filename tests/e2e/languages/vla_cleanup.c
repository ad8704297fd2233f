/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
static int freed;
static void drop(int *p) { freed += *p; }       /*= 3 */
static int sum(int n)
{
    int a[n];                   /*= 3 */
    __attribute__((cleanup(drop))) int one = 1; /*= 3 */
    if (n == 1)                 /*= 3 */
        goto out;               /*= 1 */
    for (int i = 0; i < n; i++) /*= 7 */
        a[i] = i;               /*= 5 */
    return a[n - 1] + (int)sizeof(int[n]);      /*= 2 */
out:
    return one;                 /*= 1 */
}
int main(void)
{
    int s = 0;
    for (int i = 1; i < 4; i++) /*= 4 */
        s += sum(i);            /*= 3 */
    printf("%d %d\n", s, freed);        /*= 1 */
    return 0;                   /*= 1 */
}
