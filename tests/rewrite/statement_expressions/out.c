# 1 "in.c"
int printf(const char *, ...);
static int twice(int x) {<entry 0> return 2 * x; }
static int use(int a)
{<timed entry 3, again(a)>
    int x = ({ int t = a; t > 2 ? t : 2; });
    int y = ({
        int t = twice(a);++__farm_c[4];
        if (t > 4)
            ++__farm_c[5],t = 4;
        t;
    });
    {__farm_count __farm_t6=0,__farm_t7=0;for (;;) {++__farm_t6;
        x += ({ if (x > 9) {++__farm_t7;break;} 1; });
    }__farm_c[6]+=__farm_t6;__farm_c[7]+=__farm_t7;}
    {__farm_count __farm_t8=0;while (({ y--; y > 0; }))
        {++__farm_t8,x++;}__farm_c[8]+=__farm_t8;}
    if (({
            int z = twice(y);++__farm_c[9];
            z;
        }) > 3)
        ++__farm_c[10],x--;
    return ({ x + y; });
}
int main(void)
{<timed entry 13, again()>
    for (int i = 0; i < 5; i++)
        {++__farm_c[14],printf("%d\n", use(i));}++__farm_c[15];
    return 0;
}<another name of main>
