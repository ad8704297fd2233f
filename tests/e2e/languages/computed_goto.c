/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
static int run(const unsigned char *code)
{
    static const void *const jump[] = {&&add, &&sub, &&stop};
    int a = 0;                  /*= 1 */
    goto *jump[*code++];        /*= 1 */
add:
    a += 2;                     /*= 3 */
    goto *jump[*code++];        /*= 3 */
sub:
    a -= 1;                     /*= 2 */
    goto *jump[*code++];        /*= 2 */
stop:
    return a;                   /*= 1 */
}
int main(void)
{
    printf("%d\n", run((const unsigned char[]){0, 0, 1, 0, 1, 2}));     /*= 1 */
    return 0;                   /*= 1 */
}
