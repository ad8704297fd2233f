/* SPDX-License-Identifier: GPL-3.0-or-later */
/* only: gcc */
#include <stdio.h>
static int outer(int n)         /* its body holds a function: it is left as it is, the others are not */
{
    int inner(int k) { return k + n; }
    return inner(1);
}
int main(void)
{
    printf("%d\n", outer(2));   /*= 1 */
    return 0;                   /*= 1 */
}
