# 1 "in.c"
int printf(const char *, ...);
static int count(int x) {<entry 0> printf("%d", x); return x; }
static int first(int x)
{<entry 1>
    int a = count(x);
    int b = (++__farm_c[2],count(a));
    int *p = 0;
    int c[2] = {1, 2};
    static int calls = 0;
    extern int printf(const char *, ...);++__farm_c[3];
    calls++;
    if (x) {
        int d = (++__farm_c[4],count(b)), e = 3;
        __farm_count __farm_d5 __attribute__((__unused__))=++__farm_c[5];struct { int u, v; } s = {count(d), 4};
        const char *t = "x";++__farm_c[6];
        a += d + e + s.u + *t;
    }
    return a + b + (p == 0) + c[1] + calls;
}
static int sized(int n)
{<entry 7>
    int v[n + 1];
    v[n] = n;
    return v[n] + (int)sizeof v;
}
int main(void)
{<timed entry 10, again()>
    printf("%d %d\n", first(0), first(2));++__farm_c[11];
    printf("%d\n", sized(3));++__farm_c[12];
    return 0;
}<another name of main>
