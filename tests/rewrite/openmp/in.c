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
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            t += k;
    return t;
}
int main(void)
{
    printf("%d %d\n", sum(10), collapsed(3));
    return 0;
}
