/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
typedef int v4 __attribute__((vector_size(16)));
typedef union { int *i; unsigned *u; } either __attribute__((transparent_union));
static v4 step(v4 a, v4 b)
{
    v4 mask = a > b;            /*= 3 */
    return (a & mask) + (b & ~mask) + 1;        /*= 3 */
}
static int first(either e)
{
    return *e.i;                /*= 1 */
}
int main(void)
{
    v4 a = {1, 2, 3, 4}, b = {4, 3, 2, 1};
    for (int i = 0; i < 3; i++) /*= 4 */
        a = step(a, b);         /*= 3 */
    unsigned u = 7;             /*= 1 */
    printf("%d %d %d\n", a[0], a[3], first(&u));        /*= 1 */
    return 0;                   /*= 1 */
}
