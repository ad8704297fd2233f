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
{<entry 1>
    printf("%d\n", add(1, 2));++__farm_c[2];
    return 0;
}
