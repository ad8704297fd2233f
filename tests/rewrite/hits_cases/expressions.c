#include <stdio.h>
int g1, g2; struct s { int x, y; struct s *n; char *t; } S;
int f(int a) { return a + 1; }
int h(int a, int b) { return a + b; }
int fold(int a, int b, int c, struct s *p)
{
    int x = 0;
    if (a > 3 ||
        b > 7)
        x++;
    if (a > 3 &&
        b > 7 &&
        c > 1)
        x++;
    if (a > 3 &&
        b > 7 &&
        f(c) > 1)
        x++;
    if (f(a) > 3 &&
        b > 7 &&
        c > 1)
        x++;
    if (a &&
        !b)
        x++;
    if (p->x &&
        b)
        x++;
    if (p->x > 1 &&
        p->y > 1)
        x++;
    if (g1 &&
        g2)
        x++;
    if (a > 3 || b > 7 ||
        c > 1 || c == 0)
        x++;
    if (a == 3 && b == 7
        && c == 1 && a != c)
        x++;
    if ((a == 3 && b == 7)
        || (c == 1 && a != c))     /* gcov: 20 */
        x++;
    return x;
}
int args(int a, int b, struct s *p)
{
    int x;
    x = h(f(a),
          f(b));
    x = h(p->x,
          p->y);
    x = h(a,
          b + 1);
    x = h(a,
          f(b) + 1);
    x = h(a,     /* gcov: 4 */
          a ? b : f(3));
    x = h(a,     /* gcov: 6 */
          a ?
          f(b) :
          f(3));
    x = h(a,     /* gcov: 5 */
          a && f(b)     /* gcov: 2 */
          );
    x = a
      + f(b)
      + f(a);
    x =
      f(b);
    x =
      a + b;
    int y =
      f(b);
    int z =
      a;
    x = y = z =
      f(3);
    p->x =
      p->y;
    p->n->n->x =
      f(3) + 4;
    x = (a + b) *
        (a - b);
    x = p->n
         ->n
         ->x;
    h(a,
      x) ;
    (void)
      f(3);
    x += f(1)
       - f(2)
       - p->x;
    x = p->x ? p->y :
        p->x;     /* gcov: - */
    x = a ? b
          : b + 2;
    x = a > 1
          ? b
          : b + f(2);
    if (h(a, b) ==     /* gcov: 6 */
        h(b, a))
        x++;
    if (p->x ==
        p->y)
        x++;
    if (!(p->x ==
        p->y))
        x++;
    char *s = "abc"
        "def";
    x = s[1] +
        s[2] +
        s[a & 1];
    p->t =
        s;
    struct s loc = {     /* gcov: 6 */
        .x = 1,
        .y = f(2),
        .n = p,
    };
    S = (struct s){ .n = &S, .t = s,
        .x = p->x,
        .y = p->y };
    x = h(
        f(1),
        h(f(2),
          f(3)));
    return x
        + f(2) + loc.x;
}
int ret1(int a)
{
    return
        a;
}
int ret2(int a)
{
    return f(a) &&     /* gcov: 39 */
        f(a + 1);
}
int ret3(int a)
{
    return a
        ? f(a)
        : f(a + 1);     /* gcov: 30 */
}
int ret4(int a,
         int b)
{
    return h(a,     /* gcov: 40 */
        b ? f(b)
          : f(a));
}
int main(void)
{
    S.n = &S;
    S.t = "abcd";
    int t = 0;
    for (int i = 0; i < 20; i++)
    {
        t += fold(i % 5, i % 9, i % 3, &S);
        if (i < 3) t += args(i, 2, &S);
        t += ret1(3);
        t += ret2(i - 4); t += ret3(i % 2);
        t += ret4(i,
            i % 3);
    }
    for (int i = 0,
             j = f(3); i < 3;     /* gcov: 5 */
             i++)
        t++;
    printf("%d\n", t);
    return 0;
}
