# 1 "in.c"
int printf(const char *, ...);
static int add(a, b)
    int a;
    int b;
{<entry 0>
    int r = a;
    r += b;
    return r;
}
main()
{<timed entry 3, again()>
    printf("%d\n", add(1, 2));++__farm_c[4];
    return 0;
}<another name of main>
