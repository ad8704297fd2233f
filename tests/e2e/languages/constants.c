/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdio.h>
struct bits { unsigned a : (1 && 1) + 2, b : 3; };
enum { SIZE = 1 ? 3 : 4, NONE = 0 && 1 };
static int table[(SIZE > 2 && 1) ? 8 : 1];
_Static_assert(sizeof table == 8 * sizeof(int) && SIZE, "size");
static int *const none = (NONE ? table : NULL);
static int test(int n)
{
    return __builtin_constant_p(n) ? n : n + 0; /*= 2 */
}
int main(void)
{
    static const int fixed = SIZE && 1 ? 2 : 3;
    int *p = SIZE > 2 ? (void *)0 : table;      /*= 1 */
    char name[sizeof(struct bits) ? 4 : 1] = "abc";     /*= 1 */
    switch (test(1)) {          /*= 1 */
    case 1 ? 1 : 3:
        printf("%d %s %d\n", fixed, name, p == none);   /*= 1 */
        break;                  /*= 1 */
    case SIZE && 0:
        return 1;               /*= 0 */
    }
    return test(1) > 5;         /*= 1 */
}
