int printf(const char *, ...);
static int sum(const int *p, int n)
{
    int t = 0;
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        t += p[i];
    if (n > 2)
#pragma GCC ivdep
        for (int i = 0; i < n; i++)
            t += p[i];
    for (int i = 0; i < n; i++) {
#pragma GCC diagnostic push
        if (p[i] == 2)
            break;
#pragma GCC diagnostic pop
        t++;
    }
#pragma GCC diagnostic ignored "-Wunused"
    return t;
}
int main(void)
{
    int a[] = {1, 2, 3};
    printf("%d %d\n", sum(a, 3), sum(a, 1));
    return 0;
}
