# 1 "in.c"
int printf(const char *, ...);
static int pick(int a, int b)
{<timed entry 2, again(a,b)>
    int r = 0;
    if (a) {++__farm_c[3];
        if (b)
            ++__farm_c[4],r = 1;
        else
            r = 2;
    }
    if (a)
        {++__farm_c[5];{__farm_count __farm_t6=0,__farm_t7=0;for (int i = 0; i < b; i++)
            {++__farm_t6;if (i & 1)
                ++__farm_t7,r += i;
            else
                {r -= i;}}__farm_c[6]+=__farm_t6;__farm_c[7]+=__farm_t7;}}
    else
        r = 7;
    if (a)
        {++__farm_c[8];{__farm_count __farm_t9=0;while (b-- > 0)
            {++__farm_t9,r++;}__farm_c[9]+=__farm_t9;}}
    else if (b)
        {__farm_count __farm_t10=0;do
            ++__farm_t10,r--;
        while (r > 0);__farm_c[10]+=__farm_t10;}
    return r;
}
int main(void)
{<timed entry 13, again()>
    for (int i = 0; i < 9; i++)
        {++__farm_c[14],printf("%d\n", pick(i % 3, i / 3));}++__farm_c[15];
    return 0;
}<another name of main>
