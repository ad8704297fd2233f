# 1 "in.c"
int printf(const char *, ...);
void *malloc(unsigned long);
typedef long jump[25];
int _setjmp(jump);
void longjmp(jump, int);
void exit(int);
void failed(const char *) __attribute__((noreturn));
void failed(const char *what)
{<entry 0>
    printf("%s\n", what);++__farm_n[1];
    exit(3);
}
/* no counter, and it asks nobody */
static int small(int a)
{
    return a > 2 ? a : -a;
}
/* a thread may begin with it */
static int compare(int a, int b)
{<asks><entry 2>
    if (a < b)
        {++__farm_n[3];return -1;}
    return a > b;
}
int (*const compares)(int, int) = compare;
/* a loop without calls, in a local */
long loop(const long *x, int n)
{<timed entry 6, again(x,n)>
    long sum = 0;
    {__farm_count __farm_t7=0,__farm_t8=0;for (int i = 0; i < n; i++)
        {++__farm_t7;if (x[i] > 1)
            {++__farm_t8,sum += x[i];}}__farm_n[7]+=__farm_t7;__farm_n[8]+=__farm_t8;}
    return sum;
}<another name of loop>
/* a path that never comes back */
int checked(int a)
{<entry 9>
    a > 100 ? (++__farm_n[10],failed("large")) : (void)0;
    int b = small(a);
    return b;
}
/* timed, and it comes back twice */
static jump there;
int twice(int n)
{<timed entry 13, again(n)>
    int k = 0;
    {__farm_count __farm_t14=0,__farm_t15=0;for (int i = 0; i < n; i++)
        {++__farm_t14;if (i > 3)
            {++__farm_t15,k++;}}__farm_n[14]+=__farm_t14;__farm_n[15]+=__farm_t15;}
    if (_setjmp(there) == 0 && n)
        {++__farm_n[16],longjmp(there, 1);}++__farm_n[17];
    k += n;
    return k;
}<another name of twice>
int main(void)
{<timed entry 20, again()>
    long x[] = {1, 2, 3, 4};
    printf("%d %ld %d %d\n", compares(1, 2), loop(x, 4), checked(3), twice(6));++__farm_n[21];
    return 0;
}<another name of main>
