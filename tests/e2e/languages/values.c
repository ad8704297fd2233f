/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: -lm */
#include <complex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
static jmp_buf back;
static int max(int count, ...)
{
    va_list list;
    int best = 0;
    va_start(list, count);      /*= 1 */
    while (count--) {           /*= 4 */
        int n = va_arg(list, int);      /*= 3 */
        best = ({ int a = n, b = best; a > b ? a : b; });       /*= 3 */
    }
    va_end(list);               /*= 1 */
    return best;                /*= 1 */
}
static struct { int a, b; } pair = {.b = 2};
int main(void)
{
    double complex z = 1.0 + 2.0 * I;   /*= 1 */
    int n = ({ int t = max(3, 1, 5, 2); t + 1; });      /*= 1 */
    int *p = (int[]){1, 2, n ?: 4};     /*= 1 */
    if (setjmp(back) == 0)      /*= 1 */
        longjmp(back, 1);       /*= 1 */
    printf("%d %d %d %.0f\n", n, p[2], pair.b, cimag(z));       /*= 1 */
    return 0;                   /*= 1 */
}
