int printf(const char *, ...);
struct pair { long a, b; };
struct big { long a[8]; };
/* worth it, in all kinds of arguments that registers hold */
double sum(const double *x, unsigned n, float f, double z, _Bool b)
{
    double s = f + z + b;
    for (unsigned i = 0; i < n; i++)
        if (x[i] > 0)
            s += x[i];
        else
            s -= x[i];
    for (int i = 0; i < 2; i++)
        s += i;
    return s;
}
struct big wide(int a, int b, int c, int d, int e)
{
    struct big w = {{a, b, c, d, e}};
    for (int i = 0; i < 8; i++)
        for (int k = 0; k < 2; k++)
            w.a[i] += k;
    return w;
}
struct pair both(int n, char *unused)
{
    struct pair p = {n, 2};
    while (n-- > 0)
        if (n & 1)
            p.a++;
        else
            p.b++;
    for (int i = 0; i < 2; i++)
        p.a += i;
    return p;
}
/* tail calls stay tail calls */
long down(long n)
{
    long m = n;
    do
        m--;
    while (m & 1);
    for (int i = 0; i < 1; i++)
        m = n - 1;
    if (n <= 0)
        return 0;
    return down(m);
}
static void quiet(long n)
{
    for (int i = 0; i < 1; i++)
        for (int k = 0; k < 1; k++)
            for (int l = 0; l < 1; l++)
                for (int m = 0; m < 1; m++)
                    n--;
    if (n > 0)
        quiet(n);
}
/* not: an argument on the stack, one too many, any number of them, a small one, inline, without a name, looks around */
long stack(struct big w)
{
    long s = 0;
    for (int i = 0; i < 8; i++)
        for (int k = 0; k < 2; k++)
            s += w.a[i];
    return s;
}
long seven(int a, int b, int c, int d, int e, int f, int g)
{
    long s = 0;
    for (int i = 0; i < a; i++)
        for (int k = 0; k < 2; k++)
            s += b + c + d + e + f + g;
    return s;
}
long any(int n, ...)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            n--;
    return n;
}
static int small(int n)
{
    return n + 1;
}
__attribute__((always_inline)) static inline int always(int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            for (int l = 0; l < n; l++)
                for (int m = 0; m < n; m++)
                    n--;
    return n;
}
int around(int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            n--;
    return n + (__builtin_return_address(0) == 0);
}
/* gcc crashes where another name copies that a function is left out of sanitizers */
__attribute__((no_sanitize("alignment"), no_sanitize_thread)) int bare(int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            n--;
    return n;
}
int declared_bare(int) __attribute__((no_sanitize_address));
__attribute__((__no_sanitize_undefined__)) int gnulib_bare(int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            n--;
    return n;
}
int declared_bare(int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            n--;
    return n;
}
/* read by nobody: no argument of ours may hide that */
int main(int argc, char **argv)
{
    double x[3] = {1, -2, 3};
    struct big w = wide(1, 2, 3, 4, 5);
    struct pair p = both(5, 0);
    quiet(1000);
    printf("%g %ld %ld %ld %ld\n", sum(x, 3, 0.5f, 4, 1), w.a[0] + w.a[7], p.a, p.b, argc > 9 ? down(10) : 0);
    printf("%d %d %d\n", bare(9), declared_bare(9), gnulib_bare(9));
    for (int i = 0; i < 3; i++)
        printf("%ld %ld %ld %d %d %d\n", stack(w), seven(1, 2, 3, 4, 5, 6, 7), any(2, 1), small(1), always(2), around(3));
}
