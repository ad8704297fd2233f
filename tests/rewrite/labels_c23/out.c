# 1 "in.c"
int printf(const char *, ...);
static void last(int n)
{<base>
    if (n)
        {++__farm_c[0];goto done;}
    printf("not done\n");++__farm_c[1];
    switch (n) {
    case 0:
        ++__farm_c[2];printf("zero\n");
    default:++__farm_c[3];
    }
done:++__farm_c[4];
}
int main(void)
{<timed entry 7, again()>
    last(0);++__farm_c[8];
    last(1);++__farm_c[9];
    return 0;
}<another name of main>
