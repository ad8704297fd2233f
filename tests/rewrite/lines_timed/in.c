int printf(const char *, ...);
int atoi(const char *);
static int slow(int n)
{
    return n + 1;
}
/* every kind of statement, with and without braces, on lines of their own and together */
int timed(int n, const char *text)
{
    int a = n, b = atoi(text);
    int c;
    c = a; b++; a++;
    for (int i = 0; i < 3; i++) c += i;
    for (int i = 0; i < n; i++)
        c += slow(i);
    for (int i = 0;
         i < n;
         i++) {
        if (i == 1)
            continue;
        else if (slow(i) > 100)
            break;
        else
            c++;
    }
    while (a > 0)
        a--;
    do {
        b--;
    } while (b > 0 &&
             slow(b) > 0);
    do c++; while (c < 0);
    switch (n) {
    case 1: c++; break;
    case 2:
        c += 2;
        /* fall through */
    default:
        c -= slow(1);
    }
    if (n > 2)
        if (a)
            c = 1;
        else
            goto out;
    if (sizeof(int) == 4)
        c++;
    { int inner = slow(c); c = inner; }
    c += ({
        int k = slow(1);
        k;
    });
    for (;;) {
        if (c++ > 5)
            break;
    }
out:
    return n > 2 ?
        slow(c) :
        slow(a);
}
void leaves(int n)
{
    if (n)
        return;
    slow(n);
}
int not_timed(int n)
{
    n++;
    return n;
}
int main(void)
{
    leaves(1);
    leaves(0);
    printf("%d %d %d\n", timed(1, "3"), timed(2, "4"), not_timed(timed(3, "0")));
    return 0;
}
