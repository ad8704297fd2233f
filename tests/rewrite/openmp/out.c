# 1 "in.c"
int printf(const char *, ...);
static int sum(int n)
{__farm_count __farm_d0 __attribute__((__unused__))=++__farm_here_ID()[0];
    int t = 0;
#pragma omp parallel for reduction(+:t)
    for (int i = 0; i < n; i++) {++__farm_here_ID()[1];
        if (i & 1)
            ++__farm_here_ID()[2],t += i;
    }
#pragma omp parallel num_threads(2)
    {++__farm_here_ID()[3];
#pragma omp critical
        t++;
#pragma omp barrier
        if (t > 1000)
            ++__farm_here_ID()[4],printf("large\n");
    }++__farm_here_ID()[5];
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
{<timed entry 8, again()>
    printf("%d %d\n", sum(10), collapsed(3));++__farm_c[9];
    return 0;
}<another name of main>
not instrumented: collapsed: it holds an OpenMP construct that allows no insertion
