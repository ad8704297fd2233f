/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#define NAME first
#define STEP 1
#include "included.inc"
#undef NAME
#undef STEP
#define NAME second
#define STEP 2
#include "included.inc"
int main(void)
{
    printf("%d %d\n", first(3), second(4));     /*= 1 */
    return 0;                   /*= 1 */
}
