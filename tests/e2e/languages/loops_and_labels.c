/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
static void copy(char *to, const char *from, int count)
{
    int n = (count + 3) / 4;    /*= 1 */
    switch (count % 4) {        /*= 1 */
    case 0: do { *to++ = *from++;
    case 3:      *to++ = *from++;
    case 2:      *to++ = *from++;
    case 1:      *to++ = *from++;
            } while (--n > 0);  /*= 2 */
    }
}
static int odd(int n)
{
    if (n > 2) case_like: return 1;
    else if (n == 2) goto case_like;    /*= 2 */
    else for (;;) { if (n++ > 0) break; }       /*= 2 */
    return 0;                   /*= 1 */
}
int main(void)
{
    char to[8] = "";
    copy(to, "abcdefg", 7);     /*= 1 */
    printf("%s %d %d %d\n", to, odd(3), odd(2), odd(0));        /*= 1 */
    return 0;                   /*= 1 */
}
