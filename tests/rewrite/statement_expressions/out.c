# 1 "in.c"
int printf(const char *, ...);
static int twice(int x) { return 2 * x; }
static int use(int a)
{<base>
    int x = ({ int t = a; t > 2 ? t : 2; });
    int y = ({
        int t = twice(a);++__farm_c[0];
        if (t > 4)
            ++__farm_c[1],t = 4;
        t;
    });
    {__farm_count __farm_t2=0,__farm_t3=0;for (;;) {++__farm_t2;
        x += ({ if (x > 9) {++__farm_t3;break;} 1; });
    }__farm_c[2]+=__farm_t2;__farm_c[3]+=__farm_t3;}
    {__farm_count __farm_t4=0;while (({ y--; y > 0; }))
        {++__farm_t4,x++;}__farm_c[4]+=__farm_t4;}
    if (({
            int z = twice(y);++__farm_c[5];
            z;
        }) > 3)
        ++__farm_c[6],x--;
    return ({ x + y; });
}
int main(void)
{<timed entry 9, again()>
    for (int i = 0; i < 5; i++)
        {++__farm_c[10],printf("%d\n", use(i));}++__farm_c[11];
    return 0;
}<another name of main>
