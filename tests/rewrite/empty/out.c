# 1 "in.c"
static void nothing(void)
{<entry 0>
}
static void comment_only(void) {<entry 1> /* { */ }
static int stray(int n)
{<entry 2>
    ;
    if (n) { }
    {__farm_count __farm_t3=0;for (int i = 0; i < n; i++) {++__farm_t3; }__farm_c[3]+=__farm_t3;}
    { int t = n; { t++; } n = t; }
    (void)n;
    return n;;
}
int main(void)
{<timed entry 6, again()>
    nothing();
    comment_only();
    return stray(2) - 3;
}<another name of main>
