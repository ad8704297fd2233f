# 1 "in.c"
int printf(const char *, ...);
static int sum(const int *p, int n)
{<timed entry 2, again(p,n)>
    int t = 0;{__farm_count __farm_t3=0;
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        {++__farm_t3,t += p[i];}__farm_c[3]+=__farm_t3;}
    if (n > 2)
#pragma GCC ivdep
        for (int i = 0; i < n; i++)
            t += p[i];++__farm_c[4];
    {__farm_count __farm_t5=0,__farm_t6=0;for (int i = 0; i < n; i++) {++__farm_t5;
#pragma GCC diagnostic push
        if (p[i] == 2)
            {++__farm_t6;break;}
#pragma GCC diagnostic pop
        t++;
    }__farm_c[5]+=__farm_t5;__farm_c[6]+=__farm_t6;}
#pragma GCC diagnostic ignored "-Wunused"
    return t;
}
int main(void)
{<timed entry 9, again()>
    int a[] = {1, 2, 3};
    printf("%d %d\n", sum(a, 3), sum(a, 1));++__farm_c[10];
    return 0;
}<another name of main>
