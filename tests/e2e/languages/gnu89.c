/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flags: -std=gnu89 -w */
extern int printf(const char *, ...);
int twice(n)
    int n;
{                               /* old style: the line of the name counts */
    return n * 2;               /*= 3 */
}
implicit(a) { return a + 1; }   /*= 1 */
int main()
{
    int i, sum = 0;
    for (i = 0; i < 3; i++)     /*= 4 */
        sum += twice(i);        /*= 3 */
    sum += implicit(sum);       /*= 1 */
    printf("%d\n", sum);        /*= 1 */
    return 0;                   /*= 1 */
}
