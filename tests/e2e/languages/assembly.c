/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
static int add(int a, int b)
{
    __asm__("addl %1, %0" : "+r"(a) : "r"(b) : "cc");   /*= 3 */
    return a;                   /*= 3 */
}
static int is_zero(int n)
{
    __asm__ goto("testl %0, %0\n\tje %l1" : : "r"(n) : "cc" : zero);    /*= 2 */
    return 0;                   /*= 1 */
zero:
    return 1;                   /*= 1 */
}
__asm__(".pushsection .comment\n\t.popsection");
int main(void)
{
    int n = 0;
    for (int i = 0; i < 3; i++) /*= 4 */
        n = add(n, i);          /*= 3 */
    printf("%d %d %d\n", n, is_zero(0), is_zero(1));    /*= 1 */
    return 0;                   /*= 1 */
}
