# 1 "in.c"
int printf(const char *, ...);
static int sum(const int *p, int n)
{<base>
    int t = 0;{__farm_count __farm_t0=0;
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        {++__farm_t0,t += p[i];}__farm_c[0]+=__farm_t0;}
    if (n > 2)
#pragma GCC ivdep
        for (int i = 0; i < n; i++)
            t += p[i];++__farm_c[1];
    {__farm_count __farm_t2=0,__farm_t3=0;for (int i = 0; i < n; i++) {++__farm_t2;
#pragma GCC diagnostic push
        if (p[i] == 2)
            {++__farm_t3;break;}
#pragma GCC diagnostic pop
        t++;
    }__farm_c[2]+=__farm_t2;__farm_c[3]+=__farm_t3;}
#pragma GCC diagnostic ignored "-Wunused"
    return t;
}
int main(void)
{<timed entry 6, again()>
    int a[] = {1, 2, 3};
    printf("%d %d\n", sum(a, 3), sum(a, 1));++__farm_c[7];
    return 0;
}<another name of main>
