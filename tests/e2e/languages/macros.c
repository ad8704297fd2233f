/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>
#define COLOURS X(red) X(green) X(blue)
#define X(name) static int is_##name(int n) { return n == name; }
enum { red, green, blue };
COLOURS                         /*= 9 */
#undef X
#define EACH(i, n) for (int i = 0; i < (n); i++)
#define SET(a, b) { x = a; y = b; }
#define LOUD(s) do { s; printf("%s\n", #s); } while (0)
#define MARK(n) { if (n) x++; }
#define X(name) n += is_##name(i);
int main(void)
{
    int n = 0, x = 0, y = 0;
    EACH(i, 3) {                /*= 4 */
        COLOURS                 /*= 3 */
    }
    if (n > 5)                  /*= 1 */
        SET(1, 2)               /*= 0 */
    else
        SET(3, 4)               /*= 1 */
    LOUD({x++; y++;});          /*= 1 */
    for (int i = 0; i < 0; i++) /*= 1 */
        MARK(i);                /*= 0 */
    assert(x == 4 && y == 5);   /*= 1 */
    printf("%d %d %d %d %s:%d\n", n, x, y, __COUNTER__, __FILE__, __LINE__);    /*= 1 */
    return 0;                   /*= 1 */
}
