# 1 "in.c"
int printf(const char *, ...);
static int twice(int x) {<entry 0> return 2 * x; }
static int use(int a)
{<entry 1>
    int x = ({ int t = a; t > 2 ? t : 2; });
    int y = ({
        int t = twice(a);++__farm_c[2];
        if (t > 4)
            ++__farm_c[3],t = 4;
        t;
    });
    {__farm_count __farm_t4=0,__farm_t5=0;for (;;) {++__farm_t4;
        x += ({ if (x > 9) {++__farm_t5;break;} 1; });
    }__farm_c[4]+=__farm_t4;__farm_c[5]+=__farm_t5;}
    {__farm_count __farm_t6=0;while (({ y--; y > 0; }))
        {++__farm_t6,x++;}__farm_c[6]+=__farm_t6;}
    if (({
            int z = twice(y);++__farm_c[7];
            z;
        }) > 3)
        ++__farm_c[8],x--;
    return ({ x + y; });
}
int main(void)
{<timed entry 11, again()>
    for (int i = 0; i < 5; i++)
        {++__farm_c[12],printf("%d\n", use(i));}++__farm_c[13];
    return 0;
}<another name of main>
