# 1 "in.c"
int printf(const char *, ...);
static int step(int x) { return x + 1; }
static int all(int n)
{<timed entry 2, again(n)>
    int t = 0, i;
    {__farm_count __farm_t3=0;for (i = 0; i < n; i++)
        {++__farm_t3,t += i;}__farm_c[3]+=__farm_t3;}
    for (i = 0; i < n; i++) {++__farm_c[4];
        if (i == 3)
            {++__farm_c[5];continue;}
        if (i == 5)
            {++__farm_c[6];break;}
        t += step(i);
    }
    while (i-- > 0)
        {++__farm_c[7],printf(".");}++__farm_c[8];
    {__farm_count __farm_t9=0;do
        ++__farm_t9,t++;
    while (t < 20);__farm_c[9]+=__farm_t9;}
    do {
        t += 2;
    } while (0);
    {__farm_count __farm_t10=0,__farm_t11=0;for (;;) {++__farm_t10;
        if (t++ > 50)
            {++__farm_t11;break;}
    }__farm_c[10]+=__farm_t10;__farm_c[11]+=__farm_t11;}
    {__farm_count __farm_t12=0,__farm_t13=0;for (;; i++)
        {++__farm_t12;if (i > 3)
            {++__farm_t13;break;}}__farm_c[12]+=__farm_t12;__farm_c[13]+=__farm_t13;}
    while (1)
        {++__farm_c[14];if (t-- < 10)
            {++__farm_c[15];goto out;}}
out:
    ++__farm_c[16];{__farm_count __farm_t17=0;for (i = 0; (++__farm_t17,i < 4); i++)
        {;}__farm_c[17]+=__farm_t17;}
    while ((++__farm_c[18],step(i++) < 9))
        ;
    {__farm_count __farm_t19=0;do ; while ((++__farm_t19,i-- > 0));__farm_c[19]+=__farm_t19;}
    for (int a = step(0), b = 3;
         a < b;
         a++)
        ++__farm_c[20],t += b;
    {__farm_count __farm_t21=0,__farm_t22=0;for (i = 0; i < n; i++)
        {++__farm_t21;if (i & 1)
            ++__farm_t22,t++;
        else
            {t--;}}__farm_c[21]+=__farm_t21;__farm_c[22]+=__farm_t22;}
    return t;
}
static int nested(int n)
{<timed entry 25, again(n)>
    int t = 0;
    for (int i = 0; i < n; i++)
        {++__farm_c[26];{__farm_count __farm_t27=0;for (int k = 0; k < i; k++)
            {++__farm_t27,t += k;}__farm_c[27]+=__farm_t27;}}
    for (int i = 0; i < n; i++) {
        int k = i;++__farm_c[28];
        while (k) {++__farm_c[29];
            k--;
            if (t > 1000)
                {++__farm_c[30];return t;}
        }
    }
    return t;
}
int main(void)
{<timed entry 33, again()>
    printf("%d %d %d\n", all(0), all(9), nested(7));++__farm_c[34];
    return 0;
}<another name of main>
