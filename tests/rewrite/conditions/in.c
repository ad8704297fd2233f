int printf(const char *, ...);
static int yes(int x) { printf("y"); return x; }
static int lines(int a, int b)
{
    int r = 0;
    if (yes(a) &&
        yes(b))
        r++;
    if (a > 1
        && yes(b)
        && (b > 1
            || yes(a)))
        r++;
    while (yes(r)
           && r-- > 0)
        ;
    r += a ? b
        : yes(b);
    r = a
        ? yes(a)
        : b;
    if (sizeof(yes(a)) == 4 &&
        __builtin_constant_p(yes(a) ||
                             yes(b)))
        r++;
    return a == 3 ||
        yes(b) == 2;
}
int main(void)
{
    for (int i = 0; i < 4; i++)
        printf("%d\n", lines(i, 3 - i));
    return 0;
}
