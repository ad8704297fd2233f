/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdatomic.h>
#include <stdio.h>
#define NAME(x) _Generic((x), int: "int", double: "double", default: "other")
static _Atomic int total;
static _Atomic long wide;
static __thread int mine;
static _Thread_local int other;
static void count(int n)
{
    atomic_fetch_add(&total, n);        /*= 4 */
    wide += n;                  /*= 4 */
    mine++;                     /*= 4 */
    other += n > 1 ? 2 : 1;     /*= 4 */
}
int main(void)
{
    for (int i = 0; i < 4; i++) /*= 5 */
        count(i);               /*= 4 */
    printf("%s %s %d %ld %d %d\n", NAME(1), NAME(1.0), atomic_load(&total), (long)wide, mine, other);   /*= 1 */
    return 0;                   /*= 1 */
}
