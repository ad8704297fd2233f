int printf(const char *, ...);
static int sum(int n)
{
    int t = 0;
#pragma omp parallel for reduction(+:t)
    for (int i = 0; i < n; i++) {
        if (i & 1)
            t += i;
    }
#pragma omp parallel num_threads(2)
    {
#pragma omp critical
        t++;
#pragma omp barrier
        if (t > 1000)
            printf("large\n");
    }
    return t;
}
static int collapsed(int n)
{
    int t = 0;
#pragma omp parallel for collapse(2) reduction(+:t)
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++)
            t += k;
    }
    return t;
}
static int mixed(int n)
{
    int a[64] = {0}, t = 0;
    if (n > 64)
        return 0;
#pragma omp simd
    for (int i = 0; i < n; i++)
        a[i] += i;
#pragma omp parallel sections reduction(+:t)
    {
#pragma omp section
        t += a[1];
#pragma omp section
        {
            if (n > 3)
                t += a[3];
        }
#pragma omp section
        for (int i = 0; i < n; i++)
            t += a[i];
    }
#pragma omp parallel for ordered reduction(+:t)
    for (int i = 0; i < n; i++) {
#pragma omp ordered
        a[0] += i;
        t += i;
    }
#pragma omp parallel for collapse(2)
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 3; k++) {
            if (i == k)
#pragma omp atomic
                t++;
        }
    }
    return t + a[0];
}
#pragma omp declare simd
static int twice(int n)
{
    return n * 2;
}
int main(void)
{
    printf("%d %d %d %d\n", sum(10), collapsed(3), mixed(12), twice(1));
    return 0;
}
