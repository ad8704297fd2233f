int printf(const char *, ...);
static int add(a, b)
    int a;
    int b;
{
    int r = a;
    r += b;
    return r;
}
main()
{
    printf("%d\n", add(1, 2));
    return 0;
}
