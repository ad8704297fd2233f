/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flags: -std=c90 -pedantic-errors -Werror -Wdeclaration-after-statement */
#include <stdio.h>
int main(void)
{
    int a = 1;                  /*= 1 */
    int b = getchar();          /*= 1 */
    {
        int c = a + b;          /*= 1 */
        int d = putchar('x') + c;       /*= 1 */
        if (d) {                /*= 1 */
            int e = d;          /*= 1 */
            a += e;             /*= 1 */
        }
    }
    printf("%d\n", a);          /*= 1 */
    return 0;                   /*= 1 */
}
