/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#line 100 "grammar.y"
static int parse(int n)
{
    return n > 1 ? n : 0;       /*= 2 grammar.y:102 */
}
#line 11 "moved_lines.c"
int main(void)
{
    printf("%d %d %s\n", parse(1), parse(2), __FILE__); /*= 1 moved_lines.c:13 */
    return 0;                   /*= 1 moved_lines.c:14 */
}
