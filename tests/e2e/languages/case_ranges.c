/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
static int kind(int c)
{
    switch (c) {                /*= 5 */
    case '0' ... '9':
        return 1;               /*= 2 */
    case 'a' ... 'f': case 'A' ... 'F':
        return 2;               /*= 2 */
    }
    return 0;                   /*= 1 */
}
int main(void)
{
    int sum = 0;
    for (const char *p = "1f3A-"; *p; p++)      /*= 6 */
        sum = sum * 3 + kind(*p);       /*= 5 */
    printf("%d\n", sum);        /*= 1 */
    return 0;                   /*= 1 */
}
