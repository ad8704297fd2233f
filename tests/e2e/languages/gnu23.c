/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flags: -std=gnu2x -w */
#include <stdio.h>
[[nodiscard]] static int pick(int n)
{
    switch (n) {                /*= 4 */
    case 0:
        [[fallthrough]];
    case 1:
        int low = 1;            /* a declaration behind a label */
        return low;             /*= 2 */
    default:
        return n;               /*= 2 */
    }
}
int main(void)
{
    int sum = 0b0;
    for (int i = 0; i < 4; i++) /*= 5 */
        sum += pick(i);         /*= 4 */
    printf("%d\n", sum);        /*= 1 */
end:
}
