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
{__farm_count __farm_d6 __attribute__((__unused__))=++__farm_here_ID()[6];
    int t = 0;
#pragma omp parallel for collapse(2) reduction(+:t)
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++)
            {++__farm_here_ID()[7],t += k;}
    }++__farm_here_ID()[8];
    return t;
}
static int mixed(int n)
{__farm_count __farm_d9 __attribute__((__unused__))=++__farm_here_ID()[9];
    int a[64] = {0}, t = 0;
    if (n > 64)
        {++__farm_here_ID()[10];return 0;}
#pragma omp simd
    for (int i = 0; i < n; i++)
        a[i] += i;
#pragma omp parallel sections reduction(+:t)
    {
#pragma omp section
        {++__farm_here_ID()[11],t += a[1];}
#pragma omp section
        {++__farm_here_ID()[12];
            if (n > 3)
                ++__farm_here_ID()[13],t += a[3];
        }
#pragma omp section
        {++__farm_here_ID()[14];for (int i = 0; i < n; i++)
            {++__farm_here_ID()[15],t += a[i];}}
    }++__farm_here_ID()[16];
#pragma omp parallel for ordered reduction(+:t)
    for (int i = 0; i < n; i++) {++__farm_here_ID()[17];
#pragma omp ordered
        a[0] += i;
        t += i;
    }
#pragma omp parallel for collapse(2)
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 3; k++) {++__farm_here_ID()[18];
            if (i == k)
#pragma omp atomic
                t++;
        }
    }++__farm_here_ID()[19];
    return t + a[0];
}
#pragma omp declare simd
static int twice(int n)
{
    return n * 2;
}
int main(void)
{<timed entry 22, again()>
    printf("%d %d %d %d\n", sum(10), collapsed(3), mixed(12), twice(1));++__farm_c[23];
    return 0;
}<another name of main>
not instrumented: twice: OpenMP makes other versions of it
