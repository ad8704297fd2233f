# 1 "in.c"
int printf(const char *, ...);
static int step(int x) {<entry 0> return x + 1; }
static int all(int n)
{<entry 1>
    int t = 0, i;
    {__farm_count __farm_t2=0;for (i = 0; i < n; i++)
        {++__farm_t2,t += i;}__farm_c[2]+=__farm_t2;}
    for (i = 0; i < n; i++) {++__farm_c[3];
        if (i == 3)
            {++__farm_c[4];continue;}
        if (i == 5)
            {++__farm_c[5];break;}
        t += step(i);
    }
    while (i-- > 0)
        {++__farm_c[6],printf(".");}++__farm_c[7];
    {__farm_count __farm_t8=0;do
        ++__farm_t8,t++;
    while (t < 20);__farm_c[8]+=__farm_t8;}
    do {
        t += 2;
    } while (0);
    {__farm_count __farm_t9=0,__farm_t10=0;for (;;) {++__farm_t9;
        if (t++ > 50)
            {++__farm_t10;break;}
    }__farm_c[9]+=__farm_t9;__farm_c[10]+=__farm_t10;}
    {__farm_count __farm_t11=0,__farm_t12=0;for (;; i++)
        {++__farm_t11;if (i > 3)
            {++__farm_t12;break;}}__farm_c[11]+=__farm_t11;__farm_c[12]+=__farm_t12;}
    while (1)
        {++__farm_c[13];if (t-- < 10)
            {++__farm_c[14];goto out;}}
out:
    ++__farm_c[15];{__farm_count __farm_t16=0;for (i = 0; (++__farm_t16,i < 4); i++)
        {;}__farm_c[16]+=__farm_t16;}
    while ((++__farm_c[17],step(i++) < 9))
        ;
    {__farm_count __farm_t18=0;do ; while ((++__farm_t18,i-- > 0));__farm_c[18]+=__farm_t18;}
    for (int a = step(0), b = 3;
         a < b;
         a++)
        ++__farm_c[19],t += b;
    {__farm_count __farm_t20=0,__farm_t21=0;for (i = 0; i < n; i++)
        {++__farm_t20;if (i & 1)
            ++__farm_t21,t++;
        else
            {t--;}}__farm_c[20]+=__farm_t20;__farm_c[21]+=__farm_t21;}
    return t;
}
static int nested(int n)
{<entry 22>
    int t = 0;
    for (int i = 0; i < n; i++)
        {++__farm_c[23];{__farm_count __farm_t24=0;for (int k = 0; k < i; k++)
            {++__farm_t24,t += k;}__farm_c[24]+=__farm_t24;}}
    for (int i = 0; i < n; i++) {
        int k = i;++__farm_c[25];
        while (k) {++__farm_c[26];
            k--;
            if (t > 1000)
                {++__farm_c[27];return t;}
        }
    }
    return t;
}
int main(void)
{<entry 28>
    printf("%d %d %d\n", all(0), all(9), nested(7));++__farm_c[29];
    return 0;
}
