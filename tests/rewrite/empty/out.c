# 1 "in.c"
static void nothing(void)
{
}
static void comment_only(void) { /* { */ }
static int stray(int n)
{<base>
    ;
    if (n) { }
    {__farm_count __farm_t0=0;for (int i = 0; i < n; i++) {++__farm_t0; }__farm_c[0]+=__farm_t0;}
    { int t = n; { t++; } n = t; }
    (void)n;
    return n;;
}
int main(void)
{<timed entry 3, again()>
    nothing();
    comment_only();
    return stray(2) - 3;
}<another name of main>
