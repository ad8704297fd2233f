int printf(const char *, ...);
void *malloc(unsigned long);
typedef long jump[25];
int _setjmp(jump);
void longjmp(jump, int);
void exit(int);
void failed(const char *) __attribute__((noreturn));
void failed(const char *what)
{
    printf("%s\n", what);
    exit(3);
}
/* no counter, and it asks nobody */
static int small(int a)
{
    return a > 2 ? a : -a;
}
/* a thread may begin with it */
static int compare(int a, int b)
{
    if (a < b)
        return -1;
    return a > b;
}
int (*const compares)(int, int) = compare;
/* a loop without calls, in a local */
long loop(const long *x, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        if (x[i] > 1)
            sum += x[i];
    return sum;
}
/* a path that never comes back */
int checked(int a)
{
    a > 100 ? failed("large") : (void)0;
    int b = small(a);
    return b;
}
/* timed, and it comes back twice */
static jump there;
int twice(int n)
{
    int k = 0;
    for (int i = 0; i < n; i++)
        if (i > 3)
            k++;
    if (_setjmp(there) == 0 && n)
        longjmp(there, 1);
    k += n;
    return k;
}
int main(void)
{
    long x[] = {1, 2, 3, 4};
    printf("%d %ld %d %d\n", compares(1, 2), loop(x, 4), checked(3), twice(6));
    return 0;
}
