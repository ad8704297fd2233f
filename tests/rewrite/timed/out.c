# 1 "in.c"
int printf(const char *, ...);
struct pair { long a, b; };
struct big { long a[8]; };
/* worth it, in all kinds of arguments that registers hold */
double sum(const double *x, unsigned n, float f, double z, _Bool b)
{<timed entry 2, again(x,n,f,z,b)>
    double s = f + z + b;
    {__farm_count __farm_t3=0,__farm_t4=0;for (unsigned i = 0; i < n; i++)
        {++__farm_t3;if (x[i] > 0)
            ++__farm_t4,s += x[i];
        else
            {s -= x[i];}}__farm_c[3]+=__farm_t3;__farm_c[4]+=__farm_t4;}
    {__farm_count __farm_t5=0;for (int i = 0; i < 2; i++)
        {++__farm_t5,s += i;}__farm_c[5]+=__farm_t5;}
    return s;
}<another name of sum>
struct big wide(int a, int b, int c, int d, int e)
{<timed entry 8, again(a,b,c,d,e)>
    struct big w = {{a, b, c, d, e}};
    for (int i = 0; i < 8; i++)
        {++__farm_c[9];{__farm_count __farm_t10=0;for (int k = 0; k < 2; k++)
            {++__farm_t10,w.a[i] += k;}__farm_c[10]+=__farm_t10;}}
    return w;
}<another name of wide>
struct pair both(int n, char *unused)
{<timed entry 13, again(n,0)>
    struct pair p = {n, 2};
    {__farm_count __farm_t14=0,__farm_t15=0;while (n-- > 0)
        {++__farm_t14;if (n & 1)
            ++__farm_t15,p.a++;
        else
            {p.b++;}}__farm_c[14]+=__farm_t14;__farm_c[15]+=__farm_t15;}
    {__farm_count __farm_t16=0;for (int i = 0; i < 2; i++)
        {++__farm_t16,p.a += i;}__farm_c[16]+=__farm_t16;}
    return p;
}<another name of both>
/* tail calls stay tail calls */
long down(long n)
{<timed entry 19, again(n)>
    long m = n;
    {__farm_count __farm_t20=0;do
        ++__farm_t20,m--;
    while (m & 1);__farm_c[20]+=__farm_t20;}
    {__farm_count __farm_t21=0;for (int i = 0; i < 1; i++)
        {++__farm_t21,m = n - 1;}__farm_c[21]+=__farm_t21;}
    if (n <= 0)
        {++__farm_c[22];return 0;}
    return down(m);
}<another name of down>
static void quiet(long n)
{<timed entry 25, again(n)>
    for (int i = 0; i < 1; i++)
        {++__farm_c[26];for (int k = 0; k < 1; k++)
            {++__farm_c[27];for (int l = 0; l < 1; l++)
                {++__farm_c[28];{__farm_count __farm_t29=0;for (int m = 0; m < 1; m++)
                    {++__farm_t29,n--;}__farm_c[29]+=__farm_t29;}}}}
    if (n > 0)
        ++__farm_c[30],quiet(n);
}
/* not: an argument on the stack, one too many, any number of them, a small one, inline, without a name, looks around */
long stack(struct big w)
{<entry 31>
    long s = 0;
    for (int i = 0; i < 8; i++)
        {++__farm_c[32];{__farm_count __farm_t33=0;for (int k = 0; k < 2; k++)
            {++__farm_t33,s += w.a[i];}__farm_c[33]+=__farm_t33;}}
    return s;
}
long seven(int a, int b, int c, int d, int e, int f, int g)
{<entry 34>
    long s = 0;
    for (int i = 0; i < a; i++)
        {++__farm_c[35];{__farm_count __farm_t36=0;for (int k = 0; k < 2; k++)
            {++__farm_t36,s += b + c + d + e + f + g;}__farm_c[36]+=__farm_t36;}}
    return s;
}
long any(int n, ...)
{<entry 37>
    for (int i = 0; i < n; i++)
        {++__farm_c[38];{__farm_count __farm_t39=0;for (int k = 0; k < 2; k++)
            {++__farm_t39,n--;}__farm_c[39]+=__farm_t39;}}
    return n;
}
static int small(int n)
{
    return n + 1;
}
__attribute__((always_inline)) static inline int always(int n)
{<base>
    for (int i = 0; i < n; i++)
        {++__farm_c[40];for (int k = 0; k < n; k++)
            {++__farm_c[41];for (int l = 0; l < n; l++)
                {++__farm_c[42];{__farm_count __farm_t43=0;for (int m = 0; m < n; m++)
                    {++__farm_t43,n--;}__farm_c[43]+=__farm_t43;}}}}
    return n;
}
int around(int n)
{<entry 44>
    for (int i = 0; i < n; i++)
        {++__farm_c[45];{__farm_count __farm_t46=0;for (int k = 0; k < 2; k++)
            {++__farm_t46,n--;}__farm_c[46]+=__farm_t46;}}
    return n + (__builtin_return_address(0) == 0);
}
/* gcc crashes where another name copies that a function is left out of sanitizers */
__attribute__((no_sanitize("alignment"), no_sanitize_thread)) int bare(int n)
{<entry 47>
    for (int i = 0; i < n; i++)
        {++__farm_c[48];{__farm_count __farm_t49=0;for (int k = 0; k < 2; k++)
            {++__farm_t49,n--;}__farm_c[49]+=__farm_t49;}}
    return n;
}
int declared_bare(int) __attribute__((no_sanitize_address));
__attribute__((__no_sanitize_undefined__)) int gnulib_bare(int n)
{<entry 50>
    for (int i = 0; i < n; i++)
        {++__farm_c[51];{__farm_count __farm_t52=0;for (int k = 0; k < 2; k++)
            {++__farm_t52,n--;}__farm_c[52]+=__farm_t52;}}
    return n;
}
int declared_bare(int n)
{<entry 53>
    for (int i = 0; i < n; i++)
        {++__farm_c[54];{__farm_count __farm_t55=0;for (int k = 0; k < 2; k++)
            {++__farm_t55,n--;}__farm_c[55]+=__farm_t55;}}
    return n;
}
/* read by nobody: no argument of ours may hide that */
int main(int argc, char **argv)
{<timed entry 58, again(argc,0)>
    double x[3] = {1, -2, 3};
    struct big w = wide(1, 2, 3, 4, 5);
    struct pair p = both(5, 0);
    quiet(1000);
    printf("%g %ld %ld %ld %ld\n", sum(x, 3, 0.5f, 4, 1), w.a[0] + w.a[7], p.a, p.b, argc > 9 ? down(10) : 0);++__farm_c[59];
    printf("%d %d %d\n", bare(9), declared_bare(9), gnulib_bare(9));
    for (int i = 0; i < 3; i++)
        {++__farm_c[60],printf("%ld %ld %ld %d %d %d\n", stack(w), seven(1, 2, 3, 4, 5, 6, 7), any(2, 1), small(1), always(2), around(3));}++__farm_c[61];
}<another name of main>
