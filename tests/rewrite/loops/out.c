# 1 "in.c"
int printf(const char *, ...);
static int step(int x) {<entry 0> return x + 1; }
static int all(int n)
{<timed entry 3, again(n)>
    int t = 0, i;
    {__farm_count __farm_t4=0;for (i = 0; i < n; i++)
        {++__farm_t4,t += i;}__farm_c[4]+=__farm_t4;}
    for (i = 0; i < n; i++) {++__farm_c[5];
        if (i == 3)
            {++__farm_c[6];continue;}
        if (i == 5)
            {++__farm_c[7];break;}
        t += step(i);
    }
    while (i-- > 0)
        {++__farm_c[8],printf(".");}++__farm_c[9];
    {__farm_count __farm_t10=0;do
        ++__farm_t10,t++;
    while (t < 20);__farm_c[10]+=__farm_t10;}
    do {
        t += 2;
    } while (0);
    {__farm_count __farm_t11=0,__farm_t12=0;for (;;) {++__farm_t11;
        if (t++ > 50)
            {++__farm_t12;break;}
    }__farm_c[11]+=__farm_t11;__farm_c[12]+=__farm_t12;}
    {__farm_count __farm_t13=0,__farm_t14=0;for (;; i++)
        {++__farm_t13;if (i > 3)
            {++__farm_t14;break;}}__farm_c[13]+=__farm_t13;__farm_c[14]+=__farm_t14;}
    while (1)
        {++__farm_c[15];if (t-- < 10)
            {++__farm_c[16];goto out;}}
out:
    ++__farm_c[17];{__farm_count __farm_t18=0;for (i = 0; (++__farm_t18,i < 4); i++)
        {;}__farm_c[18]+=__farm_t18;}
    while ((++__farm_c[19],step(i++) < 9))
        ;
    {__farm_count __farm_t20=0;do ; while ((++__farm_t20,i-- > 0));__farm_c[20]+=__farm_t20;}
    for (int a = step(0), b = 3;
         a < b;
         a++)
        ++__farm_c[21],t += b;
    {__farm_count __farm_t22=0,__farm_t23=0;for (i = 0; i < n; i++)
        {++__farm_t22;if (i & 1)
            ++__farm_t23,t++;
        else
            {t--;}}__farm_c[22]+=__farm_t22;__farm_c[23]+=__farm_t23;}
    return t;
}
static int nested(int n)
{<timed entry 26, again(n)>
    int t = 0;
    for (int i = 0; i < n; i++)
        {++__farm_c[27];{__farm_count __farm_t28=0;for (int k = 0; k < i; k++)
            {++__farm_t28,t += k;}__farm_c[28]+=__farm_t28;}}
    for (int i = 0; i < n; i++) {
        int k = i;++__farm_c[29];
        while (k) {++__farm_c[30];
            k--;
            if (t > 1000)
                {++__farm_c[31];return t;}
        }
    }
    return t;
}
int main(void)
{<timed entry 34, again()>
    printf("%d %d %d\n", all(0), all(9), nested(7));++__farm_c[35];
    return 0;
}<another name of main>
