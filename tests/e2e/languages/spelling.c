/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flags: -w */
%:include <stdio.h>
static int gr\u00fcn(int größe) <%
    return größe \
        + 1; %>                 /* a splice, digraphs, names beyond ASCII */
int main(void)
{
    int va\
lue = grün(1);                  /* a splice in a name */
    printf("%d ä€ %s\n", value, "\u00e4");       /*= 1 */
    return 0;                   /*= 1 */
}
