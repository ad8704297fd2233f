# 1 "in.c"
int printf(const char *, ...);
static int pick(int a, int b)
{<entry 0>
    int r = 0;
    if (a) {++__farm_c[1];
        if (b)
            ++__farm_c[2],r = 1;
        else
            r = 2;
    }
    if (a)
        {++__farm_c[3];{__farm_count __farm_t4=0,__farm_t5=0;for (int i = 0; i < b; i++)
            {++__farm_t4;if (i & 1)
                ++__farm_t5,r += i;
            else
                {r -= i;}}__farm_c[4]+=__farm_t4;__farm_c[5]+=__farm_t5;}}
    else
        r = 7;
    if (a)
        {++__farm_c[6];{__farm_count __farm_t7=0;while (b-- > 0)
            {++__farm_t7,r++;}__farm_c[7]+=__farm_t7;}}
    else if (b)
        {__farm_count __farm_t8=0;do
            ++__farm_t8,r--;
        while (r > 0);__farm_c[8]+=__farm_t8;}
    return r;
}
int main(void)
{<entry 9>
    for (int i = 0; i < 9; i++)
        {++__farm_c[10],printf("%d\n", pick(i % 3, i / 3));}++__farm_c[11];
    return 0;
}
