# 1 "in.c"
int printf(const char *, ...);
static int count(int x) { printf("%d", x); return x; }
static int first(int x)
{<entry 0>
    int a = count(x);
    int b = (++__farm_c[1],count(a));
    int *p = 0;
    int c[2] = {1, 2};
    static int calls = 0;
    extern int printf(const char *, ...);++__farm_c[2];
    calls++;
    if (x) {
        int d = (++__farm_c[3],count(b)), e = 3;
        __farm_count __farm_d4 __attribute__((__unused__))=++__farm_c[4];struct { int u, v; } s = {count(d), 4};
        const char *t = "x";++__farm_c[5];
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
{<timed entry 8, again()>
    printf("%d %d\n", first(0), first(2));++__farm_c[9];
    printf("%d\n", sized(3));++__farm_c[10];
    return 0;
}<another name of main>
