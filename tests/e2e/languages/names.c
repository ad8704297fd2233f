/* SPDX-License-Identifier: GPL-3.0-or-later */
/* only: gcc */
#include <stdio.h>
static int __fp16(int half)     /* a type to libclang: left as it is, the others are not */
{
    return half * 2;
}
static int left(int n)          /* nor what names it */
{
    return __fp16(n);
}
int main(void)
{
    int __farm = 3, farm_c = 2; /*= 1 */
    printf("%d %d\n", __farm + farm_c, left(2));      /*= 1 */
    return 0;                   /*= 1 */
}
