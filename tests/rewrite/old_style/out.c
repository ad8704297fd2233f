# 1 "in.c"
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
{<timed entry 2, again()>
    printf("%d\n", add(1, 2));++__farm_c[3];
    return 0;
}<another name of main>
