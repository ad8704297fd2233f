int printf(const char *, ...);
static int count(int x) { printf("%d", x); return x; }
static int first(int x)
{
    int a = count(x);
    int b = count(a);
    int *p = 0;
    int c[2] = {1, 2};
    static int calls = 0;
    extern int printf(const char *, ...);
    calls++;
    if (x) {
        int d = count(b), e = 3;
        struct { int u, v; } s = {count(d), 4};
        const char *t = "x";
        a += d + e + s.u + *t;
    }
    return a + b + (p == 0) + c[1] + calls;
}
static int sized(int n)
{
    int v[n + 1];
    v[n] = n;
    return v[n] + (int)sizeof v;
}
int main(void)
{
    printf("%d %d\n", first(0), first(2));
    printf("%d\n", sized(3));
    return 0;
}
