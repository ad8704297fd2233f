#include <stdio.h>
#include <stdlib.h>
int g1, g2; struct s { int x, y; struct s *n; } S;
int f(int a) { return a + 1; }
int id(int a)
{
    return a;
}
void v1(int a)
{
    if (a)
        return;
    g1++;
}
void v2(int a)
{
    g1++;
}
void v3(int a)
{
    if (a)
        g1 = 2;
}
void v4(int a)
{
    g1++;
    return;
}
void v5(int a)
{
    while (1) {
        if (a++ > 3)
            break;
    }
}
int v6(int a)
{
    if (a)
        return 1;
    else
        return 2;
}
void
v7(int a,
   int b)
{
    for (;;) {
        if (a++ > 5)
            return;
    }
}
void v8(int a)
{
    f(a);
    f(a);
}
void v9(int a)
{
    if (a) {
        f(a);
        return;
    }
    f(a);
}
int sw(int a)
{
    int r = 0;
    switch (a) {
    case 1:
        r = 1;
        break;
    case 2:
    case 3:
        r = 3;
        /* fall through */
    case 4: r = 4;
        break;
    case 5: {
        r = 5;
        break;
    }
    default:
        r = 7;
    }
    return r;
}
int lo(int n)
{
    int i, t = 0;
    int q[3] = {1, 2,
        n, 4 - n};     /* gcov: - */
    static int st = 3;
    for (i = 0; i < n; i++)
        t += i;
    for (i = 0; i < n; i++) t += i;
    while (i--)
    {
        t++;
    }
    do {
        t++;
        if (t & 1)
            continue;
    } while (t < 100);
    do t++; while (0);
    do {
        t++;
    } while (0);
    for (;;) {
        if (t++ > 200)
            break;
    }
    for (;; i++) {
        if (i > 20)
            break;
    }
    while (1) {
        t++;
        if (t > 300)
            goto out;
    }
out:
    t++;
again: t++;
    if (t < 310) goto again;
    while (t++ < 400)
        ;
    for (i = 0; i < 3; i++)
        ;
    for (i = 0;
         i < 10;
         i++)
        t += q[0];
    return t + st;
}
int multi(int a, int b, struct s *p)
{
    int x = f(a) +
        f(b);
    x = f(
        a);
    x = f(a +
          p->x);
    x = a
        + b;
    x += p->x +
        p->y +
        p->x;
    printf("%d %d\n",
           a,
           f(b));
    printf("%d %d\n",
           p->x,
           b);
    if (a &&
        b)
        x++;
    if (a > 3 ||
        b > 7 ||
        f(a) > 3)
        x++;
    x = a ? 1 : 2;
    x = a
        ? f(1)
        : f(2);
    x = a
        ? 1
        : 2;
    if (f(a)
        && f(b))
        x++;
    while (x < 100 &&
           a < 30) {
        x++;
        a++;
    }
    p->x =
        b;
    p->n = &S,
    S.x = 3;
    return a == 3 &&
        b == 4;
}
int main(void)
{
    int i;
    for (i = 0; i < 3; i++) {
        v1(i); v2(i);
        v3(i);
        v4(i);
        v5(i);
        v6(i);
        v7(i, i);
        v8(i);
        v9(i);
    }
    for (i = 0; i < 7; i++) {
        sw(i);
    }
    if (lo(5) == 3) abort();
    multi(1, 2, &S);
    multi(0, 3, &S);
    multi(4, 9, &S);
    { int k = 3;
      int j;
      k++; }
    if (i) { g1++; } else { g2++; }
    if (i == 77)
        g1++;
    else if (i == 7)
        g2++;
    else
        g2--;
    ;
    {
    }
}
